"""A sentence as XHTML in which each word can be lit: the same words that the voice tells of."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from markupsafe import Markup

from kiosk.content import Mark
from kiosk.screen.interface_words import Utterance
from kiosk.screen.languages import direction, isolated
from kiosk.speech.timing import visible_words

_BDI = re.compile(r'(<bdi dir="ltr">|</bdi>)')
_ISOLATE, _END = "\u2066", "\u2069"  # what is between them is read from left to right
_BOLD = ("bold", "hard")

Stretch = tuple[int, int]


def sentence_id(chapter: str, place: int) -> str:
    """Return the id of a sentence, by its place in the narration of its chapter."""
    return f"{chapter}-{place}"


def word_id(chapter: str, place: int, word: int) -> str:
    """Return the id of a word of a sentence; word: from 0."""
    return f"{chapter}-{place}-{word}"


def with_words(
    said: Utterance,
    chapter: str,
    place: int,
    marks: Sequence[Mark] = (),
    links: Mapping[tuple[str, str], str] | None = None,
) -> Markup:
    """Return the words of a sentence, each an element with an id of its own.

    links: (kind, target) of a mark -> where it leads to in the same book; others lead nowhere.
    """
    text, words = said.text, visible_words(said.text)
    led = [
        (*_whole_words(mark.start, mark.end, words), href)
        for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end))
        if (href := (links or {}).get((mark.kind, mark.target)))
    ]
    bold = [(mark.start, mark.end) for mark in marks if mark.kind in _BOLD]
    numbers = _isolated(text) if direction(said.language) == "rtl" else []
    begins = {start for start, _ in numbers}
    ends = {end for _, end in numbers}
    opened = [(start, end, Markup('<a href="{}">').format(href)) for start, end, href in led]
    spans = [
        (start, end, Markup('<span id="{}">').format(word_id(chapter, place, number)))
        for number, (start, end) in enumerate(words)
    ]
    edges = {0, len(text), *begins, *ends}
    edges |= {edge for pair in (*words, *bold, *((a, b) for a, b, _ in led)) for edge in pair}
    parts: list[Markup] = []
    open_link = -1
    for start, end in pairwise(sorted(edges)):
        # A link is around whole words, a word around what is bold in it.
        if open_link < 0 and (link := _begins(opened, start)):
            parts.append(link[2])
            open_link = link[1]
        if word := _begins(spans, start):
            parts.append(word[2])
        if start in begins:
            parts.append(Markup(_ISOLATE))  # noqa: S704 - one sign that is not seen
        shown = Markup("{}").format(text[start:end])
        is_bold = any(a <= start < b for a, b in bold)
        parts.append(Markup("<strong>{}</strong>").format(shown) if is_bold else shown)
        if end in ends:
            parts.append(Markup(_END))  # noqa: S704 - likewise
        if any(end == one for _, one in words):
            parts.append(Markup("</span>"))
        if end == open_link:
            parts.append(Markup("</a>"))
            open_link = -1
    return Markup("").join(parts)


def _begins(spans: Iterable[tuple[int, int, Markup]], start: int) -> tuple[int, int, Markup] | None:
    return next((one for one in spans if one[0] == start), None)


def _whole_words(start: int, end: int, words: Iterable[Stretch]) -> Stretch:
    """Return a stretch made longer, so that it cuts no word."""
    for begins, ends in words:
        if begins < start < ends:
            start = begins
        if begins < end < ends:
            end = ends
    return start, end


def _isolated(text: str) -> list[Stretch]:
    """Return where the numbers are that are read from left to right between Arabic letters."""
    found, reached, begin = [], 0, 0
    for part in _BDI.split(str(isolated(text))):
        if part.startswith("<bdi"):
            begin = reached
        elif part == "</bdi>":
            found.append((begin, reached))
        else:
            reached += len(html.unescape(part))
    return found
