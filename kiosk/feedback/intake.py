"""Takes an answer from a screen: checks it, cleans it, holds the limits, and keeps it.

One that does not fit what is asked now is set aside, and is as safe.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from kiosk.config import Feedback
from kiosk.errors import AnswerNotSaved, AnswerRefused, AnswerUnexpected
from kiosk.feedback.answer.answer import Answer, check_answer
from kiosk.feedback.answer.aside import SetAside, set_aside
from kiosk.feedback.answer.recording import clean_recording, recording_names
from kiosk.feedback.answer.sent import Sent, read_sent
from kiosk.feedback.answer.small import made_small
from kiosk.feedback.answer.ulid import Ulid, is_in_time, parse
from kiosk.feedback.store.limits import OWN_SCREEN, HourLimit, Marks, VisitLimit
from kiosk.feedback.store.marked import marked_aside, marked_of_days
from kiosk.feedback.store.shelf import ASIDE
from kiosk.feedback.store.store import AnswerStore
from kiosk.feedback.survey.question import STEM
from kiosk.feedback.survey.survey import Survey

_SWEEP_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer that is safe on disk.

    new: False when it was there already. cleaned: the kinds of contact details that were taken out
    of the words, so that the screen can say so kindly.
    """

    id: Ulid
    new: bool
    cleaned: tuple[str, ...]


class Intake:
    """The way of every answer into a store. Safe to share by threads."""

    def __init__(
        self,
        store: AnswerStore,
        settings: Feedback,
        *,
        seconds: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._now = now
        self._store = store
        self._words_max = settings.words_max_characters
        self._visits = VisitLimit(seconds=settings.seconds_between_answers, clock=seconds)
        self._marks = Marks(
            an_hour=settings.answers_an_hour,
            answers=settings.bashing_answers,
            seconds=settings.bashing_seconds,
            web_an_hour=settings.web_answers_an_hour,
            clock=seconds,
        )
        self._voices = HourLimit(
            an_hour=settings.answers_an_hour,
            web_an_hour=settings.web_answers_an_hour,
            clock=seconds,
        )
        # A tenth of what each kind may fill.
        self._marked = marked_of_days(store, settings.quota_mb * 100_000)
        self._marked_aside = marked_aside(store, settings.set_aside_mb * 100_000)
        self._seconds = seconds
        self._swept = seconds()
        self._sweeping = threading.Lock()

    def take(
        self,
        body: object,
        *,
        surveys: Mapping[str, Survey],
        pages: Collection[str],
        languages: Collection[str],
        source: str = OWN_SCREEN,
        came: str = "",
    ) -> Taken:
        """Keep the answer in a request's body (parsed JSON).

        source: where it comes from. More from one source than people give are marked, not refused.
        came: "web" from a copy on the web; it is kept with the answer, the source is not.
        An answer that is here already is never refused because of a limit. AnswerRefused when it
        is malformed; AnswerTooSoon, RecordingMissing and AnswerNotSaved say why it is not kept.
        """
        sent = read_sent(body)
        kept = self._kept(sent, surveys, pages, languages)
        if self._store.has(sent.id):
            return Taken(sent.id, False, kept.cleaned)
        with self._visits.place(sent.visit) as give_back:
            one = kept.sent if isinstance(kept, SetAside) else kept
            mark = self._marks.mark(one, source)
            new = self._save(replace(kept, marked=mark, came=came))
            if new:
                self._marks.remember(one, source, mark)
            else:
                give_back()
        return Taken(sent.id, new, kept.cleaned)

    def is_flooded(self, source: str) -> bool:
        """Whether more comes from there than people give."""
        return self._marks.is_flooded(source)

    def _save(self, kept: Answer | SetAside) -> bool:
        """Keep it; what is marked gives way to what is not."""
        is_aside = isinstance(kept, SetAside)
        marked = self._marked_aside if is_aside else self._marked
        try:
            new = self._put(kept)
        except AnswerNotSaved:
            if kept.marked or not marked.make_room():
                raise
            new = self._put(kept)
        if new and kept.marked:
            marked.note(*self._place(kept))
        return new

    def _put(self, kept: Answer | SetAside) -> bool:
        return self._store.set_aside(kept) if isinstance(kept, SetAside) else self._store.save(kept)

    def _place(self, kept: Answer | SetAside) -> tuple[Ulid, Path]:
        if isinstance(kept, SetAside):
            return kept.sent.id, self._store.folder / ASIDE / f"{kept.sent.id}.yaml"
        return kept.id, self._store.path(kept)

    def _kept(
        self,
        sent: Sent,
        surveys: Mapping[str, Survey],
        pages: Collection[str],
        languages: Collection[str],
    ) -> Answer | SetAside:
        """Return what is kept of what was sent: an answer, or what is set aside."""
        now = self._now()
        if not is_in_time(sent.id, now):
            return set_aside(sent, "clock", now)
        try:
            return check_answer(
                sent, surveys=surveys, pages=pages, languages=languages, words_max=self._words_max
            )
        except AnswerUnexpected as error:
            return set_aside(sent, error.reason, now)

    def expect_recording(self, answer: str, question: str) -> Ulid:
        """Check the two names of a recorded voice, before its bytes are read.

        No survey needs to ask for it now: its answer is set aside then. AnswerRefused when one of
        them is malformed.
        """
        try:
            ulid = parse(answer)
        except ValueError as error:
            raise AnswerRefused(str(error)) from None
        if not STEM.fullmatch(question):
            raise AnswerRefused("An id is small letters, digits and hyphens.")
        return ulid

    def take_recording(
        self, answer: Ulid, question: str, data: bytes, source: str = OWN_SCREEN
    ) -> tuple[str, bool]:
        """Keep a recorded voice until its answer comes: (its file, whether it is new).

        The same errors as `take`, and the same care for what is sent again. AnswerTooSoon when
        more come from this source than people record; no other source waits for that.
        """
        sound = clean_recording(data)
        names = recording_names(answer, question)
        in_time = is_in_time(answer, self._now())
        here = next(
            (one for one in names if self._store.has_recording(answer, one, in_time=in_time)), None
        )
        if here or self._store.has(answer):
            return here or names[0], False
        self._sweep_now_and_then()
        self._voices.take(source)
        data, suffix = made_small(sound)
        name = next(one for one in names if one.endswith(suffix))
        return name, self._store.save_recording(answer, name, data, in_time=in_time)

    def _sweep_now_and_then(self) -> None:
        with self._sweeping:
            if self._seconds() - self._swept >= _SWEEP_SECONDS:
                self._swept = self._seconds()
                self._store.sweep()
