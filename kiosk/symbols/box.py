"""The picture that stands in for one that is missing: its words in a box."""

from __future__ import annotations

import textwrap
from xml.sax.saxutils import escape

from kiosk.symbols.model import Credit, Finder, Symbol, UnknownSymbol

NOBODY = Credit("", "", "", "")
MOST_LETTERS = 60

_SIDE, _INSIDE = 72, 62
_SIZES = (14, 12, 10.5, 9, 8, 7)
_WIDTH_OF_A_LETTER, _LINE = 0.68, 1.2  # of the size of the letters, in a common sans-serif


class WithBoxes:
    """A finder that always finds: a missing picture is its words in a box."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    def find(self, name: str) -> Symbol:
        """Return the picture of this name, or a box."""
        try:
            return self._finder.find(name)
        except UnknownSymbol:
            return words_in_a_box(name)


def words_in_a_box(name: str) -> Symbol:
    """Return a picture that shows a name, as large as it fits; there is nobody to thank for it."""
    words = " ".join("".join(one if one.isprintable() else " " for one in name).split())
    if len(words) > MOST_LETTERS:
        words = words[: MOST_LETTERS - 1].rstrip() + "\u2026"
    size, lines = _fit(words)
    first = _SIDE / 2 - (len(lines) - 1) * size * _LINE / 2 + size * 0.35
    spans = "".join(
        f'<text x="{_SIDE / 2:g}" y="{first + number * size * _LINE:g}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIDE} {_SIDE}">'
        '<rect x="2" y="2" width="68" height="68" rx="6" fill="#fff" stroke="#000"'
        ' stroke-width="2" stroke-dasharray="5 3"/>'
        f'<g font-family="sans-serif" font-size="{size:g}" text-anchor="middle">{spans}</g></svg>'
    )
    return Symbol(name, words, svg.encode(), "image/svg+xml", NOBODY)


def _fit(words: str) -> tuple[float, list[str]]:
    for size in _SIZES:
        lines = textwrap.wrap(words, int(_INSIDE / (size * _WIDTH_OF_A_LETTER)))
        widest = max((len(line) for line in words.split()), default=0)
        whole = widest * size * _WIDTH_OF_A_LETTER <= _INSIDE
        if (whole or size == _SIZES[-1]) and len(lines) * size * _LINE <= _INSIDE:
            break
    return size, lines
