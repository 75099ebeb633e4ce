"""A Word file as paragraphs and tables, read by mammoth.

mammoth knows lists, fields, signs and bold words; it is given a small Word file that holds only
what `tidy` has left, so nothing of the first file reaches it that was not looked at.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import mammoth
from mammoth import documents

from kiosk.editor.word.package import Package
from kiosk.editor.word.rich_text import RichText, RichTextMaker
from kiosk.editor.word.styles import Kind
from kiosk.editor.word.tidy import MARK, PICTURE, ParagraphFacts, Tidied
from kiosk.editor.word.xml import W


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a Word file.

    lines: more than one where the writer began a new line after a whole sentence. item: it stands
    in a list; number: "3" in a list with numbers, or "". pictures: numbers of `Tidied.pictures`.
    """

    place: str
    kind: Kind
    lines: tuple[RichText, ...]
    item: bool
    number: str
    pictures: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; rows: how many rows it covers."""

    blocks: tuple[Paragraph | Table, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its rows of cells."""

    rows: tuple[tuple[Cell, ...], ...]


Blocks = tuple[Paragraph | Table, ...]


def read_blocks(package: Package, tidied: Tidied, usable: Container[int]) -> Blocks:
    """Read what `tidy` has left; usable: the numbers of the pictures that can be shown.

    Raises PageNotMade for a file that mammoth trips over.
    """
    small = _small_file(tidied)
    try:
        read = mammoth.docx.read(small).value
    except Exception:  # mammoth says "damaged" with whatever it trips over: KeyError, TypeError ...
        raise package.damaged() from None
    return _Reader(tidied.paragraphs, usable).blocks(read.children)


def _small_file(tidied: Tidied) -> io.BytesIO:
    """Return a Word file with words and lists alone; mammoth looks for these names by itself."""
    document = ElementTree.Element(W + "document")
    document.append(tidied.body)
    parts = {"document": document, "styles": tidied.styles.small, "numbering": tidied.numbering}
    small = io.BytesIO()
    with zipfile.ZipFile(small, "w") as made:
        for name, root in parts.items():
            if root is not None:
                made.writestr(f"word/{name}.xml", ElementTree.tostring(root))
    small.seek(0)
    return small


class _Reader:
    def __init__(self, paragraphs: Sequence[ParagraphFacts], usable: Container[int]) -> None:
        self.paragraphs = paragraphs
        self.usable = usable
        self.counts: Counter[tuple[str, str]] = Counter()

    def blocks(self, elements: Iterable[Any]) -> Blocks:
        found: list[Paragraph | Table] = []
        for one in elements:
            if isinstance(one, documents.Table):
                found.append(self.table(one))
            elif isinstance(one, documents.Paragraph):
                found += self.paragraph(one)
        return tuple(found)

    def table(self, table: Any) -> Table:
        return Table(
            tuple(
                tuple(Cell(self.blocks(cell.children), int(cell.rowspan)) for cell in row.children)
                for row in table.children
            )
        )

    def paragraph(self, paragraph: Any) -> list[Paragraph]:
        maker = RichTextMaker()
        pictures: list[int] = []
        facts: ParagraphFacts | None = None
        for one, bold in _leaves(paragraph.children, False):
            if isinstance(one, documents.Text):
                maker.add(one.value, bold)
            elif isinstance(one, documents.Tab):
                maker.add(" ", bold)
            elif isinstance(one, documents.Break):
                maker.break_line()
            elif isinstance(one, documents.Bookmark):
                name: str = one.name
                if name.startswith(PICTURE):
                    number = int(name.removeprefix(PICTURE))
                    pictures += [number] if number in self.usable else []
                elif facts is None:
                    facts = self.paragraphs[int(name.removeprefix(MARK))]
        if facts is None:  # the table of contents
            return []
        lines = maker.lines()
        numbering = paragraph.numbering
        item = numbering is not None and bool(lines) and facts.kind == "words"
        count = self.count(facts.list_key, numbering) if item else ""
        return [Paragraph(facts.place, facts.kind, lines, item, count, tuple(pictures))]

    def count(self, key: str, numbering: Any) -> str:
        """Count on in this list; Word's lists count in the order of the file."""
        level = str(numbering.level_index)
        for other in [one for one in self.counts if one[0] == key and one[1] > level]:
            del self.counts[other]
        self.counts[key, level] += 1
        return str(self.counts[key, level]) if numbering.is_ordered else ""


def _leaves(elements: Iterable[Any], bold: bool) -> Iterable[tuple[Any, bool]]:
    for one in elements:
        if isinstance(one, documents.Run):
            yield from _leaves(one.children, one.is_bold or one.style_name == "Strong")
        elif isinstance(one, documents.Hyperlink):
            yield from _leaves(one.children, bold)
        else:
            yield one, bold
