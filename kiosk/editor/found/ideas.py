"""Which picture stands beside which words: the blocks of a file become ideas.

How it is decided:

- A row of a table is an idea: its picture and its words, whichever comes first. A row with several
  pictures that each have words is as many ideas. A row of pictures above a row of words is read
  column by column. A picture that covers several rows belongs to the words of all of them.
- Outside a table a picture begins an idea. It belongs to the words of its own paragraph (also when
  it floats beside it), or else to those below it; where words and pictures take turns and a picture
  comes last, to those above it. Paragraphs without a picture go on with the idea above, up to three
  sentences after an empty line.
- A list belongs to the words above it. Words after a list need a new idea: it shows the same
  picture again.
- Words that have no picture are an idea without one (`picture` None); each paragraph is one.
- The title is the paragraph with the style "Title", or a heading before everything else.
- Of two pictures beside the same words the first is used. A picture without words is not used. Both
  are said, and so is a heading with nothing below it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeVar

from kiosk.editor.found.blocks import Blocks, Cell, Paragraph, Table, paragraphs_in
from kiosk.editor.found.notes import LeftOut, whole
from kiosk.editor.found.rich_text import RichText
from kiosk.located import to_do

T = TypeVar("T")
TableRow = tuple[Cell, ...]

EMPTY = Paragraph("", "words", ())
NO_WORDS = "write what this picture means"
MOST_SENTENCES = 3  # in an idea, before an empty line ends it


@dataclass(slots=True)
class StoryIdea:
    """One picture with its words; items: (number or "", words)."""

    heading: RichText | None
    picture: int | None
    sentences: list[RichText] = field(default_factory=list)
    items: list[tuple[str, RichText]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Unused:
    """A picture that no idea shows, and why."""

    picture: int
    place: str
    what: str


@dataclass(slots=True)
class Story:
    """All that a file says, in order; unused: what no idea shows."""

    title: RichText | None = None
    title_picture: int | None = None
    ideas: list[StoryIdea] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    unused: list[Unused] = field(default_factory=list)


def tell(blocks: Blocks) -> Story:
    """Put the blocks of a file into ideas."""
    teller = _Teller()
    teller.blocks(blocks)
    teller.end()
    return teller.story


class _Teller:
    def __init__(self) -> None:
        self.story = Story()
        self.now: StoryIdea | None = None
        self.waiting: tuple[int, str] | None = None  # a picture that has no words yet, its place
        self.heading: tuple[RichText, str] | None = None
        self.blank = False

    def blocks(self, blocks: Blocks) -> None:
        for is_text, group in groupby(blocks, lambda one: isinstance(one, Paragraph)):
            if is_text:
                self.text([one for one in group if isinstance(one, Paragraph)])
            else:
                for table in group:
                    if isinstance(table, Table):
                        self.table(table)

    def end(self) -> None:
        self.drop_waiting()
        self.drop_heading()

    def text(self, paragraphs: Sequence[Paragraph]) -> None:
        """Read what stands outside of tables, heading by heading."""
        for is_heading, group in groupby(paragraphs, lambda one: one.kind != "words"):
            if is_heading:
                for one in group:
                    self.headline(one)
            else:
                for one in _pictures_first(list(group)):
                    self.paragraph(one)

    def headline(self, one: Paragraph) -> None:
        """Take a heading: the page's title, or words above the ideas to come."""
        if not one.lines:
            if one.pictures:
                self.wait(one.pictures, one.place)
            return
        first = not self.story.ideas and self.heading is None
        if self.story.title is None and (one.kind == "title" or first):
            self.story.title = _joined(one.lines)
            if one.pictures:
                self.story.title_picture = one.pictures[0]
                self.second_pictures(one.pictures[1:], one.place)
            elif self.waiting is not None:
                self.story.title_picture, _ = self.waiting
                self.waiting = None
            return
        self.drop_heading()
        self.heading = (_joined(one.lines), one.place)
        self.now = None
        if one.pictures:
            self.wait(one.pictures, one.place)

    def paragraph(self, one: Paragraph) -> None:
        if not one.lines:
            if one.pictures:
                self.wait(one.pictures, one.place)
            else:
                self.blank = True
            return
        blank, self.blank = self.blank, False
        if one.pictures:
            self.drop_waiting()
            self.begin(one.pictures[0])
            self.second_pictures(one.pictures[1:], one.place)
        elif self.waiting is not None:
            picture, _ = self.waiting
            self.waiting = None
            self.begin(picture)
        elif not self.goes_on(one, blank):
            self.begin(None)
        self.add(one)

    def goes_on(self, one: Paragraph, blank: bool) -> bool:
        """Tell whether a paragraph without a picture belongs to the idea above."""
        idea = self.now
        if idea is None:
            return False
        if _is_item(one):
            return True
        if idea.picture is None:
            return False
        more = sum(len(line.sentences()) for line in one.lines)
        return not blank or len(idea.sentences) + more <= MOST_SENTENCES

    def add(self, one: Paragraph) -> None:
        """Add the lines of a paragraph to the idea that is open."""
        for line in one.lines:
            idea = self.now or self.begin(None)
            typed = line.without_bullet()
            if one.item:
                idea.items.append((one.number, line))
            elif typed is not None:
                idea.items.append((typed[1], typed[0]))
            else:
                if idea.items:
                    idea = self.begin(idea.picture)
                idea.sentences.extend(line.sentences())

    def begin(self, picture: int | None) -> StoryIdea:
        """Begin an idea, below the heading that waits for one."""
        heading = self.heading[0] if self.heading is not None else None
        self.heading = None
        self.now = StoryIdea(heading, picture)
        self.story.ideas.append(self.now)
        return self.now

    def wait(self, pictures: Sequence[int], place: str) -> None:
        self.drop_waiting()
        self.waiting = (pictures[0], place)
        self.second_pictures(pictures[1:], place)

    def drop_waiting(self) -> None:
        if self.waiting is not None:
            picture, place = self.waiting
            self.waiting = None
            self.unused([picture], place, "a picture with no words beside it")

    def drop_heading(self) -> None:
        if self.heading is not None:
            words, place = self.heading
            self.heading = None
            said = f"the heading {whole(words.text)}. There is nothing below it"
            self.story.left_out.append(LeftOut(place, said))

    def second_pictures(self, pictures: Sequence[int], place: str) -> None:
        self.unused(pictures, place, "a second picture beside the same words")

    def unused(self, pictures: Sequence[int], place: str, what: str) -> None:
        self.story.unused += [Unused(picture, place, what) for picture in pictures]

    def table(self, table: Table) -> None:
        self.drop_waiting()
        if table.apart:
            self.now = None
        if all(len(row) == 1 for row in table.rows):
            self.blocks(tuple(one for row in table.rows for one in (*row[0].blocks, EMPTY)))
        else:
            self.now = None
            self.rows(_rows_of_pictures_first(list(table.rows)))
            self.drop_waiting()
        self.now = None

    def rows(self, rows: list[TableRow]) -> None:
        """Read the rows of a table that has columns."""
        covered = 0  # rows to come that the last picture covers too
        while rows:
            row = rows.pop(0)
            if rows and _is_row_of_pictures(row) and _is_row_of_words(rows[0], len(row)):
                for above, below in zip(row, rows.pop(0), strict=True):
                    self.unit([above, below])
                continue
            if covered and not any(_pictures(cell) for cell in row):
                self.more_words(row)
            else:
                for cells in _units(row):
                    self.unit(cells)
            covered = max([covered, *(cell.rows for cell in row if _pictures(cell)), 1]) - 1
            for block in (block for cell in row for block in cell.blocks):
                if isinstance(block, Table):
                    self.table(block)

    def unit(self, cells: Sequence[Cell]) -> None:
        """Read the cells that make one idea."""
        paragraphs = _paragraphs(cells)
        pictures = [picture for one in paragraphs for picture in one.pictures]
        said = [one for one in paragraphs if one.lines]
        if not said:
            if pictures:
                self.wait(pictures, paragraphs[0].place)
                if all(cell.rows == 1 for cell in cells):
                    self.drop_waiting()
            return
        if not pictures and all(one.kind != "words" for one in said):
            self.text(said)
            return
        place = said[0].place
        if said[0].kind != "words" and len(said) > 1:
            self.drop_heading()
            self.heading = (_joined(said.pop(0).lines), place)
        self.begin(pictures[0] if pictures else None)
        self.second_pictures(pictures[1:], place)
        alone = len(said) == 1 and said[0].item and not said[0].number
        for one in said:
            self.add(_as_words(one) if alone else one)

    def more_words(self, row: TableRow) -> None:
        """Add a row without a picture to the idea whose picture covers it."""
        for one in _paragraphs(row):
            if one.lines:
                if self.waiting is not None or self.now is None:
                    picture = self.waiting[0] if self.waiting is not None else None
                    self.waiting = None
                    self.begin(picture)
                self.add(one)


def _paragraphs(cells: Iterable[Cell]) -> list[Paragraph]:
    return [one for cell in cells for one in cell.blocks if isinstance(one, Paragraph)]


def _joined(lines: Sequence[RichText]) -> RichText:
    return RichText(" ".join(line.text for line in lines))


def _as_words(one: Paragraph) -> Paragraph:
    return Paragraph(one.place, one.kind, one.lines, pictures=one.pictures)


def _is_item(one: Paragraph) -> bool:
    return one.item or one.lines[0].without_bullet() is not None


def _pictures(cell: Cell) -> list[int]:
    return [picture for one in _paragraphs([cell]) for picture in one.pictures]


def _says(cell: Cell) -> bool:
    return any(one.lines for one in _paragraphs([cell]))


def _is_row_of_pictures(row: TableRow) -> bool:
    return bool(row) and all(_pictures(cell) and not _says(cell) for cell in row)


def _is_row_of_words(row: TableRow, count: int) -> bool:
    return len(row) == count and all(_says(cell) and not _pictures(cell) for cell in row)


def _units(row: TableRow) -> list[list[Cell]]:
    """Cut a row into the cells of one idea each."""
    cells = [cell for cell in row if _pictures(cell) or _says(cell)]
    picture_last = bool(cells) and not _pictures(cells[0]) and not _says(cells[-1])
    units: list[list[Cell]] = []
    closed = True
    for cell in cells:
        picture, says = bool(_pictures(cell)), _says(cell)
        if not closed and not picture_last and picture:
            closed = any(map(_pictures, units[-1])) and any(map(_says, units[-1]))
        if closed or (picture and says):
            units.append([cell])
        else:
            units[-1].append(cell)
        closed = picture and (says or picture_last)
    return units


def _pictures_first(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Put each picture before its words where the file has it below them.

    That is so when words and pictures take turns, words begin and a picture ends: the picture at
    the end can only belong to the words above it.
    """
    seen = [one for one in paragraphs if one.lines or one.pictures]
    if any(one.lines and one.pictures for one in seen):
        return paragraphs
    return _turned(seen, lambda one: bool(one.pictures)) or paragraphs


def _rows_of_pictures_first(rows: list[TableRow]) -> list[TableRow]:
    """Do the same for rows of pictures below rows of words."""
    count = len(rows[0]) if rows else 0
    if all(len(one) == count for one in rows) and all(
        _is_row_of_pictures(one) or _is_row_of_words(one, count) for one in rows
    ):
        return _turned(rows, _is_row_of_pictures) or rows
    return rows


def _turned(things: Sequence[T], is_picture: Callable[[T], bool]) -> list[T]:
    """Return words and the pictures below them the other way round, or [] if it is not so."""
    groups = [(has, list(group)) for has, group in groupby(things, is_picture)]
    if len(groups) < 2 or groups[0][0] or not groups[-1][0]:
        return []
    turned: list[T] = []
    for (_, words), (_, pictures) in zip(groups[::2], groups[1::2], strict=True):
        turned += [*pictures, *words]
    return turned


def tell_bare(blocks: Blocks) -> Story:
    """Put blocks into ideas that are all headings, or all pictures without words.

    The first heading is the title, and each other one an idea that asks for a picture. Each picture
    is an idea that asks for words.
    """
    story = Story()
    for one in paragraphs_in(blocks):
        if one.lines and story.title is None:
            story.title = _joined(one.lines)
        elif one.lines:
            story.ideas.append(StoryIdea(None, None, [*_joined(one.lines).sentences()]))
        for picture in one.pictures:
            story.ideas.append(StoryIdea(None, picture, [RichText(to_do(NO_WORDS))]))
    if story.title is not None and not story.ideas:
        story.ideas.append(StoryIdea(None, None, [*story.title.sentences()]))
    return story
