"""What a kiosk has sent already: a small file that may be thrown away at any time.

Without it everything is sent once more, and the centre keeps nothing twice.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

_TABLES = """
CREATE TABLE IF NOT EXISTS sent (
    name TEXT PRIMARY KEY, stamp TEXT NOT NULL, state TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS centre (one INTEGER PRIMARY KEY, epoch TEXT, number INTEGER);
INSERT OR IGNORE INTO centre VALUES (1, '', 0);
PRAGMA user_version = 1;
"""


class Ledger:
    """For one thread. file: it is made anew when it is missing, damaged or of another program."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._base = self._open()

    def close(self) -> None:
        """Give the file back."""
        self._base.close()

    @property
    def epoch(self) -> str:
        """Which centre it is about: "" when it has not been told yet."""
        return str(self._one("SELECT epoch FROM centre"))

    @property
    def number(self) -> int:
        """Up to where the centre's own deletions are known."""
        found = self._one("SELECT number FROM centre")
        return found if isinstance(found, int) else 0

    def stamps(self) -> dict[str, str]:
        """Return name -> stamp of everything that was sent."""
        return dict(self._base.execute("SELECT name, stamp FROM sent"))

    def count(self, state: str) -> int:
        """Return how many of what was sent came to this."""
        found = self._one("SELECT count(*) FROM sent WHERE state = ?", state)
        return found if isinstance(found, int) else 0

    def begin(self, epoch: str) -> None:
        """Forget everything: this is another centre, or it was put back from a backup."""
        with self._changes():
            self._base.execute("DELETE FROM sent")
            self._base.execute("UPDATE centre SET epoch = ?, number = 0", [epoch])

    def note(self, sent: Iterable[tuple[str, str, str]], number: int) -> None:
        """Note names with their stamps and states, and up to where deletions are known."""
        with self._changes():
            self._base.executemany("INSERT OR REPLACE INTO sent VALUES (?, ?, ?)", sent)
            self._base.execute("UPDATE centre SET number = ?", [number])

    def forget(self, names: Iterable[str]) -> None:
        """Take these out: what they name is here no more."""
        with self._changes():
            self._base.executemany("DELETE FROM sent WHERE name = ?", [(one,) for one in names])

    def _one(self, query: str, *values: str) -> object:
        return self._base.execute(query, values).fetchone()[0]

    @contextlib.contextmanager
    def _changes(self) -> Iterator[None]:
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    def _open(self) -> sqlite3.Connection:
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        for _ in range(2):
            try:
                return _connect(self._file)
            except sqlite3.DatabaseError:
                for ending in ("", "-journal", "-wal", "-shm"):
                    Path(f"{self._file}{ending}").unlink(missing_ok=True)
        return _connect(Path(":memory:"))


def _connect(file: Path) -> sqlite3.Connection:
    base = sqlite3.connect(file, timeout=10, isolation_level=None, check_same_thread=False)
    try:
        (version,) = base.execute("PRAGMA user_version").fetchone()
        if version not in (0, 1) or base.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("another version")
        base.executescript(_TABLES)
        base.execute("SELECT name, stamp, state FROM sent LIMIT 1").fetchone()
    except sqlite3.Error:
        base.close()
        raise
    return base
