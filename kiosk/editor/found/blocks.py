"""What every reader of files gives: paragraphs and tables, their pictures, and what is left out.

A reader of Word files, of PDF files or of what was copied from another program knows its own kind
of file alone. From here on all files are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from kiosk.editor.found.notes import LeftOut
from kiosk.editor.found.rich_text import RichText
from kiosk.symbols.bitmaps import View

Kind = Literal["title", "heading", "words", "contents"]

_WHOLE = View()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a file.

    lines: more than one where the writer began a new line after a whole sentence. item: it stands
    in a list; number: "3" in a list with numbers, or "". pictures: numbers of `Found.pictures`.
    """

    place: str
    kind: Kind
    lines: tuple[RichText, ...]
    item: bool = False
    number: str = ""
    pictures: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; rows: how many rows it covers."""

    blocks: tuple[Paragraph | Table, ...]
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its rows of cells. apart: its words never go on with the idea above."""

    rows: tuple[tuple[Cell, ...], ...]
    apart: bool = False


Blocks = tuple[Paragraph | Table, ...]


@dataclass(frozen=True, slots=True)
class FoundPicture:
    """A picture that stands in a file.

    key: what `Found.read_picture` knows it by. alt: its alternative text, or "". view: what is
    seen of it.
    """

    place: str
    key: str
    alt: str
    view: View = _WHOLE


@dataclass(frozen=True, slots=True)
class Found:
    """All that a file says, and what of it a page cannot have.

    name: of the file. read_picture: bytes by key; it raises NotDrawn for a picture that is not
    there, and PageNotMade for a dangerous one. places: of what was read, in the order of the file.
    """

    name: str
    blocks: Blocks
    pictures: tuple[FoundPicture, ...]
    left_out: tuple[LeftOut, ...]
    read_picture: Callable[[str], bytes]
    places: tuple[str, ...]


def with_pictures(blocks: Blocks, usable: Container[int]) -> Blocks:
    """Return the blocks with these pictures alone."""
    return tuple(
        replace(one, pictures=tuple(number for number in one.pictures if number in usable))
        if isinstance(one, Paragraph)
        else replace(
            one,
            rows=tuple(
                tuple(replace(cell, blocks=with_pictures(cell.blocks, usable)) for cell in row)
                for row in one.rows
            ),
        )
        for one in blocks
    )


def paragraphs_in(blocks: Blocks) -> Iterator[Paragraph]:
    """Yield all paragraphs, also those in tables, in their order."""
    for one in blocks:
        if isinstance(one, Paragraph):
            yield one
        else:
            for row in one.rows:
                for cell in row:
                    yield from paragraphs_in(cell.blocks)
