"""How long somebody waits who has typed a wrong password several times."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

FREE = 5  # wrong tries without a wait
FREE_OF_A_NAME = 50  # the same from all addresses together: no one stranger locks a name
LONGEST = 900  # seconds
FORGET = 3600  # seconds after the last wrong try
MOST = 10_000  # names and addresses that are remembered


class Tries:
    """Counts wrong tries, by name and address: after five each makes the wait twice as long.

    All is held in memory alone.
    """

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._wrong: dict[tuple[str, str], tuple[int, float]] = {}

    def wait(self, name: str, address: str) -> int:
        """Return the seconds until this name may be tried again from there; 0 for now."""
        now = self._seconds()
        with self._lock:
            left = [
                at + _pause(count - free) - now
                for key, free in _keys(name, address)
                for count, at in [self._wrong.get(key, (0, now))]
            ]
        longest = max(left)
        return int(longest) + 1 if longest > 0 else 0

    def wrong(self, name: str, address: str) -> None:
        """Note a wrong try."""
        now = self._seconds()
        with self._lock:
            for key, _ in _keys(name, address):
                count, at = self._wrong.pop(key, (0, now))
                self._wrong[key] = (count + 1 if now - at < FORGET else 1, now)
            while len(self._wrong) > MOST:
                del self._wrong[next(iter(self._wrong))]

    def right(self, name: str, address: str) -> None:
        """Forget the wrong tries of one who has signed in now."""
        with self._lock:
            for key, _ in _keys(name, address):
                self._wrong.pop(key, None)


def _keys(name: str, address: str) -> list[tuple[tuple[str, str], int]]:
    low = " ".join(name.split()).casefold()[:100]
    return [((low, address), FREE), ((low, ""), FREE_OF_A_NAME)]


def _pause(over: int) -> float:
    """Return the wait in seconds after so many wrong tries more than are free."""
    return 0.0 if over < 0 else float(min(2 ** min(over, 20), LONGEST))
