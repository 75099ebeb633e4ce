"""Bullets that a copy has made letters of: `o at home`, in lines one after another."""

from __future__ import annotations

from dataclasses import replace

from kiosk.editor.found.blocks import Blocks, Cell, Paragraph, Table
from kiosk.editor.found.rich_text import BULLET, RichText

_LETTER = "o "  # the second bullet of Word's own lists; one line alone may be a word of a language
_BULLET = "\u2022 "


def with_bullets(blocks: Blocks) -> Blocks:
    """Return the blocks with real bullets where lines beside each other begin with an `o` alone.

    One such line beside another bullet is enough.
    """
    done: list[Paragraph | Table] = []
    for at, one in enumerate(blocks):
        if isinstance(one, Table):
            rows = tuple(tuple(_cell(cell) for cell in row) for row in one.rows)
            done.append(replace(one, rows=rows))
            continue
        before = blocks[at - 1] if at else None
        after = blocks[at + 1] if at + 1 < len(blocks) else None
        if _letters(one) and (_letters(one) > 1 or _is_point(before, -1) or _is_point(after, 0)):
            one = replace(one, lines=tuple(map(_mended, one.lines)))
        done.append(one)
    return tuple(done)


def _cell(cell: Cell) -> Cell:
    return replace(cell, blocks=with_bullets(cell.blocks))


def _letters(one: Paragraph | Table | None) -> int:
    if not isinstance(one, Paragraph) or one.kind != "words":
        return 0
    return sum(line.text.startswith(_LETTER) for line in one.lines)


def _is_point(one: Paragraph | Table | None, line: int) -> bool:
    """Tell whether this line of a paragraph is an item of a list, or was one."""
    if not isinstance(one, Paragraph) or one.kind != "words" or not one.lines:
        return False
    text = one.lines[line].text
    return one.item or text.startswith(_LETTER) or BULLET.match(text) is not None


def _mended(line: RichText) -> RichText:
    if not line.text.startswith(_LETTER):
        return line
    return replace(line, text=_BULLET + line.text.removeprefix(_LETTER))
