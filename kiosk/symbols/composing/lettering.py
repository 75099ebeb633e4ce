"""Words as outlines: a picture in a page cannot use the page's typeface."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kiosk.symbols.tables import lines

TABLE = "composing/lettering.tsv"
_SPACE = 24.0

_PAIR = re.compile(r"(-?[\d.]+),(-?[\d.]+)")


@dataclass(frozen=True, slots=True)
class _Outline:
    width: float
    path: str


@cache
def _outlines() -> Mapping[str, _Outline]:
    found = {}
    for line in lines(TABLE):
        letters, width, path = line.split("\t")
        found[letters] = _Outline(float(width), path)
    return found


def missing(words: Iterable[str]) -> str:
    """Return the first letter that there is no outline of, or ""."""
    known = _outlines()
    return next(
        (one for word in words if word not in known for one in word if one not in known), ""
    )


def width_of(words: Iterable[str]) -> float:
    """Return how wide a line is, when its letters are of size 100."""
    widths = [sum(one.width for one in _of(word)) for word in words]
    return sum(widths) + _SPACE * max(0, len(widths) - 1)


def draw(
    words: tuple[str, ...], *, size: float, middle: float, line: float, leftwards: bool = False
) -> str:
    """Return the path of a line of words around `middle`, standing on `line`."""
    scale = size / 100
    x = middle - width_of(words) * scale / 2
    drawn = []
    for word in reversed(words) if leftwards else words:
        for one in _of(word):
            drawn.append(_moved(one.path, x, line, scale))
            x += one.width * scale
        x += _SPACE * scale
    return "".join(drawn)


def _of(word: str) -> list[_Outline]:
    known = _outlines()
    return [known[word]] if word in known else [known[letter] for letter in word if letter in known]


def _moved(path: str, x: float, y: float, scale: float) -> str:
    def moved(found: re.Match[str]) -> str:
        return f"{short(float(found[1]) * scale + x)},{short(float(found[2]) * scale + y)}"

    return _PAIR.sub(moved, path)


def short(number: float) -> str:
    """Return a number with two decimals at most."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
