"""Lines of a sheet become paragraphs again: joined to sentences, cut where somebody began anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kiosk.editor.found.rich_text import RichText, RichTextMaker
from kiosk.editor.pdf.sheet import Line

_BEGINS = re.compile(r"(?:[-*•·▪■●○◦‣⁃–—\uf0b7\uf0a7\uf0d8]\s|\d{1,2}[.)]\s|o\s)")  # noqa: RUF001
_SPLIT = re.compile(r"(\w+)[-\u2010\u00ad]$")
_ENDS = re.compile(r"[.?!:;۔।][\"'”’)]*$")  # noqa: RUF001
_FEW = 12  # words of a heading


@dataclass(frozen=True, slots=True)
class Joined:
    """A paragraph, and whether it is a heading."""

    lines: tuple[RichText, ...]
    heading: bool


class Joiner:
    """Joins lines. usual: the size of most words. is_word: knows the words of the language."""

    def __init__(self, usual: float, is_word: Callable[[str], bool]) -> None:
        self._usual = usual
        self._is_word = is_word

    def join(self, lines: Sequence[Line], tagged: Callable[[Line], bool]) -> list[Joined]:
        """Return the paragraphs of lines that stand below each other."""
        groups: list[list[Line]] = []
        right = max((line.area.right for line in lines), default=0.0)
        for line in lines:
            if groups and self._goes_on(groups[-1][-1], line, right, tagged):
                groups[-1].append(line)
            else:
                groups.append([line])
        return [
            Joined(made, self._is_heading(group, tagged))
            for group in groups
            if (made := self._made(group))
        ]

    def _goes_on(
        self, last: Line, line: Line, right: float, tagged: Callable[[Line], bool]
    ) -> bool:
        gap = line.area.top - last.area.bottom
        if gap < -last.area.height or gap > last.area.height * 0.75:
            return False
        if abs(line.size - last.size) > 1 or tagged(line) != tagged(last):
            return False
        if _BEGINS.match(line.text) or _all_bold(line) != _all_bold(last):
            return _continues(last, line) and not _BEGINS.match(line.text)
        if _continues(last, line):
            return True
        flush = line.area.left < last.area.left + 2
        if flush and _BEGINS.match(last.text) and _ENDS.search(last.text):
            return False  # an item of a list is over; what goes on with one stands further in
        first = line.text.split()[0] if line.text.split() else ""
        room = right - last.area.right
        needed = line.area.width * (len(first) + 1) / max(len(line.text), 1)
        is_new = room > needed and not first[:1].islower()
        return not is_new or bool(_ENDS.search(last.text))

    def _is_heading(self, lines: Sequence[Line], tagged: Callable[[Line], bool]) -> bool:
        if all(map(tagged, lines)):
            return True
        words = sum(len(one.text.split()) for one in lines)
        large = all(one.size >= self._usual * 1.15 for one in lines)
        return large and words <= _FEW and not lines[-1].text.endswith((".", ":", ",", ";"))

    def _made(self, lines: Sequence[Line]) -> tuple[RichText, ...]:
        maker = RichTextMaker()
        for at, line in enumerate(lines):
            following = lines[at + 1].text if at + 1 < len(lines) else ""
            for number, (words, bold) in enumerate(line.stretches):
                last = number == len(line.stretches) - 1
                if last and (cut := self._cut(words, following)) is not None:
                    maker.add(cut, bold)
                else:
                    maker.add(f"{words} ", bold)
        return maker.lines()

    def _cut(self, words: str, following: str) -> str | None:
        """Return the start of a word that was cut at the end of a line; None where none was."""
        found = _SPLIT.search(words)
        rest = re.match(r"\w+", following)
        if found is None or rest is None or not rest[0][0].islower():
            return None
        hyphen = words[-1] == "-" and not self._is_word(found[1] + rest[0])
        return words if hyphen else words[:-1]


def _continues(last: Line, line: Line) -> bool:
    """Tell whether a line can only go on with the sentence above."""
    return line.text[:1].islower() and not _ENDS.search(last.text)


def _all_bold(line: Line) -> bool:
    return all(bold for _, bold in line.stretches)
