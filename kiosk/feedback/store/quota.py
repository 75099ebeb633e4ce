"""How much of the disk the files of one kind may fill."""

from __future__ import annotations

import time
from collections.abc import Callable

from kiosk.disk import filled

_RECOUNT_SECONDS = 60
_COUNT_SECONDS = 3600  # another program may keep answers here too


class Quota:
    """The most bytes of the disk that the files of one kind may fill; 0 for no such limit.

    count: tells how many they fill now, which may take long.
    """

    def __init__(self, most: int, count: Callable[[], int]) -> None:
        self._most = most
        self._count = count
        self._used: int | None = None
        self._counted = 0.0  # when, by the clock that only goes forward

    def has_room(self, size: int) -> bool:
        """Whether one more file of this size has its place."""
        if not self._most:
            return True
        for _ in range(2):
            now = time.monotonic()
            if self._used is None or now - self._counted >= _COUNT_SECONDS:
                self._used, self._counted = self._count(), now
            if self._used + filled(size) <= self._most:
                return True
            if now - self._counted < _RECOUNT_SECONDS:
                break
            self._used = None  # answers may have been purged meanwhile
        return False

    def add(self, size: int) -> None:
        """Note a file that was written."""
        if self._used is not None:
            self._used += filled(size)

    def forget(self) -> None:
        """Count anew when it is next asked: files were taken away."""
        self._used = None
