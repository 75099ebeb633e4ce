"""Headings of people who do not use styles: a short bold line above other things.

Only where a file has no heading by style, for then its writer shows headings by bold alone. The
line stands outside tables, is bold from end to end, has no full stop and at most eight words, is
not the words below a picture, and something follows it.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.content.sentences import ENDS
from kiosk.editor.found.blocks import Blocks, Paragraph, Table, paragraphs_in

MOST_WORDS = 8
_ENDS = (*ENDS, *":;,")


def with_headings(blocks: Blocks) -> Blocks:
    """Return the blocks with the bold lines that are headings marked as such."""
    if any(one.kind != "words" for one in paragraphs_in(blocks)):
        return blocks
    seen = [at for at, one in enumerate(blocks) if isinstance(one, Table) or _is_seen(one)]
    done = list(blocks)
    for place in reversed(range(len(seen) - 1)):  # something follows: never the last one
        at, following = seen[place], done[seen[place + 1]]
        here = blocks[at]
        if not isinstance(here, Paragraph) or not _is_bold_line(here):
            continue
        above = blocks[seen[place - 1]] if place else None
        if isinstance(above, Paragraph) and above.pictures and not above.lines:
            continue
        is_bold_too = isinstance(following, Paragraph) and _is_bold_line(following)
        is_title = place == 0 and isinstance(following, Paragraph) and following.kind == "heading"
        if not is_bold_too or is_title:
            done[at] = replace(here, kind="heading")
    return tuple(done)


def _is_seen(one: Paragraph) -> bool:
    return bool(one.lines or one.pictures)


def _is_bold_line(one: Paragraph) -> bool:
    if one.item or one.pictures or len(one.lines) != 1:
        return False
    [line] = one.lines
    whole = line.bold == ((0, len(line.text)),)
    short = len(line.text.split()) <= MOST_WORDS
    return whole and short and not line.text.endswith(_ENDS) and line.without_bullet() is None
