"""The notes that stand for an answer: that it was deleted, or taken in with another id.

They hold nothing of the answer but its id.
"""

from __future__ import annotations

import re
from datetime import date

from kiosk.feedback.answer.ulid import PATTERN, Ulid
from kiosk.feedback.answer.written import text_of

MOST_BYTES = 1000

_FORMAT = 1
_NOW = re.compile(rf"^now: '?({PATTERN})'?$".encode(), re.M)


def tombstone_text(answer: Ulid, day: date) -> bytes:
    """Return what stays of an answer that was deleted."""
    return text_of({"format": _FORMAT, "id": str(answer), "deleted": day})


def taken_in_text(old: Ulid, new: Ulid) -> bytes:
    """Return the note that an answer was taken in with another id."""
    return text_of({"format": _FORMAT, "id": str(old), "now": str(new)})


def taken_in_as(note: bytes) -> str | None:
    """Return the id that an answer has now, by what is in its note."""
    found = _NOW.search(note)
    return found[1].decode() if found else None
