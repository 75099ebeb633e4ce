"""What the screen shows: pages, pictures, letters, and their sizes."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator

import resvg_py
from PIL import Image

from kiosk.config import Site
from kiosk.health.machine import said_by
from kiosk.health.verdict import Verdict
from kiosk.live.kiosk import Kiosk
from kiosk.screen.letters import beyond_source_sans, letters_in, source_sans
from kiosk.screen.render import CREDITS_PAGE
from kiosk.symbols import Symbol

USUAL = {
    "ur": "Noto Nastaliq Urdu"
}  # the typeface that the screen sets a language in, if it is here
URDU_LETTER = "\u0679"


def pages(kiosk: Kiosk, problems: list[str]) -> Iterator[Verdict]:
    """Ask whether the site's files have mistakes, and whether each language has pages."""
    missing = [
        code for code in kiosk.site.settings.site.languages if code not in kiosk.served.screens
    ]
    for code in missing:
        yield Verdict(
            "Pages",
            f'The language "{code}" has no home page, so nobody can choose it.',
            f"write content/{code}/home.md, or take the language out of kiosk.toml.",
        )
    if problems:
        few = "one mistake" if len(problems) == 1 else f"{len(problems)} mistakes"
        yield Verdict("Pages", f"The files of the site have {few}.", "kiosk check")
    elif not missing:
        count = sum(len(screen.html) for screen in kiosk.served.screens.values())
        yield Verdict("Pages", f"{count} pages, and no mistake in their files.")


def pictures(kiosk: Kiosk) -> Iterator[Verdict]:
    """Ask whether each picture can be drawn, and whether its maker is thanked."""
    used = {one.sha256: one for screen in kiosk.served.screens.values() for one in screen.symbols}
    broken = sorted(one.name for one in used.values() if not can_be_drawn(one))
    bare = sorted(
        one.name for one in used.values() if not (one.credit.creator and one.credit.licence)
    )
    unthanked = [c for c, screen in kiosk.served.screens.items() if CREDITS_PAGE not in screen.html]
    if broken:
        yield Verdict("Pictures", f"I cannot draw {_list(broken)}.", "put a new file in its place.")
    if bare:
        yield Verdict(
            "Pictures",
            f"Nobody knows who made {_list(bare)}.",
            "write the maker and the licence into assets/pictures/pictures.yaml.",
        )
    if unthanked:
        yield Verdict(
            "Pictures",
            f"No page in {_list(unthanked)} says who made the pictures. Their licence asks for it.",
            f"write a page {CREDITS_PAGE}.md. The kiosk adds the list to it.",
        )
    if not (broken or bare or unthanked):
        yield Verdict("Pictures", f"All {len(used)} are there. The makers of all are named.")


def can_be_drawn(symbol: Symbol) -> bool:
    """Draw a picture, small, and see whether anything comes."""
    try:
        if symbol.suffix == ".svg":
            png = resvg_py.svg_to_bytes(svg_string=symbol.svg.decode(), width=48)
        else:
            png = symbol.svg
        with Image.open(io.BytesIO(bytes(png))) as drawn:
            return drawn.convert("RGBA").getbbox() is not None
    except (ValueError, OSError):
        return False


def letters(kiosk: Kiosk) -> Iterator[Verdict]:
    """Ask for each language whether every letter that its pages use can be drawn."""
    if source_sans() is None:
        yield Verdict(
            "Letters",
            "The typeface of the screen, Source Sans, is not there.",
            "install the kiosk again.",
        )
        return
    for code, screen in kiosk.served.screens.items():
        used = letters_in(screen.own_texts())
        beyond = beyond_source_sans(used)
        if not beyond:
            yield Verdict("Letters", f"{code}: Source Sans has all {len(used)} letters.")
            continue
        fonts = fonts_with(beyond)
        if fonts is None:
            yield Verdict(
                "Letters",
                f"{code}: Source Sans does not have {_list(beyond[:5])}, and this computer does"
                " not tell which other typefaces it has.",
                "open a page in this language. Do you see boxes where letters should be?",
            )
        elif fonts:
            yield _set_in(code, fonts)
        else:
            yield Verdict(
                "Letters",
                f"{code}: no typeface here can draw {_list(beyond[:5])}. People would see boxes.",
                "install the Noto fonts. On Debian and Ubuntu: sudo apt install fonts-noto-core",
            )


def _set_in(code: str, fonts: list[str]) -> Verdict:
    """Return what a language is set in: Urdu can be drawn by more than one, and is read in one."""
    usual = USUAL.get(code)
    if usual is None or any(usual in one.split(",") for one in fonts_with([URDU_LETTER]) or ()):
        name = usual or fonts[0]
        return Verdict("Letters", f"{code}: {name} has what Source Sans does not have.")
    return Verdict(
        "Letters",
        f"{code}: {fonts[0]} can draw it, but people read it in {usual}. That is not here.",
        "install the Noto fonts. On Debian and Ubuntu: sudo apt install fonts-noto-core",
    )


def fonts_with(wanted: list[str]) -> list[str] | None:
    """Return the typefaces of this computer that have all of these letters; None: not known."""
    if shutil.which("fc-list") is None:
        return None
    codes = " ".join(f"{ord(letter):x}" for letter in wanted)
    return sorted(set(said_by("fc-list", f":charset={codes}", "family").splitlines()))


def sizes(site: Site) -> Iterator[Verdict]:
    """Say how large words and buttons are on the kiosk's own screen."""
    display = site.settings.display
    pitch = display.pixel_pitch_mm
    told = (
        f"Words are {display.words_px:.0f} px ({display.words_px * pitch:.1f} mm; a capital letter"
        f" {display.capital_mm:.1f} mm). Buttons are {display.target_px:.0f} px"
        f" ({display.target_px * pitch:.0f} mm) or more, {display.gap_px * pitch:.0f} mm apart."
    )
    if "pixel_pitch_mm" in display.model_fields_set:
        yield Verdict(
            "Sizes", f"{told} This is for eyes {display.viewing_distance_mm:.0f} mm away."
        )
    else:
        yield Verdict(
            "Sizes", f"{told} But nobody has measured this screen.", "kiosk doctor --screen"
        )


def _list(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names[:5]) + (" and more" if len(names) > 5 else "")
