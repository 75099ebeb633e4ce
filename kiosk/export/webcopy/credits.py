"""Whom a web copy thanks, and the words of the licences, as files beside it."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.config import Site
from kiosk.export.beside import CREDITS
from kiosk.export.fonts import SOURCE_SANS, credit_of
from kiosk.export.licences import KIOSK, licence_files
from kiosk.export.voices import voice_credit
from kiosk.screen.screens import Screen
from kiosk.symbols import credits  # noqa: A004

_CHANGED = "Letters that no word here needs were left out, and it has another name."


def credit_files(screens: Iterable[Screen], site: Site, voices: Iterable[str]) -> dict[str, bytes]:
    """Return the list of thanks, and the licences. voices: the names of those that are heard."""
    symbols = [one for screen in screens for one in screen.symbols]
    lines = {
        "Pictures": [one.line for one in credits(symbols, "download")],
        "Letters": [f"{credit_of(SOURCE_SANS)} {_CHANGED}"],
        "Voices": sorted({voice_credit(name).line for name in voices}),
        "Program": [KIOSK],
    }
    text = f"{site.settings.site.title}: who is to be thanked\n"
    for title, told in lines.items():
        text += "".join([f"\n{title}\n", *(f"- {one}\n" for one in told)]) if told else ""
    return {CREDITS: text.encode(), **licence_files(text)}
