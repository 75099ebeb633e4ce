"""Old answers go at the centre too, by its own `keep_months`: once a day, with their voices."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from kiosk.config import Site
from kiosk.feedback.store.daily import FILE, once_a_day
from kiosk.feedback.store.deletion import months_before
from kiosk.fleet.centre.answers import purge
from kiosk.fleet.centre.database import Connection, folder_of


def purge_once_a_day(site: Site, connection: Connection, today: date) -> str:
    """Delete what is older than `[feedback] keep_months`, if this is a new day; call it often.

    Returns a line for the log, "" when nothing was done. As at a kiosk, a clock that has leapt
    deletes nothing on that day.
    """
    return once_a_day(folder_of(site) / FILE, today, lambda: purge_now(site, connection, today))


def purge_now(site: Site, connection: Connection, today: date) -> str:
    """Delete it, and return a line for the log."""
    months = site.settings.feedback.keep_months
    first_kept = datetime.combine(months_before(today, months), time.min, site.zone)
    gone = purge(connection, first_kept.astimezone(UTC))
    if not gone:
        return ""
    return f"Answers deleted because they were older than keep_months = {months}: {gone:,}."
