"""Releases at the centre: taken in whole or not at all, and signed anew each day as the newest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Root, Targets, Timestamp

from kiosk.config import Site
from kiosk.errors import CentreRefused, ReleaseRefused
from kiosk.fleet.centre.database import Connection, folder_of
from kiosk.fleet.names import TIMESTAMP, of_blob, of_role, version_of
from kiosk.fleet.release.folder import ReleaseFolder, needed
from kiosk.fleet.release.trust import (
    TIMESTAMP_DAYS,
    new_snapshot,
    new_timestamp,
    next_root,
    public_text,
    read,
    read_key,
    signed,
    write_key,
)

KEY = "release.key"

_DAY = timedelta(days=1)
_LOCK = 7_041_003  # ours alone: releases come one after the other
_SNAPSHOTS = 3  # that are kept: a kiosk may be reading the one before


@dataclass(frozen=True, slots=True)
class Published:
    """What the centre took. number: of its newest release. files, size: that were new, in bytes.

    roots: how many roots were new.
    """

    number: int
    files: int
    size: int
    roots: int


def key_of(site: Site) -> CryptoSigner:
    """Return the key by which this centre says what is newest; it is made once."""
    file = folder_of(site) / KEY
    if not file.exists():
        return write_key(file, "It says which release is the newest. It belongs to this centre.")
    return read_key(file)


def public_key_of(site: Site) -> str:
    """Return what a publisher must know of this centre (64 hex digits)."""
    return public_text(key_of(site).public_key)


def publish(site: Site, connection: Connection, folder: ReleaseFolder) -> Published:
    """Take in what is signed in a folder, and say that it is the newest. ReleaseRefused.

    All of it is checked first: each root by the one before, the list by the publisher's key, and
    every file by its sum.
    """
    key = key_of(site)
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        root, roots = _take_roots(connection, folder)
        if any(key.public_key.keyid not in root.roles[one].keyids for one in _SAYS_NEWEST):
            raise ReleaseRefused(
                "This publisher does not know the key of this centre.",
                "kiosk release renew FOLDER centre --centre KEY, with what `kiosk centre key` says",
            )
        here, number = newest(connection), folder.newest()
        if number == 0:
            raise ReleaseRefused(
                f"No release in {folder.path} is signed.", "kiosk release sign FOLDER --key FILE"
            )
        if number < here:
            raise ReleaseRefused(
                f"The newest release in {folder.path} is {number}, and here it is {here}.",
                "use the folder that the last release was made in.",
            )
        data, targets = folder.targets(number)
        before = _file(connection, of_role("targets", number))
        if before is not None and before != data:
            raise ReleaseRefused(
                f"Another release {number} was published here.",
                "use the folder that the last release was made in.",
            )
        files = size = 0
        sums = needed(targets, folder.blob)
        for sha256 in sums:
            blob = folder.blob(sha256)
            if _keep(connection, of_blob(sha256), blob):
                files, size = files + 1, size + len(blob)
        _keep(connection, of_role("targets", number), data)
        _say_newest(connection, key, number, data)
        # Nobody takes an older one any more, and a voice in it may have been taken back.
        names = [of_role("targets", number), *map(of_blob, sums)]
        connection.execute(
            "DELETE FROM release_file WHERE (name LIKE 'blobs/%%' OR name LIKE '%%.targets.json')"
            " AND name <> ALL (%s)",
            [names],
        )
    return Published(number, files, size, roots)


def newest(connection: Connection) -> int:
    """Return the number of the newest release here; 0 for none."""
    rows = connection.execute("SELECT name FROM release_file WHERE name LIKE '%.targets.json'")
    return max((version_of(row[0], "targets") for row in rows.fetchall()), default=0)


def sign_once_a_day(site: Site, connection: Connection, now: datetime | None = None) -> str:
    """Say anew that the newest release is the newest, once a day; call it often.

    Returns a line for the log, "" when all is well.
    """
    now = now or datetime.now(UTC)
    data = _file(connection, TIMESTAMP)
    if data is None:
        return ""
    until = read(Timestamp, data, TIMESTAMP).signed.expires
    if until - now > timedelta(days=TIMESTAMP_DAYS) - _DAY:
        return ""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        number = newest(connection)
        targets = _file(connection, of_role("targets", number))
        root = _newest_root(connection)
        key = key_of(site)
        if targets is None or root is None:
            return "The releases in the database are not whole. Try: kiosk release publish FOLDER"
        if key.public_key.keyid not in root.roles["timestamp"].keyids:
            return "The publisher does not know the key of this centre. Try: kiosk release renew"
        _say_newest(connection, key, number, targets)
    return ""


def until(connection: Connection) -> datetime | None:
    """Return until when kiosks believe that the newest release is the newest; None for none."""
    data = _file(connection, TIMESTAMP)
    return read(Timestamp, data, TIMESTAMP).signed.expires if data is not None else None


def give(connection: Connection, kiosk: str, name: str) -> bytes | None:
    """Return a file for a kiosk; connection: one that may do what a kiosk may. CentreRefused."""
    try:
        row = connection.execute("SELECT read_release(%s, %s)", [UUID(kiosk), name]).fetchone()
    except psycopg.errors.DatabaseError as error:
        if error.sqlstate == "KC001":
            raise CentreRefused("This kiosk may not read here any more.") from None
        raise
    return bytes(row[0]) if row and row[0] is not None else None


def copy_to(connection: Connection, folder: ReleaseFolder) -> tuple[int, int]:
    """Write the newest release into a folder, such as a memory stick.

    Returns its number, and how many files were written. ReleaseRefused when there is no release.
    """
    number = newest(connection)
    if not number:
        raise ReleaseRefused("There is no release here.", "kiosk release publish FOLDER")
    rows = connection.execute("SELECT name FROM release_file ORDER BY name").fetchall()
    names = [str(row[0]) for row in rows]
    snapshot = max(version_of(name, "snapshot") for name in names)
    wanted = [name for name in names if version_of(name, "root")]
    wanted += [of_role("targets", number), of_role("snapshot", snapshot)]
    written = 0
    for name in wanted:
        folder.write(name, _must(connection, name))
    for name in _needed(connection, number):
        data = _must(connection, name)
        if folder.read(name) != data:
            folder.write(name, data)
            written += 1
    folder.write(TIMESTAMP, _must(connection, TIMESTAMP))  # last: now all of it is there
    return number, written


_SAYS_NEWEST = ("snapshot", "timestamp")


def _take_roots(connection: Connection, folder: ReleaseFolder) -> tuple[Root, int]:
    """Take in the roots of a folder that are new here. The first one is believed as it comes."""
    root: Root | None = None
    new = 0
    for name, data in folder.roots():
        root = next_root(root, data, name)
        before = _file(connection, name)
        if before is None:
            new += _keep(connection, name, data)
        elif before != data:
            raise ReleaseRefused(
                "This folder is of another publisher than the releases here.",
                "use the folder that the last release was made in.",
            )
    if root is None:
        raise ReleaseRefused(
            f"{folder.path} is no folder of releases.", "kiosk release begin FOLDER"
        )
    if _file(connection, of_role("root", root.version + 1)) is not None:
        raise ReleaseRefused("This folder has older keys than the releases here.")
    return root, new


def _newest_root(connection: Connection) -> Root | None:
    root: Root | None = None
    while True:
        name = of_role("root", root.version + 1 if root else 1)
        data = _file(connection, name)
        if data is None:
            return root
        root = next_root(root, data, name)


def _needed(connection: Connection, number: int) -> set[str]:
    """Return the names of the blobs that a release of the database needs."""
    name = of_role("targets", number)
    targets = read(Targets, _must(connection, name), name).signed
    return {of_blob(one) for one in needed(targets, lambda s: _must(connection, of_blob(s)))}


def _say_newest(connection: Connection, key: CryptoSigner, number: int, targets: bytes) -> None:
    """Sign that a list is the newest. The versions also grow past those that a backup forgot."""
    rows = connection.execute("SELECT name FROM release_file WHERE name LIKE '%.snapshot.json'")
    versions = sorted(version_of(row[0], "snapshot") for row in rows.fetchall())
    version = max(int(datetime.now(UTC).timestamp()), versions[-1] + 1 if versions else 1)
    snapshot = signed(new_snapshot(version, number, targets), key)
    _keep(connection, of_role("snapshot", version), snapshot)
    timestamp = signed(new_timestamp(version, snapshot), key)
    connection.execute(
        "INSERT INTO release_file (name, body) VALUES (%s, %b)"
        " ON CONFLICT (name) DO UPDATE SET body = excluded.body, at = now()",
        [TIMESTAMP, timestamp],
    )
    old = [of_role("snapshot", one) for one in versions[: -(_SNAPSHOTS - 1)]]
    connection.execute("DELETE FROM release_file WHERE name = ANY (%s)", [old])


def _file(connection: Connection, name: str) -> bytes | None:
    row = connection.execute("SELECT body FROM release_file WHERE name = %s", [name]).fetchone()
    return bytes(row[0]) if row else None


def _must(connection: Connection, name: str) -> bytes:
    data = _file(connection, name)
    if data is None:
        raise ReleaseRefused(f"{name} is missing in the database.", "kiosk release publish FOLDER")
    return data


def _keep(connection: Connection, name: str, data: bytes) -> bool:
    done = connection.execute(
        "INSERT INTO release_file (name, body) VALUES (%s, %b) ON CONFLICT DO NOTHING", [name, data]
    )
    return bool(done.rowcount)
