"""How many answers are taken in how much time, and which of them look like play.

Both remember only what was taken in the last hour or minute, so a flood takes no memory.
"""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from kiosk.errors import AnswerTooSoon
from kiosk.feedback.answer import Answer
from kiosk.feedback.sent import Given, Sent

_HOUR = 3600.0


class Limits:
    """Lets one answer of a visit in `visit_seconds`, and `an_hour` of all visits.

    seconds: a clock that only goes forward. Safe to share by threads.
    """

    def __init__(
        self, *, visit_seconds: int, an_hour: int, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._visit_seconds = visit_seconds
        self._an_hour = an_hour
        self._seconds = seconds
        self._taken: deque[tuple[float, str]] = deque()
        self._lock = threading.Lock()

    @contextmanager
    def place(self, visit: str = "") -> Iterator[Callable[[], None]]:
        """Hold a place for one answer while it is saved. AnswerTooSoon when there is none.

        The place is free again after an error, or when what is given is called: for an answer
        that was there already.
        """
        mine = self._take(visit)

        def give_back() -> None:
            with self._lock:
                if mine in self._taken:
                    self._taken.remove(mine)

        try:
            yield give_back
        except BaseException:
            give_back()
            raise

    def _take(self, visit: str) -> tuple[float, str]:
        with self._lock:
            now = self._seconds()
            while self._taken and self._taken[0][0] <= now - _HOUR:
                self._taken.popleft()
            waits = [at + self._visit_seconds - now for at, who in self._taken if who == visit]
            if len(self._taken) >= self._an_hour:
                waits.append(self._taken[0][0] + _HOUR - now)
            wait = max(waits, default=0.0)
            if wait > 0:
                raise AnswerTooSoon(math.ceil(wait))
            mine = (now, visit)
            self._taken.append(mine)
            return mine


class Bashing:
    """Finds answers that are the same as others of the last seconds: the same face again and again.

    An answer is marked when as many as `answers` before it, within `seconds`, were the same. Times
    are those inside the ids, so an answer that waited in a screen counts at its own time.
    """

    def __init__(self, *, answers: int, seconds: int) -> None:
        self._within = timedelta(seconds=seconds)
        # One more than is needed to decide would do; twice as many lets late ones come in between.
        self._last: deque[tuple[datetime, str, Mapping[str, Given]]] = deque(maxlen=answers * 2)
        self._answers = answers
        self._lock = threading.Lock()

    def mark(self, answer: Answer | Sent) -> str:
        """Return "bashing", or "" for an answer that counts."""
        with self._lock:
            same = sum(
                survey == answer.survey
                and answers == answer.answers
                and abs(answer.id.made - made) <= self._within
                for made, survey, answers in self._last
            )
        return "bashing" if same >= self._answers else ""

    def remember(self, answer: Answer | Sent) -> None:
        """Note an answer that was saved."""
        with self._lock:
            self._last.append((answer.id.made, answer.survey, answer.answers))
