"""Pages as the rest of the program sees them: typed, complete and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from kiosk.errors import ContentError
from kiosk.located import Located
from kiosk.symbols import Later, Symbol

Status = Literal["draft", "ready", "published"]
Colour = Literal["blue", "purple", "green", "orange", "pink"]
MarkKind = Literal["hard", "bold", "link", "italic"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a sentence, text[start:end].

    kind: "hard" is a bold word that words.yaml explains (target: its key in `hard_words`),
    "bold" any other bold words (target ""), "link" leads to a page or survey (target: its id).
    "italic" is seen by the checker only: on a page that is served there is none.
    """

    start: int
    end: int
    kind: MarkKind
    target: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, as it is seen and spoken.

    line, column: where it begins in its file, from 1. gaps: (offset in text, letters of the file
    left out before it, such as the stars of bold words).
    """

    text: str
    marks: tuple[Mark, ...]
    line: int
    column: int = 1
    gaps: tuple[tuple[int, int], ...] = ()

    def column_at(self, offset: int) -> int:
        """Return the column in the file of text[offset]."""
        left_out = 0
        for start, letters in self.gaps:
            if start <= offset:
                left_out = letters
        return self.column + offset + left_out


@dataclass(frozen=True, slots=True)
class Idea:
    """One picture with its sentences, and the list below them.

    words: what the picture shows here. heading: the `# heading` that begins just before. name: the
    picture as the page calls it, "" without one.
    """

    symbol: Symbol | None
    words: str
    heading: str | None
    sentences: tuple[Sentence, ...]
    items: tuple[Sentence, ...]
    line: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a page; level: how many # it has."""

    words: Sentence
    level: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page. path: relative to the site's folder; stamped: gives its `stamp`.

    marks: all links and hard words of a page that is served. download: the name of a PDF in
    `assets/`, somebody else's document that the page is about; "" for none.

    original: of a translation, the fingerprint of the page in the site's first language when it was
    translated. translation_checked_by: who speaks the language and has checked it. "" for unknown.
    """

    id: str
    language: str
    title: str
    symbol: Symbol
    part: str | None
    order: int
    source: str
    facts_checked: date
    status: Status
    checked_by: str
    review_by: date
    ideas: tuple[Idea, ...]
    path: Path
    stamped: Later[str] = field(compare=False)
    original: str = field(default="", kw_only=True)
    translation_checked_by: str = field(default="", kw_only=True)
    marks: tuple[Mark, ...] = field(default=(), kw_only=True)
    download: str = field(default="", kw_only=True)

    @property
    def stamp(self) -> str:
        """Changes with what the page shows, in hex."""
        return self.stamped.made


@dataclass(frozen=True, slots=True)
class HomeChoice:
    """One big button of the home page: it leads to a part or to a survey, never both.

    line: what is there in easy words, below the official title; "" without. begins: where the
    choice begins in its file, from 1.
    """

    title: str
    symbol: Symbol
    colour: Colour
    part: str | None
    survey: str | None
    begins: int
    line: str = ""


@dataclass(frozen=True, slots=True)
class Home(Page):
    """The page that a visit begins with."""

    choices: tuple[HomeChoice, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A page's file as it stands: drafts too, and of a file with mistakes all that can be read.

    facts: the first part of the file, {} when it cannot be read. ideas, headings: as written, so
    bold words and links are not yet looked up. page: None when there are problems.
    """

    id: str
    language: str
    path: Path
    facts: Mapping[str, Located]
    ideas: tuple[Idea, ...]
    headings: tuple[Heading, ...]
    page: Page | None
    problems: tuple[ContentError, ...]


@dataclass(frozen=True, slots=True)
class HardWord:
    """Glossary term: a hard word, written as in words.yaml, and what it means in easy words.

    place: the meaning, with its line and column.
    """

    word: str
    means: str
    symbol: Symbol | None
    place: Located


@dataclass(frozen=True, slots=True)
class Language:
    """All that the site shows in one language.

    parts: folder -> pages in order; the parts that home leads to come first. pages: id -> page,
    those without a part too, home not. A page may be borrowed: then `page.language` is another
    one, whose hard words and ways to say words hold for it. hard_words: by the word in small
    letters.
    """

    code: str
    home: Home
    parts: dict[str, tuple[Page, ...]]
    pages: dict[str, Page]
    hard_words: dict[str, HardWord]
    say: dict[str, str]
    official: tuple[str, ...]
