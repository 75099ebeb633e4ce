"""The letters of the screen's typeface: what it has, and what another typeface must draw."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PIL import ImageFont

_MISSING = "\uffff"  # no font has a letter for it
_INVISIBLE = ("Z", "M", "Cc", "Cf", "Cs")  # spaces, marks on other letters, controls


def letters_in(texts: Iterable[str]) -> set[str]:
    """Return the letters, figures and signs that are drawn by themselves."""
    return {
        letter
        for letter in set().union(*texts)
        if not unicodedata.category(letter).startswith(_INVISIBLE)
    }


def beyond_source_sans(texts: Iterable[str]) -> list[str]:
    """Return, in order, the letters that the screen's own typeface does not have."""
    return sorted(letter for letter in letters_in(texts) if not _has(letter))


def screen_font() -> Path | None:
    """Return the file of the screen's typeface, which Streamlit carries."""
    spec = find_spec("streamlit")
    places = spec.submodule_search_locations if spec else None
    for place in places or ():
        for found in Path(place, "static", "static", "media").glob("SourceSansVF-Upright*.woff2"):
            return found
    return None


@cache
def source_sans() -> ImageFont.FreeTypeFont | None:
    """Return the screen's typeface, if it is there."""
    file = screen_font()
    if file is None:
        return None
    # One letter at a time, so the simple layout is enough; the other one stumbles over some.
    return ImageFont.truetype(file, 24, layout_engine=ImageFont.Layout.BASIC)


@cache
def _has(letter: str) -> bool:
    font = source_sans()
    return font is not None and _shape(font, letter) != _shape(font, _MISSING)


def _shape(font: ImageFont.FreeTypeFont, letter: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(letter)
    return mask.size, bytes(mask)
