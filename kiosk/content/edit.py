"""A page as it is written: its text in cards that can be changed, moved and put back.

Each line keeps how it stood in its file. What nobody has changed is written back letter by letter:
comments, spaces, the byte order mark, and the ends of lines. So opening a page and saving it
changes nothing, and changing one sentence changes one line.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Literal, NamedTuple

from kiosk.content.lines import PageLine, page_line
from kiosk.content.page import FENCE

BOM = "\ufeff"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_END = re.compile(r"\r\n|\r|\n")

Kind = Literal["sentence", "item", "heading", "refused"]
CardKind = Literal["idea", "heading"]


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """One line of a card.

    words: with the stars of bold words and the brackets of links. raw: how it stood in its file,
    with its end and the empty lines below it, or "" for a new line. level: of a heading. line: its
    number in the file, from 1; 0 for a new line.
    """

    kind: Kind
    words: str
    raw: str = ""
    level: int = 1
    line: int = 0


@dataclass(frozen=True, slots=True)
class WrittenPicture:
    """The picture of a card: its name, and what it shows here ("" for what it always shows).

    raw: how it stood in its file, up to the words beside it, or "" for a new one.
    """

    name: str
    shows: str = ""
    raw: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """One idea with its picture, or one heading: what is moved as a whole.

    after: the empty lines below it. number: its place when the page was opened, from 0; None for a
    new one.
    """

    kind: CardKind
    picture: WrittenPicture | None
    lines: tuple[WrittenLine, ...]
    after: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """A page's text. head: up to and with the line that closes the facts; above: empty lines.

    count: how many cards it had when it was opened.
    """

    head: str
    above: str
    cards: tuple[Card, ...]
    count: int


class Place(NamedTuple):
    """What a line of the file belongs to: the card, and its line; both by their number from 0.

    line: -1 for the picture.
    """

    card: int
    line: int


def hash_of(data: bytes) -> str:
    """Return what tells these bytes from all others: who saves says by it what was opened."""
    return hashlib.sha256(data).hexdigest()


def end_of_head(lines: list[str]) -> int:
    """Return the index of the line that closes the facts; -1 where there is none."""
    if not lines or lines[0].removeprefix(BOM).rstrip() != FENCE:
        return -1
    return next((at for at, one in enumerate(lines[1:], 1) if one.rstrip() == FENCE), -1)


def lines_of(text: str) -> list[str]:
    r"""Return the lines with their ends, as they are counted: \n, \r\n or \r ends one."""
    return _LINE.findall(text)


def open_page(text: str) -> WrittenPage | None:
    """Cut a page's text into cards; None for a text whose first part has no beginning or end."""
    lines = lines_of(text)
    closes = end_of_head(lines)
    if closes < 0:
        return None
    reader = _Reader()
    for number, raw in enumerate(lines[closes + 1 :], closes + 2):
        reader.read(raw, number)
    reader.close()
    head = "".join(lines[: closes + 1])
    return WrittenPage(head, reader.above, tuple(reader.cards), len(reader.cards))


@dataclass(slots=True)
class _Open:
    kind: CardKind
    picture: WrittenPicture | None = None
    lines: list[WrittenLine] = field(default_factory=list)

    @property
    def has_items(self) -> bool:
        return any(one.kind == "item" for one in self.lines)


class _Reader:
    """Begins a card where the reader of pages begins an idea or meets a heading."""

    def __init__(self) -> None:
        self.above = ""
        self.cards: list[Card] = []
        self.now: _Open | None = None
        self.blank = ""  # the empty lines that have just been read

    def read(self, raw: str, number: int) -> None:
        one = page_line(raw.strip())
        if one.kind == "blank":
            self.blank += raw
            return
        now = self.now
        if (
            now is None
            or now.kind == "heading"
            or one.kind in ("heading", "picture")
            or (one.kind == "sentence" and (self.blank or now.has_items))
        ):
            self.close()
            self.now = now = _Open("heading" if one.kind == "heading" else "idea")
        else:
            self._keep_blank(now)
        if one.kind == "picture" and not one.problem:
            now.picture, words = _cut(one, raw, number)
            now.lines += words
        else:
            now.lines.append(
                WrittenLine(_kind(one), one.words or raw.strip(), raw, one.level or 1, number)
            )

    def _keep_blank(self, now: _Open) -> None:
        if now.lines:
            now.lines[-1] = replace(now.lines[-1], raw=now.lines[-1].raw + self.blank)
        elif now.picture is not None:
            now.picture = replace(now.picture, raw=now.picture.raw + self.blank)
        self.blank = ""

    def close(self) -> None:
        """End the card that is being read; the empty lines below belong to it."""
        blank, self.blank = self.blank, ""
        if self.now is None:
            self.above += blank
            return
        now, self.now = self.now, None
        number = len(self.cards)
        self.cards.append(Card(now.kind, now.picture, tuple(now.lines), blank, number))


def _kind(one: PageLine) -> Kind:
    if one.kind in ("sentence", "item", "heading"):
        return one.kind
    return "item" if one.kind == "number" else "refused"


def _cut(one: PageLine, raw: str, number: int) -> tuple[WrittenPicture, list[WrittenLine]]:
    """Return the picture of a line, and what stands beside it."""
    if not one.words:
        return WrittenPicture(one.name, one.shows, raw, number), []
    begins = len(raw) - len(raw.lstrip()) + one.start
    picture = WrittenPicture(one.name, one.shows, raw[:begins], number)
    return picture, [WrittenLine("sentence", one.words, raw[begins:], 1, number)]


def text_of(page: WrittenPage) -> str:
    """Return the text of a page, with what was changed in its cards.

    Words never become something else by how they begin: ":" or "#" at the start of a sentence is
    shown as typed. Only "- words" and "1. words" are taken for the items of a list.
    """
    return _Writer(page).text()


def written(page: WrittenPage) -> tuple[str, dict[int, Place]]:
    """Return the text as `text_of` does, and by the number of each line what it belongs to.

    A picture and the words beside it share a line: that is the place of the words.
    """
    writer = _Writer(page)
    text = writer.text()
    begins = [0, *accumulate(len(one) for one in lines_of(text))]
    return text, {bisect_right(begins, at): place for at, place in writer.placed}


class _Writer:
    def __init__(self, page: WrittenPage) -> None:
        self.placed: list[tuple[int, Place]] = []  # where each picture and each line begins
        self.page = page
        found = _END.search(page.head)
        self.line_end = found[0] if found else "\n"
        self.out = page.head + page.above
        self.below_item = True  # or below a heading, or at the start: a sentence begins a card

    def text(self) -> str:
        before: int | None = -1
        kept = [
            (at, card)
            for at, card in enumerate(self.page.cards)
            if _words(card) or (card.kind == "idea" and card.picture is not None)
        ]
        for place, (at, card) in enumerate(kept):
            self.end_line()
            moved = card.number is None or before is None or card.number != before + 1
            joins = not self.below_item and card.picture is None and _begins_with_words(card)
            if place and (moved or joins):
                self.blank_line()
            self.card(card, at)
            if place < len(kept) - 1 or card.number == self.page.count - 1:
                if card.after:
                    self.end_line()
                self.out += card.after
            before = card.number
        return self.out

    def end_line(self) -> None:
        if self.out and self.out[-1] not in "\r\n":
            self.out += self.line_end

    def blank_line(self) -> None:
        self.end_line()
        lines = lines_of(self.out[-1000:])
        if len(lines) > 1 and lines[-1].strip():
            self.out += self.line_end

    def card(self, card: Card, number: int) -> None:
        places, lines = _in_order(card.lines)
        begins = len(self.out)
        if card.picture is not None:
            self.placed.append((begins, Place(number, -1)))
            self.picture(card.picture, lines[0] if lines else None)
        for at, one in enumerate(lines):
            beside = at == 0 and len(self.out) > begins and self.out[-1] not in "\r\n"
            if not beside:
                self.end_line()
            self.placed.append((len(self.out), Place(number, places[at])))
            self.line(one, lines[at + 1] if at + 1 < len(lines) else None, beside=beside)
        self.below_item = any(one.kind in ("item", "heading") for one in lines)

    def picture(self, picture: WrittenPicture, first: WrittenLine | None) -> None:
        raw = picture.raw
        is_beside = first is not None and first.kind in ("sentence", "refused")
        old = page_line(raw.strip())
        if not raw or (old.name, old.shows) != (picture.name, picture.shows):
            shows = f' = "{_without_quotes(picture.shows)}"' if picture.shows.strip() else ""
            end = "".join(_END.findall(raw))
            name = " ".join(picture.name.split())
            raw = f":{name}{shows}:" + (end or (" " if is_beside else self.line_end))
        if _END.search(raw):
            raw = _without_blank(raw) if first and first.kind == "sentence" else raw
        elif first is not None and not is_beside:
            raw = raw.rstrip() + self.line_end
        self.out += raw

    def line(self, one: WrittenLine, below: WrittenLine | None, *, beside: bool) -> None:
        raw = one.raw
        if not raw or not _says(one, raw, beside=beside):
            first = lines_of(raw)[0] if raw else self.line_end
            blank = raw[len(first) :]
            end = _END.search(first)
            raw = _written(one, beside=beside) + (end[0] if end else "") + blank
        if below is not None and below.kind == "sentence":
            raw = _without_blank(raw)  # an empty line would begin another idea
        self.out += raw


def _words(card: Card) -> bool:
    return any(one.words.strip() for one in card.lines)


def _in_order(lines: tuple[WrittenLine, ...]) -> tuple[list[int], list[WrittenLine]]:
    """Return the lines that have words, and before them the number of each.

    A list ends its idea, so all sentences stand above it.
    """
    above: list[tuple[int, WrittenLine]] = []
    below: list[tuple[int, WrittenLine]] = []
    now = above
    for at, one in enumerate(map(_meant, lines)):
        if one.words.strip():
            if one.kind != "refused":  # such a line stays below the one that it stood below
                now = below if one.kind == "item" else above
            now.append((at, one))
    kept = above + below
    return [at for at, _ in kept], [one for _, one in kept]


def _begins_with_words(card: Card) -> bool:
    """Tell whether only an empty line above keeps the card apart from the one before."""
    return any(_meant(one).kind == "sentence" for one in card.lines[:1])


def _meant(one: WrittenLine) -> WrittenLine:
    """Return the line as it was meant: a typed "- words" is an item."""
    if one.kind not in ("sentence", "refused") or (one.raw and _says(one, one.raw, beside=True)):
        return one
    words = " ".join(one.words.split())
    typed = page_line(words)
    if typed.kind in ("item", "number"):
        return replace(one, kind="item", words=typed.words)
    return replace(one, kind="sentence", words=words)


def _says(one: WrittenLine, raw: str, *, beside: bool) -> bool:
    """Tell whether the line still says what stood in its file."""
    stood = raw.strip()
    if beside or one.kind == "refused":
        return one.words == stood
    was = page_line(stood)
    if one.kind == "heading" and one.level != was.level:
        return False
    return (one.kind, one.words) == (_kind(was), was.words)


def _written(one: WrittenLine, *, beside: bool) -> str:
    words = " ".join(one.words.split())
    if one.kind == "heading":
        return f"{'#' * one.level} {words}"
    if one.kind == "item":
        return words if page_line(words).kind == "number" else f"- {words}"
    typed = page_line(words).kind
    if typed == "sentence" or (beside and typed in ("heading", "item", "number")):
        return words
    return "\\" + words if words.startswith("#") else f"&#{ord(words[0])};{words[1:]}"


def _without_blank(raw: str) -> str:
    return "".join(lines_of(raw)[:1])


def _without_quotes(words: str) -> str:
    return " ".join(re.sub('["\u201c\u201d]', "'", words).split())
