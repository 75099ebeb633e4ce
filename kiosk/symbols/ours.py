"""Pictures that come with the program because OpenMoji has none that says it.

OpenMoji's hospital shows a red cross. That is a protected emblem, so the name gives ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from kiosk.symbols.composing import lettering
from kiosk.symbols.composing.pen import circle, path, shape
from kiosk.symbols.model import Credit, Symbol, fold

CREDIT = Credit("The kiosk's own pictures", "The easy-read kiosk", "MIT", "", may_be_changed=True)
RULES = range(2, 11)  # the numbers of rules that a list can have
_TINTS = ("#ea5a47", "#92d3f5", "#fcea2b", "#b1cc33", "#f1b31c", "#b399c8")
_VIEW = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72">'


def _text(words: str, size: float, middle: float, line: float) -> str:
    return lettering.draw(tuple(words.split()), size=size, middle=middle, line=line)


def _hospital() -> Iterator[str]:
    yield path("M8,24H64V67H8Z", "#eaf6fb", width=2)
    yield path("M24,5H48V24H24Z", "#1e50a0", width=2)
    yield path("M31,10V19.5M41,10V19.5M31,14.75H41", "none", "#fff", 3)
    for x, y in ((14, 30), (50, 30), (32, 30), (14, 45), (50, 45)):
        yield path(f"M{x},{y}H{x + 8}V{y + 8}H{x}Z", "#92d3f5", width=2)
    yield path("M28,47H44V67H28ZM36,47V67", "#92d3f5", width=2)


def _law_book() -> Iterator[str]:
    yield path("M15,6H56Q60,6 60,10V66H18Q12,66 12,60V10Q12,6 15,6Z", "#1e50a0", width=2)
    yield path("M12,60Q12,55 18,55H60V66H18Q12,66 12,60Z", "#fff", width=2)
    yield path("M36,12V46M28,47H44M22,19Q36,14 50,19", "none", "#fcea2b", 2.4)
    for x in (22, 50):
        yield path(f"M{x},19L{x - 6},34H{x + 6}Z", "none", "#fcea2b", 1.8)
        yield shape(f"M{x - 7},34H{x + 7}Q{x},42 {x - 7},34Z", "#fcea2b")


def _code_card() -> Iterator[str]:
    yield path("M9,17H63Q68,17 68,22V50Q68,55 63,55H9Q4,55 4,50V22Q4,17 9,17Z", "#fcea2b", width=2)
    yield shape(_text("A7 K4", 21, 36, 43), "#000")


def _badge_with_a_name() -> Iterator[str]:
    yield path("M30,4H42V14H30Z", "#9b9b9a", width=2)
    yield path("M11,12H61Q66,12 66,17V61Q66,66 61,66H11Q6,66 6,61V17Q6,12 11,12Z", "#fff", width=2)
    yield path("M6,26V17Q6,12 11,12H61Q66,12 66,17V26Z", "#1e50a0", width=2)
    yield circle(21, 40, 5, "#d0cfce", 2)
    yield path("M12,58Q12,48 21,48Q30,48 30,58Z", "#d0cfce", width=2)
    yield shape(_text("Sam", 15, 48, 45), "#000")
    yield path("M37,54H59", "none", "#3f3f3f", 2.4)


def _person_outline() -> Iterator[str]:
    yield path("M14,66V56Q14,43 29,43H43Q58,43 58,56V66", "#e7e6e6", width=2)
    yield path("M36,8C45,8 49,15 49,24S44,40 36,40S23,33 23,24S27,8 36,8Z", "#e7e6e6", width=2)
    yield shape(_text("?", 30, 36, 34), "#3f3f3f")


def _poster_six() -> Iterator[str]:
    yield path("M14,4H58Q60,4 60,6V66Q60,68 58,68H14Q12,68 12,66V6Q12,4 14,4Z", "#fff", width=2)
    for number, fill in enumerate(_TINTS):
        x, y = 17 + number % 2 * 21, 10 + number // 2 * 19
        yield path(f"M{x},{y}H{x + 17}V{y + 14}H{x}Z", fill, width=1.6)


def _big_plan() -> Iterator[str]:
    yield path("M11,10H61Q64,10 64,13V61Q64,64 61,64H11Q8,64 8,61V13Q8,10 11,10Z", "#fff", width=2)
    yield path("M17,54L27,42L39,46L53,26", "none", "#1e50a0", 3.4)
    yield circle(17, 54, 4.4, "#5c9e31", 2)
    yield path("M54,28V12L64,17L54,22", "#ea5a47", width=2)


def _braille() -> Iterator[str]:
    yield path("M11,14H61Q64,14 64,17V55Q64,58 61,58H11Q8,58 8,55V17Q8,14 11,14Z", "#fff", width=2)
    raised = ("101011", "011100", "110010")
    for row, dots in enumerate(raised):
        for column, dot in enumerate(dots):
            x, y = 15.5 + column * 8 + column // 2, 26 + row * 10
            yield circle(x, y, 2.8, "#000" if dot == "1" else "#fff", 1.2)


def _ramp() -> Iterator[str]:
    yield path("M4,64H68V38Z", "#d9b380", width=2)
    yield circle(38, 38.5, 9, "#fff", 2.4)
    yield path("M27,18L30,34H43L47,43H52", "none", "#000", 3)
    yield path("M33,17Q38,17 38,22L39,30H30Z", "#5c9e31", width=2)
    yield circle(35, 10, 5.6, "#c19a65", 2)


def _words() -> Iterator[str]:
    yield path("M8,22H64M8,36H58M8,50H42", "none", "#3f3f3f", 5)


def _rules(number: int) -> Iterator[str]:
    yield path("M13,4H59Q62,4 62,7V65Q62,68 59,68H13Q10,68 10,65V7Q10,4 13,4Z", "#fff8e1", width=2)
    step = 60 / number
    size = min(13, step * 1.15)
    for row in range(number):
        line = 6 + step * (row + 0.5)
        yield shape(_text(str(row + 1), size, 20, line + size * 0.32), "#000")
        yield path(f"M28,{lettering.short(line)}H56", "none", "#3f3f3f", min(2.6, step * 0.28))


_DRAWN = {
    "hospital": _hospital,
    "law book": _law_book,
    "code card": _code_card,
    "badge with a name": _badge_with_a_name,
    "person outline": _person_outline,
    "poster six": _poster_six,
    "big plan": _big_plan,
    "braille": _braille,
    "ramp": _ramp,
    "words": _words,
}
_WORDS = {
    "hospital": "A hospital with a white H on blue",
    "law book": "A law book with scales",
    "code card": "A card with a code",
    "badge with a name": "A badge with a name",
    "person outline": "A person whom nobody knows",
    "poster six": "A poster with 6 boxes",
    "big plan": "A plan with a way to a flag",
    "braille": "A page with raised dots",
    "ramp": "A person in a wheelchair goes up a ramp",
    "words": "Lines of words",
}
KEY_WORDS: dict[str, tuple[str, ...]] = {
    "hospital": ("building", "doctor", "help", "medicine", "public", "social"),
    "law book": ("law", "legal", "rights", "scales"),
    "badge with a name": ("badge", "identity"),
    "person outline": ("stranger", "unknown"),
    "braille": ("blind", "dots"),
    "ramp": ("access", "slope", "wheelchair"),
}
"""The pictures fit to suggest, and words that lead to each."""


@cache
def _pictures() -> Mapping[str, Symbol]:
    found = {name: (_WORDS[name], draw()) for name, draw in _DRAWN.items()}
    found |= {f"rules {one}": (f"A list from 1 to {one}", _rules(one)) for one in RULES}
    return {
        fold(name): Symbol(name, words, _file(parts), "image/svg+xml", CREDIT)
        for name, (words, parts) in found.items()
    }


def _file(parts: Iterator[str]) -> bytes:
    return f"{_VIEW}{''.join(parts)}</svg>".encode()


def find(folded: str) -> Symbol | None:
    """Return the picture of a folded name, or None."""
    return _pictures().get(folded)


def names() -> tuple[str, ...]:
    """Return every name, folded."""
    return tuple(_pictures())
