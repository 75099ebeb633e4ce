"""What every screen is made of: its HTML templates, and the list of what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kiosk.content import sentence_spans
from kiosk.recorded.model import PageVoice
from kiosk.screen.interface_words import Interface, Utterance
from kiosk.screen.languages import direction, isolated, language_name
from kiosk.symbols import Symbol, is_wide

templates = Environment(
    loader=PackageLoader("kiosk.screen"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def picture(symbol: Symbol) -> str:
    """Return the address of a picture; a picture that changes gets another address."""
    return f"files/{symbol.sha256}{symbol.suffix}"


def part_language(language: str, around: str) -> Markup:
    """Return the attributes of a part whose language may not be that of what is around it."""
    if language == around:
        return Markup("")
    return Markup(' lang="{}" dir="{}"').format(language, direction(language))


templates.filters["isolated"] = isolated
templates.globals["picture"] = picture
templates.globals["is_wide"] = is_wide
templates.globals["part_language"] = part_language


@dataclass(frozen=True, slots=True)
class Narration:
    """Reading order of one page: what it says.

    texts: each at the place that the HTML knows it by. read: the places of what stands on the page
    and is read along, in the order in which it stands there. All others are only told: the name of
    a thing, what it is, what a picture shows, and what may come to stand where another text is.
    """

    texts: tuple[Utterance, ...]
    read: tuple[int, ...] = ()

    def in_order(self) -> tuple[Utterance, ...]:
        """Return what is read along, from the top of the page to its end."""
        return tuple(self.texts[place] for place in self.read)


@dataclass(frozen=True, slots=True)
class Screen:
    """All that a screen shows in one language.

    translated: whether it is not the site's first language. html, narrations: by page id
    ("interface" has no HTML). index: page id -> title, colour and neighbours. interface: the words
    around the page. spoken: the keys of those that narrations["interface"] holds, in its order.
    say: how words are said, in this language. symbols: every picture. logo: home's. pictures:
    those of the screen itself. you_said: the picture of the page `you-said`, if it has news to
    lead to. made_of: by page id, all that went into its HTML. voices: by page id, those of people
    that are heard now. codes: by page id, the pictures of the codes on its sheet `Take it home`,
    by the names of their files. documents: by page id, the name of the one that it offers.
    """

    language: str
    translated: bool
    html: dict[str, str]
    narrations: dict[str, Narration]
    index: dict[str, dict[str, Any]]
    interface: Interface
    spoken: list[str]
    say: dict[str, str]
    symbols: tuple[Symbol, ...]
    logo: Symbol
    pictures: Mapping[str, Symbol]
    you_said: Symbol | None = None
    made_of: dict[str, object] = field(default_factory=dict)
    voices: dict[str, PageVoice] = field(default_factory=dict)
    codes: dict[str, Mapping[str, bytes]] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)

    def own_texts(self) -> list[str]:
        """Return all texts in the screen's own language."""
        return [
            one.text
            for narration in self.narrations.values()
            for one in narration.texts
            if one.language == self.language
        ]

    def keep(self, page: str, made_of: object, before: Screen | None) -> bool:
        """Take a page from `before` if all that goes into it is as it was; tell whether."""
        self.made_of[page] = made_of
        if before is None or before.made_of.get(page) != made_of:
            return False
        self.html[page] = before.html[page]
        self.narrations[page] = before.narrations[page]
        self.index[page] = before.index[page]
        if page in before.codes:
            self.codes[page] = before.codes[page]
        return True


class Speech:
    """Collects what a page says while its HTML is made, from its top to its end.

    language: the page's own, which may not be that of the interface around it.
    """

    def __init__(self, interface: Interface, language: str) -> None:
        self.interface = interface
        self.language = language
        self._texts: list[Utterance] = []
        self._read: list[int] = []
        self._told: dict[Utterance, int] = {}

    def narration(self) -> Narration:
        """Return all that the page says."""
        return Narration(tuple(self._texts), tuple(self._read))

    def say(self, text: str, language: str = "") -> int:
        """Return the place of a stretch that is read along: each has a place of its own."""
        return self._add(Utterance(text, language or self.language))

    def label(self, key: str) -> int:
        """Return the place of a text of the interface that is read along."""
        return self._add(self.interface.said(key))

    def sentences(self, said: Utterance) -> list[tuple[int, str]]:
        """Return each sentence of a text with its place: it is read along."""
        cut = [said.text[start:end] for start, end in sentence_spans(said.text)]
        return [(self.say(one, said.language), one) for one in cut]

    def tell(self, key: str, **values: object) -> int:
        """Return the place of a text of the interface that is only told, its {gaps} filled."""
        return self._tell(self.interface.said(key, **values))

    def not_translated(self, code: str) -> list[tuple[int, str]]:
        """Return the notice that what follows is not in the language of the screen, `code`."""
        names = {
            name: language_name(one, self.interface.language)
            for name, one in (("language", self.language), ("own", code))
        }
        return self.sentences(self.interface.said("not_translated", **names))

    def aside(self, key: str) -> int:
        """Return the place of a text of the interface that stands on a sheet of the page.

        It is read along there, and no part of what the page itself says.
        """
        return self._aside(self.interface.said(key))

    def aside_text(self, text: str) -> int:
        """Return the same for a text of no language, such as a web address."""
        return self._aside(Utterance(text, self.interface.language))

    def _aside(self, said: Utterance) -> int:
        self._texts.append(said)
        return len(self._texts) - 1

    def once(self, text: str) -> int:
        """Return the place of a text of the page that is only told, never read along."""
        return self._tell(Utterance(text, self.language))

    def _tell(self, said: Utterance) -> int:
        if said not in self._told:  # the same text is kept once
            self._texts.append(said)
            self._told[said] = len(self._texts) - 1
        return self._told[said]

    def _add(self, said: Utterance) -> int:
        self._texts.append(said)
        self._read.append(len(self._texts) - 1)
        return self._read[-1]
