"""What a symbol is, who is to be thanked for it, and when two names mean the same."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

SUFFIXES = {"image/svg+xml": ".svg", "image/png": ".png"}

_APOSTROPHE = re.compile("['\u2018\u2019]")
_BETWEEN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Credit:
    """Who made a picture, and what one may do with it."""

    title: str
    creator: str
    licence: str
    url: str


@dataclass(frozen=True, slots=True)
class Symbol:
    """A picture.

    name: as its source calls it. words: what the picture shows, for those who cannot see it.
    svg: the bytes of the file; a PNG when media_type says so.
    """

    name: str
    words: str
    svg: bytes
    media_type: str
    credit: Credit

    @property
    def sha256(self) -> str:
        """The digest of the picture's bytes, in hex: its name in an address."""
        return hashlib.sha256(self.svg).hexdigest()

    @property
    def suffix(self) -> str:
        """The end of the picture's file name, with its dot."""
        return SUFFIXES[self.media_type]

    def shown_as(self, words: str) -> Symbol:
        """Return the same picture with other words for it."""
        return replace(self, words=words) if words else self


class UnknownSymbol(LookupError):
    """There is no picture of this name; `suggestions` are names that are near, nearest first."""

    def __init__(self, name: str, suggestions: tuple[str, ...] = (), problem: str = "") -> None:
        super().__init__(problem or f'I do not know the picture "{name}".')
        self.name = name
        self.suggestions = suggestions

    @property
    def hint(self) -> str:
        """The suggestions as a question, or ""."""
        if not self.suggestions:
            return ""
        quoted = [f'"{one}"' for one in self.suggestions]
        return f"Did you mean {' or '.join(quoted)}?"


def fold(name: str) -> str:
    """Bring a name to one form: `Sun_with-Face` and `sun with face` are the same picture."""
    return _BETWEEN.sub(" ", _APOSTROPHE.sub("", name.casefold())).strip()


def credits(symbols: Iterable[Symbol]) -> list[Credit]:  # noqa: A001 - the word on the leaflet
    """Return each credit once, in the order of their titles."""
    return sorted(
        {one.credit for one in symbols}, key=lambda one: (one.title, one.creator, one.url)
    )
