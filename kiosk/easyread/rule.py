"""What a rule is, and what it is given."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from kiosk.config import EasyRead
from kiosk.content import Source
from kiosk.easyread.common import easy_forms, frequent_words
from kiosk.easyread.language_pack import LanguagePack, Phrases
from kiosk.easyread.model import Hit, Passage
from kiosk.symbols import Symbol

# Where the rules come from.
HEALTH = "Department of Health, Making written information easier to understand (2010)"
EUROPE = "Inclusion Europe, Information for all (2009)"
GOVUK = "GOV.UK, Content design: writing for GOV.UK, and the GOV.UK style guide"
COGA = "W3C, Making content usable for people with cognitive and learning disabilities (2021)"
LEICHT = "Netzwerk Leichte Sprache, Die Regeln für Leichte Sprache"
SYMBOLS = "Photosymbols, guidance on easy read"
SPEECH = "This project: what the kiosk's voice needs"

_MOST_KNOWN = 20_000  # words of which a context remembers whether they are common


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture on a page.

    name: as the page calls it; words: what it shows there. beside: all words of its idea. numbers:
    those of a calendar that is declared. shows_twelve: an OpenMoji calendar, which has a 12.
    crossed_out: whether something in it is.
    """

    line: int
    name: str
    symbol: Symbol
    words: str
    beside: str = ""
    numbers: frozenset[int] = frozenset()
    shows_twelve: bool = False
    crossed_out: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """An idea of a page with its list, or a paragraph of a text; line: where it begins."""

    line: int
    sentences: tuple[Passage, ...]
    items: tuple[Passage, ...]

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Its sentences, then its list."""
        return (*self.sentences, *self.items)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file to check.

    titles: its title and headings, with their level (the title's is 0). blocks: the ideas of a
    page, the paragraphs of a text. loose: words without a block, such as those of a survey
    or the lines of home's choices.
    pictures: all of a page's pictures, those of its title and choices too. source: the page's
    file; None for other files.
    """

    path: Path
    language: str
    titles: tuple[tuple[int, Passage], ...] = ()
    blocks: tuple[Block, ...] = ()
    loose: tuple[Passage, ...] = ()
    pictures: tuple[PagePicture, ...] = ()
    source: Source | None = None

    @property
    def body(self) -> list[Passage]:
        """All passages but the titles, in reading order."""
        return [*(one for block in self.blocks for one in block.passages), *self.loose]

    @property
    def passages(self) -> list[Passage]:
        """All passages: titles first."""
        return [*(one for _, one in self.titles), *self.body]


@dataclass(frozen=True)
class Context:
    """What the rules know besides the file.

    terms: what must be explained, in all its forms -> its name. official: wording that no rule for
    words touches. explained: the names that
    words.yaml explains; here: those that this file explains itself; learned: those that the other
    pages explain, which visitors may read. allowed: words of the site in
    small letters; names: with a capital these are names. ideas: the word book of pictures.
    """

    settings: EasyRead
    pack: LanguagePack
    terms: Phrases
    official: re.Pattern[str] | None
    explained: frozenset[str]
    allowed: frozenset[str]
    names: frozenset[str]
    ideas: frozenset[str]
    today: date
    here: frozenset[str] = frozenset()
    learned: frozenset[str] = frozenset()

    def explains(self, name: str) -> bool:
        """Tell whether words.yaml, this file or another page says what a term means."""
        return name in self.explained or name in self.here or name in self.learned

    def is_common(self, low: str) -> bool:
        """Tell whether a word in small letters is one that most people know."""
        known = self._common.get(low)
        if known is None:
            if len(self._common) > _MOST_KNOWN:
                self._common.clear()
            known = self._common[low] = self._is_common(low)
        return known

    @cached_property
    def _common(self) -> dict[str, bool]:
        return {}

    def _is_common(self, low: str) -> bool:
        if low in self.allowed:
            return True
        frequent = frequent_words(self.pack.language, self.settings.common_words)
        easy = self.pack.words("easy")
        forms = easy_forms(low, self.pack.language)
        return any(one in frequent or one in easy or one in self.allowed for one in forms)


Find = Callable[[Sheet, Context], Iterator[Hit]]
Across = Callable[[Sequence[Sheet], Context], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, all of it.

    severity: "E", "W" or "W, E". about: what it fires on. why: the reason, for staff. bad, good:
    an example. source: who asks for it. settings: the keys of [easyread] that it reads.
    needs_words: it runs only where there are lists for the language. keeps_back: the kiosk does not
    show a page that breaks it, so nobody can ignore it. find: looks at one file; across: looks at
    all files of a language together. A rule has one of them, or both.
    """

    id: str
    name: str
    severity: str
    why: str
    bad: str
    good: str
    source: str
    about: str
    settings: tuple[str, ...] = ()
    needs_words: bool = False
    keeps_back: bool = False
    find: Find | None = None
    across: Across | None = None


RULES: dict[str, Rule] = {}


def rule(
    id: str,  # noqa: A002 - what it is called in the output
    name: str,
    severity: str,
    *,
    why: str,
    bad: str,
    good: str,
    source: str,
    settings: tuple[str, ...] = (),
    needs_words: bool = False,
    keeps_back: bool = False,
    across: Across | None = None,
) -> Callable[[Find], Find]:
    """Declare a rule above the function that finds what breaks it; its docstring is `about`."""

    def declare(find: Find) -> Find:
        about = inspect.cleandoc(find.__doc__ or "")
        RULES[id] = Rule(
            id,
            name,
            severity,
            why,
            bad,
            good,
            source,
            about,
            settings,
            needs_words,
            keeps_back,
            find,
            across,
        )
        return find

    return declare
