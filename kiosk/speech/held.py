"""Sounds that are held in memory, because the disk takes none."""

from __future__ import annotations

import threading
from collections import OrderedDict

from kiosk.speech.clips import Spoken

MOST = 64_000_000  # bytes: all words of the interface, slowly, and the longest page


class Held:
    """The sounds that were used last. Safe to share by threads.

    most: bytes of all sounds together.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._filled = 0
        self._sounds: OrderedDict[str, tuple[Spoken, bytes]] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: str) -> tuple[Spoken, bytes] | None:
        """Return a sentence and its sound; None when it is not held."""
        with self._lock:
            if key in self._sounds:
                self._sounds.move_to_end(key)
            return self._sounds.get(key)

    def hold(self, spoken: Spoken, wav: bytes) -> None:
        """Hold a sound; those that were not used for longest go for it."""
        with self._lock:
            self._let_go(spoken.key)
            self._sounds[spoken.key] = (spoken, wav)
            self._filled += len(wav)
            while self._filled > self._most:
                self._let_go(next(iter(self._sounds)))

    def _let_go(self, key: str) -> None:
        _, wav = self._sounds.pop(key, (None, b""))
        self._filled -= len(wav)
