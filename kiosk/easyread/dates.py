"""Dates and times in a sentence: where they stand, and how to write them for all to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from kiosk.easyread.language_pack import LanguagePack
from kiosk.easyread.model import Passage
from kiosk.spoken import Table, table_of

NUMERIC_DATE = re.compile(
    r"(?<![\d./-])(?:\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2})(?![\d/-])"
)
_CLOCK = re.compile(r"(?<![\d.:£€$])(?:[01]?\d|2[0-3])([:.])[0-5]\d(?![\d:%]|\.\d)")
_ENDS_A_TIME = re.compile(r"\s*[ap]\.?m\b", re.I)
_HOURS = re.compile(r"\s*(?:hours|hrs|h)\b", re.I)
# What is measured is no time: "2.30 miles".
_UNIT = re.compile(
    r"\s*(?:%|per\b|km|kg|cm|mm?\b|g\b|miles?|metres?|litres?|pounds?|million|billion|times)", re.I
)
# Before 9.30 these words tell that it is a time.
_BEFORE_A_TIME = re.compile(
    r"\b(?:at|from|until|till|between|before|after|around|by|starts?|opens?|closes?|ends?|begins?)"
    r"(?: about)? ?$|\b(?:[01]?\d|2[0-3])[.:][0-5]\d(?: ?[ap]m)? (?:and|to|until|or) $"
    r"|[.:][0-5]\d ?[-–] ?$",  # noqa: RUF001
    re.I,
)
_AFTER_A_TIME = re.compile(
    r"(?: ?[-–] ?| to | until )(?:[01]?\d|2[0-3])[.:][0-5]\d"  # noqa: RUF001
    r"|,? in the (?:morning|afternoon|evening)"
    r"|,? (?:on|every|this|next) (?:mon|tues|wednes|thurs|fri|satur|sun)day",
    re.I,
)
_NEAR = 30  # letters before a time that are looked at
_DAY_ALONE = re.compile(
    r"\bon the (\d{1,2}(?:st|nd|rd|th))\b"
    r"(?=\s*(?:$|[.,;:?!)]|(?:at|in|from|and|or|we|you|they|if|for)\b))"
    r"(?!\s+(?:in|from) (?:the )?(?:line|list|row|queue))",
    re.I,
)
_NOON = re.compile(r"(?<!12 )\b(?:at |by |until |till |before |from |to )?(noon)\b(?!-)", re.I)
_THIS_CENTURY = 2000
_TWELVE = 12


@dataclass(frozen=True, slots=True)
class Told:
    """A date or time that is hard to read.

    start, end: its place. is_date: no time. instead: how to write it, or "" where nobody can know.
    safe: it can mean nothing else.
    """

    start: int
    end: int
    is_date: bool
    instead: str = ""
    safe: bool = False
    hint: str = ""


def in_digits(passage: Passage) -> list[tuple[int, int]]:
    """Return where there are dates and times in digits."""
    found = [one.span() for one in NUMERIC_DATE.finditer(passage.text)]
    return found + clock_times(passage.text)


def clock_times(text: str) -> list[tuple[int, int]]:
    """Return where there are times without am or pm: 14:30, "at 9.30"."""
    found = []
    for clock in _CLOCK.finditer(text):
        if _ENDS_A_TIME.match(text, clock.end()):
            continue
        if clock[1] == ":":
            found.append(clock.span())
        elif not _UNIT.match(text, clock.end()):
            before = text[max(0, clock.start() - _NEAR) : clock.start()]
            if _BEFORE_A_TIME.search(before) or _AFTER_A_TIME.match(text, clock.end()):
                found.append(clock.span())
    return found


def hard_dates(passage: Passage, pack: LanguagePack) -> Iterator[Told]:
    """Yield the dates and times that are hard to read."""
    text = passage.text
    for found in NUMERIC_DATE.finditer(text):
        yield _numeric(found, pack)
    if not pack.is_there:
        return  # another language may well use the 24-hour clock
    for start, end in clock_times(text):
        yield _clock(text, start, end)
    pattern = _in_words(pack)
    for found in pattern.finditer(text) if pattern else ():
        yield _worded(found, pack)
    for found in _NOON.finditer(text):
        yield Told(found.start(1), found.end(1), False, "midday", True)
    for found in _DAY_ALONE.finditer(text):
        yield Told(found.start(1), found.end(1), True, hint="Write the day and the month.")


def _numeric(found: re.Match[str], pack: LanguagePack) -> Told:
    parts = [int(one) for one in re.split(r"[/.-]", found[0])]
    is_iso = found[0][:4].isdigit()
    year, month, day = parts if is_iso else reversed(parts)
    # 3/4/26 may be the 3rd of April or the 4th of March.
    safe = is_iso or day > _TWELVE or day == month
    return Told(*found.span(), True, written(day, month, year, pack), safe)


def written(day: int, month: int, year: int, pack: LanguagePack) -> str:
    """Return a date in words, "" for one that is not there."""
    months = _table(pack).months
    year += _THIS_CENTURY if year < 100 else 0
    try:
        date(year, month, day)
    except ValueError:
        return ""
    return f"{day} {months[month - 1]} {year}" if months else ""


def _clock(text: str, start: int, end: int) -> Told:
    hours, minutes = (int(one) for one in re.split("[:.]", text[start:end]))
    more = _HOURS.match(text, end)
    is_clear = hours > _TWELVE or hours == 0 or text[start] == "0" or more is not None
    late = "pm" if hours >= _TWELVE else "am"
    said = f"{(hours - 1) % _TWELVE + 1}" + (f":{minutes:02}" if minutes else "")
    if is_clear:
        return Told(start, more.end() if more else end, False, said + late, True)
    return Told(start, end, False, hint=f'Write it as "{said}am" or "{said}pm".')


@cache
def _months(months: tuple[str, ...], short: tuple[str, ...]) -> re.Pattern[str]:
    long, less = "|".join(months), "|".join(short)
    return re.compile(
        rf"(?:(?<=\bon )the )?\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)(?: of)? (?P<month>{long})\b"
        rf"|\b(?P<month2>{long}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)\b(?:,? (?P<year2>\d{{4}})\b)?"
        rf"|\b(?P<day3>\d{{1,2}})(?:st|nd|rd|th)? (?P<month3>{less})\b(?P<dot3>\.(?=\s+[\da-z]))?"
        rf"|\b(?P<month4>{less})(?P<dot4>\.)? (?P<year4>\d{{2,4}})\b"
    )


def _in_words(pack: LanguagePack) -> re.Pattern[str] | None:
    table = _table(pack)
    return _months(tuple(table.months), tuple(table.short_months)) if table.months else None


def _table(pack: LanguagePack) -> Table:
    """Return how the voice says dates in this language: what it says is what to write."""
    return table_of(pack.language) or _NOTHING


_NOTHING = Table((), frozenset())


def _worded(found: re.Match[str], pack: LanguagePack) -> Told:
    full = _table(pack).short_months

    if found["day"]:
        instead = f"{found['day']} {found['month']}"
    elif found["day2"]:
        instead = f"{found['day2']} {found['month2']}"
        instead += f" {found['year2']}" if found["year2"] else ""
    elif found["day3"]:
        instead = f"{found['day3']} {full[found['month3']]}"
    elif len(found["year4"]) == len("2026"):
        instead = f"{full[found['month4']]} {found['year4']}"
    else:
        return Told(*found.span(), True)
    # "3 Sept." may end a sentence, or go on with its year.
    goes_on = found.string[found.end() :] == "." and bool(found["day3"])
    return Told(*found.span(), True, instead, not goes_on)
