"""A leaf as it is drawn: what is inside an SVG, where its ink is, and whom to thank."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kiosk.symbols import openmoji, ours
from kiosk.symbols.cleaning import Hostile, Unusable, clean_svg
from kiosk.symbols.composing import ink
from kiosk.symbols.composing.shorter import shorter
from kiosk.symbols.fragment import Box, Fragment
from kiosk.symbols.later import Later
from kiosk.symbols.model import Credit, Symbol, fold
from kiosk.symbols.people import Person

# People in pictures have a colour of skin; a hand beside them has one too.
_HANDS = {
    "handshake": "1FAF1-1F3FC-200D-1FAF2-1F3FE",
    "waving hand": "1F44B-1F3FE",
    "open hands": "1F450-1F3FD",
    "flexed biceps": "1F4AA-1F3FC",
}
_SQUARE = Box(0, 0, 72, 72)

_INSIDE = re.compile(r"<svg\b([^>]*)>(.*)</svg>", re.DOTALL)
_REMARK = re.compile(r"<title\b.*?</title>|<desc\b.*?</desc>|<!--.*?-->", re.DOTALL)
_EMPTY = re.compile(r"<g\b[^>]*/>|<g\b[^>]*>\s*</g>|<defs\b[^>]*/>")
_NAMED = re.compile(r"\s(?:data-[\w-]+|class|version|xml:\w+|xmlns:\w+)=(?:\"[^\"]*\"|'[^']*')")
_ID = re.compile(r"\sid=(?:\"([^\"]*)\"|'([^']*)')")
_BETWEEN = re.compile(r">\s+<")
_SPACES = re.compile(r"\s+")
_LEADS = re.compile(r"(url\(\s*['\"]?#|href=\"#)([^)'\"\s]+)")
_OF_ROOT = re.compile(r"\s(viewBox|xmlns|width|height|id)=\"[^\"]*\"")


@dataclass(frozen=True, slots=True)
class Art:
    """One part. drawn: its elements; unit: how many of theirs a 72nd of its picture is.

    name: as the declaration calls it; source: as its makers do. words: what it shows, in the first
    language of the site.
    person, mood, seated: who it is, if it is one of the cast.
    """

    drawn: Later[Fragment]
    credit: Credit
    name: str
    words: str
    source: str
    unit: float = 1.0
    person: Person | None = None
    mood: str = ""
    seated: bool = False


class NotToBeUsed(Exception):
    """A picture cannot be a part of another one; the text says why."""


@lru_cache(maxsize=1024)
def art_of(symbol: Symbol) -> Art:
    """Return a picture as a part. Raises NotToBeUsed."""
    if not symbol.credit.may_be_changed:
        raise NotToBeUsed(
            f'The picture "{symbol.name}" may not be put together with others'
            f" ({symbol.credit.title})."
        )
    if symbol.suffix != ".svg":
        raise NotToBeUsed(f'"{symbol.name}" is a photo or a PNG: only drawings (SVG) can be parts.')
    if symbol.credit == openmoji.CREDIT:
        return _openmoji(symbol)
    if symbol.credit == ours.CREDIT and symbol.name in ink.of_shipped():
        return _shipped(symbol, symbol.file, symbol.name, symbol.name)
    try:
        cleaned = clean_svg(symbol.svg).decode()
    except (Hostile, Unusable) as error:
        raise NotToBeUsed(f'The picture "{symbol.name}" cannot be a part. {error}') from None
    found = _INSIDE.search(cleaned)
    view = re.search(r"viewBox=[\"']([^\"']*)[\"']", cleaned)
    if found is None or view is None:
        raise NotToBeUsed(f'The picture "{symbol.name}" is empty.')
    left, top, width, height = map(float, re.split(r"[\s,]+", view[1].strip()))
    whole = Box(left, top, left + width, top + height)
    root = _OF_ROOT.sub("", found[1]).strip()
    inside = _bare(found[2], symbol.sha256[:6], max(width, height))
    if root:
        inside = f"<g {root}>{inside}</g>"
    drawn = Later(_measured, inside, whole)
    unit = max(width, height) / 72
    return Art(drawn, symbol.credit, symbol.name, symbol.words, symbol.name, unit)


def _measured(inside: str, whole: Box) -> Fragment:
    return Fragment(inside, ink.measure(inside, whole))


def _openmoji(symbol: Symbol) -> Art:
    file = _files().get(fold(symbol.name), "")
    data = symbol.file
    if fold(symbol.name) in _HANDS:
        file = _HANDS[fold(symbol.name)]
        data = openmoji.read_file(file)
    return _shipped(symbol, data, file, file)


def _shipped(symbol: Symbol, data: bytes | Later[bytes], file: str, own: str) -> Art:
    drawn = Later(_inside, data, file, own)
    return Art(drawn, symbol.credit, symbol.name, symbol.words, symbol.name)


def _inside(data: bytes | Later[bytes], file: str, own: str) -> Fragment:
    svg = data.made if isinstance(data, Later) else data
    found = _INSIDE.search(svg.decode("utf-8-sig"))
    inside = _bare(found[2], own) if found is not None else ""
    return Fragment(inside, ink.of_shipped().get(file) or ink.measure(inside, _SQUARE))


@lru_cache(maxsize=1)
def _files() -> Mapping[str, str]:
    """Folded name of a picture -> its file."""
    return {fold(one.name): one.file for one in openmoji.names().values()}


def hands() -> tuple[str, ...]:
    """Return the files of hands that only composed pictures show."""
    return tuple(_HANDS.values())


def bare(inside: str) -> str:
    """Return elements without empty groups."""
    before = ""
    while before != inside:
        before, inside = inside, _EMPTY.sub("", inside)
    return inside.strip()


def _bare(inside: str, own: str, side: float = 72) -> str:
    """Return elements without what cannot be seen. own: makes its ids those of this picture.

    side: of the picture, in units.
    """
    text = _NAMED.sub("", _REMARK.sub("", inside))
    wanted = {found[2] for found in _LEADS.finditer(text)}

    def renamed(found: re.Match[str]) -> str:
        name = found[1] or found[2] or ""
        return f' id="{own}-{name}"' if name in wanted else ""

    text = _ID.sub(renamed, text)
    if wanted:
        text = _LEADS.sub(lambda found: f"{found[1]}{own}-{found[2]}", text)
    return shorter(bare(_BETWEEN.sub("><", _SPACES.sub(" ", text))), side)
