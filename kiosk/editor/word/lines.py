"""The inside of one paragraph of a Word file: its lines, its pictures, and the boxes beside it.

Words that are crossed out are left out and told, also those that Word still tracks as deleted.
What was put in while Word tracked changes counts like all other words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from kiosk.editor.found.layout import Area
from kiosk.editor.found.notes import whole
from kiosk.editor.found.rich_text import RichText, RichTextMaker
from kiosk.editor.word.drawings import PictureHere, TextBox, look_at_drawing
from kiosk.editor.word.fields import Fields, told
from kiosk.editor.word.gathered import Gathered
from kiosk.editor.word.package import Relation
from kiosk.editor.word.signs import letter_of
from kiosk.editor.word.xml import DRAWINGS, R, W, is_on, local, value, words_in

# Elements that stand around words and mean nothing to a page: what is in them is read.
AROUND = {"ins", "moveTo", "smartTag", "customXml", "bdo", "dir", "ruby", "rubyBase", "sdtContent"}
_LETTERS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "\u2011"}
_DELETED = {"del": "crossed out", "moveFrom": "moved away"}
_NOTES = {
    "footnoteReference": ("footnote", "a footnote"),
    "endnoteReference": ("endnote", "an endnote"),
    "commentReference": ("comment", "a comment"),
}
NOTED = {
    "oMath": "a formula",
    "oMathPara": "a formula",
    "subDoc": "another document",
    "altChunk": "another document",
    "contentPart": "a drawing by hand",
}


@dataclass(slots=True)
class Inside:
    """What is inside a paragraph. pictures: of its line, by number; floats: beside it."""

    lines: tuple[RichText, ...] = ()
    pictures: list[int] = field(default_factory=list)
    floats: list[tuple[int, Area | None]] = field(default_factory=list)
    boxes: list[TextBox] = field(default_factory=list)


class LineReader:
    """Reads the insides of paragraphs, one after another; a field may go on in the next one."""

    def __init__(self, gathered: Gathered) -> None:
        self.gathered = gathered
        self.fields = Fields()
        self.maker = RichTextMaker()
        self.inside = Inside()
        self.crossed: list[tuple[str, str]] = []  # how they went away, the words

    def read(self, paragraph: Element) -> Inside:
        """Return what is inside a paragraph."""
        self.maker, self.inside, self.crossed = RichTextMaker(), Inside(), []
        self.children(paragraph)
        self.fields.end_paragraph()
        self.tell_crossed()
        self.inside.lines = self.maker.lines()
        return self.inside

    def note(self, what: str) -> None:
        """Note once that something is left out."""
        self.gathered.note(what)

    def children(self, parent: Element) -> None:
        """Read all that stands in an element."""
        for child in parent:
            name = local(child)
            if name == "r":
                self.run(child)
            elif name == "sdt":
                self.control(child)
            elif name == "hyperlink":
                self.link(child)
            elif name == "fldSimple":
                self.children(child)
                if said := told(child.get(W + "instr", ""), words_in(child)):
                    self.note(said)
            elif name in AROUND:
                self.children(child)
            elif name in _DELETED:
                self.crossed.append((_DELETED[name], words_in(child)))
            elif name in DRAWINGS:
                self.drawing(child)
            else:
                self.rest(child)

    def run(self, run: Element) -> None:
        """Read words of one kind."""
        facts = run.find(W + "rPr")
        if facts is not None and is_on(facts.find(W + "vanish")):
            if words_in(run).strip():
                self.note(f"hidden words: {whole(words_in(run))}")
            return
        styles = self.gathered.styles
        style = value(facts, "rStyle")
        bold = _says(facts, "b", style in styles.bold)
        crossed = _says(facts, "strike", style in styles.crossed) or _says(facts, "dstrike", False)
        for child in run:
            name = local(child)
            if name == "t":
                self.words(child.text or "", bold, crossed)
            elif name in _LETTERS:
                self.words(_LETTERS[name], bold, False)
            elif name in ("br", "cr"):
                self.maker.break_line()
            elif name == "sym":
                self.sign(child, bold)
            elif name == "fldChar":
                if said := self.fields.mark(child.get(W + "fldCharType", "")):
                    self.note(said)
            elif name == "instrText":
                self.instruction(child.text or "")
            elif name == "delText":
                self.crossed.append((_DELETED["del"], child.text or ""))
            elif name in ("object", "control"):
                raise self.gathered.holds_a_file(self.gathered.place)
            elif name in DRAWINGS:
                self.drawing(child)
            elif name in AROUND:
                self.children(child)
            else:
                self.rest(child)

    def words(self, words: str, bold: bool, crossed: bool) -> None:
        """Take words, unless they are crossed out or a part of what a field does."""
        if not self.fields.are_seen(words):
            if words.strip():
                self.note(f"words that tell Word what to fill in: {whole(words)}")
        elif crossed:
            self.crossed.append((_DELETED["del"], words))
            self.maker.add(" " if words[:1].isspace() or words[-1:].isspace() else "", bold)
        else:
            self.maker.add(words, bold)
            if words.strip():
                self.crossed.append(("", ""))  # what is crossed out after these stands apart

    def tell_crossed(self) -> None:
        """Tell the words that went away, those of several runs together."""
        told_together: list[tuple[str, str]] = []
        for how, words in self.crossed:
            if told_together and told_together[-1][0] == how:
                told_together[-1] = (how, told_together[-1][1] + words)
            else:
                told_together.append((how, words))
        for how, words in told_together:
            if words.strip():
                self.note(f"words that are {how}: {whole(words)}")

    def sign(self, sign: Element, bold: bool) -> None:
        """Take a sign of a picture font, or note it."""
        letter = letter_of(sign)
        if letter:
            self.words(letter, bold, False)
        else:
            self.note("a little picture that Word draws as a letter. Say in words what it shows")

    def instruction(self, words: str) -> None:
        """Take a piece of what a field does."""
        said = words.split()
        if said[:1] == ["FORMCHECKBOX"]:
            self.note("a box to tick")
        elif said[:1] == ["HYPERLINK"] and "\\l" not in said:
            self.note("a link. A page cannot lead to another website")
        self.fields.instruct(words)

    def control(self, control: Element) -> None:
        """Read a form field: its words, or note that it is a box to tick."""
        if any(local(one) == "checkbox" for one in control.iter()):
            self.note("a box to tick")
            return
        self.children(control)

    def link(self, link: Element) -> None:
        """Read the words of a link; where it leads is left out."""
        to: Relation | None = self.gathered.relations.get(link.get(R + "id", ""))
        said = whole(words_in(link))
        if to is not None and to.outside and said:
            self.note(f"the link behind {said}. A page cannot lead to another website")
        self.children(link)

    def drawing(self, drawing: Element) -> None:
        """Take the pictures and the boxes of a drawing, and note what else is in it."""
        gathered = self.gathered
        found = look_at_drawing(
            drawing, gathered.package, gathered.relations, gathered.place, gathered.anchor
        )
        if found.holds_a_file:
            raise gathered.holds_a_file(gathered.place)
        for what in found.left_out:
            self.note(what)
        for part in found.parts:
            if isinstance(part, TextBox):
                self.inside.boxes.append(part)
            elif isinstance(part, PictureHere):
                self.inside.floats.append((len(gathered.pictures), part.spot))
                gathered.pictures.append(part.picture)
        # Beside a box every picture of the paragraph is laid out by its place, and by it alone.
        in_line = [] if self.inside.boxes else [number for number, _ in self.inside.floats]
        self.inside.pictures = in_line

    def rest(self, other: Element) -> None:
        """Note an element that is not read, unless it says nothing."""
        name = local(other)
        if name in _NOTES:
            kind, what = _NOTES[name]
            said = whole(self.gathered.words_of_note(kind, other.get(W + "id", "")))
            self.note(f"{what}: {said}" if said else what)
        elif name in NOTED:
            said = whole(words_in(other))
            self.note(f"{NOTED[name]}: {said}" if said else NOTED[name])
        elif name == "rt" and words_in(other).strip():
            self.note(f"small words above the line: {whole(words_in(other))}")
        elif words_in(other).strip():
            self.note(f"words in a part of the file that I do not know: {whole(words_in(other))}")


def _says(facts: Element | None, name: str, otherwise: bool) -> bool:
    switch = facts.find(W + name) if facts is not None else None
    return otherwise if switch is None else is_on(switch)
