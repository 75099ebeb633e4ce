"""Wide pictures for cards: several people of the cast and what they do, 500 by 330 units."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from kiosk.symbols.later import Later
from kiosk.symbols.model import SVG_TYPE, Symbol
from kiosk.symbols.ours import CREDIT
from kiosk.symbols.people import SHIPPED, Cast, Person
from kiosk.symbols.scenes.shown import SCENES
from kiosk.symbols.scenes.stage import turned

BEFORE = "scene "
_READ = frozenset(BEFORE + one for one in ("heard", "tell us", "vision"))  # from one to another


def names() -> list[str]:
    """Return the names of all scenes: `scene safe`."""
    return [BEFORE + one for one in sorted(SCENES)]


def scene(name: str, cast: Cast = SHIPPED) -> Symbol | None:
    """Return the scene of this folded name, such as `scene safe`, with these people; or None."""
    key = name.removeprefix(BEFORE)
    if not name.startswith(BEFORE) or key not in SCENES:
        return None
    words, _ = SCENES[key]
    drawn = Later(_drawn, key, tuple(sorted(cast.items())))
    return Symbol(name, words, drawn, SVG_TYPE, CREDIT)


def leftwards(symbol: Symbol) -> Symbol:
    """Return a picture as it is read from right to left: in a scene the speaker is on the right."""
    if symbol.name not in _READ or symbol.credit != CREDIT:
        return symbol
    return replace(symbol, file=Later(_turned, symbol))


@lru_cache(maxsize=64)
def _drawn(key: str, people: tuple[tuple[str, Person], ...]) -> bytes:
    return SCENES[key][1](dict(people)).svg()


@lru_cache(maxsize=64)
def _turned(symbol: Symbol) -> bytes:
    return turned(symbol.svg)
