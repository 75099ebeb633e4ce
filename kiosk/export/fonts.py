"""The letters of paper: Source Sans, and of this computer what other scripts need."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst
from PIL import ImageFont

from kiosk.errors import NotExported
from kiosk.screen.letters import letters_in

SOURCE_SANS = "Source Sans Pro"
_MAKERS = {SOURCE_SANS: "Adobe"}
_NOTO = "The Noto Project Authors"
_STYLES = ("Regular", "Bold")
# What a language is read in; any other script is set in the first Noto Sans that has it.
_USUAL = {"ur": ("Noto Nastaliq Urdu", "Noto Naskh Arabic", "Noto Sans Arabic")}
_TRUE_TYPE, _BOLD = b"\x00\x01\x00\x00", 700
_MISSING = "\uffff"  # no font has a letter for it


def source_sans() -> tuple[Path, ...]:
    """Return the files of Source Sans. Raises NotExported without them."""
    spec = find_spec("font_source_sans_pro")
    places = spec.submodule_search_locations if spec else None
    for place in places or ():
        found = [Path(place, "files", f"SourceSansPro-{style}.ttf") for style in _STYLES]
        if all(file.is_file() for file in found):
            return tuple(found)
    raise NotExported("The letters for paper, Source Sans, are not there. Install the kiosk again.")


def credit_of(name: str) -> str:
    """Return whom to thank for a font."""
    maker = _MAKERS.get(name, _NOTO)
    return f"{name}. {maker}. SIL Open Font License 1.1. https://openfontlicense.org"


def beyond(texts: Iterable[str], fonts: Iterable[Path]) -> list[str]:
    """Return, in order, the letters of the texts that none of these fonts has."""
    files = tuple(fonts)
    return sorted(
        letter for letter in letters_in(texts) if not any(_has(file, letter) for file in files)
    )


def other_font(language: str, letters: list[str]) -> tuple[str, tuple[Path, ...]] | None:
    """Return the name and the files of this computer's font for letters beyond Source Sans."""
    files = _noto()
    others = [name for name in files if name.startswith("Noto Sans")]
    for name in (*_USUAL.get(language, ()), *others):
        if name in files and not beyond(letters, files[name][:1]):
            return name, files[name]
    return None


def with_weight(file: Path) -> bytes:
    """Return the bytes of a font that tells its weight.

    Noto Nastaliq Urdu Bold says that it is as light as the regular one: no heading would be bold.
    """
    data = bytearray(file.read_bytes())
    if file.stem.endswith("-Bold") and data[:4] == _TRUE_TYPE:
        for at in range(12, 12 + 16 * int.from_bytes(data[4:6], "big"), 16):
            if data[at : at + 4] == b"OS/2":
                weight = int.from_bytes(data[at + 8 : at + 12], "big") + 4
                data[weight : weight + 2] = _BOLD.to_bytes(2, "big")
    return bytes(data)


@cache
def _noto() -> dict[str, tuple[Path, ...]]:
    """Return the files of each family of Noto that this computer has, the regular one first."""
    found: dict[str, set[Path]] = {}
    for font in typst.Fonts(include_embedded_fonts=False).fonts():
        if font.path and font.family.startswith("Noto "):
            found.setdefault(font.family, set()).add(Path(font.path))
    styled = {
        name: tuple(
            sorted(
                (one for one in files if one.stem.endswith(("-Regular", "-Bold"))),
                key=lambda one: (not one.stem.endswith("-Regular"), one.name),
            )
        )
        for name, files in sorted(found.items())
    }
    return {name: files for name, files in styled.items() if files}


@cache
def _open(file: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file, 24, layout_engine=ImageFont.Layout.BASIC)


@cache
def _has(file: Path, letter: str) -> bool:
    font = _open(file)
    own, missing = font.getmask(letter), font.getmask(_MISSING)
    return (own.size, bytes(own)) != (missing.size, bytes(missing))
