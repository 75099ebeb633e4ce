"""Text boxes of a Word file in the order of reading, each with the picture beside it.

A leaflet that is laid out in boxes has all of them at one paragraph, or at a row of paragraphs
without words, in the order in which they were made. What stands where says what belongs together.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.editor.found.blocks import Blocks, Cell, Paragraph, Table
from kiosk.editor.found.layout import Area, lay_out


@dataclass(frozen=True, slots=True)
class Floating:
    """A picture or a text box beside the words; picture: its number, blocks: what is in the box."""

    spot: Area | None
    place: str
    picture: int | None = None
    blocks: Blocks = ()


def in_order(floating: list[Floating]) -> Blocks:
    """Return pictures and boxes as blocks; those that do not say where they stand come last."""
    placed = [(one, one.spot) for one in floating if one.spot is not None]
    pictures = [(one, spot) for one, spot in placed if one.picture is not None]
    boxes = [(one, spot) for one, spot in placed if one.picture is None]
    done: list[Paragraph | Table] = []
    laid = lay_out([spot for _, spot in pictures], [spot for _, spot in boxes])
    for unit in laid.units:
        within = tuple(block for at in unit.words for block in boxes[at][0].blocks)
        done.append(_pair(pictures[unit.picture][0] if unit.picture is not None else None, within))
    lost = (one for one in floating if one.spot is None)
    done += (_pair(one if one.picture is not None else None, one.blocks) for one in lost)
    return tuple(done)


def _pair(picture: Floating | None, blocks: Blocks) -> Paragraph | Table:
    """Return a picture with its words as a row of a table, or words as a cell that stands alone."""
    own = () if picture is None or picture.picture is None else (picture.picture,)
    shown = Paragraph(picture.place if picture else "", "words", (), pictures=own)
    if not blocks:
        return shown
    if picture is None:
        return Table(((Cell(blocks),),), apart=True)
    return Table(((Cell((shown,)), Cell(blocks)),))
