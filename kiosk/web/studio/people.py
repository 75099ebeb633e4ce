"""Who has which page open now, so that two people on one page see each other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

SEEN = 10.0  # seconds that a sign of somebody is good for


class People:
    """Notes the pages that are open, in memory alone."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._here: dict[str, dict[str, tuple[str, float]]] = {}  # page -> window -> name, when

    def here(self, page: str, window: str, name: str) -> list[str]:
        """Note that somebody has a page open; return the names in its other windows."""
        now = self._seconds()
        with self._lock:
            for one in list(self._here):
                known = {w: s for w, s in self._here[one].items() if now - s[1] < SEEN}
                self._here[one] = known
                if not known:
                    del self._here[one]
            self._here.setdefault(page, {})[window] = (name, now)
            others = [one for w, (one, _) in self._here[page].items() if w != window]
        return sorted(set(others))

    def gone(self, page: str, window: str) -> None:
        """Note that a window has left a page."""
        with self._lock:
            self._here.get(page, {}).pop(window, None)
