"""Sends a kiosk's answers to its centre: the folder of the answers is the queue.

Each look goes through the folder, and sends what the ledger does not know of as it is now: new
answers, those that are set aside, and what was deleted. What the centre has deleted goes here too.
Nothing here can harm an answer: the centre may be away for as long as it likes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from kiosk.config import Site
from kiosk.errors import CentreAway, ContentError
from kiosk.feedback.answer.recording import voice_id
from kiosk.feedback.answer.ulid import parse
from kiosk.feedback.store import shelf
from kiosk.feedback.store.deletion import forget
from kiosk.feedback.store.shelf import MAX_ANSWER_BYTES, MAX_VOICE_BYTES, read_bytes
from kiosk.feedback.store.store import AnswerStore
from kiosk.files import Stamp
from kiosk.fleet.member.enrolment import Enrolment
from kiosk.fleet.member.ledger import Ledger
from kiosk.fleet.wire import INGEST, Batch, BatchReply, SentAnswer, SentVoice, sha256_of

Kind = Literal["answer", "aside"]
LEDGER = "fleet/sent.sqlite"

_MOST = 100  # answers in a batch
_MOST_BYTES = 2_000_000
_GONE = "gone"  # the kind of a deletion, in the ledger


@dataclass(frozen=True, slots=True)
class _File:
    """An answer's file that waits. stamp: as it was when it was found, of its voices too."""

    id: str
    kind: Kind
    path: Path
    stamp: str
    voices: tuple[Path, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.kind} {self.id}"


@dataclass(slots=True)
class Sent:
    """What one look came to. answers: how many went. unreadable: files that could not be read."""

    answers: int = 0
    deleted: int = 0
    unreadable: int = 0
    states: dict[str, int] = field(default_factory=dict)


class Outbox:
    """Answers on their way to the centre. For one thread.

    run: made anew at each start, so that the centre can tell two computers with one key.
    """

    def __init__(
        self, site: Site, store: AnswerStore, enrolment: Enrolment, run: str, ledger: Ledger
    ) -> None:
        self._site = site
        self._store = store
        self._enrolment = enrolment
        self._run = run
        self._ledger = ledger
        self._folder = shelf.folder_of(site)
        self._tidied = False
        self.left = 0
        """How many answers have not gone, as far as is known."""

    def send(self) -> Sent:
        """Send all that waits. CentreAway, CentreRefused; then what was sent is noted as far."""
        done = Sent()
        self._tell_deleted(done)
        self.left = sum(1 for _ in self.unsent())
        waiting = self._waiting()
        while batch := self._next(waiting, done):
            self._post(batch, [], done)
        if not done.answers and not done.deleted:
            self._post([], [], done)  # what has the centre deleted?
        return done

    def unsent(self) -> Iterator[str]:
        """Yield the id of every answer that the centre does not have yet, as far as is known."""
        return (one.id for one in self._waiting())

    def _tell_deleted(self, done: Sent) -> None:
        known = self._ledger.stamps()
        stones = sorted(shelf.deleted_ids(self._folder))
        fresh = [one for one in stones if f"{_GONE} {one}" not in known]
        for at in range(0, len(fresh), 500):
            self._post([], fresh[at : at + 500], done)

    def _waiting(self) -> Iterator[_File]:
        known = self._ledger.stamps()
        here: set[str] = set()
        now: set[str] = set()
        for one in self._files():
            here.add(one.name)
            # While it is taken in, it is there twice: the other file goes with the next look.
            if known.get(one.name) != one.stamp and one.id not in now:
                now.add(one.id)
                yield one
        if not self._tidied:  # once for each start: answers grow old and go
            self._tidied = True
            self._ledger.forget(
                name for name in known if name not in here and not name.startswith(_GONE)
            )

    def _files(self) -> Iterator[_File]:
        """Yield every answer's file: what is set aside first, as it may just be taken in."""
        deleted = shelf.deleted_ids(self._folder)
        aside = shelf.list_day(self._folder / shelf.ASIDE)
        days, _ = shelf.find_days(self._folder)
        for one, stamp in sorted(aside.answers.items()):
            if one not in deleted:
                day = f"{parse(one).day:%Y/%m/%d}"
                beside = shelf.list_day(self._folder / day).voices if day in days else {}
                voices = _of(one, self._folder / day, beside)
                voices |= _of(one, self._folder / shelf.ASIDE, aside.voices)
                yield _file(one, "aside", self._folder / shelf.ASIDE, stamp, voices)
        for day in days:
            found = shelf.list_day(self._folder / day)
            by_answer: dict[str, dict[str, Stamp]] = {}
            for name, stamp in found.voices.items():
                by_answer.setdefault(voice_id(name) or "", {})[name] = stamp
            for one, stamp in sorted(found.answers.items()):
                if one not in deleted:
                    voices = _of(one, self._folder / day, by_answer.get(one, {}))
                    yield _file(one, "answer", self._folder / day, stamp, voices)

    def _next(self, waiting: Iterator[_File], done: Sent) -> list[tuple[_File, SentAnswer]]:
        """Return the next files with what is sent of them, no more than a batch holds."""
        batch: list[tuple[_File, SentAnswer]] = []
        size = 0
        for one in waiting:
            try:
                made = self._read(one, with_voices=False)
            except (ContentError, ValidationError):
                done.unreadable += one.path.exists()  # else it was deleted meanwhile
                continue
            batch.append((one, made))
            size += len(made.body)
            if len(batch) >= _MOST or size >= _MOST_BYTES:
                break
        return batch

    def _read(self, one: _File, *, with_voices: bool) -> SentAnswer:
        """Return an answer as it is sent. ContentError when a file is gone or cannot be read."""
        body = read_bytes(one.path, self._site.shown(one.path), MAX_ANSWER_BYTES)
        voices = []
        for path in one.voices:
            data = read_bytes(path, self._site.shown(path), MAX_VOICE_BYTES)
            voices.append(
                SentVoice(
                    name=path.name, sha256=sha256_of(data), data=data if with_voices else None
                )
            )
        return SentAnswer(id=one.id, kind=one.kind, body=body, voices=tuple(voices))

    def _post(self, batch: list[tuple[_File, SentAnswer]], deleted: list[str], done: Sent) -> None:
        files = {one.id: one for one, _ in batch}
        reply = self._ask([answer for _, answer in batch], deleted)
        self._note(reply, files, deleted, done)
        for one in [files[name] for name, state in reply.states.items() if state == "voice"]:
            try:
                whole = self._read(one, with_voices=True)
            except ContentError:
                done.unreadable += one.path.exists()
                continue
            self._note(self._ask([whole], []), files, [], done)

    def _ask(self, answers: list[SentAnswer], deleted: list[str]) -> BatchReply:
        batch = Batch(
            run=self._run,
            now=datetime.now(UTC),
            epoch=self._ledger.epoch,
            since=self._ledger.number,
            answers=tuple(answers),
            deleted=tuple(deleted),
        )
        body = batch.model_dump_json(exclude_none=True).encode()
        said = self._enrolment.ask(INGEST, body)
        try:
            return BatchReply.model_validate(said)
        except ValidationError:
            raise CentreAway("The centre's answer cannot be understood. Is it newer?") from None

    def _note(
        self, reply: BatchReply, files: dict[str, _File], deleted: list[str], done: Sent
    ) -> None:
        """Note what is safe at the centre, and delete here what was deleted there."""
        if reply.epoch != self._ledger.epoch:
            self._ledger.begin(reply.epoch)
        gone = {*reply.deleted, *(one for one, state in reply.states.items() if state == "deleted")}
        self._delete(gone)
        settled = {one: state for one, state in reply.states.items() if state != "voice"}
        for state in settled.values():
            done.states[state] = done.states.get(state, 0) + 1
        done.answers += len(settled)
        self.left = max(0, self.left - len(settled))
        done.deleted += len(deleted)
        sent = [
            (files[one].name, files[one].stamp, state)
            for one, state in settled.items()
            if one in files
        ]
        sent += [(f"{_GONE} {one}", "", "deleted") for one in {*deleted, *gone}]
        self._ledger.note(sent, reply.number)

    def _delete(self, ids: set[str]) -> None:
        """Delete here what the centre says was deleted. AnswerNotSaved when the disk says no."""
        found = [one for one in sorted(ids) if self._store.delete(parse(one))]
        if found:
            forget(self._site)


def _of(answer: str, folder: Path, voices: dict[str, Stamp]) -> dict[Path, Stamp]:
    return {folder / name: one for name, one in voices.items() if voice_id(name) == answer}


def _file(answer: str, kind: Kind, folder: Path, stamp: Stamp, voices: dict[Path, Stamp]) -> _File:
    stamps = [
        _as_text(stamp),
        *(f"{path.name} {_as_text(voices[path])}" for path in sorted(voices)),
    ]
    return _File(answer, kind, folder / f"{answer}.yaml", "|".join(stamps), tuple(sorted(voices)))


def _as_text(stamp: Stamp) -> str:
    return " ".join(map(str, stamp))
