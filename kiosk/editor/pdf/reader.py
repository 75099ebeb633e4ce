"""A PDF as paragraphs, pictures and what is left out."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from kiosk.editor.found.blocks import Blocks, Cell, Found, FoundPicture, Paragraph, Table
from kiosk.editor.found.layout import Laid, Unit, lay_out
from kiosk.editor.found.notes import LeftOut, quote, whole
from kiosk.editor.found.opening import refused
from kiosk.editor.pdf.drawing import Artwork
from kiosk.editor.pdf.edges import without_edges
from kiosk.editor.pdf.opening import AGAIN, opened
from kiosk.editor.pdf.paragraphs import Joined, Joiner
from kiosk.editor.pdf.sheet import Line, Sheet, read_sheet
from kiosk.editor.pdf.tags import Tags, read_tags
from kiosk.frequent import frequency
from kiosk.located import MAX_BYTES

MOST_SECONDS = 60
_SCAN = (
    "Each sheet is a photo (a scan): I cannot read words in a photo.",
    "Ask for the file that it was printed from. Or open the PDF in Word, which can read photos of "
    "words, look at each word, save it as .docx, and bring that.",
)


def read_pdf(name: str, data: bytes, language: str) -> Found:
    """Read a PDF. Raises PageNotMade for one that is not safe, or has no words to read.

    language: of the page, to know the words that were cut at the end of a line.
    """
    sheets: list[Sheet] = []
    ends = time.monotonic() + MOST_SECONDS
    with opened(name, data) as (pdf, _):
        for page in pdf.pages:
            sheets.append(read_sheet(page))
            page.close()
            if time.monotonic() > ends:
                problem = f"It takes too long to read: I stopped at sheet {len(sheets)}."
                raise refused(name, problem, "Print a part of it to a new PDF, and bring that.")
        tags = read_tags(pdf)
    _refuse_what_cannot_be_read(name, sheets)
    return _Reader(name, data, sheets, tags, language).read()


def _refuse_what_cannot_be_read(name: str, sheets: Sequence[Sheet]) -> None:
    letters = sum(sheet.letters for sheet in sheets)
    if not letters and any(sheet.ground or sheet.pictures for sheet in sheets):
        raise refused(name, *_SCAN)
    if not letters:
        raise refused(name, "I found no words in this PDF.", AGAIN)
    if sum(sheet.unknown for sheet in sheets) * 10 > letters:
        raise refused(name, "Its letters have no names: I cannot tell which they are.", AGAIN)
    if letters > MAX_BYTES:
        problem = f"It has too many words: {MAX_BYTES // 1024} KB is the most for a page."
        raise refused(name, problem, "Print a part of it to a new PDF, and bring that.")


class _Reader:
    def __init__(
        self, name: str, data: bytes, sheets: list[Sheet], tags: Tags, language: str
    ) -> None:
        self.name = name
        self.sheets = sheets
        self.tags = tags
        self.art = Artwork(name, data)
        self.pictures: list[FoundPicture] = []
        self.left_out: list[LeftOut] = []
        self.joiner = Joiner(_usual(sheets), partial(_is_word, language))

    def read(self) -> Found:
        """Read all sheets."""
        self.mark_artifacts()
        edges = without_edges(self.sheets)
        blocks: list[Paragraph | Table] = []
        for sheet in self.sheets:
            here = self.sheet(sheet)
            if blocks and here and (joined := _goes_on(blocks[-1], here[0])) is not None:
                blocks[-1] = joined
                here = here[1:]
            blocks += here
        return Found(
            self.name,
            tuple(blocks),
            tuple(self.pictures),
            (*self.left_out, *edges),
            self.art.read,
            tuple(f"sheet {sheet.number}" for sheet in self.sheets),
        )

    def mark_artifacts(self) -> None:
        """Where nearly all words have a tag, those without one are no part of the text."""
        lines = [line for sheet in self.sheets for line in sheet.lines]
        tagged = sum(len(line.text) for line in lines if line.marks)
        if tagged * 2 > sum(len(line.text) for line in lines):
            for line in lines:
                line.artifact = line.artifact or not line.marks

    def sheet(self, sheet: Sheet) -> Blocks:
        """Read one sheet."""
        place = f"sheet {sheet.number}"
        self.tell(sheet, place)
        laid: Laid = lay_out(
            [one.area for one in sheet.pictures], [one.area for one in sheet.lines]
        )
        if laid.columns:
            what = "it has columns. I read one after the other: look whether the order is right"
            self.left_out.append(LeftOut(place, what))
        done: list[Paragraph | Table] = []
        loose: list[Line] = []
        for unit in laid.units:
            lines = [sheet.lines[at] for at in unit.words]
            if unit.picture is None:
                loose += lines
                continue
            done += self.words(sheet, loose, place)
            loose = []
            done.append(self.pair(sheet, unit, lines, place))
        return (*done, *self.words(sheet, loose, place))

    def tell(self, sheet: Sheet, place: str) -> None:
        """Tell what of a sheet cannot be read."""
        if sheet.turned.strip():
            what = f"words that do not stand upright: {whole(sheet.turned)}"
            self.left_out.append(LeftOut(place, what))
        if sheet.ground:
            what = "a picture behind the whole sheet"
            if not sheet.letters:
                what = "it is a photo. I cannot read words in it: write them on the page"
            self.left_out.append(LeftOut(place, what))

    def pair(self, sheet: Sheet, unit: Unit, lines: list[Line], place: str) -> Paragraph | Table:
        """Return a picture with its words."""
        shown = sheet.pictures[unit.picture or 0]
        said = quote(" ".join(line.text for line in lines))
        here = f"{place} ({said})" if said else place
        if shown.of_several:
            what = "pictures that lie on each other. They are one picture now: look whether it fits"
            self.left_out.append(LeftOut(here, what))
        key = self.art.add(sheet.number, shown.area, (sheet.width, sheet.height))
        alt = self.tags.word_of(sheet.number, shown.marks)
        self.pictures.append(FoundPicture(here, key, alt))
        picture = Paragraph(place, "words", (), pictures=(len(self.pictures) - 1,))
        words = self.words(sheet, lines, place)
        return Table(((Cell((picture,)), Cell(words)),)) if words else picture

    def words(self, sheet: Sheet, lines: Sequence[Line], place: str) -> tuple[Paragraph, ...]:
        """Return lines as paragraphs."""

        def tagged(line: Line) -> bool:
            return self.tags.is_heading(sheet.number, line.marks)

        return tuple(_paragraph(one, place) for one in self.joiner.join(lines, tagged))


def _paragraph(joined: Joined, place: str) -> Paragraph:
    return Paragraph(place, "heading" if joined.heading else "words", joined.lines)


def _usual(sheets: Sequence[Sheet]) -> float:
    """Return the size that most letters have."""
    sizes: Counter[int] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            sizes[round(line.size)] += len(line.text)
    return float(sizes.most_common(1)[0][0]) if sizes else 12.0


def _goes_on(last: Paragraph | Table, first: Paragraph | Table) -> Paragraph | None:
    """Return a paragraph that goes on from one sheet to the next as one; None where it does not."""
    if not isinstance(last, Paragraph) or not isinstance(first, Paragraph):
        return None
    if last.kind != "words" or first.kind != "words" or not last.lines or not first.lines:
        return None
    before, after = last.lines[-1], first.lines[0]
    if before.text.endswith((".", "?", "!", ":", ";")) or not after.text[:1].islower():
        return None
    shift = len(before.text) + 1
    bold = (*before.bold, *((start + shift, end + shift) for start, end in after.bold))
    joined = replace(before, text=f"{before.text} {after.text}", bold=bold)
    return replace(last, lines=(*last.lines[:-1], joined, *first.lines[1:]))


def _is_word(language: str, word: str) -> bool:
    try:
        return frequency(word.casefold(), language) > 0
    except LookupError:  # it knows no words of this language
        return False
