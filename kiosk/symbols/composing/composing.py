"""Declarations -> pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from xml.sax.saxutils import escape

from kiosk.located import did_you_mean
from kiosk.symbols import openmoji, ours
from kiosk.symbols.composing.art import Art, NotToBeUsed, art_of, bare
from kiosk.symbols.composing.declaration import (
    DEEPEST,
    Date,
    Declaration,
    Leaf,
    Several,
    write,
)
from kiosk.symbols.composing.layout import SIDE, lay_out
from kiosk.symbols.composing.shorter import shorter
from kiosk.symbols.composing.told import ENGLISH, told
from kiosk.symbols.composing.tree import Group, Put, Whole, arts, depth
from kiosk.symbols.fragment import Fragment
from kiosk.symbols.later import Later
from kiosk.symbols.model import SVG_TYPE, USES, Credit, Symbol, UnknownSymbol, fold
from kiosk.symbols.people import ARMS, MOODS, Cast, Person, figure

SHARE_ALIKE = "CC BY-SA 4.0"
_NO_CHANGES = re.compile(r"\bND\b|no[ -]?deriv", re.IGNORECASE)
_NOT_FOR_MONEY = re.compile(r"\bNC\b|non[ -]?commercial", re.IGNORECASE)

_WHOLE, _LEFT, _RIGHT, _CHAIR, _CANE = "full", "left", "right", "wheelchair", "cane"
_STANDS = frozenset([_WHOLE, _LEFT, _RIGHT, _CHAIR, _CANE])
_MOST_ARMS = 2
SiteWords = Callable[[str, str], str]
"""Language, folded name -> what the site says that a picture shows, or ""."""


@dataclass(frozen=True, slots=True)
class Posed:
    """A person as a leaf asks for it."""

    person: Person
    mood: str = "happy"
    left: str = "down"
    right: str = "down"
    whole: bool = False
    wheelchair: bool | None = None
    cane: bool | None = None


def posed(name: str, cast: Cast) -> Posed | None:
    """Read a leaf such as "priya give left"; None when it is nobody of the cast."""
    words = fold(name).split()
    count = next((n for n in range(len(words), 0, -1) if " ".join(words[:n]) in cast), 0)
    if not count:
        return None
    rest = words[count:]
    moods = [one for one in rest if one in MOODS]
    arms = [one for one in rest if one in ARMS]
    others = [one for one in rest if one not in MOODS and one not in ARMS]
    if len(moods) > 1 or len(arms) > _MOST_ARMS or len(set(others)) < len(others):
        return None
    if not _STANDS.issuperset(others) or {_LEFT, _RIGHT} <= set(others):
        return None
    if (_LEFT in others or _RIGHT in others) and len(arms) != 1:
        return None
    left, right = ("down", *arms) if len(arms) == 1 else (*arms, "down", "down")[:2]
    if _LEFT in others:
        left, right = right, left
    return Posed(
        cast[" ".join(words[:count])],
        moods[0] if moods else "happy",
        left=left,
        right=right,
        whole=_WHOLE in others,
        wheelchair=True if _CHAIR in others else None,
        cane=True if _CANE in others else None,
    )


def wrong_pose(name: str, cast: Cast) -> str:
    """Return a hint for a leaf that begins with somebody of the cast, or ""."""
    words = fold(name).split()
    if not words or words[0] not in cast:
        return ""
    known = [*sorted(MOODS | ARMS), *sorted(_STANDS)]
    unknown = next((one for one in words[1:] if one not in known), "")
    near = did_you_mean(unknown, known) if unknown else ()
    if near:
        return f'Did you mean "{" ".join(near[0] if one == unknown else one for one in words)}"?'
    return f"{words[0]} can have one mood and two arms: {', '.join(known)}."


@lru_cache(maxsize=512)
def _person(posed: Posed) -> Art:
    sits = posed.person.wheelchair if posed.wheelchair is None else posed.wheelchair
    who = posed.person.who
    drawn = Later(_figure, posed)
    return Art(drawn, ours.CREDIT, who, who, who, 1.0, posed.person, posed.mood, sits)


def _figure(posed: Posed) -> Fragment:
    drawn = figure(
        posed.person,
        posed.mood,
        posed.left,
        posed.right,
        whole=posed.whole,
        wheelchair=posed.wheelchair,
        cane=posed.cane,
    )
    return Fragment(shorter(bare(drawn.svg)), drawn.box)


class Composer:
    """Draws declarations with the people and pictures of one site."""

    def __init__(
        self, cast: Cast, find: Callable[[str], Symbol], words: SiteWords = lambda *_: ""
    ) -> None:
        self._cast = cast
        self._find = find
        self._words = words
        self._made: dict[tuple[Declaration, str], Symbol] = {}

    def compose(
        self, declaration: Declaration, *, language: str, name: str = "", otherwise: str = ""
    ) -> Symbol:
        """Return the picture. name: what it is called. Raises UnknownSymbol.

        otherwise: what it shows, if the language has no words for a part; English without it.
        """
        key = (declaration, language)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._compose(declaration, language)
        if not made.words and not otherwise and language != ENGLISH:
            otherwise = self.compose(declaration, language=ENGLISH).words
        return replace(made, name=name or made.name, words=made.words or otherwise)

    def _compose(self, declaration: Declaration, language: str) -> Symbol:
        tree = self._resolved(declaration)
        if depth(tree) > DEEPEST:
            raise UnknownSymbol(
                write(declaration),
                "A picture is too deep here: 2 inside each other is the most.",
                advice="A name inside it is made of parts too.",
            )
        thanks = _thanks(list(dict.fromkeys(arts(tree))))
        return Symbol(
            write(declaration),
            told(tree, language, partial(self._words, language)),
            Later(_draw, tree, language, thanks),
            SVG_TYPE,
            _credit(thanks),
            declaration,
            thanks,
        )

    def _resolved(self, part: Declaration) -> Whole:
        if isinstance(part, Date):
            return part
        if isinstance(part, Leaf):
            return self._leaf(part)
        place, parts = "", part.parts
        if part.operator == "in" and isinstance(parts[0], Leaf):
            place, parts = parts[0].name, parts[1:]
        inside = (
            Group(tuple(map(self._resolved, one.parts)))
            if isinstance(one, Several)
            else self._resolved(one)
            for one in parts
        )
        return Put(part.operator, place, tuple(inside))

    def _leaf(self, leaf: Leaf) -> Whole:
        someone = posed(leaf.name, self._cast)
        if someone is not None:
            return _person(someone)
        try:
            symbol = self._find(leaf.name)
            if symbol.declaration is not None:
                return self._resolved(symbol.declaration)
            return replace(art_of(symbol), name=leaf.name, words=symbol.words)
        except UnknownSymbol as error:
            hint = wrong_pose(leaf.name, self._cast) or error.hint
            raise UnknownSymbol(leaf.name, str(error), advice=hint) from None
        except NotToBeUsed as error:
            hint = 'Whoever may say so writes "may_be_changed: true" where its maker is named.'
            raise UnknownSymbol(leaf.name, str(error), advice=hint) from None


def _thanks(parts: list[Art]) -> tuple[Credit, ...]:
    """Return the credits of the parts. Raises UnknownSymbol where they do not go together."""
    by_credit: Mapping[Credit, str] = {one.credit: one.name for one in reversed(parts)}
    alike = [one for one in by_credit if one.passes_on]
    for credit, name in by_credit.items():
        others = [one for one in alike if one != credit]
        barred = ""
        if _NO_CHANGES.search(credit.licence):
            barred = "its licence allows no changes"
        elif _NOT_FOR_MONEY.search(credit.licence) and others:
            barred = f"its licence does not go together with that of {others[0].title}"
        if barred:
            raise UnknownSymbol(
                name,
                f'"{name}" ({credit.title}, {credit.licence}) cannot be a part here: {barred}.',
                advice="Choose another picture.",
            )
    own = ours.CREDIT
    changed = {one if one == own else replace(one, changed=True) for one in by_credit} or {own}
    return tuple(sorted(changed, key=lambda one: (one == own, one.title, one.creator, one.url)))


def _credit(thanks: tuple[Credit, ...]) -> Credit:
    """Return whom to thank, and what all parts allow, as one credit."""
    if len(thanks) == 1:
        return thanks[0]
    alike = any(one.passes_on for one in thanks)
    licences = [SHARE_ALIKE] if alike else list(dict.fromkeys(one.licence for one in thanks))
    return Credit(
        " and ".join(dict.fromkeys(one.title for one in thanks)),
        " and ".join(dict.fromkeys(one.creator for one in thanks)),
        ", ".join(licences),
        openmoji.CREDIT.url if alike else "",
        " ".join(one.line for one in thanks),
        tuple(use for use in USES if all(use in one.may_be for one in thanks)),
        may_be_changed=True,
    )


@lru_cache(maxsize=2048)
def _draw(tree: Whole, language: str, thanks: tuple[Credit, ...]) -> bytes:
    """Return the file; with a part that is not ours it says whom to thank, and that it changed."""
    said = ""
    if any(one.changed for one in thanks):
        line = " ".join(one.line for one in thanks)
        share = " This picture is CC BY-SA 4.0 too." if _is_alike(thanks) else ""
        said = f"<desc>{escape(line + share)}</desc>"
    inside = lay_out(tree, language)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">{said}{inside}</svg>'
    ).encode()


def _is_alike(thanks: tuple[Credit, ...]) -> bool:
    return any(one.passes_on for one in thanks)
