"""Makes a Word file's words fit to be read: each paragraph knows its place, pictures are taken out.

What Word shows but a page cannot is noted with its place and taken away: text boxes, charts, notes,
comments, deleted words. What remains are paragraphs, tables, lists and words, for mammoth to read.
A bookmark at the start of each paragraph carries the number of its `ParagraphFacts`, and a bookmark
where a picture stood that of its `EmbeddedPicture`, because mammoth keeps bookmarks in their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from kiosk.editor.word.drawings import EmbeddedPicture, has_picture, look_at_drawing
from kiosk.editor.word.notes import LeftOut, quote
from kiosk.editor.word.package import Package, Relation, refused
from kiosk.editor.word.styles import Kind, Styles, is_heading, read_styles
from kiosk.editor.word.xml import DRAWINGS, R, W, local, value, words_in
from kiosk.errors import PageNotMade
from kiosk.located import MAX_BYTES

MARK = "mark-"
PICTURE = "picture-"

# Elements that stand around words and mean nothing to a page: what is in them is read.
_AROUND = {"ins", "moveTo", "smartTag", "customXml", "fldSimple", "bdo", "dir", "hyperlink"}
_AROUND |= {"ruby", "rubyBase", "sdtContent"}
_KEPT = {"t", "tab", "br", "noBreakHyphen", "fldChar"}
_WRITTEN_AS = {"cr": "br", "ptab": "tab"}  # what mammoth does not know -> what means the same
_NOTED = {
    "footnoteReference": "a footnote",
    "endnoteReference": "an endnote",
    "commentReference": "a comment",
    "oMath": "a formula",
    "oMathPara": "a formula",
    "subDoc": "another document",
    "altChunk": "another document",
    "contentPart": "a drawing by hand",
}
_PAGE_NUMBER = re.compile(r"\bpage\b|\bof\b|[\d/|.\u2013-]", re.I)
_CHANGED = "a change that Word still tracks. I took the words as they are after the change"


@dataclass(frozen=True, slots=True)
class ParagraphFacts:
    """A paragraph: where it stands, what its style makes of it, and the list that it is in."""

    place: str
    kind: Kind
    list_key: str


@dataclass(slots=True)
class Tidied:
    """What is left of a Word file: three for mammoth; pictures, paragraphs by number."""

    body: Element
    styles: Styles = field(default_factory=Styles)
    numbering: Element | None = None
    paragraphs: list[ParagraphFacts] = field(default_factory=list)
    pictures: list[EmbeddedPicture] = field(default_factory=list)
    left_out: dict[LeftOut, None] = field(default_factory=dict)  # in order, each of them once


def tidy(package: Package) -> Tidied:
    """Read the main part of a Word file. Raises PageNotMade for one that cannot be used."""
    root = package.xml(package.document)
    body = root.find(W + "body")
    if body is None:
        raise package.damaged()
    if sum(len(one.text or "") for one in root.iter(W + "t")) > MAX_BYTES:
        raise too_long(package.name)
    relations = package.relations(package.document)
    reader = _Tidy(package, relations)
    reader.blocks(body, reader.done.body)
    if any(one.kind in ("oleObject", "package", "control") for one in relations.values()):
        raise _holds_a_file(package, "")
    reader.edges()
    return reader.done


def too_long(name: str) -> PageNotMade:
    """Return the error for a file with more words than a page may have."""
    problem = f"It has too many words: {MAX_BYTES // 1024} KB is the most for a page."
    return refused(name, problem, "Make 2 Word files of it.")


def _holds_a_file(package: Package, place: str) -> PageNotMade:
    where = f"In {place} it" if place else "It"
    return refused(
        package.name,
        f"{where} holds another file or a button, such as an Excel sheet. I do not open those.",
        "Put a picture of it there, or take it away, and save.",
    )


class _Tidy:
    def __init__(self, package: Package, relations: dict[str, Relation]) -> None:
        self.package = package
        self.relations = relations
        self.done = Tidied(Element(W + "body"))
        for one in relations.values():
            if one.kind == "styles" and package.has(one.target):
                self.done.styles = read_styles(package.xml(one.target))
            elif one.kind == "numbering" and package.has(one.target):
                self.done.numbering = package.xml(one.target)
        self.paragraphs = 0
        self.tables = 0
        self.place = ""
        self.after_empty: Element | None = None  # where an empty paragraph was read last

    def note(self, what: str) -> None:
        """Note once that something at this place is left out."""
        self.done.left_out[LeftOut(self.place, what)] = None

    def blocks(self, parent: Element, into: Element, cell: str = "") -> None:
        """Read paragraphs and tables; cell: the place, when they are in one."""
        for child in parent:
            name = local(child)
            if name == "p":
                self.paragraph(child, into, cell)
            elif name == "tbl":
                self.table(child, into, cell)
            elif name in ("sdt", *_AROUND):
                self.blocks(child, into, cell)
            elif name in ("del", "moveFrom"):
                self.note(_CHANGED)
            elif name == "AlternateContent":
                for half in child[:1]:
                    self.blocks(half, into, cell)
            elif name in _NOTED:
                self.place = cell or f"paragraph {self.paragraphs + 1}"
                self.note(_NOTED[name])

    def paragraph(self, old: Element, into: Element, cell: str) -> None:
        """Read one paragraph; those that a person cannot see are not counted."""
        is_empty = all(local(one) == "pPr" for one in old)
        if is_empty and self.after_empty is into:
            return  # one empty line says as much as a thousand
        self.after_empty = into if is_empty else None
        words = words_in(old, DRAWINGS)
        seen = bool(words.strip()) or has_picture(old)
        self.paragraphs += seen and not cell
        self.place = cell or f"paragraph {self.paragraphs} ({quote(words)})".replace(" ()", "")
        facts = old.find(W + "pPr")
        style = value(facts, "pStyle")
        kind = "heading" if is_heading(facts) else self.done.styles.kinds.get(style, "words")
        number = facts.find(W + "numPr") if facts is not None else None
        new = SubElement(into, W + "p")
        if facts is not None:
            new.append(facts)
        if kind == "contents":
            self.place = "the table of contents"
            self.note("a page does not have one")
            return
        self.bookmark(new, f"{MARK}{len(self.done.paragraphs)}")
        self.done.paragraphs.append(
            ParagraphFacts(self.place, kind, value(number, "numId") or style)
        )
        self.inside(old, new)

    def bookmark(self, into: Element, name: str) -> None:
        SubElement(into, W + "bookmarkStart", {W + "name": name})

    def inside(self, old: Element, new: Element) -> None:
        """Read what stands in a paragraph; its runs come out one after another."""
        for child in old:
            name = local(child)
            if name == "r":
                self.run(child, new)
            elif name == "sdt":
                self.control(child, new)
            elif name in _AROUND:
                if name in ("ins", "moveTo"):
                    self.note(_CHANGED)
                if name == "hyperlink" and child.get(R + "id"):
                    self.link(self.relations.get(child.get(R + "id", "")), child)
                self.inside(child, new)
            elif name in ("del", "moveFrom"):
                self.note(_CHANGED)
            elif name in DRAWINGS:
                self.drawing(child, new)
            else:
                self.rest(child)

    def rest(self, old: Element) -> None:
        """Note an element that is not read, unless it says nothing."""
        name = local(old)
        if name in _NOTED:
            self.note(_NOTED[name])
        elif name != "rt" and words_in(old).strip():  # "rt" says again how a word is said
            self.note(f"a part that I do not know: {quote(words_in(old))}")

    def control(self, old: Element, new: Element) -> None:
        """Read a form field: its words, or note that it is a box to tick."""
        if any(local(one) == "checkbox" for one in old.iter()):
            self.note("a box to tick")
            return
        self.inside(old, new)

    def link(self, to: Relation | None, words: Element) -> None:
        said = quote(words_in(words))
        if to is not None and to.outside and said:
            self.note(f"the link behind {said}. A page cannot lead to another website")

    def run(self, old: Element, new: Element) -> None:
        """Read words of one kind; pictures stand beside them, not inside."""
        facts = old.find(W + "rPr")
        if facts is not None and _is_on(facts.find(W + "vanish")):
            if words_in(old).strip():
                self.note(f"hidden words: {quote(words_in(old))}")
            return
        run = self.next_run(new, facts)
        for child in old:
            name = local(child)
            if name in _KEPT:
                run.append(child)
            elif name in _WRITTEN_AS:
                SubElement(run, W + _WRITTEN_AS[name])
            elif name == "sym":
                self.sign(child, run)
            elif name == "instrText":
                self.field(child, run)
            elif name in ("object", "control"):
                raise _holds_a_file(self.package, self.place)
            elif name in DRAWINGS:
                self.drawing(child, new)
                run = self.next_run(new, facts)
            elif name in _AROUND:
                self.inside(child, new)
                run = self.next_run(new, facts)
            else:
                self.rest(child)

    def next_run(self, into: Element, facts: Element | None) -> Element:
        run = SubElement(into, W + "r")
        if facts is not None:
            run.append(facts)
        return run

    def sign(self, old: Element, run: Element) -> None:
        """Keep a sign of a picture font if it has a number; mammoth knows the common ones."""
        try:
            int(old.get(W + "char", ""), 16)
        except ValueError:
            return
        run.append(old)

    def field(self, old: Element, run: Element) -> None:
        said = (old.text or "").split()
        if said[:1] == ["FORMCHECKBOX"]:
            self.note("a box to tick")
        elif said[:1] == ["HYPERLINK"] and "\\l" not in said:
            self.note("a link. A page cannot lead to another website")
        else:
            run.append(old)

    def drawing(self, old: Element, new: Element) -> None:
        """Take the pictures out of a drawing, and note what else is in it."""
        found = look_at_drawing(old, self.relations, self.place)
        if found.holds_a_file:
            raise _holds_a_file(self.package, self.place)
        for what in found.left_out:
            self.note(what)
        for picture in found.pictures:
            self.bookmark(new, f"{PICTURE}{len(self.done.pictures)}")
            self.done.pictures.append(picture)

    def table(self, old: Element, into: Element, cell: str) -> None:
        """Read a table; one inside a cell keeps the place of that cell."""
        if cell:
            self.place = cell
            self.note("a table inside a table. I took its rows one by one")
        else:
            self.tables += 1
        table = SubElement(into, W + "tbl")
        for number, row in enumerate(_inside(old, "tr"), 1):
            place = cell or f"table {self.tables}, row {number}"
            self.place = place
            facts = row.find(W + "trPr")
            if facts is not None and facts.find(W + "del") is not None:
                self.note(_CHANGED)
                continue
            new_row = SubElement(table, W + "tr")
            for one in _inside(row, "tc"):
                self.cell(one, new_row, place)

    def cell(self, old: Element, row: Element, place: str) -> None:
        new = SubElement(row, W + "tc")
        facts = SubElement(new, W + "tcPr")
        given = old.find(W + "tcPr")
        span = value(given, "gridSpan")
        if span.isdecimal() and 1 < int(span) < 100:
            SubElement(facts, W + "gridSpan", {W + "val": span})
        merged = given.find(W + "vMerge") if given is not None else None
        if merged is not None:
            facts.append(merged)
            self.place = place
            self.note("a cell that goes over several rows. Look at the words beside its picture")
        self.blocks(old, new, place)

    def edges(self) -> None:
        """Note what stands at the top and the bottom of each sheet of paper."""
        for one in self.relations.values():
            if one.kind in ("header", "footer") and self.package.has(one.target):
                part = self.package.xml(one.target)
                said = words_in(part)
                self.place = f"the {one.kind} of each sheet"
                if _PAGE_NUMBER.sub("", said).strip():
                    self.note(f"the words {quote(said)}")
                elif has_picture(part):
                    self.note("a picture")


def _inside(parent: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, also those inside a form field."""
    for child in parent:
        if local(child) == name:
            yield child
        elif local(child) in ("sdt", *_AROUND):
            yield from _inside(child, name)


def _is_on(switch: Element | None) -> bool:
    return switch is not None and switch.get(W + "val", "1") not in ("0", "false", "off")
