"""Whose turn it is to be rendered: people who wait go before the background."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.errors import SpeechTimeout

_LOOK_SECONDS = 0.1  # how soon the background sees that it must stop


class Turns:
    """One turn at a time. The background gets one only while nobody waits."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._taken = False
        self._waiting = 0

    @contextmanager
    def visitor(self, deadline: float) -> Iterator[None]:
        """Hold a turn. Raises SpeechTimeout when none comes before `deadline` (monotonic)."""
        with self._changed:
            self._waiting += 1
            try:
                left = deadline - time.monotonic()
                if not self._changed.wait_for(lambda: not self._taken, max(0.0, left)):
                    raise SpeechTimeout("The voice is busy. Please try again in a moment.")
                self._taken = True
            finally:
                self._waiting -= 1
                self._changed.notify_all()
        try:
            yield
        finally:
            self._give_back()

    @contextmanager
    def background(self, stop: threading.Event) -> Iterator[bool]:
        """Hold a turn that gives way to visitors; False, and no turn, once `stop` is set."""
        with self._changed:
            while not stop.is_set() and (self._taken or self._waiting):
                self._changed.wait(_LOOK_SECONDS)
            if has_turn := not stop.is_set():
                self._taken = True
        try:
            yield has_turn
        finally:
            if has_turn:
                self._give_back()

    def _give_back(self) -> None:
        with self._changed:
            self._taken = False
            self._changed.notify_all()
