"""The log of the server: what is told again and again is told a few times a minute."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

MINUTE = 60.0
MOST = 10  # lines a minute from one place in the code


class Quiet(logging.Filter):
    """Lets few lines of each place through, and traces faults only, not warnings.

    seconds: a clock that only goes forward.
    """

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._seconds = seconds
        self._lock = threading.Lock()
        self._told: dict[tuple[str, int], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a line is written."""
        place = (record.pathname, record.lineno)
        with self._lock:
            now = self._seconds()
            since, count = self._told.get(place, (now, 0))
            if now - since >= MINUTE:
                if count > MOST:
                    record.msg = f"{record.msg} (and {count - MOST} more like the last)"
                since, count = now, 0
            self._told[place] = since, count + 1
        if record.levelno < logging.ERROR:
            record.exc_info = None
        return count < MOST


def keep_quiet() -> None:
    """Let no loop of requests fill the log; to be called once all parts are loaded."""
    quiet = Quiet()
    for name in list(logging.root.manager.loggerDict):
        logging.getLogger(name).addFilter(quiet)
