"""What a language calls its months and days (CLDR)."""

from __future__ import annotations

from babel.dates import get_day_names, get_month_names


def months(language: str) -> tuple[str, ...]:
    """Return the months from January, as they stand in a date: "marca" in Polish."""
    return tuple(get_month_names("wide", locale=language).values())


def days(language: str) -> tuple[str, ...]:
    """Return the days from Monday."""
    of_week = get_day_names("wide", locale=language)
    return tuple(of_week[day] for day in range(7))
