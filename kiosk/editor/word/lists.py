"""The lists of a Word file: which paragraphs are items, and what number each has."""

from __future__ import annotations

from collections import Counter
from xml.etree.ElementTree import Element

from kiosk.editor.word.styles import Styles
from kiosk.editor.word.xml import W, value

_NOT_A_LIST = {"none"}
_DEEPEST = 8


class Lists:
    """Counts the items of each list, in the order of the file."""

    def __init__(self, numbering: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._kinds: dict[tuple[str, str], str] = {}  # list and level -> what its numbers are
        self._levels: dict[tuple[str, str], str] = {}  # list and style -> level
        self._counts: Counter[tuple[str, int]] = Counter()
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: Element) -> None:
        made_from = {
            one.get(W + "abstractNumId", ""): one for one in numbering.iter(W + "abstractNum")
        }
        by_style = {
            value(one, "styleLink"): one for one in made_from.values() if value(one, "styleLink")
        }
        for one in numbering.iter(W + "num"):
            key = one.get(W + "numId", "")
            levels = made_from.get(value(one, "abstractNumId"))
            if levels is not None:
                levels = by_style.get(value(levels, "numStyleLink"), levels)
            for level in levels.iter(W + "lvl") if levels is not None else ():
                depth = level.get(W + "ilvl", "0")
                self._kinds[key, depth] = value(level, "numFmt") or "decimal"
                self._levels[key, value(level, "pStyle")] = depth

    def item(self, facts: Element | None, style: str) -> str | None:
        """Return "" for an item with a bullet, its number for a counted one, None for no item."""
        given = facts.find(W + "numPr") if facts is not None else None
        by_style, deep = self._styles.lists.get(style, ("", ""))
        key = value(given, "numId") or by_style
        depth = value(given, "ilvl") or deep or self._levels.get((key, style), "0")
        kind = self._kinds.get((key, depth))
        if kind is None or kind in _NOT_A_LIST or not depth.isdecimal():
            return None
        return self._count(value(given, "numId") or style, min(int(depth), _DEEPEST), kind)

    def _count(self, key: str, depth: int, kind: str) -> str:
        for other in [one for one in self._counts if one[0] == key and one[1] > depth]:
            del self._counts[other]
        self._counts[key, depth] += 1
        return "" if kind == "bullet" else str(self._counts[key, depth])
