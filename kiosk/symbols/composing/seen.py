"""What a picture states: numbers, and that something is not so. Words beside it can deny both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kiosk.symbols.composing.declaration import NOT, Date, Declaration, Leaf, Made, Several
from kiosk.symbols.composing.told import not_beside
from kiosk.symbols.model import Finder, Symbol, UnknownSymbol, fold

_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_TWELVE = frozenset(["calendar", "tear off calendar"])  # of OpenMoji: a 12 stands on it


@dataclass(frozen=True, slots=True)
class Stated:
    """What a picture states, whatever the words beside it say.

    numbers: those of each calendar that is declared in it. shows_twelve: a calendar of OpenMoji is
    in it, and a 12 stands on that, whatever the day. crossed_out: something in it is.
    """

    numbers: frozenset[int] = frozenset()
    shows_twelve: bool = False
    crossed_out: bool = False


def stated(symbol: Symbol, finder: Finder) -> Stated:
    """Return what a picture states."""
    if symbol.declaration is None:
        return Stated(shows_twelve=_has_twelve(symbol.name, finder))
    parts = list(_parts(symbol.declaration, finder))
    names = (part.name for part in parts if isinstance(part, Leaf))
    return Stated(
        frozenset(
            int(number)
            for part in parts
            if isinstance(part, Date)
            for number in _NUMBER.findall(f"{part.large} {part.small}")
        ),
        any(_has_twelve(name, finder) for name in (symbol.name, *names)),
        any(isinstance(part, Made) and part.operator == NOT for part in parts),
    )


def _has_twelve(name: str, finder: Finder) -> bool:
    return fold(_drawn(name, finder)) in _TWELVE


def says_no(text: str, language: str) -> bool:
    """Tell whether words say that something is not so, or only so; True where nobody knows."""
    pattern = _denials(language)
    words = (one[0].casefold().replace("\u2019", "'") for one in _WORD.finditer(text))
    return pattern is None or any(pattern.fullmatch(one) for one in words)


@cache
def _denials(language: str) -> re.Pattern[str] | None:
    known = not_beside(language)
    whole = (re.escape(one).replace(r"\*", ".*") for one in known)
    return re.compile("|".join(whole)) if known else None


def _parts(
    declaration: Declaration | Several | None, finder: Finder
) -> Iterator[Declaration | Several]:
    """Yield a declaration and all that is in it, also in what its names stand for."""
    if declaration is None:
        return
    yield declaration
    if isinstance(declaration, Leaf):
        inside = _found(declaration.name, finder)
        if inside is not None and inside.declaration != declaration:
            yield from _parts(inside.declaration, finder)
    elif isinstance(declaration, Made | Several):
        for part in declaration.parts:
            yield from _parts(part, finder)


def _found(name: str, finder: Finder) -> Symbol | None:
    try:
        return finder.find(name)
    except UnknownSymbol:
        return None  # the place of "in"


def _drawn(name: str, finder: Finder) -> str:
    """Return what the source of a picture calls it."""
    found = _found(name, finder)
    return found.name if found is not None else name
