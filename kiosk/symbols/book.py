"""The pictures of one site: word book, the site's own, OpenMoji, packs."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from kiosk.config import Site
from kiosk.errors import ContentError
from kiosk.files import Stamp, stamp_of
from kiosk.located import Mistake, Read, did_you_mean, parse_yaml, read_text, validate_each
from kiosk.symbols import openmoji, scenes
from kiosk.symbols.model import Finder, Symbol, UnknownSymbol, fold
from kiosk.symbols.own import Own, folder_of, read_own
from kiosk.symbols.packs import ABOUT, INDEX, Pack, load_pack
from kiosk.symbols.people import FILE as CAST_FILE
from kiosk.symbols.people import SHIPPED, Cast, read_cast
from kiosk.symbols.picture_words import FILE, TranslatedFinder, read_picture_words


class _Entry(BaseModel):
    """One idea of the word book; `safety: shield` is short for `safety: {symbol: shield}`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    symbol: Annotated[str, Field(min_length=1, max_length=100)]
    words: Annotated[str, Field(max_length=200)] = ""

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: object) -> object:
        return {"symbol": value} if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class _State:
    """All that was read at one time; never changed, only replaced."""

    stamps: Mapping[Path, Stamp] = field(default_factory=dict)
    entries: Mapping[str, Symbol] = field(default_factory=dict)
    own: Own = field(default_factory=Own)
    cast: Cast = field(default_factory=lambda: SHIPPED)
    packs: tuple[Read[Pack], ...] = ()
    picture_words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    problems: tuple[ContentError, ...] = ()


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
        return self._state.own.pictures

    @property
    def cast(self) -> Cast:
        """The people in the pictures by folded name: of every site, and the site's own."""
        return self._state.cast

    @property
    def packs(self) -> tuple[Pack, ...]:
        """The packs that the site has taken over, by name."""
        return tuple(pack for pack, _ in self._state.packs)

    def find(self, name: str) -> Symbol:
        """Return the picture of this name. Raises UnknownSymbol with suggestions."""
        return _find(name, self._state, fold(name))

    def in_language(self, language: str) -> Finder:
        """Return a finder whose pictures say what they show in the words of this language."""
        return TranslatedFinder(self, self._state.picture_words.get(language, {}))

    def names(self) -> list[str]:
        """Return every name that `find` knows, in their order."""
        state = self._state
        listed = (name for pack, _ in state.packs for name in pack.listed)
        return sorted(
            {*state.entries, *state.own.pictures, *scenes.names(), *openmoji.names(), *listed}
        )

    def refresh(self) -> bool:
        """Read again what has changed on disk; True when a picture or a problem is another.

        A broken entry keeps its last good version, and a broken file all of its entries.
        """
        with self._lock:
            old = self._state
            stamps = self._scan()
            if stamps == old.stamps:
                return False
            own, problems_of_own = read_own(self._site, stamps, old.own)
            cast, problems_of_cast = read_cast(self._site, stamps, old.cast)
            packs = self._read_packs(stamps, old)
            state = _State(stamps, {}, own, cast, packs)
            entries, wrong = self._read_entries(old, state)
            of_packs = (one for pack in packs for one in pack.problems)
            problems = [*problems_of_own, *problems_of_cast, *wrong, *of_packs]
            self._state = replace(state, entries=entries)
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
            self._site.content / CAST_FILE,
            *self._picture_words_files.values(),
            *_inside(folder_of(self._site)),
        ]
        for pack in _inside(packs):
            if not pack.name.startswith("."):  # one that is just being added
                found += [pack / ABOUT, pack / INDEX]
        kinds = (".svg", ".png", ".yaml", ".csv")
        stamps = {path: stamp_of(path) for path in found if path.suffix in kinds}
        return {path: stamp for path, stamp in stamps.items() if stamp is not None}

    def _read_entries(self, old: _State, state: _State) -> Read[Mapping[str, Symbol]]:
        path = self._book_file
        if path not in state.stamps:
            return Read({})
        shown = self._site.shown(path)
        try:
            node = parse_yaml(read_text(path, shown=shown), shown=shown)
        except ContentError as error:
            return Read(old.entries, (error,))
        good, found = validate_each(_Entry, node, shown=shown)
        problems = list(found)
        entries: dict[str, Symbol] = {}
        for idea, entry in good.items():
            try:
                symbol = _find(entry.symbol, state, fold(entry.symbol))
                entries[fold(idea)] = symbol.shown_as(entry.words)
            except UnknownSymbol as error:
                problems.append(ContentError(shown, node.key_lines[idea], str(error), error.hint))
        if isinstance(node.value, dict):
            for idea in map(fold, node.value):
                if idea in old.entries:
                    entries.setdefault(idea, old.entries[idea])
        return Read(entries, tuple(problems))

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
        state.own.pictures,
        state.own.without_credit,
        state.cast,
        state.packs,
        state.picture_words,
        [str(one) for one in state.problems],
    )


def _find(name: str, state: _State, folded: str) -> Symbol:
    found = state.entries.get(folded) or state.own.pictures.get(folded)
    found = found or scenes.scene(folded, state.cast) or openmoji.find(folded)
    try:
        found = found or _in_packs([pack for pack, _ in state.packs], folded)
    except ContentError as error:
        raise UnknownSymbol(name, (), f'The picture "{name}" cannot be used: {error}') from None
    if found is not None:
        if "screen" not in found.credit.may_be:
            problem = f'The picture "{name}" may not be shown on a screen ({found.credit.title}).'
            raise UnknownSymbol(name, (), problem)
        return found
    if folded in state.own.without_credit:
        raise UnknownSymbol(
            name,
            (),
            f'The picture "{state.own.without_credit[folded]}" cannot be used before '
            "assets/pictures/pictures.yaml says what it shows and who made it.",
        )
    listed = (one for pack, _ in state.packs for one in pack.listed)
    known = [*state.entries, *state.own.pictures, *scenes.names()]
    known += [*openmoji.clear_names(), *listed]
    raise UnknownSymbol(name, did_you_mean(folded, known, 3))


def _in_packs(packs: Sequence[Pack], folded: str) -> Symbol | None:
    for pack in packs:
        if folded in pack.listed:
            return pack.find(folded)
    for pack in packs:
        before = f"{fold(pack.name)} "
        if folded.startswith(before) and folded.removeprefix(before) in pack.listed:
            return pack.find(folded.removeprefix(before))
    return None


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
