"""The answers of all kiosks, for reports: read from the centre as from the index of one kiosk."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from kiosk.errors import CentreRefused, ContentError
from kiosk.feedback.answer.record import KeptAnswer, answer_of
from kiosk.fleet.centre.database import Connection, told_plainly

_EVERY = 500  # rows that are fetched at once


class CentreAnswers:
    """What the centre has, by the clock of the centre where a kiosk's was wrong. For one thread.

    kiosk: its name, to read its answers alone. CentreRefused when there is none.
    """

    def __init__(self, connection: Connection, kiosk: str | None = None) -> None:
        self._connection = connection
        self._kiosk = None
        self._problems: dict[str, ContentError] = {}
        if kiosk is not None:
            row = connection.execute("SELECT id FROM kiosk WHERE name = %s", [kiosk]).fetchone()
            if row is None:
                raise CentreRefused(f'There is no kiosk "{kiosk}". Try: kiosk centre kiosks')
            self._kiosk = row[0]

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Inside, the answers stay as they are, whatever comes in: for reading them twice."""
        with told_plainly(), self._connection.transaction():
            self._connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield

    def span(self, survey: str | None = None) -> tuple[datetime, datetime] | None:
        """Return when the first and the last answer were received, or None without answers."""
        if survey is not None:
            first = last = None
            for one in self.answers(survey=survey):
                first, last = first or one.received, one.received
            return None if first is None or last is None else (first, last)
        row = self._connection.execute(
            "SELECT min(received), max(received) FROM answer WHERE kind = 'answer'"
            " AND (%(kiosk)s::uuid IS NULL OR kiosk = %(kiosk)s)",
            {"kiosk": self._kiosk},
        ).fetchone()
        return (row[0], row[1]) if row and row[0] is not None else None

    def answers(
        self,
        *,
        survey: str | None = None,
        begin: datetime | None = None,
        end: datetime | None = None,
    ) -> Iterator[KeptAnswer]:
        """Yield the answers that were received from `begin` until before `end`, oldest first.

        To be called inside `held`.
        """
        query = (
            "SELECT id, body, received FROM answer WHERE kind = 'answer'"
            " AND (%(kiosk)s::uuid IS NULL OR kiosk = %(kiosk)s)"
            " AND (%(begin)s::timestamptz IS NULL OR received >= %(begin)s)"
            " AND (%(end)s::timestamptz IS NULL OR received < %(end)s) ORDER BY received, id"
        )
        with self._connection.cursor("answers") as cursor:
            cursor.itersize = _EVERY
            cursor.execute(query, {"kiosk": self._kiosk, "begin": begin, "end": end})
            for name, body, received in cursor:
                try:
                    one = answer_of(bytes(body), Path(f"{name}.yaml"))
                except ContentError as error:
                    self._problems[name] = error
                    continue
                if survey is None or one.survey == survey:
                    yield replace(one, received=received)

    @property
    def problems(self) -> tuple[ContentError, ...]:
        """What is wrong with each answer that was read and could not be understood."""
        return tuple(self._problems[name] for name in sorted(self._problems))

    @property
    def waiting(self) -> int:
        """How many answers are set aside at their kiosks."""
        row = self._connection.execute(
            "SELECT count(*) FROM answer WHERE kind = 'aside'"
            " AND (%(kiosk)s::uuid IS NULL OR kiosk = %(kiosk)s)",
            {"kiosk": self._kiosk},
        ).fetchone()
        return int(row[0]) if row else 0
