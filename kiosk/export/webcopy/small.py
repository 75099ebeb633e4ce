"""Files made small: a phone pays for each of their bytes."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterable, Mapping
from functools import cache

import rcssmin
import rjsmin
from fontTools import subset
from fontTools.ttLib import TTFont

from kiosk.errors import NotExported
from kiosk.screen.document import FOLDER
from kiosk.screen.letters import letters_in, screen_font

_ALWAYS = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0\u2013\u2018\u2019\u201c\u201d\u2026"
_NAMES = (1, 3, 4, 6, 16, 25)  # of a font, by which computers know it
_NAME = "Kiosk Letters"  # the licence keeps the name of the whole font for that alone
_ENGLISH = 0x409
_THANKS = (0, 7, 13, 14)  # whose it is, and its licence: they stay


@cache
def module(name: str) -> bytes:
    """Return a module or a style of the front end without its comments."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    made = rjsmin.jsmin(text) if name.endswith(".js") else rcssmin.cssmin(text)
    return f"{made}\n".encode()


def letters(texts: Iterable[str]) -> bytes:
    """Return the screen's typeface with the letters of these texts, small and capital, as WOFF2.

    Raises NotExported without it.
    """
    wanted = letters_in(texts)
    wanted |= {other for one in wanted for other in one.upper() + one.lower()}
    return _letters("".join(sorted(wanted)) + _ALWAYS)


@cache
def _letters(wanted: str) -> bytes:
    file = screen_font()
    if file is None:
        raise NotExported("The letters of the screen are not there. Install the kiosk again.")
    names = [*_NAMES, 2, *_THANKS]
    options = subset.Options(flavor="woff2", name_IDs=names, name_languages=[_ENGLISH])
    font: TTFont = subset.load_font(file, options)
    tool = subset.Subsetter(options)
    tool.populate(text=wanted)
    tool.subset(font)
    for one in font["name"].names:
        if one.nameID in _NAMES:
            one.string = _NAME.replace(" ", "") if one.nameID in (6, 25) else _NAME
    made = io.BytesIO()
    subset.save_font(font, made, options)
    return made.getvalue()


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return text files in one, by their addresses, as gzip: one request instead of hundreds."""
    told = {name: data.decode("utf-8-sig") for name, data in sorted(files.items())}
    return gzip.compress(as_json(told), mtime=0)


def as_json(told: object) -> bytes:
    """Return something as JSON without a space too many."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
