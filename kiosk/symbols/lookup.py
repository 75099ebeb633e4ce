"""A name -> a picture of the site, wherever it comes from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from kiosk.errors import ContentError
from kiosk.located import Read, did_you_mean
from kiosk.symbols import openmoji, ours, scenes
from kiosk.symbols.composing.composing import Composer, posed, wrong_pose
from kiosk.symbols.composing.dates import words_of
from kiosk.symbols.composing.declaration import DATE, Declaration, Leaf, read_text
from kiosk.symbols.composing.entries import Entry, picture_of
from kiosk.symbols.model import Finder, Symbol, UnknownSymbol, fold
from kiosk.symbols.own import Own
from kiosk.symbols.packs import Pack
from kiosk.symbols.people import SHIPPED, Cast

_A_DATE = re.compile(rf"\s*{DATE}\s+(.*\|.*)", re.IGNORECASE)
SiteWords = Callable[[str, str], str]


@dataclass(frozen=True)
class Sources:
    """Where pictures come from, beside the word book; each by folded names."""

    own: Own = field(default_factory=Own)
    packs: tuple[Pack, ...] = ()
    cast: Cast = field(default_factory=lambda: SHIPPED)

    def find(self, name: str) -> Symbol | None:
        """Return the picture of a name, or None. Raises UnknownSymbol where it cannot be used."""
        folded = fold(name)
        found = self.own.pictures.get(folded) or scenes.scene(folded, self.cast)
        found = found or ours.find(folded) or openmoji.find(folded)
        try:
            found = found or _in_packs(self.packs, folded)
        except ContentError as error:
            problem = f'The picture "{name}" cannot be used: {error}'
            raise UnknownSymbol(name, problem) from None
        return found

    def names(self) -> set[str]:
        """Return every name."""
        listed = (name for pack in self.packs for name in pack.listed)
        with_us = (*scenes.names(), *ours.names(), *openmoji.names())
        return {*self.own.pictures, *with_us, *listed}

    def clear_names(self) -> Iterable[str]:
        """Return the names fit to suggest."""
        listed = (name for pack in self.packs for name in pack.listed)
        with_us = (*scenes.names(), *ours.names(), *openmoji.clear_names())
        return [*self.own.pictures, *with_us, *self.cast, *listed]


class Lookup:
    """Finds by name: the word book stands above all sources.

    language: the first one of the site; its words are in the word book.
    """

    def __init__(self, sources: Sources, language: str, words: SiteWords = lambda *_: "") -> None:
        self.entries: dict[str, Symbol] = {}
        self._sources = sources
        self._language = language
        self._composer = Composer(sources.cast, self.find, words)
        self._waiting: dict[str, Callable[[], None]] = {}
        self._making: set[str] = set()

    def find(self, name: str) -> Symbol:
        """Return the picture of a name, a person, a date or a declaration. Raises UnknownSymbol."""
        declaration = _declared(name)
        if declaration is not None:
            return self._composer.compose(declaration, language=self._language)
        folded = fold(name)
        make = self._waiting.pop(folded, None)
        if make is not None:
            make()
        if folded in self._making:
            raise UnknownSymbol(name, f'The picture "{name}" is made of itself.')
        found = self.entries.get(folded) or self._sources.find(name)
        if found is not None:
            if "screen" not in found.credit.may_be:
                credit = found.credit.title
                problem = f'The picture "{name}" may not be shown on a screen ({credit}).'
                raise UnknownSymbol(name, problem)
            return found
        if posed(name, self._sources.cast) is not None:
            return self._composer.compose(Leaf(name), language=self._language, name=name)
        raise self._unknown(name)

    def in_language(self, symbol: Symbol, language: str) -> Symbol:
        """Return a picture as it is drawn and told in a language."""
        if language == self._language:
            return symbol
        if symbol.declaration is None:
            return scenes.leftwards(symbol) if words_of(language).leftwards else symbol
        return self._composer.compose(
            symbol.declaration, language=language, name=symbol.name, otherwise=symbol.words
        )

    def take(
        self, entries: Mapping[str, Entry], old: Mapping[str, Symbol], shown: Path
    ) -> Read[None]:
        """Make the pictures of a word book; where one cannot be made, its version in `old` stays.

        An entry may name another one, above or below it.
        """
        problems: list[ContentError] = []

        def make(idea: str, entry: Entry) -> None:
            finder: Finder = self if entry.declaration is not None else _Alone(self)
            self._making.add(fold(idea))
            try:
                self.entries[fold(idea)] = picture_of(entry, finder, name=idea, shown=shown)
            except ContentError as error:
                problems.append(error)
                if fold(idea) in old:
                    self.entries[fold(idea)] = old[fold(idea)]
            finally:
                self._making.remove(fold(idea))

        for idea, entry in entries.items():
            self._waiting[fold(idea)] = partial(make, idea, entry)
        for idea in entries:
            waits = self._waiting.pop(fold(idea), None)
            if waits is not None:
                waits()
        return Read(None, tuple(problems))

    def _unknown(self, name: str) -> UnknownSymbol:
        folded = fold(name)
        if folded in self._sources.own.without_credit:
            return UnknownSymbol(
                name,
                f'The picture "{self._sources.own.without_credit[folded]}" cannot be used before '
                "assets/pictures/pictures.yaml says what it shows and who made it.",
            )

        def near() -> tuple[str, ...]:
            return did_you_mean(folded, [*self.entries, *self._sources.clear_names()], 3)

        return UnknownSymbol(name, near=near, advice=wrong_pose(name, self._sources.cast))


class _Alone:
    """What a plain entry of the word book names: never another entry."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    def find(self, name: str) -> Symbol:
        lookup = self._lookup
        kept = lookup.entries, lookup._waiting, lookup._making
        lookup.entries, lookup._waiting, lookup._making = {}, {}, set()
        try:
            return lookup.find(name)
        finally:
            lookup.entries, lookup._waiting, lookup._making = kept


def _declared(name: str) -> Declaration | None:
    """Return what a name declares: `{says: [...]}`, or `date 3 - 7 | December 2018`."""
    text = name
    date = _A_DATE.fullmatch(name)
    if date is not None:
        shown = date[1].replace("\\", "").replace('"', "")
        text = f'{{{DATE}: "{shown}"}}'
    if not text.lstrip().startswith("{"):
        return None
    try:
        return read_text(text)
    except ContentError as error:
        raise UnknownSymbol(name, error.problem, advice=error.hint) from None


def _in_packs(packs: Sequence[Pack], folded: str) -> Symbol | None:
    for pack in packs:
        if folded in pack.listed:
            return pack.find(folded)
    for pack in packs:
        before = f"{fold(pack.name)} "
        if folded.startswith(before) and folded.removeprefix(before) in pack.listed:
            return pack.find(folded.removeprefix(before))
    return None
