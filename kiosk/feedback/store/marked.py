"""The marked answers that are kept: few of them, and the oldest go first.

They are no answers of people, as far as can be told, so they must not take the room of those.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from kiosk.disk import filled
from kiosk.errors import AnswerNotSaved
from kiosk.feedback.answer.record import is_marked
from kiosk.feedback.answer.ulid import Ulid, parse
from kiosk.feedback.store.shelf import ASIDE, MAX_ANSWER_BYTES, find_days, list_day
from kiosk.feedback.store.store import AnswerStore

_SHARE = 0.9  # of what they may fill is left when room is made: it is not done for each one anew


class MarkedAnswers:
    """Repeat submissions and floods, in some folders of a store. Safe to share by threads.

    folders: gives them now. most: the bytes of the disk that marked answers may fill there.
    """

    def __init__(
        self, store: AnswerStore, folders: Callable[[], Iterable[Path]], most: int
    ) -> None:
        self._store = store
        self._folders = folders
        self._most = most
        self._lock = threading.Lock()
        self._kept: deque[tuple[str, int]] | None = None  # id, bytes: oldest first
        self._filled = 0

    def note(self, answer: Ulid, path: Path) -> None:
        """Note one that was saved, and let the oldest go where they fill too much."""
        # It is saved, whatever the disk says of the others now.
        with self._lock, suppress(OSError, AnswerNotSaved):
            kept = self._all()
            size = filled(path.stat().st_size)
            if not kept or kept[-1][0] != str(
                answer
            ):  # it may have been found on the disk just now
                kept.append((str(answer), size))
                self._filled += size
            if self._filled > self._most:
                self._let_go(int(self._most * _SHARE))

    def make_room(self) -> bool:
        """Let a tenth of all go, at least one; False when none went."""
        with self._lock, suppress(OSError, AnswerNotSaved):
            if self._all():
                self._let_go(int(self._filled * _SHARE))
                return True
        return False

    def _let_go(self, left: int) -> None:
        kept = self._all()
        while kept and self._filled > left:
            name, size = kept.popleft()
            self._store.purge(parse(name))
            self._filled -= size

    def _all(self) -> deque[tuple[str, int]]:
        """Return all that are kept; the first time they are looked for on the disk."""
        if self._kept is None:
            found = [
                (name, filled(stamp.size))
                for folder in self._folders()
                for name, stamp in list_day(folder).answers.items()
                if _is_marked(folder / f"{name}.yaml")
            ]
            self._kept = deque(sorted(found))
            self._filled = sum(size for _, size in found)
        return self._kept


def marked_of_days(store: AnswerStore, most: int) -> MarkedAnswers:
    """Return those among the answers of all days."""
    folder = store.folder
    return MarkedAnswers(store, lambda: (folder / day for day in find_days(folder)[0]), most)


def marked_aside(store: AnswerStore, most: int) -> MarkedAnswers:
    """Return those among the answers that are set aside."""
    return MarkedAnswers(store, lambda: [store.folder / ASIDE], most)


def _is_marked(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return is_marked(file.read(MAX_ANSWER_BYTES))
    except OSError:
        return False  # it went meanwhile
