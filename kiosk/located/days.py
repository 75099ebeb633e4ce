"""A day that a person wrote in another way: how to write the same day."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = r"(?P<name>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_WAYS = (
    rf"(?:[A-Za-z]+,? )?{_DAY}(?: of)?[ -]{_NAME},?[ -]{_YEAR}",
    rf"{_NAME} {_DAY},? {_YEAR}",
    r"(?P<day>\d{1,2})[/. -](?P<month>\d{1,2})[/. -](?P<year>\d{4})",
    r"(?P<year>\d{4})[/. -](?P<month>\d{1,2})[/. -](?P<day>\d{1,2})",
)


def how_to_write(said: str) -> str:
    """Return the hint for what is no date: the same day as a date, where it names one."""
    same = _same_day(" ".join(said.split()))
    if same is not None:
        return f"Write it as {same.isoformat()}."
    return "Write the year, the month and the day, as in 2026-11-23."


def _same_day(said: str) -> date | None:
    for way in _WAYS:
        found = re.fullmatch(way, said)
        if found is None:
            continue
        parts = found.groupdict()
        month = parts.get("month")
        number = int(month) if month else _month(parts["name"] or "")
        try:
            return date(int(parts["year"]), number, int(parts["day"]))
        except ValueError:
            return None
    return None


def _month(name: str) -> int:
    """Return the number of a month, 0 for what is none."""
    low = name[:3].casefold()
    return _MONTHS.index(low) + 1 if low in _MONTHS else 0
