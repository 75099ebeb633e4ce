"""What kiosks send, on its way into the database."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from kiosk.errors import CentreRefused
from kiosk.feedback.answer.ulid import PATTERN, parse
from kiosk.fleet.centre.database import Connection
from kiosk.fleet.wire import Batch, BatchReply, SentAnswer, sha256_of

# A person's own words never begin a line of an answer's file.
_RECEIVED = re.compile(rb"^received: '?([0-9T:.+Z-]{16,40})'?$", re.M)
_WAS = re.compile(rf"^was: '?({PATTERN})'?$".encode(), re.M)
STONES = "deleted.txt"
_CLOCK = timedelta(days=1)

_INGEST = """
SELECT ingest(%(kiosk)s, %(epoch)s, %(since)s, %(deleted)s::text[], %(ids)s::text[],
    %(kinds)s::text[], %(was)s::text[], %(bodies)b::bytea[], %(received)s::timestamptz[],
    %(sums)b::bytea[], %(of)s::int[], %(names)s::text[], %(voice_sums)b::bytea[],
    %(voices)b::bytea[])
"""


class Stones:
    """The ids of all answers that were deleted, in a file beside the database.

    So they outlive the database: a backup that is older than a deletion cannot bring back what a
    person had deleted.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def add(self, ids: Iterable[str]) -> None:
        """Write these down for good. OSError when the disk says no."""
        lines = "".join(f"{one}\n" for one in ids)
        if not lines:
            return
        handle = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            os.write(handle, lines.encode())
            os.fsync(handle)
        finally:
            os.close(handle)

    def all(self) -> set[str]:
        """Return all of them; what is no id is passed over."""
        try:
            lines = self._file.read_text(encoding="utf-8", errors="replace").split()
        except FileNotFoundError:
            return set()
        return {line for line in lines if re.fullmatch(PATTERN, line)}


def take(
    connection: Connection, kiosk: str, batch: Batch, stones: Stones, now: datetime | None = None
) -> BatchReply:
    """Keep all of a batch, or nothing. CentreRefused when the kiosk may not send any more.

    connection: one that may do what a kiosk may. now: when it came, by this computer's clock.
    """
    now = now or datetime.now(UTC)
    stones.add(batch.deleted)
    is_right = abs(now - batch.now) <= _CLOCK
    voices = [(at, one) for at, a in enumerate(batch.answers, start=1) for one in a.voices]
    values: dict[str, Any] = {
        "kiosk": UUID(kiosk),
        "epoch": batch.epoch,
        "since": batch.since,
        "deleted": list(batch.deleted),
        "ids": [one.id for one in batch.answers],
        "kinds": [one.kind for one in batch.answers],
        "was": [_was(one) for one in batch.answers],
        "bodies": [one.body for one in batch.answers],
        "received": [received(one.body, now) if is_right else now for one in batch.answers],
        "sums": [_sum(one) for one in batch.answers],
        "of": [at for at, _ in voices],
        "names": [one.name for _, one in voices],
        "voice_sums": [bytes.fromhex(one.sha256) for _, one in voices],
        "voices": [_whole(one.data, one.sha256) for _, one in voices],
    }
    try:
        row = connection.execute(_INGEST, values).fetchone()
    except psycopg.errors.DatabaseError as error:
        if error.sqlstate == "KC001":
            raise CentreRefused("This kiosk may not send here any more.") from None
        raise
    return BatchReply.model_validate(row[0] if row else {})


def received(body: bytes, now: datetime) -> datetime:
    """Return when an answer came to its kiosk, by its file; never later than now."""
    found = _RECEIVED.search(body)
    try:
        moment = datetime.fromisoformat(found[1].decode()) if found else now
        return min(moment.astimezone(UTC), now)
    except (ValueError, OverflowError):
        return now


def delete(connection: Connection, ids: list[str], stones: Stones) -> None:
    """Delete answers here for ever; each kiosk that has one is told when it sends next."""
    stones.add(ids)
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(7041002)")
        connection.execute("SELECT delete_answers(%s::text[])", [ids])


def find(connection: Connection, ending: str) -> list[str]:
    """Return the ids that end so, oldest first; a whole id is found as well."""
    rows = connection.execute(
        "SELECT id FROM answer WHERE right(id, %s) = %s ORDER BY id", [len(ending), ending]
    )
    return [str(parse(row[0])) for row in rows.fetchall()]


def purge(connection: Connection, before: datetime) -> int:
    """Take away what was received before a moment, and remember the ids; return how many."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(7041002)")
        connection.execute(
            "INSERT INTO gone (id, why) SELECT id, 'age' FROM answer WHERE received < %s"
            " ON CONFLICT DO NOTHING",
            [before],
        )
        done = connection.execute("DELETE FROM answer WHERE received < %s", [before])
        connection.execute("DELETE FROM changed WHERE arrived < %s", [before])
    return int(done.rowcount)


def _was(one: SentAnswer) -> str | None:
    found = _WAS.search(one.body) if one.kind == "answer" else None
    return found[1].decode() if found and found[1].decode() != one.id else None


def _sum(one: SentAnswer) -> bytes:
    whole = hashlib.sha256(one.body)
    for voice in sorted(one.voices, key=lambda voice: voice.name):
        whole.update(f"\n{voice.name} {voice.sha256}".encode())
    return whole.digest()


def _whole(data: bytes | None, sha256: str) -> bytes | None:
    """Return a voice; None when it did not come, or not as it was: then it is asked for again."""
    return data if data is not None and sha256_of(data) == sha256 else None
