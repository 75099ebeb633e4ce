"""The pictures of one site: word book, the site's own, OpenMoji, packs."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import ValidationInfo

from kiosk.config import Site
from kiosk.errors import ContentError
from kiosk.files import Stamp, stamp_of
from kiosk.located import Mistake, Read, parse_yaml, read_text
from kiosk.symbols.composing.entries import read_entries
from kiosk.symbols.lookup import Lookup, Sources
from kiosk.symbols.model import Finder, Symbol, UnknownSymbol, fold
from kiosk.symbols.own import folder_of, read_own
from kiosk.symbols.packs import ABOUT, INDEX, Pack, load_pack
from kiosk.symbols.people import Cast, read_cast
from kiosk.symbols.people.own_cast import file_of
from kiosk.symbols.picture_words import FILE, TranslatedFinder, read_picture_words


@dataclass(frozen=True, slots=True)
class _State:
    """All that was read at one time; never changed, only replaced."""

    stamps: Mapping[Path, Stamp] = field(default_factory=dict)
    sources: Sources = field(default_factory=Sources)
    lookup: Lookup = field(default_factory=lambda: Lookup(Sources(), ""))
    packs: tuple[Read[Pack], ...] = ()
    picture_words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    problems: tuple[ContentError, ...] = ()

    @property
    def entries(self) -> Mapping[str, Symbol]:
        """The word book: folded idea -> picture."""
        return self.lookup.entries


class SymbolBook:
    """Symbol vocabulary: finds a site's pictures by name; safe to use from several threads."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._lock = threading.Lock()
        self._state = _State()
        self.refresh()

    @property
    def problems(self) -> tuple[ContentError, ...]:
        """What is wrong with the word book and the site's own pictures."""
        return self._state.problems

    @property
    def ideas(self) -> Mapping[str, Symbol]:
        """The word book: folded idea -> picture."""
        return self._state.entries

    @property
    def own(self) -> Mapping[str, Symbol]:
        """The site's own pictures by folded name."""
        return self._state.sources.own.pictures

    @property
    def packs(self) -> tuple[Pack, ...]:
        """The packs that the site has taken over, by name."""
        return self._state.sources.packs

    @property
    def cast(self) -> Cast:
        """The people that pictures can show: folded name -> person."""
        return self._state.sources.cast

    def find(self, name: str) -> Symbol:
        """Return the picture of this name. Raises UnknownSymbol with suggestions.

        It may be a declaration too, as `{says: [zara, red heart]}`, and somebody of the cast.
        """
        return self._state.lookup.find(name)

    def in_language(self, language: str) -> Finder:
        """Return a finder whose pictures say what they show in the words of this language."""

        def redrawn(symbol: Symbol) -> Symbol:
            return self._state.lookup.in_language(symbol, language)

        return TranslatedFinder(self, self._state.picture_words.get(language, {}), redrawn)

    def names(self) -> list[str]:
        """Return every name that `find` knows, in their order."""
        state = self._state
        return sorted({*state.entries, *state.sources.names()})

    def refresh(self) -> bool:
        """Read again what has changed on disk; True when a picture or a problem is another.

        A broken entry keeps its last good version, and a broken file all of its entries.
        """
        with self._lock:
            old = self._state
            stamps = self._scan()
            if stamps == old.stamps:
                return False
            own, problems_of_own = read_own(self._site, stamps, old.sources.own)
            packs = self._read_packs(stamps, old)
            cast, of_cast = read_cast(self._site, stamps, old.sources.cast)
            sources = Sources(own, tuple(pack for pack, _ in packs), cast)
            lookup, wrong = self._read_entries(old, stamps, sources)
            of_packs = (one for pack in packs for one in pack.problems)
            problems = [*problems_of_own, *wrong, *of_cast, *of_packs]
            self._state = _State(stamps, sources, lookup, packs)
            try:
                picture_words, wrong_words = self._read_picture_words(stamps, old)
            except BaseException:
                self._state = old  # what came to no end is looked at again
                raise
            problems += wrong_words
            problems.sort(key=lambda one: (str(one.path), one.line))
            self._state = replace(
                self._state, picture_words=picture_words, problems=tuple(problems)
            )
            return _seen(self._state) != _seen(old)

    @property
    def _book_file(self) -> Path:
        return self._site.content / FILE

    @property
    def _picture_words_files(self) -> dict[str, Path]:
        others = self._site.settings.site.languages[1:]
        return {code: self._site.content / code / FILE for code in others}

    def _scan(self) -> dict[Path, Stamp]:
        packs = self._site.assets / "packs"
        found = [
            self._book_file,
            file_of(self._site),
            *self._picture_words_files.values(),
            *_inside(folder_of(self._site)),
        ]
        for pack in _inside(packs):
            if not pack.name.startswith("."):  # one that is just being added
                found += [pack / ABOUT, pack / INDEX]
        kinds = (".svg", ".png", ".yaml", ".csv")
        stamps = {path: stamp_of(path) for path in found if path.suffix in kinds}
        return {path: stamp for path, stamp in stamps.items() if stamp is not None}

    def _read_entries(
        self, old: _State, stamps: Mapping[Path, Stamp], sources: Sources
    ) -> Read[Lookup]:
        lookup = Lookup(sources, self._site.settings.site.languages[0], self._words_of)
        path = self._book_file
        if path not in stamps:
            return Read(lookup)
        shown = self._site.shown(path)
        try:
            node = parse_yaml(read_text(path, shown=shown), shown=shown)
        except ContentError as error:
            lookup.entries.update(old.entries)
            return Read(lookup, (error,))
        good, found = read_entries(node, shown=shown)
        if isinstance(node.value, dict):
            for idea in map(fold, node.value):
                if idea in old.entries and idea not in map(fold, good):
                    lookup.entries[idea] = old.entries[idea]
        _, wrong = lookup.take(good, old.entries, shown)
        return Read(lookup, (*found, *wrong))

    def _words_of(self, language: str, name: str) -> str:
        """Return what the site says that a picture shows, in a language that is not its first."""
        return self._state.picture_words.get(language, {}).get(name, "")

    def _read_picture_words(
        self, stamps: Mapping[Path, Stamp], old: _State
    ) -> Read[dict[str, Mapping[str, str]]]:
        picture_words: dict[str, Mapping[str, str]] = {}
        problems: list[ContentError] = []
        for code, path in self._picture_words_files.items():
            if path in stamps:
                before = old.picture_words.get(code, {})
                shown = self._site.shown(path)
                picture_words[code], wrong = read_picture_words(
                    path, shown=shown, pictures=self, before=before
                )
                problems += wrong
        return Read(picture_words, tuple(problems))

    def _read_packs(self, stamps: Mapping[Path, Stamp], old: _State) -> tuple[Read[Pack], ...]:
        before = {one.value.folder: one for one in old.packs}
        packs = []
        for folder in (path.parent for path in stamps if path.name == ABOUT):
            files = (folder / ABOUT, folder / INDEX)
            same = all(stamps.get(one) == old.stamps.get(one) for one in files)
            pack = before[folder] if same else load_pack(self._site, folder)
            if pack.problems and not pack.value.listed and folder in before:
                pack = Read(before[folder].value, pack.problems)
            packs.append(pack)
        return tuple(packs)


def _inside(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return sorted(folder / one.name for one in entries)
    except OSError:
        return []  # no folder, nothing in it


def _seen(state: _State) -> tuple[object, ...]:
    """Return what others can see of a state."""
    return (
        state.entries,
        state.sources.own.pictures,
        state.sources.own.without_credit,
        state.sources.cast,
        state.packs,
        state.picture_words,
        [str(one) for one in state.problems],
    )


def picture_name(name: str, info: ValidationInfo) -> str:
    """For an `AfterValidator`: the name of a picture that `context["symbols"]` knows."""
    if info.context is None:
        raise TypeError('validate(..., context={"symbols": Finder}) is needed')
    book: Finder = info.context["symbols"]
    try:
        book.find(name)
    except UnknownSymbol as error:
        raise Mistake(str(error), error.hint) from None
    return name
