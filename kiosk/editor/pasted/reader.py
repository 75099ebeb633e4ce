"""Copied HTML as paragraphs and tables; no style of another program comes along.

Word, Outlook and LibreOffice write lists, headings and pictures each in their own way. What they
say by style alone and a page needs is read from it: bold, crossed out, hidden, an item of a list.
"""

from __future__ import annotations

import re
from pathlib import Path

from kiosk.editor.found.blocks import Blocks, Cell, Found, FoundPicture, Kind, Paragraph, Table
from kiosk.editor.found.notes import LeftOut, quote, whole
from kiosk.editor.found.rich_text import RichTextMaker
from kiosk.editor.pasted.images import Images
from kiosk.editor.pasted.tree import Node, text_of, tree_of

_HEADINGS = {f"h{level}" for level in range(1, 7)}
_BLOCKS = {"p", "div", "li", "dt", "dd", "blockquote", "center", "pre", "caption", "figcaption"}
_BLOCKS |= {"section", "article", "header", "footer", "main", "aside", "figure", "address", "form"}
_BLOCKS |= {"body", "html", "ul", "ol", "dl", "fieldset", "nav", "details", "summary", *_HEADINGS}
_SILENT = {"script", "style", "head", "title", "meta", "link", "base", "template", "noscript"}
_TOLD = {
    "svg": "a drawing",
    "math": "a formula",
    "iframe": "a part of another page",
    "object": "another file",
    "embed": "another file",
    "video": "a film",
    "audio": "a sound",
    "canvas": "a drawing",
    "input": "a field to fill in",
    "select": "a field to fill in",
    "textarea": "a field to fill in",
    "button": "a button",
}
_ROWS = ("tr", "tbody", "thead", "tfoot", "col", "colgroup")
_BOLD = re.compile(r"(?<![\w-])font-weight:(?:bold|[6-9]00)")
_NOT_BOLD = re.compile(r"(?<![\w-])font-weight:(?:normal|[1-4]00)")
_HIDDEN = re.compile(r"display:none|visibility:hidden|mso-hide:all")
_CROSSED = re.compile(r"text-decoration[\w-]*:[^;]*line-through")
_NOTE = re.compile(r"mso-element:(footnote|endnote|comment)(?:-list)?")
_SIGN_OF_NOTE = re.compile(r"mso-(?:foot|end)note-id|\bsd(?:foot|end)note(?:anc|sym)\b")
# The words of a note of LibreOffice.
_NOTE_BELOW = re.compile(r"sd(footnote|endnote)\d+")
# Boxes and shapes that LibreOffice has drawn, with the words in them; their names are its own.
_DRAWN_BOX = re.compile(r"(?:Shape|Frame|Text ?(?:Frame|Box))\s?\d+", re.I)
_FIELDS = {"datetime": "a date", "page": "a page number", "docstat": "a number"}
_MARK = re.compile(r"(\d{1,2})[.)]")
_TITLE = re.compile(r"\bMso(?:Title)\b")


def read_pasted(file: Path, data: bytes) -> Found:
    """Read HTML that was copied. Raises PageNotMade for what is too large, or hides something."""
    reader = _Reader()
    reader.node(tree_of(file.name, text_of(data)), False)
    reader.end()
    images = Images(file)
    return Found(
        file.name,
        tuple(reader.done),
        tuple(reader.pictures),
        tuple(dict.fromkeys(reader.left_out)),
        images.read,
        tuple(reader.places),
    )


class _Reader:
    """Reads blocks one after another into `done`; a cell gets a list of its own for a while."""

    def __init__(self) -> None:
        self.done: list[Paragraph | Table] = []
        self.pictures: list[FoundPicture] = []
        self.left_out: list[LeftOut] = []
        self.places: list[str] = []
        self.tables = 0
        self.paragraphs = 0
        self.cell = ""
        self.counts: list[int] = []  # of the lists that are open; -1: with bullets
        self.begin("words")

    def begin(self, kind: Kind) -> None:
        """Begin a paragraph."""
        self.maker = RichTextMaker()
        self.said: list[str] = []
        self.here: list[int] = []
        self.told: list[str] = []
        self.kind: Kind = kind
        self.item: str | None = None

    def end(self, kind: Kind = "words") -> None:
        """End the paragraph that is open, if there is anything in it, and begin another one."""
        lines = self.maker.lines()
        waits = None if lines or self.here or self.told else self.item  # for words still to come
        if lines or self.here or self.told:
            self.paragraphs += not self.cell
            words = quote(" ".join(self.said))
            place = self.cell or f"paragraph {self.paragraphs} ({words})".replace(" ()", "")
            self.places.append(place)
            self.left_out += [LeftOut(place, what) for what in self.told]
            for number in self.here:
                old = self.pictures[number]
                self.pictures[number] = FoundPicture(place, old.key, old.alt)
        if lines or self.here:
            is_item = self.item is not None and bool(lines) and self.kind == "words"
            self.done.append(
                Paragraph(
                    place,
                    self.kind,
                    lines,
                    item=is_item,
                    number=(self.item or "") if is_item else "",
                    pictures=tuple(self.here),
                )
            )
        self.begin(kind)
        self.item = waits

    def node(self, node: Node, bold: bool) -> None:
        """Read an element and all in it."""
        tag, style = node.tag.rpartition(":")[2], node.style
        if tag in _SILENT or (":" in node.tag and tag in ("xml", "worddocument")):
            return
        if _HIDDEN.search(style) or "hidden" in node.facts:
            self.leave_out("hidden words", node)
        elif found := _NOTE.search(style):
            self.leave_out(f"a {found[1]}".replace("a endnote", "an endnote"), node)
        elif "MsoCommentReference" in node.facts.get("class", ""):
            self.leave_out("the sign of a comment", node)
        elif _SIGN_OF_NOTE.search(f"{style} {node.facts.get('class', '')}"):
            self.leave_out("the sign of a footnote", node)
        elif found := _NOTE_BELOW.fullmatch(node.facts.get("id", "")):
            self.leave_out(f"{'an' if found[1] == 'endnote' else 'a'} {found[1]}", node)
        elif tag in _TOLD:
            self.leave_out(_TOLD[tag], node)
        elif tag in ("s", "strike", "del") or _CROSSED.search(style):
            self.leave_out("words that are crossed out", node)
        elif tag == "sdfield":
            self.field(node, bold)
        elif tag == "img" or tag == "imagedata":
            self.picture(node)
        elif tag == "br":
            self.maker.break_line()
        elif tag == "hr":
            self.end()
        elif tag == "table":
            self.table(node, bold)
        elif tag in _BLOCKS:
            self.block(node, tag, bold)
        elif "mso-list:ignore" in style:
            self.mark(node.words())
        else:
            self.inside(node, self.is_bold(tag, style, bold))
            if tag == "a" and node.facts.get("href", "").startswith(("http", "mailto", "file")):
                self.link(node)

    def is_bold(self, tag: str, style: str, bold: bool) -> bool:
        """Tell whether words in an element are bold."""
        if _NOT_BOLD.search(style):
            return False
        return bold or tag in ("b", "strong") or _BOLD.search(style) is not None

    def inside(self, node: Node, bold: bool) -> None:
        """Read what is in an element."""
        for child in node.children:
            if isinstance(child, str):
                words = child.replace("\r", " ").replace("\n", " ").replace("\t", " ")
                self.maker.add(words, bold)
                self.said.append(words.strip())
            else:
                self.node(child, bold)

    def block(self, node: Node, tag: str, bold: bool) -> None:
        """Read an element that begins and ends a paragraph."""
        name = node.facts.get("class", "")
        kind: Kind = "heading" if tag in _HEADINGS else "words"
        if _TITLE.search(name):
            kind = "title"
        self.end(kind)
        if tag in ("ul", "ol"):
            self.counts.append(0 if tag == "ol" else -1)
        if tag == "li":
            self.item = self.next_number()
        elif "mso-list:l" in node.style:
            self.item = ""
        self.inside(node, self.is_bold(tag, node.style, bold) and tag not in _HEADINGS)
        if tag in ("ul", "ol"):
            self.counts.pop()
        self.end()
        self.item = None

    def next_number(self) -> str:
        """Return the number of the next item of the list that is open, or ""."""
        if not self.counts or self.counts[-1] < 0:
            return ""
        self.counts[-1] += 1
        return str(self.counts[-1])

    def mark(self, words: str) -> None:
        """Take the bullet or the number that Word has written as words."""
        found = _MARK.match(words.strip())
        self.item = found[1] if found else ""

    def leave_out(self, what: str, node: Node) -> None:
        """Tell what a page cannot have, with its words."""
        said = whole(node.words())
        if said or what in _TOLD.values():
            self.told.append(f"{what}: {said}" if said else what)
        if any(isinstance(one, Node) and one.tag == "img" for one in node.children):
            self.told.append("a picture in it")

    def link(self, node: Node) -> None:
        """Tell that a link leads nowhere any more."""
        if said := whole(node.words()):
            self.told.append(f"the link behind {said}. A page cannot lead to another website")

    def field(self, node: Node, bold: bool) -> None:
        """Read what LibreOffice fills in; tell it, unless its words never change."""
        self.inside(node, bold)
        said = whole(node.words())
        if said and "sdfixed" not in node.facts:
            what = _FIELDS.get(node.facts.get("type", "").casefold(), "words")
            self.told.append(
                f"{what} that LibreOffice fills in: {said}. On the page it stays as it is now"
            )

    def picture(self, node: Node) -> None:
        """Take a picture; its place is known when its paragraph ends."""
        source = node.facts.get("src", "")
        if not source:
            self.told.append("a picture that did not come along. Copy it by itself, and put it in")
            return
        if _DRAWN_BOX.fullmatch(node.facts.get("name", "")):
            self.told.append(
                "a box that came as a picture. If it has words, write them, and take it away"
            )
        self.here.append(len(self.pictures))
        self.pictures.append(FoundPicture("", source, node.facts.get("alt", "")))

    def table(self, node: Node, bold: bool) -> None:
        """Read a table; one inside a cell keeps the place of that cell."""
        self.end()
        beside = [one for one in node.children if isinstance(one, str) or one.tag not in _ROWS]
        self.inside(Node("caption", {}, beside), bold)
        self.end()
        outer_done, outer_cell = self.done, self.cell
        self.tables += not outer_cell
        if outer_cell and _rows(node):
            self.left_out.append(
                LeftOut(outer_cell, "a table inside a table. I took its rows one by one")
            )
        rows: list[tuple[Cell, ...]] = []
        for number, row in enumerate(_rows(node), 1):
            self.cell = outer_cell or f"table {self.tables}, row {number}"
            cells = [
                self.one_cell(one, bold)
                for one in row.children
                if isinstance(one, Node) or one.strip()
            ]
            if cells:
                rows.append(tuple(cells))
        self.done, self.cell = outer_done, outer_cell
        if rows:
            self.done.append(Table(tuple(rows)))

    def one_cell(self, node: Node | str, bold: bool) -> Cell:
        """Read a cell; words that stand in a row outside of its cells are one, too."""
        self.done = []
        if isinstance(node, str):
            node = Node("td", {}, [node])
        if node.tag in ("td", "th"):
            self.inside(node, bold)
        else:
            self.node(node, bold)
        self.end()
        span = node.facts.get("rowspan", "1")
        rows = int(span) if span.isdecimal() and len(span) < 4 else 1
        blocks: Blocks = tuple(self.done)
        return Cell(blocks, max(rows, 1))


def _rows(table: Node) -> list[Node]:
    """Return the rows of a table, also those in its head and foot."""
    found: list[Node] = []
    for one in table.children:
        if isinstance(one, Node) and one.tag == "tr":
            found.append(one)
        elif isinstance(one, Node) and one.tag in ("tbody", "thead", "tfoot"):
            found += _rows(one)
    return found
