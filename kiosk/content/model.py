"""Pages as the rest of the program sees them: typed, complete and never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from kiosk.symbols import Symbol

Status = Literal["draft", "ready", "published"]
Colour = Literal["blue", "purple", "green", "orange", "pink"]
MarkKind = Literal["hard", "bold", "link"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a sentence, text[start:end].

    kind: "hard" is a bold word that words.yaml explains (target: its key in `hard_words`),
    "bold" any other bold words (target ""), "link" leads to a page or survey (target: its id).
    """

    start: int
    end: int
    kind: MarkKind
    target: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, as it is seen and spoken; line: in its file, from 1."""

    text: str
    marks: tuple[Mark, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Idea:
    """One picture with its sentences, and the list below them.

    words: what the picture shows here. heading: the `# heading` that begins just before.
    """

    symbol: Symbol | None
    words: str
    heading: str | None
    sentences: tuple[Sentence, ...]
    items: tuple[Sentence, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page. path: relative to the site's folder; stamp: changes with what the page shows."""

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
    stamp: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One big button of the home page: it leads to a part or to a survey, never both."""

    title: str
    symbol: Symbol
    colour: Colour
    part: str | None
    survey: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Home(Page):
    """The page that a visit begins with."""

    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class HardWord:
    """A hard word, written as in words.yaml, and what it means in easy words."""

    word: str
    means: str
    symbol: Symbol | None


@dataclass(frozen=True, slots=True)
class Language:
    """All that the site shows in one language.

    parts: folder -> pages in order; the parts that home leads to come first. pages: id -> page,
    those without a part too, home not. hard_words: by the word in small letters.
    """

    code: str
    home: Home
    parts: dict[str, tuple[Page, ...]]
    pages: dict[str, Page]
    hard_words: dict[str, HardWord]
    say: dict[str, str]
    official: tuple[str, ...]
