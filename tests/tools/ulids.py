"""Ids as a screen makes them, for tests in Python.

Not by the package python-ulid: its ids go down when the clock goes back, and when several threads
ask at once.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable

from kiosk.feedback.answer.ulid import ALPHABET, Ulid, parse

_RANDOM_BITS = 80


def _milliseconds_now() -> int:
    return time.time_ns() // 1_000_000


class UlidMaker:
    """Makes ids that only ever go up, also when the clock goes back. Safe to share by threads."""

    def __init__(
        self,
        milliseconds: Callable[[], int] = _milliseconds_now,
        random_bits: Callable[[int], int] = secrets.randbits,
    ) -> None:
        self._milliseconds = milliseconds
        self._random_bits = random_bits
        self._last = -1
        self._lock = threading.Lock()

    def __call__(self) -> Ulid:
        """Return a new id, greater than every one that this maker gave before."""
        with self._lock:
            fresh = (self._milliseconds() << _RANDOM_BITS) | self._random_bits(_RANDOM_BITS)
            # In the same millisecond, or after the clock went back, count on from the last one:
            # an overflow of the random bits then carries into the time, and the order still holds.
            same_or_earlier = fresh >> _RANDOM_BITS <= self._last >> _RANDOM_BITS
            self._last = self._last + 1 if same_or_earlier and self._last >= 0 else fresh
            number = self._last
        return parse("".join(ALPHABET[(number >> shift) & 31] for shift in range(125, -1, -5)))
