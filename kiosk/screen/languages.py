"""What a language is called, which way it is written, and how it writes days and times (CLDR)."""

from __future__ import annotations

import re
from datetime import date, time
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from markupsafe import Markup, escape

_BRITISH = Locale("en", "GB")
# Numbers with what stands between them: of a telephone, an age, a day, a time, a house.
_NUMBER = r"[A-Za-z]*\d[\dA-Za-z]*"
_BDI = Markup('<bdi dir="ltr">{}</bdi>')
_NUMBERS = re.compile(
    rf"(?:\+|\((?=\d+\) ?\d))?{_NUMBER}(?:(?: ?[-\u2013] ?| ?\(|\) ?|[ .:,/]){_NUMBER})*"
)


@cache
def _locale(code: str) -> Locale | None:
    """Return what is known of a language; English is British. None: nothing is known."""
    if code == "en":
        return _BRITISH
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def own_name(code: str) -> str:
    """Return what a language calls itself: "Polski"; its code if nobody knows."""
    name = language_name(code, code)
    return name[:1].upper() + name[1:]


def language_name(code: str, language: str) -> str:
    """Return what a language is called in another one: "angielski" for en in pl."""
    known, asked = _locale(language), _locale(code)
    if known is None or asked is None:
        return code
    return known.languages.get(asked.language) or code


def direction(code: str) -> str:
    """Return "rtl" for a language that is written from right to left, else "ltr"."""
    known = _locale(code)
    return "ltr" if known is None else known.text_direction


def isolated(text: str) -> Markup:
    """Return a text as HTML in which numbers are read from left to right in every language.

    Between Arabic letters the bidirectional algorithm (Unicode, UAX 9) would turn "01582 548 000"
    and "0-25" round: each run is isolated from what is around it.
    """
    parts, reached = [], 0
    for found in _NUMBERS.finditer(text):
        if not found[0].isdigit():  # one number alone stays as it is
            parts += [escape(text[reached : found.start()]), _BDI.format(found[0])]
            reached = found.end()
    return Markup("").join([*parts, escape(text[reached:])])


def day_in_words(day: date, language: str = "en") -> str:
    """Return a day as it is said: "24 November 2026"."""
    return _unbroken(format_date(day, "long", _locale(language) or _BRITISH))


def weekday_in_words(day: date, language: str = "en") -> str:
    """Return a day with its name: "Thursday 3 December 2026"."""
    known = _locale(language) or _BRITISH
    # English would have a comma, which makes it harder to read.
    return _unbroken(format_date(day, "EEEE d MMMM y" if known.language == "en" else "full", known))


def _unbroken(day: str) -> str:
    # The voice would stop at the comma of Arabic letters, in the middle of a day.
    return day.replace("\u060c", "")


def clock_in_words(clock: time, language: str = "en") -> str:
    """Return a time as it is said: "10am", "2:30pm", "12 noon" in English."""
    known = _locale(language) or _BRITISH
    if known.language == "ur":
        return _clock_in_urdu(clock)
    if known.language != "en":
        return format_time(clock, "short", locale=known)
    if clock.minute == 0 and clock.hour % 12 == 0:
        return "12 noon" if clock.hour else "12 midnight"
    minutes = f":{clock.minute:02}" if clock.minute else ""
    return f"{clock.hour % 12 or 12}{minutes}{'pm' if clock.hour >= 12 else 'am'}"


# From which hour on it is morning, noon, evening and night.
_PARTS_OF_A_DAY = ((19, "رات"), (16, "شام"), (12, "دوپہر"), (4, "صبح"), (0, "رات"))


def _clock_in_urdu(clock: time) -> str:
    # CLDR has "10:00 AM", which the voice spells.
    part = next(name for begins, name in _PARTS_OF_A_DAY if clock.hour >= begins)
    minutes = f":{clock.minute:02}" if clock.minute else ""
    return f"{part} {clock.hour % 12 or 12}{minutes} بجے"
