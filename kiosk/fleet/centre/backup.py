"""A backup of the centre while it goes on, and putting one back into an empty centre.

```
manifest.json       {"format": 1, "number": of the schema, "made": ...,
                     "tables": {name: {columns, rows, sha256}}}
tables/NAME         the rows of a table, as PostgreSQL's COPY writes them
certificate.pem     and certificate.key: so that the kiosks know the centre again
release.key         by which the centre says which release is the newest; where it has one
```
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Annotated, Literal

import psycopg
from psycopg import sql
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.config import Site
from kiosk.errors import BackupRefused, CentreRefused
from kiosk.feedback.store.private import private_file
from kiosk.files import replace_durably
from kiosk.fleet.centre.answers import STONES, Stones
from kiosk.fleet.centre.daily import purge_now
from kiosk.fleet.centre.database import Connection, folder_of, migrate, newest, schema_number
from kiosk.fleet.centre.releases import KEY
from kiosk.fleet.keys import certificate_of

MANIFEST = "manifest.json"

# In the order in which they can be filled: what is named by others comes first.
_TABLES = ("centre", "kiosk", "answer", "voice", "changed", "changed_voice", "gone", "release_file")
_CERTIFICATE = ("certificate.pem", "certificate.key")
_CHUNK = 1_000_000


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    columns: tuple[Annotated[str, Field(pattern="^[a-z_0-9]+$")], ...]
    rows: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class _Manifest(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    format: Literal[1] = 1
    number: Annotated[int, Field(ge=1)]
    made: datetime
    tables: dict[str, _Table]


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What is in a backup: how many answers, voices and kiosks; bytes: of its file."""

    answers: int
    voices: int
    kiosks: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and made when. deleted: answers that were deleted since, and stay away.

    old: what is to be told of those that were too old, or "".
    """

    made: datetime
    answers: int
    voices: int
    kiosks: int
    deleted: int
    old: str


def backup(site: Site, connection: Connection, file: Path) -> BackedUp:
    """Write everything into a new file, as it is at one moment. FeedbackError, CentreAway."""
    tables: dict[str, _Table] = {}
    with private_file(file, replace=False) as written:
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
            with connection.transaction():
                connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                number = schema_number(connection)
                made = datetime.now(UTC)
                for name in _TABLES:
                    with archive.open(f"tables/{name}", "w", force_zip64=True) as entry:
                        tables[name] = _copy_out(connection, name, entry)
            for path in certificate_of(folder_of(site)):
                archive.write(path, path.name)
            if (folder_of(site) / KEY).exists():
                archive.write(folder_of(site) / KEY, KEY)
            manifest = _Manifest(number=number, made=made, tables=tables)
            archive.writestr(MANIFEST, manifest.model_dump_json())
        written.flush()
        size = written.seek(0, 2)
        _look(written)
    return BackedUp(tables["answer"].rows, tables["voice"].rows, tables["kiosk"].rows, size)


def restore(
    site: Site, connection: Connection, file: Path, stones: frozenset[str] = frozenset()
) -> Restored:
    """Put a backup back into an empty centre, all of it or nothing.

    What was deleted since the backup, as far as is known here, is gone before anybody can read it.
    stones: more ids that were deleted. BackupRefused, CentreRefused.
    """
    try:
        with file.open("rb") as opened, zipfile.ZipFile(opened) as archive:
            manifest = _look(opened)
            kept = Stones(folder_of(site) / STONES)
            known = kept.all() | stones
            with connection.transaction():
                known |= _must_be_empty(connection)
                _fill(connection, archive, manifest)
                gone = _delete(connection, known)
                old = purge_now(site, connection, site.today())
                connection.execute(
                    "UPDATE centre SET epoch = gen_random_uuid(), restored = now(),"
                    " backup_made = %s",
                    [manifest.made],
                )
                answers, voices = _count(connection, "answer"), _count(connection, "voice")
                kiosks = _count(connection, "kiosk")
                everything = _deleted(connection)
                # The certificate goes last: what is left of a restore that fails is as it was.
                for name in (*_CERTIFICATE, *_key_in(archive)):
                    replace_durably(folder_of(site) / name, archive.read(name))
                kept.add(sorted(everything - kept.all()))
    except FileNotFoundError:
        raise BackupRefused(f"There is no file {file}.") from None
    except (zipfile.BadZipFile, OSError, KeyError) as error:
        raise BackupRefused(f"I cannot read this backup: {error}.") from error
    except psycopg.errors.DataError as error:
        raise BackupRefused(f"This backup is damaged: {error}.") from error
    return Restored(manifest.made, answers, voices, kiosks, gone, old)


def _key_in(archive: zipfile.ZipFile) -> tuple[str, ...]:
    return (KEY,) if KEY in archive.namelist() else ()


def _copy_out(connection: Connection, name: str, entry: IO[bytes]) -> _Table:
    columns = _columns(connection, name)
    whole = hashlib.sha256()
    rows = 0
    asked = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(_names(columns), _table(name))
    with connection.cursor() as cursor, cursor.copy(asked) as copy:
        for part in copy:
            data = bytes(part)
            whole.update(data)
            rows += data.count(b"\n")  # inside a row, COPY writes it as \n
            entry.write(data)
    return _Table(columns=columns, rows=rows, sha256=whole.hexdigest())


def _columns(connection: Connection, name: str) -> tuple[str, ...]:
    rows = connection.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
        " AND NOT attisdropped ORDER BY attnum",
        [f"centre.{name}"],
    )
    return tuple(row[0] for row in rows.fetchall())


def _names(columns: tuple[str, ...]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def _table(name: str) -> sql.Identifier:
    return sql.Identifier("centre", name)


def _look(file: IO[bytes]) -> _Manifest:
    """Read all of a backup, and return what it says of itself. BackupRefused."""
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        if MANIFEST not in names:
            raise BackupRefused("This file is not a backup of a centre.")
        try:
            manifest = _Manifest.model_validate_json(archive.read(MANIFEST))
        except ValidationError:
            raise BackupRefused("I cannot read the list in this backup.") from None
        if manifest.number > newest():
            raise BackupRefused(
                "This backup is of a newer kiosk. Try: update the kiosk on this computer."
            )
        wanted = {
            MANIFEST,
            *_CERTIFICATE,
            *_key_in(archive),
            *(f"tables/{name}" for name in manifest.tables),
        }
        if set(names) != wanted or not manifest.tables.keys() <= set(_TABLES):
            raise BackupRefused("This backup does not hold what its list says.")
        for name, table in manifest.tables.items():
            whole = hashlib.sha256()
            for part in _parts(archive, name):
                whole.update(part)
            if whole.hexdigest() != table.sha256:
                raise BackupRefused(f'"{name}" in this backup is damaged.')
    return manifest


def _parts(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(f"tables/{name}") as entry:
        while part := entry.read(_CHUNK):
            yield part


def _must_be_empty(connection: Connection) -> set[str]:
    """Raise CentreRefused unless nothing is here yet; return the ids that were deleted here."""
    others = connection.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'kiosk centre'"
        " AND datname = current_database() AND pid <> pg_backend_pid()"
    ).fetchone()
    if others and others[0]:
        raise CentreRefused("A centre is running on this database. Try: end it first.")
    answers, kiosks = _count(connection, "answer"), _count(connection, "kiosk")
    if answers or kiosks:
        raise CentreRefused(
            f"This centre is not empty: it has {answers:,} answers and {kiosks:,} kiosks. A backup"
            " is put back into an empty one. Try: rename the folder postgres in data/centre, or"
            " name a new database in kiosk.toml."
        )
    return _deleted(connection)


def _fill(connection: Connection, archive: zipfile.ZipFile, manifest: _Manifest) -> None:
    """Make the tables as they were at the time of the backup, fill them, and bring them on."""
    connection.execute("DROP SCHEMA centre CASCADE")
    migrate(connection, manifest.number)
    connection.execute("DELETE FROM centre")
    for name in _TABLES:
        if name not in manifest.tables:
            continue
        columns = manifest.tables[name].columns
        if set(columns) != set(_columns(connection, name)):
            raise BackupRefused(f'The table "{name}" in this backup has other columns.')
        asked = sql.SQL("COPY {} ({}) FROM STDIN").format(_table(name), _names(columns))
        with connection.cursor() as cursor, cursor.copy(asked) as copy:
            for part in _parts(archive, name):
                copy.write(part)
    if "gone" in manifest.tables:
        connection.execute(
            "SELECT setval(pg_get_serial_sequence('centre.gone', 'number'),"
            " coalesce((SELECT max(number) FROM gone), 0) + 1, false)"
        )
    migrate(connection)


def _delete(connection: Connection, ids: set[str]) -> int:
    before = _count(connection, "answer")
    connection.execute("SELECT delete_answers(%s::text[])", [sorted(ids)])
    return before - _count(connection, "answer")


def _deleted(connection: Connection) -> set[str]:
    rows = connection.execute("SELECT id FROM gone WHERE why = 'deleted'")
    return {row[0] for row in rows.fetchall()}


def _count(connection: Connection, name: str) -> int:
    row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(_table(name))).fetchone()
    return int(row[0]) if row else 0
