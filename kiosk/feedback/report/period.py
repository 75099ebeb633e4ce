"""Stretches of days, by the clock of the site: the edges of a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Unit = Literal["day", "week", "month", "quarter", "year"]

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day until the last, both included. words: what to call it."""

    first: date
    last: date
    words: str


def edges(
    first: date | None, last: date | None, zone: ZoneInfo
) -> tuple[datetime | None, datetime | None]:
    """Return the moments when `first` begins and `last` is over; None where there is no edge."""
    begin = None if first is None else datetime.combine(first, time(), zone)
    if last is None or last == date.max:
        return begin, None
    return begin, datetime.combine(last + _ONE_DAY, time(), zone)


def stretch(first: date, last: date) -> Period:
    """Return the days from `first` until `last` as one period."""
    if first == last:
        return Period(first, last, day_words(first))
    return Period(first, last, f"{day_words(first)} to {day_words(last)}")


def split(first: date, last: date, unit: Unit) -> tuple[Period, ...]:
    """Return the whole days, weeks, ... that hold every day from `first` until `last`, in order.

    The first and the last are cut off at those two days.
    """
    begin_of, words = _UNITS[unit]
    periods: list[Period] = []
    at = last
    while at >= first:
        begin = begin_of(at)
        periods.append(Period(max(begin, first), at, words(begin)))
        at = begin - _ONE_DAY
    return tuple(reversed(periods))


def day_words(day: date) -> str:
    """Return "3 December 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


# Not strftime: its month names follow the language of the machine.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _quarter(day: date) -> date:
    return date(day.year, day.month - (day.month - 1) % 3, 1)


_UNITS: dict[Unit, tuple[Callable[[date], date], Callable[[date], str]]] = {
    "day": (lambda day: day, day_words),
    "week": (
        lambda day: day - timedelta(days=day.weekday()),
        lambda day: f"Week of {day_words(day)}",
    ),
    "month": (lambda day: day.replace(day=1), lambda day: f"{_MONTHS[day.month - 1]} {day.year}"),
    "quarter": (
        _quarter,
        lambda day: f"{_MONTHS[day.month - 1]} to {_MONTHS[day.month + 1]} {day.year}",
    ),
    "year": (lambda day: date(day.year, 1, 1), lambda day: f"{day.year}"),
}
