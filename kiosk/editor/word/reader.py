"""A Word file as paragraphs and tables; what Word shows and a page cannot have is noted.

The file's own XML is read, by us: no reader of Word files that we know sees text boxes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from kiosk.editor.found.blocks import Blocks, Cell, Found, Kind, Paragraph, Table, paragraphs_in
from kiosk.editor.found.notes import quote, whole
from kiosk.editor.found.opening import refused
from kiosk.editor.found.pictures import NotDrawn
from kiosk.editor.word.boxes import Floating, in_order
from kiosk.editor.word.drawings import has_picture
from kiosk.editor.word.gathered import Gathered
from kiosk.editor.word.lines import AROUND, NOTED, Inside, LineReader
from kiosk.editor.word.lists import Lists
from kiosk.editor.word.package import MAX_PICTURE, Package, open_word
from kiosk.editor.word.spots import LINE, MARGIN, SHEET, Anchor
from kiosk.editor.word.styles import is_heading, read_styles
from kiosk.editor.word.xml import DRAWINGS, W, local, value, words_in
from kiosk.errors import PageNotMade
from kiosk.located import MAX_BYTES

_MOST_COLUMNS = 100
_NOT_DRAWN = {"emf": "an EMF", "wmf": "a WMF", "emz": "an EMF", "wmz": "a WMF", "svg": "an SVG"}


def read_word(name: str, data: bytes) -> Found:
    """Read a Word file. Raises PageNotMade for one that is not safe, or cannot be used."""
    package = open_word(name, data)
    body = package.xml(package.document).find(W + "body")
    if body is None:
        raise package.damaged()
    if sum(len(one.text or "") for one in body.iter(W + "t")) > MAX_BYTES:
        raise too_long(name)
    gathered = Gathered(package, package.relations(package.document))
    reader = _Reader(gathered)
    blocks = reader.blocks(body)
    if any(one.kind in ("oleObject", "package", "control") for one in gathered.relations.values()):
        raise gathered.holds_a_file("")
    reader.edges()
    return Found(
        name,
        blocks,
        tuple(gathered.pictures),
        tuple(gathered.left_out),
        _Pictures(package).read,
        tuple(gathered.places),
    )


def too_long(name: str) -> PageNotMade:
    """Return the error for a file with more words than a page may have."""
    problem = f"It has too many words: {MAX_BYTES // 1024} KB is the most for a page."
    return refused(name, problem, "Make 2 files of it.")


@dataclass(frozen=True, slots=True)
class _Pictures:
    """The pictures of a Word file by the names of their parts."""

    package: Package

    def read(self, part: str) -> bytes:
        ending = part.rpartition(".")[2].casefold()
        if ending in _NOT_DRAWN:
            raise NotDrawn(f"{_NOT_DRAWN[ending]} picture. Save it as PNG and put it in again")
        if not self.package.has(part):
            raise NotDrawn("a picture that is not in the file itself. Put it in, and save")
        return self.package.read(part, MAX_PICTURE)


@dataclass(slots=True)
class _Row:
    """What stands in a row of paragraphs without words: boxes and pictures beside each other."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    floating: list[Floating] = field(default_factory=list)

    def has_boxes(self) -> bool:
        return any(one.picture is None for one in self.floating)


class _Reader:
    def __init__(self, gathered: Gathered) -> None:
        self.gathered = gathered
        numbering: Element | None = None
        for one in gathered.relations.values():
            if one.outside or not gathered.package.has(one.target):
                continue
            if one.kind == "styles":
                gathered.styles = read_styles(gathered.package.xml(one.target))
            elif one.kind == "numbering":
                numbering = gathered.package.xml(one.target)
        self.lists = Lists(numbering, gathered.styles)
        self.lines = LineReader(gathered)
        self.paragraphs = 0
        self.tables = 0

    def note(self, what: str) -> None:
        self.gathered.note(what)

    def blocks(self, parent: Element, cell: str = "") -> Blocks:
        """Read paragraphs and tables; cell: the place, when they are in one."""
        done: list[Paragraph | Table] = []
        row = _Row()
        for one in self.each(parent, cell):
            if isinstance(one, Table):
                done += [*self.row(row, cell), one]
                row = _Row()
                continue
            paragraph, floating = one
            if paragraph.lines:
                done += self.row(row, cell)
                done += self.row(_Row([paragraph], floating), cell)
                row = _Row()
            else:
                row.paragraphs.append(paragraph)
                row.floating += floating
        return (*done, *self.row(row, cell))

    def row(self, row: _Row, cell: str) -> Blocks:
        """Return what was gathered: words first, then what floats beside them.

        In a cell all of it belongs to the picture of the cell, or of its row.
        """
        if not row.has_boxes():
            return tuple(row.paragraphs)
        beside = in_order(row.floating)
        return (*row.paragraphs, *(paragraphs_in(beside) if cell else beside))

    def each(
        self, parent: Element, cell: str
    ) -> Iterator[Table | tuple[Paragraph, list[Floating]]]:
        after_empty = False
        for child in parent:
            name = local(child)
            if name == "p":
                is_empty = all(local(one) == "pPr" for one in child)
                if not (is_empty and after_empty):  # one empty line says as much as a thousand
                    yield from self.paragraph(child, cell)
                after_empty = is_empty
                continue
            after_empty = False
            if name == "tbl":
                yield self.table(child, cell)
            elif name in ("sdt", "hyperlink", "fldSimple", *AROUND):
                yield from self.each(child, cell)
            elif name in ("del", "moveFrom"):
                self.crossed(words_in(child))
            elif name == "AlternateContent":
                for half in child[:1]:
                    yield from self.each(half, cell)
            elif name in NOTED:
                self.gathered.place = cell or f"paragraph {self.paragraphs + 1}"
                self.note(NOTED[name])

    def crossed(self, words: str) -> None:
        if words.strip():
            self.note(f"words that are crossed out: {whole(words)}")

    def paragraph(self, element: Element, cell: str) -> Iterator[tuple[Paragraph, list[Floating]]]:
        """Read one paragraph; those that a person cannot see are not counted."""
        words = words_in(element, DRAWINGS)
        seen = bool(words.strip()) or has_picture(element)
        self.paragraphs += seen and not cell
        place = cell or f"paragraph {self.paragraphs} ({quote(words)})".replace(" ()", "")
        self.gathered.place = place
        if not self.gathered.places or self.gathered.places[-1] != place:
            self.gathered.places.append(place)
        facts = element.find(W + "pPr")
        style = value(facts, "pStyle")
        kind: Kind = "heading"
        if not is_heading(facts):
            kind = self.gathered.styles.kinds.get(style, "words")
        self.move_on(element, facts)
        if kind == "contents":
            self.gathered.contents.append(words)
            return
        inside = self.lines.read(element)
        number = self.lists.item(facts, style) if kind == "words" and inside.lines else None
        yield (
            Paragraph(
                place,
                kind,
                inside.lines,
                item=number is not None,
                number=number or "",
                pictures=tuple(inside.pictures),
            ),
            self.floating(inside, place, cell),
        )

    def floating(self, inside: Inside, place: str, cell: str) -> list[Floating]:
        """Read what is in the boxes of a paragraph; a picture beside one is laid out with it."""
        if not inside.boxes and (inside.lines or not inside.pictures):
            return []
        found = [Floating(spot, place, picture=number) for number, spot in inside.floats]
        lines, self.lines = self.lines, LineReader(self.gathered)
        found += [
            Floating(box.spot, place, blocks=self.blocks(box.inside, cell or place))
            for box in inside.boxes
        ]
        self.lines = lines
        self.gathered.place = place
        return found

    def move_on(self, element: Element, facts: Element | None) -> None:
        """Guess where the next paragraph stands, for what floats beside it."""
        before = self.gathered.anchor
        breaks = value(facts, "pageBreakBefore") != "" or any(
            local(one) == "lastRenderedPageBreak"
            or (local(one) == "br" and one.get(W + "type") == "page")
            for one in element.iter()
        )
        if breaks:
            self.gathered.anchor = Anchor(before.sheet + 1)
        else:
            top = min(before.top + LINE, SHEET[1] - MARGIN)
            self.gathered.anchor = Anchor(before.sheet, top)

    def table(self, element: Element, cell: str) -> Table:
        """Read a table; one inside a cell keeps the place of that cell."""
        if cell:
            self.gathered.place = cell
            self.note("a table inside a table. I took its rows one by one")
        else:
            self.tables += 1
        rows: list[list[tuple[int, Cell]]] = []
        for number, row in enumerate(_inside(element, "tr"), 1):
            place = cell or f"table {self.tables}, row {number}"
            self.gathered.place = place
            facts = row.find(W + "trPr")
            if facts is not None and facts.find(W + "del") is not None:
                self.crossed(words_in(row))
                continue
            rows.append([])
            column = 0
            for one in _inside(row, "tc"):
                column += self.cell(one, column, rows, place)
        return Table(tuple(tuple(one for _, one in row) for row in rows))

    def cell(
        self, element: Element, column: int, rows: list[list[tuple[int, Cell]]], place: str
    ) -> int:
        """Read a cell into the last row, or into the one above that covers it too."""
        facts = element.find(W + "tcPr")
        merged = facts.find(W + "vMerge") if facts is not None else None
        blocks = self.blocks(element, place)
        covers = None
        if merged is not None:
            self.gathered.place = place
            self.note("a cell that goes over several rows. Look at the words beside its picture")
            if merged.get(W + "val") != "restart":
                covers = _above(rows, column)
        if covers is None:
            rows[-1].append((column, Cell(blocks)))
        else:
            row, at = covers
            _, old = rows[row][at]
            more = tuple(
                one for one in blocks if isinstance(one, Table) or one.lines or one.pictures
            )
            rows[row][at] = (column, Cell((*old.blocks, *more), len(rows) - row))
        span = value(facts, "gridSpan")
        return int(span) if span.isdecimal() and 1 < int(span) < _MOST_COLUMNS else 1

    def edges(self) -> None:
        """Note what stands at the top and the bottom of each sheet, and the table of contents."""
        if self.gathered.contents:
            self.gathered.place = "the table of contents"
            said = whole(" ".join(self.gathered.contents))
            self.note(f"a page of the kiosk does not have one. Its words are {said}")
        for one in self.gathered.relations.values():
            if one.kind in ("header", "footer") and self.gathered.package.has(one.target):
                part = self.gathered.package.xml(one.target)
                said = whole(words_in(part))
                self.gathered.place = f"the {one.kind} of each sheet"
                if said:
                    self.note(f"the words {said}")
                elif has_picture(part):
                    self.note("a picture")


def _above(rows: list[list[tuple[int, Cell]]], column: int) -> tuple[int, int] | None:
    """Return the row and the place in it of the cell that covers this column from above."""
    for row in range(len(rows) - 2, -1, -1):
        for at, (start, cell) in enumerate(rows[row]):
            if start == column:
                return (row, at) if row + cell.rows >= len(rows) - 1 else None
    return None


def _inside(parent: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, also those inside a form field."""
    for child in parent:
        if local(child) == name:
            yield child
        elif local(child) in ("sdt", "hyperlink", "fldSimple", *AROUND):
            yield from _inside(child, name)
