"""What a symbol is, who is to be thanked for it, and when two names mean the same."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Protocol

from kiosk.errors import UseRefused
from kiosk.symbols.later import Later

if TYPE_CHECKING:
    from kiosk.symbols.composing.declaration import Declaration

Use = Literal["screen", "print", "download"]
USES: tuple[Use, ...] = ("screen", "print", "download")
CHANGED = "We changed it: we put parts together, and lines and colours are ours."

SVG_TYPE = "image/svg+xml"
SUFFIXES = {SVG_TYPE: ".svg", "image/png": ".png"}

_APOSTROPHE = re.compile("['\u2018\u2019]")
NUMBER = re.compile(r" \d+[a-z]?$")  # "bus 2", "bus 1a": one of several pictures of a thing
_ALIKE = re.compile(r"\bSA\b|share[ -]?alike", re.IGNORECASE)
_BETWEEN = re.compile(r"[\W_]+")
_FOLDED = re.compile("[a-z0-9]+(?: [a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Credit:
    """Who made a picture, and what one may do with it.

    attribution: the line that the makers ask for, or "" for a line made of the others. may_be: on
    a screen, in print, or in a file that people take away. may_be_changed: it may be a part of
    another picture. changed: it is one.
    """

    title: str
    creator: str
    licence: str
    url: str
    attribution: str = ""
    may_be: tuple[Use, ...] = USES
    may_be_changed: bool = False
    changed: bool = False

    @property
    def passes_on(self) -> bool:
        """Whether what is made of it must have its licence too."""
        return _ALIKE.search(self.licence) is not None

    @property
    def line(self) -> str:
        """The thanks in one line."""
        parts = (self.title, self.creator, self.licence, self.url)
        thanks = self.attribution or ". ".join(one.rstrip(".") for one in parts if one) + "."
        return f"{thanks} {CHANGED}" if self.changed else thanks


@dataclass(frozen=True)
class Symbol:
    """A picture.

    name: as its source calls it. words: what the picture shows, for those who cannot see it.
    file: its bytes, or what draws them; a PNG when media_type says so. declaration: what it is made
    of, None for a picture as its makers drew it. thanks: the credit of each of its parts.
    """

    name: str
    words: str
    file: bytes | Later[bytes]
    media_type: str
    credit: Credit
    declaration: Declaration | None = None
    thanks: tuple[Credit, ...] = ()

    @property
    def svg(self) -> bytes:
        """The bytes of the file."""
        return self.file.made if isinstance(self.file, Later) else self.file

    @cached_property
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
    """There is no picture of this name.

    near: finds the names that are near, nearest first; it is asked only when somebody reads them.
    advice: what to try where no other name is the answer.
    """

    def __init__(
        self,
        name: str,
        problem: str = "",
        *,
        near: Callable[[], tuple[str, ...]] = tuple,
        advice: str = "",
    ) -> None:
        super().__init__(problem or f'I do not know the picture "{name}".')
        self.name = name
        self.advice = advice
        self._near = near

    @cached_property
    def suggestions(self) -> tuple[str, ...]:
        """Names that are near, nearest first."""
        return self._near()

    @property
    def hint(self) -> str:
        """What to try: the advice, the suggestions as a question, or ""."""
        if self.advice:
            return self.advice
        if not self.suggestions:
            return ""
        quoted = [f'"{one}"' for one in self.suggestions]
        return f"Did you mean {' or '.join(quoted)}?"


class Finder(Protocol):
    """Finds a picture by its name."""

    def find(self, name: str) -> Symbol:
        """Return the picture of this name. Raises UnknownSymbol with suggestions."""


def fold(name: str) -> str:
    """Bring a name to one form: `Sun_with-Face` and `sun with face` are the same picture."""
    if _FOLDED.fullmatch(name):
        return name  # most are asked for so
    return _BETWEEN.sub(" ", _APOSTROPHE.sub("", name.casefold())).strip()


def credits(symbols: Iterable[Symbol], use: Use) -> list[Credit]:  # noqa: A001 - the word on the leaflet
    """Return each credit of these pictures once, in the order of their titles.

    Two that thank in the same words are one, whatever else they allow.

    Whoever shows, prints or gives away pictures asks this first. Raises UseRefused with the names
    of all pictures that may not be used in this way.
    """
    used = tuple(symbols)
    barred = {one.name: one.credit for one in used if use not in one.credit.may_be}
    if barred:
        raise UseRefused(_refusal(barred, use))
    thanked = {credit for one in used for credit in one.thanks or (one.credit,) if credit.creator}
    in_order = sorted(thanked, key=lambda one: (one.title, one.creator, one.url, one.changed))
    return list({one.line: one for one in in_order}.values())


_WAYS = {
    "screen": "be shown on a screen",
    "print": "be printed",
    "download": "be in a file that people take away",
}


def _refusal(barred: Mapping[str, Credit], use: Use) -> str:
    names = ", ".join(f'"{name}" ({credit.title})' for name, credit in sorted(barred.items()))
    one = len(barred) == 1
    return (
        f"{'This picture' if one else 'These pictures'} may not {_WAYS[use]}: {names}. "
        f"Choose {'another one' if one else 'others'}, or ask who made {'it' if one else 'them'}."
    )
