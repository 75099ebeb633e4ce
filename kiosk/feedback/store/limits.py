"""How many answers are taken in how much time, and which of them are left out of the counts.

Nobody is shut out: a flood is taken and marked. What is remembered is of the last hour, by where
answers come from, so nobody's flood touches another's answers, and it takes little memory.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from kiosk.errors import AnswerTooSoon
from kiosk.feedback.answer.answer import WEB, Answer
from kiosk.feedback.answer.sent import Given, Sent

OWN_SCREEN = ""
"""The source of what comes from the kiosk's own locked browser: people in its room, no flood."""

BASHING, FLOOD = "bashing", "flood"
"""Why an answer is marked: the same again and again, or more from one source than counts."""

_HOUR = 3600.0
_MOST_SOURCES = 1000
_MOST_VISITS = 10_000


def from_web(source: str) -> str:
    """Return the source of what comes from there through a copy on the web."""
    return f"{WEB} {source}"


def _counted_with(source: str) -> str:
    """Return with whom a source is counted: all copies on the web share one limit an hour.

    A proxy may stand before the kiosk: then all of the web has one address.
    """
    return WEB if source.startswith(from_web("")) else source


class VisitLimit:
    """Rate limit of a visit: one answer in so many seconds; the next waits in its screen meanwhile.

    clock: one that only goes forward, in seconds. Safe to share by threads.
    """

    def __init__(self, *, seconds: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._taken: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    @contextmanager
    def place(self, visit: str) -> Iterator[Callable[[], None]]:
        """Hold the place for one answer while it is saved. AnswerTooSoon when there is none.

        The place is free again after an error, or when what is given is called: for an answer
        that was there already. A visit without a name has no limit.
        """
        self._take(visit)

        def give_back() -> None:
            with self._lock:
                self._taken.pop(visit, None)

        try:
            yield give_back
        except BaseException:
            give_back()
            raise

    def _take(self, visit: str) -> None:
        with self._lock:
            now = self._clock()
            while self._taken and next(iter(self._taken.values())) <= now - self._seconds:
                self._taken.popitem(last=False)
            if visit in self._taken:
                raise AnswerTooSoon(math.ceil(self._taken[visit] + self._seconds - now))
            if visit and self._seconds:
                self._taken[visit] = now
            if len(self._taken) > _MOST_VISITS:
                self._taken.popitem(last=False)


class HourLimit:
    """Rate limit of a source: so many recorded voices within an hour; the next ones wait there.

    web_an_hour: of all copies on the web together; as many as of any other source without it.
    clock: one that only goes forward, in seconds. Safe to share by threads.
    """

    def __init__(
        self,
        *,
        an_hour: int,
        web_an_hour: int | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._an_hour = an_hour
        self._more = {} if web_an_hour is None else {WEB: web_an_hour}
        self._clock = clock
        self._sources: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, source: str) -> None:
        """Note one. AnswerTooSoon when there were too many; never for the kiosk's own screen."""
        if source == OWN_SCREEN:
            return
        with self._lock:
            now = self._clock()
            key = _counted_with(source)
            taken = self._sources.setdefault(key, deque())
            self._sources.move_to_end(key)
            if len(self._sources) > _MOST_SOURCES:
                self._sources.popitem(last=False)
            while taken and taken[0] <= now - _HOUR:
                taken.popleft()
            if len(taken) >= self._more.get(key, self._an_hour):
                raise AnswerTooSoon(math.ceil(taken[0] + _HOUR - now))
            taken.append(now)


class Bashing:
    """Repeat submissions: answers that are the same as others of the last seconds.

    An answer is marked when as many as `answers` before it, within `seconds`, were the same. Times
    are those inside the ids, so an answer that waited in a screen counts at its own time.
    """

    def __init__(self, *, answers: int, seconds: int) -> None:
        self._within = timedelta(seconds=seconds)
        # One more than is needed to decide would do; twice as many lets late ones come in between.
        self._last: deque[tuple[datetime, str, Mapping[str, Given]]] = deque(maxlen=answers * 2)
        self._answers = answers

    def is_play(self, answer: Answer | Sent) -> bool:
        """Whether this answer is one too many."""
        same = sum(
            survey == answer.survey
            and answers == answer.answers
            and abs(answer.id.made - made) <= self._within
            for made, survey, answers in self._last
        )
        return same >= self._answers

    def remember(self, answer: Answer | Sent) -> None:
        """Note an answer that was saved."""
        self._last.append((answer.id.made, answer.survey, answer.answers))


class _Source:
    """What was taken from one source in the last hour. counted: when those that count came."""

    def __init__(self, bashing: Bashing) -> None:
        self.counted: deque[float] = deque()
        self.bashing = bashing


class Marks:
    """Marks the answers that are not counted, by the source that they come from.

    an_hour: so many of one source are counted in an hour. web_an_hour: likewise of all copies on
    the web together; as many as of any other source without it. answers, seconds: see `Bashing`.
    clock: one that only goes forward. Safe to share by threads.
    """

    def __init__(
        self,
        *,
        an_hour: int,
        answers: int,
        seconds: int,
        web_an_hour: int | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._an_hour = an_hour
        self._more = {} if web_an_hour is None else {WEB: web_an_hour}
        self._bashing = (answers, seconds)
        self._clock = clock
        self._sources: OrderedDict[str, _Source] = OrderedDict()
        self._lock = threading.Lock()

    def is_flooded(self, source: str) -> bool:
        """Whether the next answer from there would be marked as part of a flood."""
        with self._lock:
            return self._is_full(source)

    def mark(self, answer: Answer | Sent, source: str) -> str:
        """Return why an answer is not counted, or "" for one that counts."""
        with self._lock:
            if self._of(source).bashing.is_play(answer):
                return BASHING
            return FLOOD if self._is_full(source) else ""

    def remember(self, answer: Answer | Sent, source: str, mark: str) -> None:
        """Note an answer that was saved, with its mark."""
        with self._lock:
            self._of(source).bashing.remember(answer)
            if not mark:
                self._of(_counted_with(source)).counted.append(self._clock())

    def _is_full(self, source: str) -> bool:
        now, key = self._clock(), _counted_with(source)
        counted = self._of(key).counted
        while counted and counted[0] <= now - _HOUR:
            counted.popleft()
        return source != OWN_SCREEN and len(counted) >= self._more.get(key, self._an_hour)

    def _of(self, source: str) -> _Source:
        answers, seconds = self._bashing
        if source not in self._sources:
            self._sources[source] = _Source(Bashing(answers=answers, seconds=seconds))
        self._sources.move_to_end(source)
        if len(self._sources) > _MOST_SOURCES:
            self._sources.popitem(last=False)
        return self._sources[source]
