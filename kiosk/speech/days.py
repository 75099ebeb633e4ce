"""Days and times of languages whose voice does not find the right ending of a number.

English has rules of its own in `pronounce`. Each rule finds a stretch and returns what is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]]

_CLOCK = re.compile(r"(?<![\w.:])([01]?\d|2[0-3]):([0-5]\d)(?![\w:])")

# Polish says "of the third" of a day, a year and an hour. These end in -ego, or -ej for an hour.
_ORDINALS = (
    *("zerow", "pierwsz", "drugi", "trzeci", "czwart", "piąt", "szóst", "siódm", "ósm", "dziewiąt"),
    *("dziesiąt", "jedenast", "dwunast", "trzynast", "czternast", "piętnast", "szesnast"),
    *("siedemnast", "osiemnast", "dziewiętnast"),
)
_TENS = (
    *("", "", "dwudziest", "trzydziest", "czterdziest", "pięćdziesiąt", "sześćdziesiąt"),
    *("siedemdziesiąt", "osiemdziesiąt", "dziewięćdziesiąt"),
)
_POLISH_DAY = re.compile(
    r"\b([12]?\d|3[01])( (?:stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września"
    r"|października|listopada|grudnia)\b)(?: (20\d\d)\b)?"
)


def _of_the(number: int, ending: str) -> str:
    if number < len(_ORDINALS):
        return _ORDINALS[number] + ending
    tens, ones = divmod(number, 10)
    said = _TENS[tens] + ending
    return f"{said} {_ORDINALS[ones]}{ending}" if ones else said


def _polish_day(match: re.Match[str]) -> str | None:
    day, year = int(match[1]), match[3]
    if not day:
        return None
    said = _of_the(day, "ego") + match[2]
    if year:
        rest = int(year) % 100
        said += f" dwa tysiące {_of_the(rest, 'ego')}" if rest else " dwutysięcznego"
    return said


def _polish_clock(match: re.Match[str]) -> str:
    hour, minutes = int(match[1]), int(match[2])
    said = _of_the(hour, "ej")
    return f"{said} {minutes}" if minutes else said


_ROMANIAN_FIRST = re.compile(
    r"\b1(?= (?:ianuarie|februarie|martie|aprilie|mai|iunie|iulie|august|septembrie|octombrie"
    r"|noiembrie|decembrie)\b)"
)
# An hour is feminine.
_ROMANIAN_HOURS = {2: "două", 12: "douăsprezece", 22: "douăzeci și două"}


def _romanian_clock(match: re.Match[str]) -> str:
    hour, minutes = int(match[1]), int(match[2])
    said = _ROMANIAN_HOURS.get(hour, str(hour))
    return f"{said} și {minutes}" if minutes else said


RULES: dict[str, tuple[Rule, ...]] = {
    "pl": ((_POLISH_DAY, _polish_day), (_CLOCK, _polish_clock)),
    "ro": ((_ROMANIAN_FIRST, lambda _: "întâi"), (_CLOCK, _romanian_clock)),
}
