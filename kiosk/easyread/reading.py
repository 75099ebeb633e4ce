"""How hard a page is to read, as a number to compare pages by. It is no rule, and never an error.

LIX (Björnsson 1968) = words in a sentence + share of words of more than 6 letters, in per cent. It
needs no word list, so it works in many languages. A number alone says little: cutting sentences at
their commas makes it smaller with every hard word still there.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.easyread.rule import Sheet

LONG = 6  # letters


@dataclass(frozen=True, slots=True)
class Summary:
    """One page in numbers. lix: None for a page without words."""

    path: Path
    ideas: int
    sentences: int
    words: int
    lix: float | None


def summarise(sheet: Sheet) -> Summary:
    """Count a page. A list item counts as a sentence."""
    passages = sheet.body
    words = [word for passage in passages for word in passage.words]
    long = sum(len(word.low) > LONG for word in words)
    lix = len(words) / len(passages) + 100 * long / len(words) if words else None
    return Summary(sheet.path, len(sheet.blocks), len(passages), len(words), lix)


def compare(one: Summary, others: Sequence[Summary]) -> str:
    """Say how a page reads beside the other pages of its site: the trend that staff see."""
    known = [other.lix for other in others if other.lix is not None]
    if one.lix is None or len(known) < 3:
        return ""
    middle = statistics.median(known)
    if abs(one.lix - middle) <= middle / 10:
        return "about as hard as the other pages"
    return "harder than most pages here" if one.lix > middle else "easier than most pages here"
