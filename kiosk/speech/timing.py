"""From the engine's events to the words that a person sees.

Events are not words: "2,024" gives four, "of the" gives one. A word is a run of non-space
characters with a letter or a digit in it.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from itertools import pairwise

from kiosk.speech.engine import WordTime

_RUN = re.compile(r"\S+")


def visible_words(text: str) -> list[tuple[int, int]]:
    """Return the character ranges of the words of a text, in order."""
    runs = (match.span() for match in _RUN.finditer(text))
    return [(a, b) for a, b in runs if any(letter.isalnum() for letter in text[a:b])]


def word_times(text: str, events: Sequence[WordTime], seconds: float) -> tuple[WordTime, ...]:
    """Return one time for each visible word of `text`, in order, without overlaps.

    events: what the engine told, with ranges in `text`. seconds: the length of the clip. Nothing
    is lit while a sign is said that stands alone, such as the "and" of "Mum & Dad".
    """
    words = visible_words(text)
    if not words:
        return ()
    heads = [start for start, _ in words]
    firsts: dict[int, float] = {}
    lasts: dict[int, float] = {}
    for event in sorted(events, key=lambda one: one.starts_at):
        index = bisect.bisect_right(heads, event.start) - 1
        if index < 0 or event.start >= words[index][1]:
            run = _RUN.search(text, event.start)
            if run is None or run.start() not in heads:
                continue  # a sign
            index = heads.index(run.start())
        firsts.setdefault(index, event.starts_at)
        lasts[index] = max(event.ends_at, lasts.get(index, 0.0))
    if 0 not in firsts:  # a word that was told with the next one, or nothing was told at all
        firsts[0] = 0.0
        lasts[0] = min((firsts[i] for i in firsts if i), default=seconds)
    timed: list[WordTime] = []
    known = [*sorted(firsts), len(words)]
    reached = 0.0
    for index, following in pairwise(known):
        group = words[index:following]  # spoken as one unit: shared by the length of each word
        begins = max(reached, min(firsts[index], seconds))
        ends = max(begins, min(lasts[index], seconds))
        size = sum(b - a for a, b in group)
        for a, b in group:
            length = (ends - begins) * (b - a) / size
            timed.append(WordTime(a, b, round(begins, 4), round(begins + length, 4)))
            size -= b - a
            begins += length
        reached = ends
    return tuple(timed)
