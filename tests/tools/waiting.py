"""The one place where a test waits: for a condition, never for luck."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PAUSE_SECONDS = 0.02


def wait_until(condition: Callable[[], T], seconds: float, what: str = "the condition") -> T:
    """Return the first true value that `condition` gives; fail after `seconds` without one.

    Inside the browser use Playwright's own waiting instead: its events do not arrive meanwhile.
    """
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() >= deadline:
            raise AssertionError(f"Waited {seconds} seconds in vain for {what}.")
        time.sleep(PAUSE_SECONDS)
