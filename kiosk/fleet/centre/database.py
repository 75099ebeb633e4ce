"""The centre's database: the council's own, or the embedded one; and its tables.

The tables come by migrations, which run forward only, each once and whole: files of `migrations/`
in the order of their numbers. Everything stands in the schema `centre`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeAlias

import psycopg
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool, PoolTimeout

from kiosk.config import Site
from kiosk.errors import CentreAway, CentreRefused
from kiosk.fleet.centre.engine import Engine, running

Connection: TypeAlias = "psycopg.Connection[TupleRow]"

SENDER = "kiosk_sender"
"""The role in which everything is done that a kiosk asks for."""

_LOCK = 7_041_001  # ours alone: two commands must not migrate at once
_CONNECT_SECONDS = 10
_POOL = 8
_OPTIONS: dict[str, Any] = {
    "connect_timeout": _CONNECT_SECONDS,
    "options": "-c search_path=centre,pg_catalog -c timezone=UTC -c client_encoding=UTF8",
    "application_name": "kiosk centre",
}


def folder_of(site: Site) -> Path:
    """Return the folder of a centre's own files; it is made when it is not there."""
    folder = site.data / "centre"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


@cache
def migrations() -> dict[int, str]:
    """Return all migrations, number -> SQL, in their order."""
    found = (one for one in (files("kiosk.fleet.centre") / "migrations").iterdir())
    texts = {one.name: one.read_text(encoding="utf-8") for one in found if one.name[:4].isdigit()}
    return {int(name[:4]): texts[name] for name in sorted(texts)}


def newest() -> int:
    """Return the number of the schema that this program knows."""
    return max(migrations())


def migrate(connection: Connection, until: int | None = None) -> list[int]:
    """Bring the tables up to date; return the numbers of what was done, none when all was.

    until: stop there, for tests and for old backups. CentreRefused when a newer program made them,
    or when the database's keeper must do something first.
    """
    wanted = newest() if until is None else until
    done: list[int] = []
    try:
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            connection.execute("CREATE SCHEMA IF NOT EXISTS centre")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS centre.migration ("
                "number int PRIMARY KEY, done timestamptz NOT NULL DEFAULT now())"
            )
            there = schema_number(connection)
            if there > newest():
                raise CentreRefused(
                    f"This database is of a newer kiosk (its number is {there}, I know "
                    f"{newest()}). Try: update the kiosk on this computer."
                )
            for number, sql in migrations().items():
                if there < number <= wanted:
                    connection.execute(sql.encode())
                    connection.execute("INSERT INTO centre.migration VALUES (%s)", [number])
                    done.append(number)
    except psycopg.errors.InsufficientPrivilege as error:
        raise CentreRefused(
            f"The database does not let me make my tables: {_said(error)}. Ask its keeper for: "
            f"CREATE ROLE {SENDER} NOLOGIN; GRANT {SENDER} TO <this user>; "
            "and for the right CREATE on the database."
        ) from None
    return done


def schema_number(connection: Connection) -> int:
    """Return the number of the newest migration that was done here; 0 for none."""
    row = connection.execute("SELECT coalesce(max(number), 0) FROM centre.migration").fetchone()
    return int(row[0]) if row else 0


@contextlib.contextmanager
def told_plainly() -> Iterator[None]:
    """Inside, what a database says becomes an error for people. CentreAway: it may be back soon."""
    try:
        yield
    except (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout) as error:
        raise CentreAway(
            f"The centre's database does not answer: {_said(error)}. "
            "Try again in a minute, or ask who looks after it."
        ) from error


@contextlib.contextmanager
def opened(site: Site, engine: Engine | None = None) -> Iterator[Connection]:
    """Give a connection with tables that are up to date, for one command.

    The embedded database is started for that long when it does not run. CentreAway, CentreRefused.
    engine: another one than the site's.
    """
    with contextlib.ExitStack() as stack:
        address = site.settings.centre.database
        if not address:
            address = stack.enter_context(running(engine or Engine(folder_of(site))))
        with told_plainly():
            connection = stack.enter_context(psycopg.connect(address, autocommit=True, **_OPTIONS))
            migrate(connection)
            yield connection


class Database:
    """Connections for a centre that serves. Safe to share by threads."""

    def __init__(self, address: str) -> None:
        self._pool: ConnectionPool[Connection] = ConnectionPool(
            address,
            min_size=1,
            max_size=_POOL,
            timeout=_CONNECT_SECONDS,
            kwargs={"autocommit": True, **_OPTIONS},
            check=ConnectionPool.check_connection,
            open=False,
        )

    def open(self) -> None:
        """Connect, and bring the tables up to date. CentreAway, CentreRefused."""
        self._pool.open()
        with self.connection() as connection:
            migrate(connection)

    def close(self) -> None:
        """Give all connections back."""
        self._pool.close()

    @contextlib.contextmanager
    def connection(self) -> Iterator[Connection]:
        """Give a connection of the centre itself. CentreAway when there is none."""
        with told_plainly(), self._pool.connection() as connection:
            yield connection

    @contextlib.contextmanager
    def as_sender(self) -> Iterator[Connection]:
        """Give one that may do only what a kiosk may, in one transaction. CentreAway."""
        with self.connection() as connection, connection.transaction():
            connection.execute(f"SET LOCAL ROLE {SENDER}".encode())
            yield connection


def _said(error: Exception) -> str:
    text = str(error).strip() or type(error).__name__
    return text.splitlines()[0].rstrip(".")
