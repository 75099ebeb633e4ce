"""Who belongs to the centre: codes, keys, and names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from kiosk.errors import CentreRefused
from kiosk.fleet.centre.database import Connection
from kiosk.fleet.code import Code, hidden
from kiosk.fleet.wire import Joined, Joining

CODE_LIVES = timedelta(hours=24)

_WRONG = (
    "This code is not known here, was used already, or is older than a day. "
    "Try: ask for a new one with `kiosk centre enrol NAME`."
)


@dataclass(frozen=True, slots=True)
class Member:
    """One kiosk. group: with which it takes releases.

    joined: when it made its key, None before that. revoked: when it was shut out.
    """

    id: str
    name: str
    group: str
    joined: datetime | None
    revoked: datetime | None
    code_until: datetime | None


def invite(connection: Connection, name: str, code: Code) -> bool:
    """Let somebody join as `name` once, with this code; False when a kiosk of this name is there.

    It goes on with its own key until the code is used: then that key ends, so that one that was
    lost, replaced or copied is shut out. CentreRefused when the name is none.
    """
    name = " ".join(name.split())
    if not 1 <= len(name) <= 60 or not name.isprintable():
        raise CentreRefused("A kiosk's name has 1 to 60 letters. Try: kiosk centre enrol library")
    row = connection.execute(
        "INSERT INTO kiosk (name, code, code_until) VALUES (%(name)s, %(code)s, now() + %(lives)s)"
        " ON CONFLICT (name) DO UPDATE SET code = excluded.code, code_until = excluded.code_until"
        " RETURNING key IS NULL",
        {"name": name, "code": hidden(code.secret), "lives": CODE_LIVES},
    ).fetchone()
    return bool(row and row[0])


def join(connection: Connection, asked: Joining) -> Joined:
    """Take the key of a kiosk that has a code, once. CentreRefused when the code is no good."""
    row = connection.execute(
        "UPDATE kiosk SET key = %(key)s, code = NULL, code_until = NULL, joined = now(),"
        " revoked = NULL WHERE code = %(code)s AND code_until > now() RETURNING id, name",
        {"key": bytes.fromhex(asked.key), "code": hidden(asked.secret)},
    ).fetchone()
    if row is None:
        raise CentreRefused(_WRONG)
    return Joined(kiosk=str(row[0]), name=row[1])


def key_of(connection: Connection, kiosk: str) -> bytes | None:
    """Return the public key of a kiosk; None when nobody may send under this id."""
    row = connection.execute(
        "SELECT key FROM kiosk WHERE id = %s AND revoked IS NULL", [UUID(kiosk)]
    ).fetchone()
    return bytes(row[0]) if row and row[0] is not None else None


def heard(connection: Connection, kiosk: str) -> None:
    """Note that a kiosk was heard: what it sends may take long on a slow line."""
    connection.execute(
        "UPDATE kiosk SET heard = now() WHERE id = %s",
        [UUID(kiosk)],
    )


def revoke(connection: Connection, name: str) -> bool:
    """Let a kiosk send no more, at once; its answers stay. False when there is none."""
    done = connection.execute(
        "UPDATE kiosk SET key = NULL, code = NULL, code_until = NULL, revoked = now()"
        " WHERE name = %s",
        [" ".join(name.split())],
    )
    return bool(done.rowcount)


def group(connection: Connection, name: str, group: str) -> bool:
    """Let a kiosk take releases with a group, from its next beat on. False when there is none."""
    done = connection.execute(
        "UPDATE kiosk SET grp = %s WHERE name = %s", [group, " ".join(name.split())]
    )
    return bool(done.rowcount)


def members(connection: Connection) -> list[Member]:
    """Return all kiosks, by name."""
    rows = connection.execute(
        "SELECT id, name, grp, joined, revoked, code_until FROM kiosk ORDER BY name"
    ).fetchall()
    return [Member(str(row[0]), *row[1:]) for row in rows]
