"""Entries of the word book, and of the `pictures:` of a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kiosk.errors import ContentError
from kiosk.located import Located, Read, check, did_you_mean
from kiosk.symbols.box import words_in_a_box
from kiosk.symbols.composing.declaration import (
    OPERATORS,
    Declaration,
    is_made,
    leaves,
    read,
    write,
)
from kiosk.symbols.model import Finder, Symbol, UnknownSymbol, fold

LONGEST_WORDS = 200
_KEYS = ("symbol", "words")


class Plain(BaseModel):
    """One idea of the word book; `safety: shield` is short for `safety: {symbol: shield}`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    symbol: Annotated[str, Field(min_length=1, max_length=100)]
    words: Annotated[str, Field(max_length=LONGEST_WORDS)] = ""

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: object) -> object:
        return {"symbol": value} if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands for one name: a picture by its name, or a declaration. words: "" for built."""

    line: int
    symbol: str = ""
    declaration: Declaration | None = None
    words: str = ""


def read_entries(node: Located, *, shown: Path, name: str = "This file") -> Read[dict[str, Entry]]:
    """Read all entries that can be read, and what is wrong with the others."""
    if node.value == "":
        return Read({})
    if not isinstance(node.value, dict):
        problem = f'{name} must be lines of "key: value".'
        return Read({}, (ContentError(shown, node.line, problem),))
    good: dict[str, Entry] = {}
    wrong: list[ContentError] = []
    for key, inside in node.value.items():
        here = Located(inside.value, node.key_lines[key], inside.key_lines)
        try:
            if _is_plain(here):
                plain, problems = check(Plain, here, shown=shown, name=f'"{key}"')
                wrong += problems
                if plain is not None:
                    good[key] = Entry(here.line, plain.symbol, None, plain.words)
            else:
                good[key] = _made(here, shown)
        except ContentError as error:
            wrong.append(error)
    return Read(good, tuple(wrong))


def _is_plain(node: Located) -> bool:
    """Tell whether this names a picture; what is neither that nor an operator is told as such."""
    if not isinstance(node.value, dict):
        return not isinstance(node.value, tuple)
    if not is_made(node) or "symbol" in node.value:
        return True
    others = [one for one in node.value if one not in _KEYS and one not in OPERATORS]
    return bool(others) and bool(did_you_mean(others[0], _KEYS))


def _made(node: Located, shown: Path) -> Entry:
    words = ""
    if isinstance(node.value, dict) and "words" in node.value:
        said = node.value["words"]
        line = node.key_lines["words"]
        if not isinstance(said.value, str) or len(said.value) > LONGEST_WORDS:
            problem = f'"words" must be words, {LONGEST_WORDS} letters at most.'
            raise ContentError(shown, line, problem)
        words = " ".join(said.value.split())
        rest = {key: one for key, one in node.value.items() if key != "words"}
        node = Located(rest, node.line, node.key_lines)
    return Entry(node.line, "", read(node, shown=shown), words)


def picture_of(entry: Entry, finder: Finder, *, name: str, shown: Path) -> Symbol:
    """Return the picture of an entry, called by its name if it is made of parts.

    Raises ContentError at the line of the part that is wrong.
    """
    if entry.declaration is None:
        try:
            found = finder.find(entry.symbol)
        except UnknownSymbol as error:
            raise ContentError(shown, entry.line, str(error), error.hint) from None
        return found.shown_as(entry.words)
    for leaf in leaves(entry.declaration):
        try:
            finder.find(leaf.name)
        except UnknownSymbol as error:
            raise ContentError(shown, leaf.line or entry.line, str(error), error.hint) from None
    try:
        found = finder.find(write(entry.declaration))
    except UnknownSymbol as error:
        raise ContentError(shown, entry.line, str(error), error.hint) from None
    if found.declaration is None:  # it stands in for one that is missing
        return words_in_a_box(name)
    return replace(found, name=name).shown_as(entry.words)


class WithOwn:
    """A finder that knows some names by itself: those that a page has declared."""

    def __init__(self, finder: Finder, own: Mapping[str, Symbol]) -> None:
        self._finder = finder
        self._own = own

    def find(self, name: str) -> Symbol:
        """Return the picture of this name. Raises UnknownSymbol with suggestions."""
        own = self._own.get(fold(name))
        return own if own is not None else self._finder.find(name)
