"""The lines of a page -> ideas.

`:picture: words` or a blank line starts an idea, `- words` belongs to the idea above,
`# words` starts a group. All mistakes of a page are collected, each with its line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kiosk.content.inline import read_line
from kiosk.content.lines import PageLine, page_line
from kiosk.content.model import Heading, Idea, Sentence
from kiosk.errors import ContentError
from kiosk.located import Mistake, Read
from kiosk.symbols import Finder, Symbol, UnknownSymbol

ONE_PICTURE = "ER19"  # the easy-read rule: one picture for each idea
MAX_IDEAS = 200
MAX_LINE = 10_000


@dataclass(slots=True)
class _Open:
    """An idea that is still being read."""

    line: int
    heading: str | None = None
    symbol: Symbol | None = None
    words: str = ""
    name: str = ""
    asked: bool = False  # a picture is named, known or not
    sentences: list[Sentence] = field(default_factory=list)
    items: list[Sentence] = field(default_factory=list)
    failed: bool = False  # a line of it has its own message already


@dataclass(frozen=True, slots=True)
class Body:
    """The ideas and headings of a page."""

    ideas: tuple[Idea, ...]
    headings: tuple[Heading, ...]


def read_body(lines: list[str], *, first_line: int, shown: Path, symbols: Finder) -> Read[Body]:
    """Read the lines below the facts of a page."""
    reader = _Body(shown, symbols)
    for number, line in enumerate(lines, first_line):
        if len(line) > MAX_LINE:
            reader.wrong(
                number, f"This line is too long: {MAX_LINE:,} letters is the most.", "Use 2 lines."
            )
            continue
        try:
            reader.read(line.strip(), number, len(line) - len(line.lstrip()) + 1)
        except Mistake as mistake:
            reader.wrong(number, mistake.problem, mistake.hint)
        if len(reader.ideas) + (reader.now is not None) > MAX_IDEAS:
            reader.wrong(
                number, f"There are too many ideas: {MAX_IDEAS} is the most.", "Use 2 pages."
            )
            return Read(Body((), ()), tuple(reader.problems))
    reader.end()
    return Read(Body(tuple(reader.ideas), tuple(reader.headings)), tuple(reader.problems))


class _Body:
    def __init__(self, shown: Path, symbols: Finder) -> None:
        self.shown = shown
        self.symbols = symbols
        self.ideas: list[Idea] = []
        self.headings: list[Heading] = []
        self.problems: list[ContentError] = []
        self.now: _Open | None = None
        self.after_blank = True
        self.heading: tuple[str, int] | None = None

    def wrong(self, line: int, problem: str, hint: str, rule: str = "") -> None:
        self.problems.append(ContentError(self.shown, line, problem, hint, rule))
        if self.now is not None:
            self.now.failed = True

    def read(self, line: str, number: int, column: int) -> None:
        """Read a line without the spaces around it; column: where it begins."""
        one = page_line(line)
        if one.kind == "blank":
            self.after_blank = True
            return
        after_blank, self.after_blank = self.after_blank, False
        if one.kind == "heading":
            words = read_line(one.words, column + one.start).whole(number)
            self._heading(Heading(words, one.level))
        elif one.kind in ("item", "number"):
            self._item(one.words, number, column + one.start)
        elif one.kind == "picture":
            self._picture(one, number, column)
        elif one.kind == "refused":
            raise Mistake(one.problem, one.hint)
        else:
            self._sentences(line, number, column, after_blank)

    def _heading(self, heading: Heading) -> None:
        self._close()
        self._heading_used_up()
        if not heading.words.text:
            raise Mistake("This heading has no words.", "Write words after #.")
        self.headings.append(heading)
        self.heading = (heading.words.text, heading.words.line)

    def _picture(self, line: PageLine, number: int, column: int) -> None:
        idea = self._begin(number)
        if line.problem:
            raise Mistake(line.problem, line.hint)
        self._show(idea, line.name, line.shows, number)
        self._beside(idea, line.words, number, column + line.start)

    def _show(self, idea: _Open, name: str, words: str, number: int) -> None:
        idea.asked = True
        idea.name = name
        try:
            idea.symbol = self.symbols.find(name)
            idea.words = " ".join(words.split()) or idea.symbol.words
        except UnknownSymbol as error:
            self.wrong(number, str(error), error.hint)

    def _beside(self, idea: _Open, rest: str, number: int, column: int) -> None:
        if rest.startswith((":", "![")):
            hint = "Put the second one on a new line."
            self.wrong(number, "An idea has one picture only.", hint, ONE_PICTURE)
        elif rest:
            idea.sentences.extend(read_line(rest, column).sentences(number))

    def _item(self, words: str, number: int, column: int) -> None:
        idea = self.now or self._begin(number)
        item = read_line(words, column).whole(number)
        if item.text:
            idea.items.append(item)

    def _sentences(self, line: str, number: int, column: int, after_blank: bool) -> None:
        idea = self.now
        # A list ends its idea: a sentence below it would otherwise be shown above it.
        if idea is None or after_blank or idea.items:
            idea = self._begin(number)
        idea.sentences.extend(read_line(line, column).sentences(number))

    def _begin(self, number: int) -> _Open:
        self._close()
        self.now = idea = _Open(number)
        if self.heading is not None:
            idea.heading = self.heading[0]
            self.heading = None
        return idea

    def _heading_used_up(self) -> None:
        if self.heading is not None:
            _, line = self.heading
            self.heading = None
            self.problems.append(
                ContentError(self.shown, line, "There is nothing below this heading.", "")
            )

    def _close(self) -> None:
        idea, self.now = self.now, None
        if idea is None:
            return
        if not idea.asked and not idea.failed:
            self.wrong(
                idea.line,
                "This has no picture. Each idea needs one.",
                "Begin the line with :heart: or another picture, "
                "or take away the empty line above it.",
                ONE_PICTURE,
            )
        elif not idea.sentences and not idea.items and not idea.failed:
            self.wrong(idea.line, "There are no words beside this picture.", "Write a sentence.")
        self.ideas.append(
            Idea(
                idea.symbol,
                idea.words,
                idea.heading,
                tuple(idea.sentences),
                tuple(idea.items),
                idea.line,
                idea.name,
            )
        )

    def end(self) -> None:
        self._close()
        self._heading_used_up()
