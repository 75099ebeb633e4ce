"""Where answers are kept: one YAML file each, and never lost once "saved" was said.

An answer that fits what is asked stands in the folder of its day, one that does not is set aside
(`kiosk.feedback.answer.aside`). How a file gets its name for good: `kiosk.feedback.store.safe`.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from kiosk.config import Site
from kiosk.disk import filled
from kiosk.errors import AnswerNotSaved, AnswerUnexpected, RecordingMissing
from kiosk.feedback.answer.answer import Answer
from kiosk.feedback.answer.aside import SetAside
from kiosk.feedback.answer.record import answer_text, aside_text
from kiosk.feedback.answer.recording import voice_id
from kiosk.feedback.answer.ulid import FIRST_MOMENT, Ulid, is_in_time, parse, same_at
from kiosk.feedback.store.files import FileSystem, RealFileSystem
from kiosk.feedback.store.notes import taken_in_text, tombstone_text
from kiosk.feedback.store.paths import StorePaths
from kiosk.feedback.store.quota import Quota
from kiosk.feedback.store.safe import SafeFiles
from kiosk.feedback.store.shelf import (
    ASIDE,
    DELETED,
    TAKEN_IN,
    TEMPORARY,
    answer_id,
    aside_ids,
    deleted_ids,
    find_days,
    folder_of,
)

_LEFTOVER_SECONDS = 3600
_NOT_SAVED = "Your answer is not saved yet. We will try again."

Kind = Literal["answer", "voice", "aside"]
"""What a file is, as far as quotas go."""


class AnswerStore:
    """Keeps answers below `folder`, as YYYY/MM/DD/<id>.yaml by the UTC day inside the id.

    quota, voice_quota, aside_quota: the most bytes of the disk that answers fill, their recorded
    voices, and what is set aside; 0 for no such limit. free_floor: bytes of the disk that they
    leave free. Safe to share by threads and programs.
    """

    def __init__(
        self,
        folder: Path,
        *,
        quota: int = 0,
        voice_quota: int = 0,
        aside_quota: int = 0,
        free_floor: int = 0,
        disk: FileSystem | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._folder = folder
        self._free_floor = free_floor
        self._disk: FileSystem = disk or RealFileSystem()
        self._at = StorePaths(folder, self._disk)
        self._files = SafeFiles(folder, self._disk)
        self._now = now
        self._lock = threading.Lock()
        self.give_room: Callable[[], object] = lambda: None
        """It is called before an answer is refused for want of room: others may let things go."""
        self._quotas: Mapping[Kind, Quota] = {
            "answer": Quota(quota, lambda: self._used_by_days(is_voice=False)),
            "voice": Quota(voice_quota, lambda: self._used_by_days(is_voice=True)),
            "aside": Quota(aside_quota, lambda: self._used(self._at.aside)),
        }

    @property
    def folder(self) -> Path:
        """Where the answers are."""
        return self._folder

    def path(self, answer: Answer) -> Path:
        """Where this answer is kept."""
        return self._at.path(answer.id)

    def save(self, answer: Answer) -> bool:
        """Return True once the answer is safe on disk, False when its id was there already.

        The first one stays, and it is made safe too; one that was deleted stays deleted.
        AnswerNotSaved when the disk says no, RecordingMissing when a voice is not there yet.
        """
        with self._told_plainly():
            path = self._at.path(answer.id)
            if self._is_there_otherwise(answer.id):
                return False
            return self._save(
                path, answer.id, answer_text(answer, self._now()), answer.voices, "answer"
            )

    def set_aside(self, one: SetAside) -> bool:
        """Keep an answer that does not fit now; like `save`."""
        with self._told_plainly():
            ulid = one.sent.id
            if self._is_there_otherwise(ulid) or self._files.is_safe(self._at.path(ulid)):
                return False
            path = self._at.aside_path(ulid)
            return self._save(path, ulid, aside_text(one), one.voices, "aside")

    def save_recording(self, answer: Ulid, name: str, data: bytes, *, in_time: bool = True) -> bool:
        """Keep a recorded voice, before the answer that names it; like `save`.

        name: one of `recording_names`. It is swept an hour later when no answer came. in_time:
        False when the day inside the id cannot be right, so that it gets no folder.
        """
        with self._told_plainly():
            folder = self._at.path(answer).parent if in_time else self._at.aside
            if self._files.is_there(self._at.tombstone(answer)):
                return False
            self._files.make(folder)
            kind: Kind = "voice" if in_time else "aside"
            self._room(folder, len(data), kind)
            return self._put(folder / name, data, kind)

    def has(self, answer: Ulid) -> bool:
        """Whether this answer is safe on disk already, or was deleted: it may be acknowledged."""
        with self._told_plainly():
            return self._is_there_otherwise(answer) or self._files.is_safe(self._at.path(answer))

    def has_recording(self, answer: Ulid, name: str, *, in_time: bool = True) -> bool:
        """Whether this recorded voice is safe on disk already."""
        with self._told_plainly():
            folder = self._at.path(answer).parent if in_time else self._at.aside
            return self._files.is_safe(folder / name)

    def take_in(self, answer: Answer, received: datetime) -> bool:
        """Move an answer that was set aside to the others; False when it is gone, or there already.

        answer: as it fits now, with the id under which it came. received: when that was. Where the
        time inside the id cannot be right, it gets an id of the moment when it came, with the same
        code. It may be cut off at any step and done again: nothing is lost or doubled.
        AnswerUnexpected when our own clock is wrong; AnswerNotSaved, RecordingMissing.
        """
        with self._told_plainly():
            old = answer.id
            if self._files.is_there(self._at.tombstone(old)) or not self._files.is_safe(
                self._at.aside_path(old)
            ):
                self._take_away(self._at.files_of(old, self._at.aside))
                return False
            new, moment = self._in_time(old, received)
            folder = self._at.path(new).parent
            self._files.make(folder)
            answer = _renamed(answer, new)
            data = answer_text(answer, moment)
            self._room(folder, len(data), "answer")
            try:
                self._move_voices(old, answer, folder)
            except RecordingMissing:
                if self._files.is_there(self._at.aside_path(old)):
                    raise
                return False  # another program has taken it in at this very moment
            taken = self._put(self._at.path(new), data, "answer")
            self._move_voices(old, answer, folder)  # another program may have swept one
            if self._files.is_there(self._at.tombstone(old)):  # somebody deleted it at this moment
                self._take_away(self._at.all_files_of(old))
                return False
            left = self._at.files_of(old, self._at.aside)
            if new != old:
                left += self._at.files_of(old, self._at.path(old).parent)
            self._take_away(left)
            return taken

    def delete(self, answer: Ulid) -> bool:
        """Take an answer and its recorded voices away for ever; False when it was not here.

        What stays is a tombstone with the id and the day: it outlives everything, and keeps the
        same answer from being stored again. AnswerNotSaved when the disk says no.
        """
        with self._told_plainly("It is not deleted yet. Please try again."):
            ids = self._at.ids_of(answer)
            tombstones = [self._at.tombstone(one) for one in ids]
            if not self._at.all_files_of(answer) and not any(map(self._files.is_there, tombstones)):
                return False
            for one, tombstone in zip(ids, tombstones, strict=True):
                self._files.make(tombstone.parent)
                self._files.put(tombstone, tombstone_text(one, self._now().date()))
            found = self._at.all_files_of(answer)
            self._take_away(found)
            return bool(found)

    def purge(self, answer: Ulid) -> None:
        """Take an answer and its recorded voices away because of its age, without a tombstone."""
        with self._told_plainly("It is not deleted yet. Please try again."):
            self._take_away(self._at.all_files_of(answer))

    def can_save(self) -> bool:
        """Whether a small file can be written and linked in today's folder now."""
        now = self._now()
        right = now >= FIRST_MOMENT
        folder = self._folder / f"{now:%Y/%m/%d}" if right else self._at.aside
        try:
            with self._told_plainly():
                self._files.make(folder)
                self._room(folder, 1, "answer" if right else "aside")
                self._files.probe(folder)
        except AnswerNotSaved:
            return False
        return True

    def sweep(self) -> int:
        """Take away what a run that died has left behind; return how many files.

        These are temporary files and voices without an answer that are older than an hour, and
        what stayed of an answer that was being deleted.
        """
        swept = 0
        with contextlib.suppress(OSError):  # its writer, or another sweep, came first
            deleted, aside = deleted_ids(self._folder), aside_ids(self._folder)
            days, _ = find_days(self._folder)
            # The notes last: they tell that what was deleted has another id too.
            places = [*days, ASIDE, "", DELETED, TAKEN_IN]
            for folder in (self._folder / one for one in places):
                for name in self._leftovers(folder, deleted, aside):
                    with self._lock, contextlib.suppress(OSError):
                        if self._is_left(folder, name, deleted):
                            self._disk.unlink(folder / name)
                            swept += 1
        return swept

    def _leftovers(self, folder: Path, deleted: frozenset[str], aside: frozenset[str]) -> list[str]:
        """Return the names in one folder that a sweep takes away."""
        try:
            names = {entry.name: entry for entry in os.scandir(folder)}
        except FileNotFoundError:
            return []
        old = time.time() - _LEFTOVER_SECONDS
        found = []
        for name, entry in names.items():
            owner = answer_id(name) or voice_id(name)
            if owner in deleted and folder.name != DELETED:
                found.append(name)
            elif (
                name.startswith(TEMPORARY)
                or (folder.name == TAKEN_IN and owner is not None)
                or (voice_id(name) and f"{owner}.yaml" not in names and owner not in aside)
            ):
                with contextlib.suppress(FileNotFoundError):
                    if entry.stat(follow_symlinks=False).st_mtime < old:
                        found.append(name)
        return found

    def _is_left(self, folder: Path, name: str, deleted: frozenset[str]) -> bool:
        """Look once more: an answer may have come since its voice was found alone."""
        owner = answer_id(name) or voice_id(name)
        if owner is None or owner in deleted:
            return True
        if self._files.is_there(self._at.aside_path(parse(owner))):
            return False
        if folder.name == TAKEN_IN:
            new = self._at.id_now(parse(owner))
            return new is None or not self._files.is_there(self._at.path(new))
        return not self._files.is_there(folder / f"{owner}.yaml")

    @contextlib.contextmanager
    def _told_plainly(self, said: str = _NOT_SAVED) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except OSError as error:
                self._files.forget()  # somebody may have taken the folders away
                raise AnswerNotSaved(said) from error

    def _is_there_otherwise(self, answer: Ulid) -> bool:
        """Tell whether it was deleted, is set aside, or was taken in with another id.

        To be asked before its own path: while it is taken in, it is set aside until it is there.
        """
        if self._files.is_there(self._at.tombstone(answer)):
            return True
        if self._files.is_safe(self._at.aside_path(answer)):
            return True
        new = self._at.id_now(answer)
        return new is not None and self._files.is_safe(self._at.path(new))

    def _save(
        self, path: Path, ulid: Ulid, data: bytes, voices: Mapping[str, str], kind: Kind
    ) -> bool:
        folders = list(dict.fromkeys([path.parent, self._at.path(ulid).parent]))
        self._files.make(path.parent)
        try:
            self._room(path.parent, len(data), kind)
            self._recordings(voices, folders)
        except (AnswerNotSaved, RecordingMissing):
            if self._files.is_safe(path):
                return False
            raise
        new = self._put(path, data, kind)
        if new and self._files.is_there(self._at.tombstone(ulid)):  # deleted at this very moment
            self._take_away(self._at.files_of(ulid))
            return False
        try:
            self._recordings(voices, folders)
        except RecordingMissing:  # another program has swept it at this very moment
            if new:
                self._take_away([path])
            raise
        return new

    def _recordings(self, voices: Mapping[str, str], folders: list[Path]) -> None:
        """Raise RecordingMissing when a voice that an answer names is not here; make it safe."""
        used: set[Path] = set()
        for question, name in voices.items():
            folder = self._at.find(name, folders)
            if folder is None:
                raise RecordingMissing(question)
            used.add(folder)
        for folder in used:
            self._disk.sync_folder(folder)

    def _in_time(self, old: Ulid, received: datetime) -> tuple[Ulid, datetime]:
        """Return the id with which an answer is taken in, and when it is said to have come."""
        now = self._now()
        new = self._at.id_now(old)
        if new is not None:
            return new, new.made
        # Our own clock may have been wrong too, when it came.
        moment = received if is_in_time(same_at(old, received), now) else now
        if is_in_time(old, moment) or self._files.is_there(self._at.path(old)):
            return old, moment
        new = same_at(old, moment)
        if not is_in_time(new, now):
            raise AnswerUnexpected("clock")
        self._files.make(self._at.taken_in)
        self._files.put(self._at.note(old), taken_in_text(old, new))
        new = self._at.id_now(old) or new  # another program may have been quicker
        return new, new.made

    def _move_voices(self, old: Ulid, answer: Answer, folder: Path) -> None:
        """Give the voices of an answer that is taken in their names in the folder of its day."""
        for question, name in answer.voices.items():
            if self._at.find(name, [folder]):
                continue
            before = f"{old}{name[len(str(old)) :]}"
            source = self._at.find(before, [self._at.aside, self._at.path(old).parent])
            if source is None:
                raise RecordingMissing(question)
            try:
                self._disk.link(source / before, folder / name)
            except FileExistsError:
                continue  # another program takes it in as well, ...
            except FileNotFoundError:
                raise RecordingMissing(question) from None  # ... and was quicker
        if answer.voices:
            self._disk.sync_folder(folder)

    def _take_away(self, files: list[Path]) -> None:
        """Take files away: the answers, and once these are gone for good, what belongs to them.

        A voice without an answer is swept, an answer without its voice is broken. The note of
        another id goes last: as long as there is the answer, it must be known again.
        """
        rest = [one for one in files if voice_id(one.name) or one.parent == self._at.taken_in]
        self._files.take_away([one for one in files if one not in rest])
        self._files.take_away(rest)
        for quota in self._quotas.values():
            quota.forget()

    def _used(self, folder: Path, is_counted: Callable[[str], bool] = lambda _: True) -> int:
        try:
            return self._disk.used_bytes(folder, is_counted)
        except FileNotFoundError:
            return 0

    def _used_by_days(self, *, is_voice: bool) -> int:
        """Return what answers, or their voices, fill: what is set aside apart."""

        def is_counted(name: str) -> bool:
            return (voice_id(name) is not None) == is_voice

        return self._used(self._folder, is_counted) - self._used(self._at.aside, is_counted)

    def _room(self, folder: Path, size: int, kind: Kind) -> None:
        """Raise AnswerNotSaved when a file of this size has no place."""
        if not self._is_free(folder, size):
            self.give_room()
            if not self._is_free(folder, size):
                raise AnswerNotSaved(_NOT_SAVED)
        if not self._quotas[kind].has_room(size):
            raise AnswerNotSaved(_NOT_SAVED)

    def _is_free(self, folder: Path, size: int) -> bool:
        return self._disk.free_bytes(folder) - filled(size) >= self._free_floor

    def _put(self, path: Path, data: bytes, kind: Kind) -> bool:
        new = self._files.put(path, data)
        if new:
            self._quotas[kind].add(len(data))
        return new


def _renamed(answer: Answer, new: Ulid) -> Answer:
    """Return the answer with another id, which its voices are named after as well."""
    if new == answer.id:
        return answer
    length = len(str(new))
    voices = {question: f"{new}{name[length:]}" for question, name in answer.voices.items()}
    given = {**answer.answers, **voices}
    return replace(answer, id=new, was=str(answer.id), answers=given, voices=voices)


def store_of(site: Site) -> AnswerStore:
    """Return the store of a site's answers, with the limits of its settings."""
    feedback = site.settings.feedback
    return AnswerStore(
        folder_of(site),
        quota=feedback.quota_mb * 1_000_000,
        voice_quota=feedback.voices_mb * 1_000_000,
        aside_quota=feedback.set_aside_mb * 1_000_000,
        free_floor=feedback.free_space_floor_mb * 1_000_000,
    )
