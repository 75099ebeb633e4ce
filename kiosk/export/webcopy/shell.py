"""What a browser meets first: the first page, what a phone installs, and who is to be thanked."""

from __future__ import annotations

import io
from collections.abc import Mapping
from html import escape
from typing import Any

from PIL import Image, ImageDraw

from kiosk.config import Site
from kiosk.config.values import origin_of
from kiosk.export.webcopy.small import as_json
from kiosk.screen.document import POLICY, head_of_files, site_data
from kiosk.screen.languages import direction
from kiosk.screen.render import render_shell
from kiosk.screen.screens import Screen
from kiosk.symbols import Symbol
from kiosk.symbols.drawing import bitmap

FONT = "files/letters.woff2"
MANIFEST = "manifest.json"
_COLOUR = "#ffffff"
_NOT_HERE = ("frame-ancestors",)  # a browser takes this from a server alone
# Side in dots, and how much of it the picture may fill: phones cut circles out of the last one.
ICONS = {"icon-192.png": (192, 0.84), "icon-512.png": (512, 0.84), "icon-round.png": (512, 0.6)}
TOUCH_ICON = "icon-192.png"

_INDEX = """<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="description" content="{about}">
<meta name="theme-color" content="{colour}">
<link rel="manifest" href="{manifest}">
<link rel="icon" href="icons/{icon}" type="image/png">
<link rel="apple-touch-icon" href="icons/{icon}">
<style>
@font-face {{ font-family: "Source Sans"; src: url("{font}"); font-weight: 200 900 }}
</style>
{head}
</head>
<body>
{shell}
{data}
</body>
</html>
"""


def policy(sends_to: str = "") -> str:
    """Return what a browser may load and run, as the first page itself can tell it.

    sends_to: the address of the kiosk that takes its answers.
    """
    told = [one for one in POLICY.split("; ") if not one.startswith(_NOT_HERE)]
    if sends_to:
        ours = "connect-src 'self'"
        told[told.index(ours)] = f"{ours} {origin_of(sends_to)}"
    return "; ".join(told).replace(" 'wasm-unsafe-eval'", "")  # which only Streamlit needs


def index(
    site: Site,
    screen: Screen,
    told: Mapping[str, Any],
    entries: tuple[str, ...],
    *,
    own_screen: bool,
) -> bytes:
    """Return the first page. told: what the screen must know first; entries: what begins it.

    own_screen: for a test of the kiosk's own screen.
    """
    around = screen.interface.language
    name, _ = site.settings.site.name_in(screen.language)
    return _INDEX.format(
        language=around,
        direction=direction(around),
        policy=escape(policy(site.settings.feedback.web_sends_to)),
        title=escape(screen.index["home"]["title"]),
        about=escape(f"{name.title}. {name.tagline}".strip()),
        colour=_COLOUR,
        manifest=MANIFEST,
        icon=TOUCH_ICON,
        font=FONT,
        head=head_of_files(*entries),
        shell=render_shell(site, screen, "home", own_screen=own_screen).strip(),
        data=site_data(told),
    ).encode()


def to_install(site: Site, code: str) -> bytes:
    """Return what a phone is told that installs the copy."""
    name, language = site.settings.site.name_in(code)
    return as_json(
        {
            "name": name.title,
            "short_name": name.title,
            "description": name.tagline,
            "lang": language,
            "dir": direction(language),
            "id": "./",
            "start_url": "./",
            "scope": "./",
            "display": "standalone",
            "background_color": _COLOUR,
            "theme_color": _COLOUR,
            "icons": [
                {
                    "src": f"icons/{file}",
                    "sizes": f"{side}x{side}",
                    "type": "image/png",
                    "purpose": "maskable" if file == "icon-round.png" else "any",
                }
                for file, (side, _) in ICONS.items()
            ],
        }
    )


def icons(logo: Symbol) -> dict[str, bytes]:
    """Return the icons: the picture of the first page, on white."""
    return {f"icons/{name}": _icon(logo, *asked) for name, asked in ICONS.items()}


def _icon(logo: Symbol, side: int, share: float) -> bytes:
    sheet = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    radius = 0 if share < 0.7 else side // 5  # a phone gives the round one its own corners
    ImageDraw.Draw(sheet).rounded_rectangle((0, 0, side - 1, side - 1), radius, _COLOUR)
    picture = bitmap(logo, round(side * share))
    left, top = ((side - one) // 2 for one in picture.size)
    sheet.alpha_composite(picture, (left, top))
    made = io.BytesIO()
    sheet.save(made, "PNG", optimize=True)
    return made.getvalue()
