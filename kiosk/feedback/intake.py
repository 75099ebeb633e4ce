"""Takes an answer from a screen: checks it, cleans it, holds the limits, and keeps it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from kiosk.config import Feedback
from kiosk.errors import AnswerRefused
from kiosk.feedback.answer import check_answer
from kiosk.feedback.limits import Bashing, Limits
from kiosk.feedback.recording import clean_recording, recording_names
from kiosk.feedback.store import AnswerStore
from kiosk.feedback.survey import Survey
from kiosk.feedback.ulid import Ulid, parse

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
    ) -> None:
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

        An answer that is here already is never refused because of a limit. AnswerRefused,
        AnswerTooSoon, RecordingMissing and AnswerNotSaved say why it is not kept.
        """
        answer = check_answer(
            body, surveys=surveys, pages=pages, languages=languages, words_max=self._words_max
        )
        if self._store.has(answer.id):
            return Taken(answer.id, False, answer.cleaned)
        visit = str(body.get("visit", "")) if isinstance(body, dict) else ""
        with self._limits.place(visit) as give_back:
            answer = replace(answer, marked=self._bashing.mark(answer))
            new = self._store.save(answer)
            if new:
                self._bashing.remember(answer)
            else:
                give_back()
        return Taken(answer.id, new, answer.cleaned)

    def expect_recording(self, answer: str, question: str, surveys: Iterable[Survey]) -> Ulid:
        """Check the two names of a recorded voice, before its bytes are read.

        AnswerRefused when no survey asks for it.
        """
        try:
            ulid = parse(answer)
        except ValueError as error:
            raise AnswerRefused(str(error)) from None
        asked = (one for survey in surveys for one in survey.questions)
        if not any(one.kind == "voice" and one.id == question for one in asked):
            raise AnswerRefused("No survey asks for that.")
        return ulid

    def take_recording(self, answer: Ulid, question: str, data: bytes) -> tuple[str, bool]:
        """Keep a recorded voice until its answer comes: (its file, whether it is new).

        The same errors as `take`, and the same care for what is sent again.
        """
        sound, suffix = clean_recording(data)
        name = next(one for one in recording_names(answer, question) if one.endswith(suffix))
        if self._store.has(answer) or self._store.has_recording(answer, name):
            return name, False
        self._sweep_now_and_then()
        with self._recordings.place() as give_back:
            new = self._store.save_recording(answer, name, sound)
            if not new:
                give_back()
        return name, new

    def _sweep_now_and_then(self) -> None:
        with self._sweeping:
            if self._seconds() - self._swept >= _SWEEP_SECONDS:
                self._swept = self._seconds()
                self._store.sweep()
