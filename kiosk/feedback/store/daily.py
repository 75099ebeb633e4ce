"""Old answers go by themselves: once a day, in the way of `kiosk feedback purge`.

What is deleted cannot come back, and the clock of a kiosk may be wrong. So nothing goes on the
first day that a kiosk sees, nor on a day to which its clock has leapt: what is too old goes a day
later, and until then somebody can put the clock right.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from kiosk.config import Site
from kiosk.feedback.answer.ulid import FIRST_MOMENT
from kiosk.feedback.store.deletion import purge, too_old
from kiosk.feedback.store.private import private_file
from kiosk.feedback.store.shelf import folder_of
from kiosk.feedback.store.store import AnswerStore

FILE = "last-purge.txt"  # the last day on which it was looked for old answers

_LEAP = timedelta(days=31)
# One that seems to be older than this program was given while the clock was wrong.
_FIRST = FIRST_MOMENT.date()


def purge_once_a_day(site: Site, store: AnswerStore, today: date) -> str:
    """Delete what is older than `[feedback] keep_months`, if this is a new day; call it often.

    Returns a line for the log, "" when nothing was done. Raises KioskError and OSError; then it is
    tried again at the next call.
    """
    return once_a_day(site.data / FILE, today, lambda: _purge(site, store, today))


def once_a_day(note: Path, today: date, purge: Callable[[], str]) -> str:
    """Call `purge` if this is a new day and the clock can be right; return what is to be told.

    note: the file of the last day that was seen.
    """
    last = _read(note)
    if last == today:
        return ""
    told = ""
    if last is not None and last < today <= last + _LEAP:
        told = purge()
    elif last is not None:
        told = (
            f"The clock says {today}. The last day that was seen here was {last}. "
            "Is the clock right? Answers that are too old are deleted from the next day on."
        )
    note.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with private_file(note) as file:
        file.write(f"{today}\n".encode())
    return told


def _purge(site: Site, store: AnswerStore, today: date) -> str:
    months, zone = site.settings.feedback.keep_months, site.zone
    found = too_old(folder_of(site), today=today, keep_months=months, zone=zone, first=_FIRST)
    if not found:
        return ""
    purge(site, store, found)
    return f"Answers deleted because they were older than keep_months = {months}: {len(found):,}."


def _read(note: Path) -> date | None:
    with contextlib.suppress(OSError, ValueError):
        return date.fromisoformat(note.read_text(encoding="utf-8").strip())
    return None
