"""What every screen is made of: its HTML templates, and the list of what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from kiosk.content import HardWord
from kiosk.symbols import Symbol

templates = Environment(
    loader=PackageLoader("kiosk.ui"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def picture(symbol: Symbol) -> str:
    """Return the address of a picture; a picture that changes gets another address."""
    return f"/files/{symbol.sha256}{symbol.suffix}"


templates.globals["picture"] = picture


@dataclass(frozen=True, slots=True)
class Screen:
    """All that a screen shows in one language.

    html, texts: by page id ("interface" has texts only). index: page id -> title, colour and
    neighbours. words: the interface. spoken: the keys of those that texts["interface"] holds, in
    its order. say: how words are said. symbols: every picture. logo: home's. you_said: the picture
    of the page `you-said`, if it has news to lead to.
    """

    html: dict[str, str]
    texts: dict[str, list[str]]
    index: dict[str, dict[str, Any]]
    words: dict[str, str]
    spoken: list[str]
    hard_words: Mapping[str, HardWord]
    say: dict[str, str]
    symbols: tuple[Symbol, ...]
    logo: Symbol
    you_said: Symbol | None = None


class Speech:
    """Collects what a page says while its HTML is made; the same text is kept once."""

    def __init__(self, words: dict[str, str]) -> None:
        self.texts: list[str] = []
        self.words = words
        self._places: dict[str, int] = {}

    def say(self, text: str) -> int:
        """Return the place of a stretch that is read along: each has a place of its own."""
        self.texts.append(text)
        return len(self.texts) - 1

    def tell(self, key: str, **values: object) -> int:
        """Return the place of a text of the interface, with its {gaps} filled."""
        return self.once(self.words[key].format(**values))

    def once(self, text: str) -> int:
        """Return the place of a text that is only heard, never read along."""
        if text not in self._places:
            self._places[text] = self.say(text)
        return self._places[text]


def day_in_words(day: date) -> str:
    """Return a day as it is said: "24 November 2026"."""
    return f"{day.day} {day:%B %Y}"


def clock_in_words(clock: time) -> str:
    """Return a time as it is said: "10am", "2:30pm", "12 noon"."""
    if clock.minute == 0 and clock.hour % 12 == 0:
        return "12 noon" if clock.hour else "12 midnight"
    minutes = f":{clock.minute:02}" if clock.minute else ""
    return f"{clock.hour % 12 or 12}{minutes}{'pm' if clock.hour >= 12 else 'am'}"
