"""Takes an answer from a screen: checks it, cleans it, holds the limits, and keeps it.

One that does not fit what is asked now is set aside, and is as safe.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from kiosk.config import Feedback
from kiosk.errors import AnswerRefused, AnswerUnexpected
from kiosk.feedback.answer import Answer, check_answer
from kiosk.feedback.aside import SetAside, set_aside
from kiosk.feedback.limits import Bashing, Limits
from kiosk.feedback.recording import clean_recording, recording_names
from kiosk.feedback.sent import QUESTION, Sent, read_sent
from kiosk.feedback.store import AnswerStore
from kiosk.feedback.survey import Survey
from kiosk.feedback.ulid import Ulid, is_in_time, parse

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
        self._limits = Limits(
            visit_seconds=settings.seconds_between_answers,
            an_hour=settings.answers_an_hour,
            seconds=seconds,
        )
        self._recordings = Limits(
            visit_seconds=0, an_hour=settings.answers_an_hour, seconds=seconds
        )
        self._bashing = Bashing(answers=settings.bashing_answers, seconds=settings.bashing_seconds)
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
    ) -> Taken:
        """Keep the answer in a request's body (parsed JSON).

        An answer that is here already is never refused because of a limit. AnswerRefused when it
        is malformed; AnswerTooSoon, RecordingMissing and AnswerNotSaved say why it is not kept.
        """
        sent = read_sent(body)
        kept = self._kept(sent, surveys, pages, languages)
        if self._store.has(sent.id):
            return Taken(sent.id, False, kept.cleaned)
        with self._limits.place(sent.visit) as give_back:
            one = kept.sent if isinstance(kept, SetAside) else kept
            kept = replace(kept, marked=self._bashing.mark(one))
            if isinstance(kept, SetAside):
                new = self._store.set_aside(kept)
            else:
                new = self._store.save(kept)
            if new:
                self._bashing.remember(one)
            else:
                give_back()
        return Taken(sent.id, new, kept.cleaned)

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
        if not QUESTION.fullmatch(question):
            raise AnswerRefused("An id is small letters, digits and hyphens.")
        return ulid

    def take_recording(self, answer: Ulid, question: str, data: bytes) -> tuple[str, bool]:
        """Keep a recorded voice until its answer comes: (its file, whether it is new).

        The same errors as `take`, and the same care for what is sent again.
        """
        sound, suffix = clean_recording(data)
        name = next(one for one in recording_names(answer, question) if one.endswith(suffix))
        in_time = is_in_time(answer, self._now())
        if self._store.has(answer) or self._store.has_recording(answer, name, in_time=in_time):
            return name, False
        self._sweep_now_and_then()
        with self._recordings.place() as give_back:
            new = self._store.save_recording(answer, name, sound, in_time=in_time)
            if not new:
                give_back()
        return name, new

    def _sweep_now_and_then(self) -> None:
        with self._sweeping:
            if self._seconds() - self._swept >= _SWEEP_SECONDS:
                self._swept = self._seconds()
                self._store.sweep()
