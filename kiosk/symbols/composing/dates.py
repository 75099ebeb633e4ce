"""What stands on a calendar, in each language: months, and how long something takes (CLDR)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.dates import get_month_names
from babel.units import format_unit

LANGUAGES = ("en", "pl", "ro", "ur")  # those whose letters can be drawn
UNITS = ("day", "week", "month", "year", "hour", "minute")
_PLURALS = ("zero", "one", "two", "few", "many", "other")
_NUMBERS = range(1, 101)  # among them is one of each kind
_SHORT_ENOUGH = 5  # letters: such a month stands whole where there is little room
_BRITISH = Locale("en", "GB")
_NUMBER = re.compile(r"\s*[\d\u06f0-\u06f9]+\s*")


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """The words of one language.

    months, short: from January. abbreviated: other short forms that people write. units: day,
    week, month, year, hour, minute -> one form for each kind of number. leftwards: read from right
    to left.
    """

    months: tuple[str, ...]
    short: tuple[str, ...]
    abbreviated: tuple[str, ...]
    units: Mapping[str, tuple[str, ...]]
    leftwards: bool
    _locale: Locale

    def kind(self, number: int) -> int:
        """Return which of the forms of a unit a number takes."""
        return _kinds(self._locale).index(self._locale.plural_form(number))

    def written(self) -> Iterator[str]:
        """Yield every word once."""
        of_units = (form for forms in self.units.values() for form in forms)
        yield from dict.fromkeys((*self.months, *self.short, *of_units))


def words_of(language: str) -> CalendarWords:
    """Return the words of a language, English ones where its letters cannot be drawn."""
    return _words(language if language in LANGUAGES else LANGUAGES[0])


@cache
def _words(language: str) -> CalendarWords:
    locale = _BRITISH if language == "en" else Locale(language)
    months, abbreviated = (
        tuple(get_month_names(width, "stand-alone", locale).values())
        for width in ("wide", "abbreviated")
    )
    less = tuple(_BARE.sub("", one) for one in abbreviated)
    short = (
        whole if len(whole) <= _SHORT_ENOUGH else cut
        for whole, cut in zip(months, less, strict=True)
    )
    units = {unit: _forms(unit, locale) for unit in UNITS}
    leftwards = locale.text_direction == "rtl"
    return CalendarWords(months, tuple(short), less, units, leftwards, locale)


def _kinds(locale: Locale) -> list[str]:
    """Return the kinds of whole numbers that a language tells apart, in the order of CLDR."""
    there = _numbers(str(locale))
    return [kind for kind in _PLURALS if kind in there]


@cache
def _numbers(locale: str) -> Mapping[str, int]:
    """Return each kind of whole numbers with one of them."""
    kind_of = Locale.parse(locale).plural_form
    return {kind_of(number): number for number in _NUMBERS}


def _forms(unit: str, locale: Locale) -> tuple[str, ...]:
    numbers = _numbers(str(locale))
    return tuple(_form(unit, numbers[kind], locale) for kind in _kinds(locale))


def _form(unit: str, number: int, locale: Locale) -> str:
    key = f"duration-{unit}"
    said = format_unit(number, key, "long", locale=locale)
    if key in said:  # where the long form is the short one, as in Urdu, Babel gives its own key
        said = format_unit(number, key, "short", locale=locale)
    return _NUMBER.sub("", said)


_DASH = re.compile(r"\s*[-\u2010-\u2015]\s*")
_BARE = re.compile(r"\.$")


@cache
def _known() -> Mapping[str, tuple[str, int | str]]:
    """Word of any language -> ("month" or "short", 0 to 11), or ("unit", its name)."""
    found: dict[str, tuple[str, int | str]] = {}
    for one in map(words_of, LANGUAGES):
        for number, name in enumerate(one.months):
            found.setdefault(name.casefold(), ("month", number))
        for names in (one.short, one.abbreviated):
            for number, name in enumerate(names):
                found.setdefault(name.casefold(), ("short", number))
        for unit, forms in one.units.items():
            for form in forms:
                found.setdefault(form.casefold(), ("unit", unit))
    found["sep"] = ("short", 8)
    return found


def tokens(text: str) -> tuple[str, ...]:
    """Cut what stands on a calendar into numbers and words; a dash is one of its own."""
    return tuple(_DASH.sub(" \u2013 ", text).split())


def has_month(text: str) -> bool:
    """Tell whether a line names a month."""
    return any(_meaning(one)[0] in ("month", "short") for one in tokens(text))


def _meaning(token: str) -> tuple[str, int | str]:
    return _known().get(_BARE.sub("", token).casefold(), ("", ""))


def in_language(text: str, language: str, count: int = 1) -> tuple[str, ...]:
    """Return the words of a line in the order they are read, months and units in a language.

    count: how many of a unit there are. What is neither month nor unit stays as it is.
    """
    words = words_of(language)
    found: list[str] = []
    given = tokens(text)
    for number, token in enumerate(given):
        kind, which = _meaning(token)
        before = given[number - 1] if number else ""
        if kind == "unit":
            forms = words.units[str(which)]
            many = int(before) if before.isdecimal() else count
            found += forms[words.kind(many)].split()
        elif kind in ("month", "short") and isinstance(which, int):
            name = words.months[which] if kind == "month" else words.short[which]
            found.append(name)
        else:
            found.append(token)
    return tuple(found)
