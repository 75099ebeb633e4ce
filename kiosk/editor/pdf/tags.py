"""What the tags of a PDF say: which words are headings, and what the pictures show."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pdfplumber.pdf import PDF

_HEADING = re.compile(r"H[1-6]?|Title")
_MOST_DEEP = 60


@dataclass(slots=True)
class Tags:
    """By sheet and number of the tag: whether it is a heading's, and the words of a picture."""

    headings: set[tuple[int, int]] = field(default_factory=set)
    words: dict[tuple[int, int], str] = field(default_factory=dict)

    def word_of(self, sheet: int, marks: frozenset[int]) -> str:
        """Return what a picture with these marks shows, or ""."""
        return next((self.words[sheet, one] for one in marks if (sheet, one) in self.words), "")

    def is_heading(self, sheet: int, marks: frozenset[int]) -> bool:
        """Tell whether all words with these marks stand in a heading."""
        return bool(marks) and all((sheet, one) in self.headings for one in marks)


def read_tags(pdf: PDF) -> Tags:
    """Read the tags of a PDF; a file without them, or with broken ones, has none."""
    tags = Tags()
    try:
        for element in pdf.structure_tree:
            _read(element, None, "", False, tags, 0)
    except Exception:  # tags only help, and pdfplumber trips over broken ones in many ways
        return Tags()
    return tags


def _read(
    element: dict[str, Any], sheet: int | None, words: str, heading: bool, tags: Tags, deep: int
) -> None:
    sheet = element.get("page_number") or sheet
    words = str(element.get("alt_text") or words)
    heading = heading or _HEADING.fullmatch(str(element.get("type", ""))) is not None
    for mark in element.get("mcids", ()):
        if sheet is None:
            continue
        if heading:
            tags.headings.add((sheet, mark))
        if words:
            tags.words[sheet, mark] = words
    if deep < _MOST_DEEP:
        for child in element.get("children", ()):
            _read(child, sheet, words, heading, tags, deep + 1)
