"""A quick way to the answers: what is in their files, in one SQLite file that may be thrown away.

The files are the truth. The index is made again when it is missing or damaged, and `refresh` brings
it up to date: it looks at each day's folder and reads only what is new. Deleted answers are wiped
from the file, not only unlinked (`secure_delete`).
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kiosk.config import Site
from kiosk.errors import AnswersUnreadable, ContentError
from kiosk.feedback.answer.receipt import CODE_CHARACTERS, read_code
from kiosk.feedback.answer.record import COLUMNS, FORMATS, KeptAnswer, as_json, from_json
from kiosk.feedback.answer.ulid import parse
from kiosk.feedback.store import shelf
from kiosk.feedback.store.reader import read_answer
from kiosk.files import Stamp
from kiosk.located import Mistake

FILE = "feedback-index.sqlite"

_WAIT_SECONDS = 30.0
# A folder that changed just now may change again within the same tick of the disk's clock.
_SETTLED_NS = 2_000_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TABLES = """
CREATE TABLE day (name TEXT PRIMARY KEY, changed INTEGER) WITHOUT ROWID;
CREATE TABLE answer (
    day TEXT, id TEXT, survey TEXT, moment INTEGER, record TEXT, stamp TEXT,
    PRIMARY KEY (day, id)
);
CREATE TABLE problem (
    day TEXT, id TEXT, line INTEGER, problem TEXT, hint TEXT, stamp TEXT,
    PRIMARY KEY (day, id)
);
CREATE INDEX answer_moment ON answer (moment, id);
"""


class AnswerIndex:
    """All answers of a folder, by the files as they were at the last `refresh`.

    folder: of the answers. shown: the same, for messages. file: of the index; when it cannot be
    written, everything is kept in memory instead. For one thread; several programs may share it.
    """

    def __init__(self, folder: Path, file: Path, shown: Path | None = None) -> None:
        self._folder = folder
        self._file = file
        self._shown = shown or folder
        self._base = self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back."""
        self._base.close()

    def refresh(self, *, every_file: bool = False) -> None:
        """Bring the index up to date with the files, in one step.

        Days whose folder has not changed are passed over; with `every_file` the size and time of
        each file are looked at, which also finds files that were changed where they are. Raises
        AnswersUnreadable when a folder cannot be looked into.
        """
        try:
            self._refresh(every_file)
        except sqlite3.OperationalError:
            self._start_again(":memory:")  # in use for long, or the disk is full or read-only
        except sqlite3.DatabaseError:
            self.rebuild()

    def rebuild(self) -> None:
        """Throw the index away and read every file."""
        self._base.close()
        self._throw_away()
        self._base = self._open()
        try:
            self._refresh(every_file=True)
        except sqlite3.DatabaseError:
            self._start_again(":memory:")

    def _start_again(self, name: str) -> None:
        self._base.close()
        self._base = _connect(name)
        self._refresh(every_file=True)

    def answers(
        self,
        *,
        survey: str | None = None,
        begin: datetime | None = None,
        end: datetime | None = None,
    ) -> Iterator[KeptAnswer]:
        """Yield the answers that were received from `begin` until before `end`, oldest first."""
        rows = self._rows(
            "SELECT record FROM answer WHERE (:survey IS NULL OR survey = :survey)"
            " AND moment >= :begin AND moment < :end ORDER BY moment, id",
            {
                "survey": survey,
                "begin": -(1 << 62) if begin is None else _milliseconds(begin),
                "end": 1 << 62 if end is None else _milliseconds(end),
            },
        )
        return map(_answer, rows)

    def span(self, survey: str | None = None) -> tuple[datetime, datetime] | None:
        """Return when the first and the last answer were received, or None without answers."""
        ((first, last),) = self._rows(
            "SELECT min(moment), max(moment) FROM answer"
            " WHERE (:survey IS NULL OR survey = :survey)",
            {"survey": survey},
        )
        if first is None:
            return None
        return _EPOCH + timedelta(milliseconds=first), _EPOCH + timedelta(milliseconds=last)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Inside, the index stays as it is, whatever other programs do: for reading it twice."""
        self._base.execute("BEGIN")
        try:
            yield
        finally:
            self._base.execute("COMMIT")

    def find(self, code: str) -> list[KeptAnswer]:
        """Return the answers with this id, or with this code on their receipt ("7K4 M2Q")."""
        wanted = code.strip().upper()
        with contextlib.suppress(Mistake):
            wanted = read_code(code)
        rows = self._rows(
            "SELECT record FROM answer WHERE :code IN (id, substr(id, :at)) ORDER BY id",
            {"code": wanted, "at": -CODE_CHARACTERS},
        )
        return [_answer(row) for row in rows]

    def path(self, answer: KeptAnswer) -> Path:
        """Return where the file of an answer stands."""
        return self._folder / f"{parse(answer.id).day:%Y/%m/%d}" / f"{answer.id}.yaml"

    def of_day(self, day: str) -> dict[str, KeptAnswer]:
        """Return the answers in the folder of one day, "YYYY/MM/DD", by id."""
        rows = self._rows("SELECT record FROM answer WHERE day = :day", {"day": day})
        return {one.id: one for one in map(_answer, rows)}

    @property
    def waiting(self) -> int:
        """How many answers are set aside now."""
        return len(shelf.aside_ids(self._folder))

    @property
    def problems(self) -> tuple[ContentError, ...]:
        """What is wrong with each file that could not be read."""
        rows = self._rows("SELECT day, id, line, problem, hint FROM problem ORDER BY day, id")
        return tuple(
            ContentError(self._shown / day / f"{name}.yaml", line, problem, hint)
            for day, name, line, problem, hint in rows
        )

    def _rows(self, query: str, values: Mapping[str, object] | None = None) -> Iterator[Any]:
        try:
            yield from self._base.execute(query, values or {})
        except sqlite3.DatabaseError as error:
            raise AnswersUnreadable(
                f"The index of the answers cannot be read: {error}. Try again."
            ) from error

    def _open(self) -> sqlite3.Connection:
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        for _ in range(2):
            try:
                return _connect(str(self._file))
            except sqlite3.OperationalError:
                break  # a disk that is full or cannot be written
            except sqlite3.DatabaseError:
                self._throw_away()
        return _connect(":memory:")

    def _throw_away(self) -> None:
        for ending in ("", "-journal"):
            with contextlib.suppress(OSError):
                Path(f"{self._file}{ending}").unlink()

    def _refresh(self, every_file: bool) -> None:
        looked = time.time_ns()
        try:
            deleted = shelf.deleted_ids(self._folder)
            days, _ = shelf.find_days(self._folder)
            with _changes(self._base):
                known: dict[str, int] = dict(self._base.execute("SELECT name, changed FROM day"))
                for name in known.keys() - days.keys():
                    self._delete("day = ?", [(name,)])
                    self._base.execute("DELETE FROM day WHERE name = ?", (name,))
                for name, changed in days.items():
                    if every_file or known.get(name) != changed:
                        self._refresh_day(name, deleted)
                        stamp = changed if changed < looked - _SETTLED_NS else -1
                        self._base.execute(
                            "INSERT OR REPLACE INTO day VALUES (?, ?)", (name, stamp)
                        )
                self._delete("id = ?", [(one,) for one in deleted])
        except OSError as error:
            where = self._shown if error.filename is None else error.filename
            raise AnswersUnreadable(
                f"I cannot look into {where}: {error.strerror}. Ask who may read it."
            ) from error

    def _refresh_day(self, day: str, deleted: frozenset[str]) -> None:
        found = shelf.list_day(self._folder / day).answers
        there = {name: _as_text(stamp) for name, stamp in found.items()}
        rows = self._base.execute(
            "SELECT id, stamp FROM answer WHERE day = :day"
            " UNION ALL SELECT id, stamp FROM problem WHERE day = :day",
            {"day": day},
        )
        known: dict[str, str] = dict(rows)
        old = [name for name, stamp in known.items() if there.get(name) != stamp]
        self._delete("day = ? AND id = ?", [(day, name) for name in old])
        for name, stamp in there.items():
            if known.get(name) != stamp and name not in deleted:
                self._read(day, name, stamp)

    def _delete(self, where: str, values: Sequence[tuple[str, ...]]) -> None:
        for table in ("answer", "problem"):
            self._base.executemany(f"DELETE FROM {table} WHERE {where}", values)  # noqa: S608 - our own words

    def _read(self, day: str, answer_id: str, stamp: str) -> None:
        name = f"{day}/{answer_id}.yaml"
        try:
            one = read_answer(self._folder / name, self._shown / name)
        except ContentError as error:
            self._base.execute(
                "INSERT OR REPLACE INTO problem VALUES (?, ?, ?, ?, ?, ?)",
                (day, answer_id, error.line, error.problem, error.hint, stamp),
            )
            return
        self._base.execute(
            "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?, ?)",
            (
                day,
                one.id,
                one.survey,
                _milliseconds(one.received),
                json.dumps(as_json(one), ensure_ascii=False),
                stamp,
            ),
        )


def open_index(site: Site) -> AnswerIndex:
    """Open the index of a site's answers; `refresh` it before use."""
    folder = shelf.folder_of(site)
    return AnswerIndex(folder, site.data / FILE, site.shown(folder))


def _connect(name: str) -> sqlite3.Connection:
    if name != ":memory:":
        with contextlib.suppress(OSError):  # it is there, or SQLite will say what is wrong
            os.close(os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    base = sqlite3.connect(name, timeout=_WAIT_SECONDS, isolation_level=None)
    try:
        base.execute("PRAGMA secure_delete = ON")
        if base.execute("PRAGMA user_version").fetchone() == (0,):
            _make_tables(base)
        elif base.execute("PRAGMA user_version").fetchone() != (_version(),):
            raise sqlite3.DatabaseError("another version")
        elif base.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("damaged")
    except sqlite3.Error:
        base.close()
        raise
    return base


def _version() -> int:
    """Return a number for what is in it: of other tables, or of answers read in other formats."""
    return zlib.crc32(f"{_TABLES}{COLUMNS}{sorted(FORMATS)}".encode()) & 0x7FFF_FFFF


def _make_tables(base: sqlite3.Connection) -> None:
    with _changes(base):
        if base.execute("PRAGMA user_version").fetchone() == (0,):  # nobody else was quicker
            for statement in _TABLES.split(";"):
                base.execute(statement)
            base.execute(f"PRAGMA user_version = {_version()}")


@contextlib.contextmanager
def _changes(base: sqlite3.Connection) -> Iterator[None]:
    """Everything inside happens, or nothing of it."""
    base.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            base.execute("ROLLBACK")
        raise
    base.execute("COMMIT")


def _as_text(stamp: Stamp) -> str:
    # SQLite has no numbers for every inode.
    return " ".join(map(str, stamp))


def _milliseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def _answer(row: tuple[str]) -> KeptAnswer:
    return from_json(json.loads(row[0]))
