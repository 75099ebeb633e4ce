"""The pictures of one site: word book, OpenMoji, the site's own."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from kiosk.config import Site
from kiosk.errors import ContentError
from kiosk.located import (
    Located,
    Mistake,
    did_you_mean,
    is_to_do,
    parse_yaml,
    read_text,
    validate_each,
)
from kiosk.symbols import drawing, openmoji
from kiosk.symbols.model import Credit, Finder, Symbol, UnknownSymbol, fold

Stamp = tuple[int, int, int, int]


class _Entry(BaseModel):
    """One idea of the word book; `safety: shield` is short for `safety: {symbol: shield}`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    symbol: Annotated[str, Field(min_length=1, max_length=100)]
    words: Annotated[str, Field(max_length=200)] = ""

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: object) -> object:
        return {"symbol": value} if isinstance(value, str) else value


class _About(BaseModel):
    """One entry of `pictures.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    words: Annotated[str, Field(min_length=1, max_length=200)]
    creator: Annotated[str, Field(min_length=1, max_length=200)]
    licence: Annotated[str, Field(min_length=1, max_length=200)]
    title: Annotated[str, Field(max_length=200)] = ""
    url: Annotated[str, Field(max_length=500)] = ""


@dataclass(frozen=True, slots=True)
class _State:
    """All that was read at one time; never changed, only replaced."""

    stamps: Mapping[Path, Stamp] = field(default_factory=dict)
    entries: Mapping[str, Symbol] = field(default_factory=dict)
    own: Mapping[str, Symbol] = field(default_factory=dict)
    without_credit: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[ContentError, ...] = ()


class SymbolBook:
    """Finds a site's pictures by name; safe to use from several threads."""

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
        return self._state.own

    def find(self, name: str) -> Symbol:
        """Return the picture of this name. Raises UnknownSymbol with suggestions."""
        return _find(name, self._state, fold(name))

    def names(self) -> list[str]:
        """Return every name that `find` knows, in their order."""
        state = self._state
        return sorted({*state.entries, *openmoji.names(), *state.own})

    def refresh(self) -> bool:
        """Read again what has changed on disk; True when a picture or a problem is another.

        A broken entry keeps its last good version, and a broken file all of its entries.
        """
        with self._lock:
            old = self._state
            stamps = self._scan()
            if stamps == old.stamps:
                return False
            own, without_credit, problems = self._read_own(stamps, old)
            state = _State(stamps, {}, own, without_credit)
            entries, more = self._read_entries(old, state)
            everything = sorted(problems + more, key=lambda one: (str(one.path), one.line))
            self._state = _State(stamps, entries, own, without_credit, tuple(everything))
            return (entries, own, without_credit, _said(everything)) != (
                old.entries,
                old.own,
                old.without_credit,
                _said(old.problems),
            )

    @property
    def _book_file(self) -> Path:
        return self._site.content / "symbols.yaml"

    @property
    def _pictures(self) -> Path:
        return self._site.assets / "pictures"

    def _scan(self) -> dict[Path, Stamp]:
        found = [self._book_file]
        try:
            with os.scandir(self._pictures) as entries:
                found += sorted(self._pictures / one.name for one in entries)
        except OSError:
            pass  # no folder, no pictures of the site's own
        stamps: dict[Path, Stamp] = {}
        for path in found:
            if path.suffix in (".svg", ".png", ".yaml"):
                try:
                    facts = path.stat()
                except FileNotFoundError:
                    continue
                except OSError:
                    stamps[path] = (0, 0, 0, 0)
                else:
                    stamps[path] = (
                        facts.st_mtime_ns,
                        facts.st_ctime_ns,
                        facts.st_size,
                        facts.st_ino,
                    )
        return stamps

    def _read_entries(
        self, old: _State, state: _State
    ) -> tuple[Mapping[str, Symbol], list[ContentError]]:
        path = self._book_file
        if path not in state.stamps:
            return {}, []
        shown = self._site.shown(path)
        try:
            node = parse_yaml(read_text(path, shown=shown), shown=shown)
        except ContentError as error:
            return old.entries, [error]
        good, problems = validate_each(_Entry, node, shown=shown)
        entries = {}
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
        return entries, problems

    def _read_own(
        self, stamps: Mapping[Path, Stamp], old: _State
    ) -> tuple[dict[str, Symbol], dict[str, str], list[ContentError]]:
        about: dict[str, _About] = {}
        problems: list[ContentError] = []
        file = self._pictures / "pictures.yaml"
        broken = False
        if file in stamps:
            shown = self._site.shown(file)
            try:
                node = parse_yaml(read_text(file, shown=shown), shown=shown)
                good, problems = validate_each(_About, node, shown=shown)
                about = {fold(name): one for name, one in good.items()}
                problems += _still_to_do(node, good, shown)
            except ContentError as error:
                problems, broken = [error], True
        own: dict[str, Symbol] = {}
        without_credit: dict[str, str] = {}
        for path in stamps:
            name = fold(path.stem)
            if path.suffix not in (".svg", ".png") or name in own:
                continue
            try:
                if name in about:
                    own[name] = self._read_picture(path, about[name])
                    continue
            except ContentError as error:
                problems.append(error)
            if name in old.own and (broken or name in about):
                own[name] = old.own[name]
            else:
                without_credit[name] = path.name
        return own, without_credit, problems

    def _read_picture(self, path: Path, about: _About) -> Symbol:
        shown = self._site.shown(path)
        try:
            inside = path.resolve(strict=True).is_relative_to(self._site.root)
            data = path.read_bytes() if inside and path.is_file() else b""
        except (OSError, RuntimeError) as error:
            raise ContentError(shown, 1, f"I cannot read this picture: {error}.") from None
        if not inside:
            raise ContentError(shown, 1, "This is a link to a file outside the site's folder.")
        media_type = "image/svg+xml"
        if path.suffix == ".png":
            data, media_type = drawing.clean_png(data, shown), "image/png"
        else:
            drawing.check_svg(data, shown)
        credit = Credit(about.title or about.words, about.creator, about.licence, about.url)
        return Symbol(path.stem, about.words, data, media_type, credit)


def _find(name: str, state: _State, folded: str) -> Symbol:
    found = state.entries.get(folded) or openmoji.find(folded) or state.own.get(folded)
    if found is not None:
        return found
    if folded in state.without_credit:
        raise UnknownSymbol(
            name,
            (),
            f'The picture "{state.without_credit[folded]}" cannot be used before '
            "assets/pictures/pictures.yaml says what it shows and who made it.",
        )
    known = [*state.entries, *state.own, *openmoji.clear_names()]
    raise UnknownSymbol(name, did_you_mean(folded, known, 3))


def _still_to_do(node: Located, good: Mapping[str, _About], shown: Path) -> list[ContentError]:
    """Name what a person has not yet filled in; a draft can show the picture meanwhile."""
    found = []
    for name, one in good.items():
        missing = [f'"{key}"' for key, said in one.model_dump().items() if is_to_do(said)]
        if missing:
            hint = f"Fill in {' and '.join(missing)}."
            problem = f'The picture "{name}" is not finished.'
            found.append(ContentError(shown, node.key_lines[name], problem, hint))
    return found


def _said(problems: object) -> list[str]:
    return [str(one) for one in problems] if isinstance(problems, list | tuple) else []


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
