"""What stands on a calendar, in each language: months, and how long something takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """The words of one language.

    months, short: from January. units: day, week, month, year, hour, minute -> one form for each
    kind of number. kind: which of these forms a number takes. leftwards: read from right to left.
    """

    months: tuple[str, ...]
    short: tuple[str, ...]
    units: Mapping[str, tuple[str, ...]]
    kind: Callable[[int], int]
    leftwards: bool = False

    def written(self) -> Iterator[str]:
        """Yield every word once."""
        of_units = (form for forms in self.units.values() for form in forms)
        yield from dict.fromkeys((*self.months, *self.short, *of_units))


def _polish(number: int) -> int:
    if number == 1:
        return 0
    return 1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2


def _romanian(number: int) -> int:
    if number == 1:
        return 0
    return 1 if number == 0 or 0 < number % 100 < 20 else 2


def _one_or_more(number: int) -> int:
    return 0 if number == 1 else 1


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_URDU = _split("جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر")

WORDS: Mapping[str, CalendarWords] = {
    ENGLISH: CalendarWords(
        _split(
            "January February March April May June July August September October November December"
        ),
        _split("Jan Feb March April May June July Aug Sept Oct Nov Dec"),
        {
            "day": ("day", "days"),
            "week": ("week", "weeks"),
            "month": ("month", "months"),
            "year": ("year", "years"),
            "hour": ("hour", "hours"),
            "minute": ("minute", "minutes"),
        },
        _one_or_more,
    ),
    "pl": CalendarWords(
        _split(
            "styczeń luty marzec kwiecień maj czerwiec"
            " lipiec sierpień wrzesień październik listopad grudzień"
        ),
        _split("sty luty marz kwi maj czer lip sie wrz paź lis gru"),
        {
            "day": ("dzień", "dni", "dni"),
            "week": ("tydzień", "tygodnie", "tygodni"),
            "month": ("miesiąc", "miesiące", "miesięcy"),
            "year": ("rok", "lata", "lat"),
            "hour": ("godzina", "godziny", "godzin"),
            "minute": ("minuta", "minuty", "minut"),
        },
        _polish,
    ),
    "ro": CalendarWords(
        _split(
            "ianuarie februarie martie aprilie mai iunie"
            " iulie august septembrie octombrie noiembrie decembrie"
        ),
        _split("ian feb mart apr mai iun iul aug sept oct nov dec"),
        {
            "day": ("zi", "zile", "de zile"),
            "week": ("săptămână", "săptămâni", "de săptămâni"),
            "month": ("lună", "luni", "de luni"),
            "year": ("an", "ani", "de ani"),
            "hour": ("oră", "ore", "de ore"),
            "minute": ("minut", "minute", "de minute"),
        },
        _romanian,
    ),
    "ur": CalendarWords(
        _URDU,
        _URDU,
        {
            "day": ("دن", "دن"),
            "week": ("ہفتہ", "ہفتے"),
            "month": ("مہینہ", "مہینے"),
            "year": ("سال", "سال"),
            "hour": ("گھنٹہ", "گھنٹے"),
            "minute": ("منٹ", "منٹ"),
        },
        _one_or_more,
        leftwards=True,
    ),
}

_DASH = re.compile(r"\s*[-\u2010-\u2015]\s*")
_BARE = re.compile(r"\.$")


def words_of(language: str) -> CalendarWords:
    """Return the words of a language, English ones where there are none."""
    return WORDS.get(language, WORDS[ENGLISH])


@cache
def _known() -> Mapping[str, tuple[str, int | str]]:
    """Word of any language -> ("month" or "short", 0 to 11), or ("unit", its name)."""
    found: dict[str, tuple[str, int | str]] = {}
    for one in WORDS.values():
        for number, name in enumerate(one.months):
            found.setdefault(name.casefold(), ("month", number))
        for number, name in enumerate(one.short):
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
