"""What the first HTML of a screen needs around the screen: its files, and the site as data.

Every address is written as it is seen from that HTML, so that it may lie anywhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

FOLDER = Path(str(files("kiosk.screen") / "frontend"))
STYLES = (
    "page/colours.css",
    "page/screen.css",
    "page/page.css",
    "page/sheet.css",
    "survey/survey.css",
    "hands/scan.css",
    "page/letters.css",  # the last one: what it says of letters holds in all of them
)
POLICY = (  # of what a browser may load and run
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' blob:; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; "
    "object-src 'none'"
)
CONTROLS = tuple(
    one.relative_to(FOLDER).as_posix() for one in sorted((FOLDER / "survey/controls").glob("*.js"))
)  # what questions are answered with: no module knows them, each makes itself known
EARLY = "host/early.js"  # it asks for the pages while the other modules come
_IMPORT = re.compile(
    r'^(?:import\s+|(?:import|export)\s[^;"]*?\sfrom\s+)"(\.{1,2}/[^"]+)"', re.MULTILINE
)


def modules_of(entry: str) -> list[str]:
    """Return every module of a screen by its path in FOLDER: its entry, then controls, then all."""
    found = [entry, *CONTROLS]
    for name in found:  # it grows meanwhile
        for asked in _IMPORT.findall((FOLDER / name).read_text(encoding="utf-8")):
            module = (FOLDER / name).parent.joinpath(asked).resolve()
            if (path := module.relative_to(FOLDER.resolve()).as_posix()) not in found:
                found.append(path)
    return found


def run_by(entry: str) -> list[str]:
    """Return the modules that run, in their order, by their paths in FOLDER.

    The screen begins when it knows all that it may be answered with.
    """
    return [*(one for one in modules_of(entry) if one == EARLY), *CONTROLS, entry]


def head_of(styles: Iterable[str], run: Iterable[str], ahead: Iterable[str] = ()) -> str:
    """Return the part of the head that brings a screen, by the addresses of its files.

    run: the modules that run, in their order; ahead: those that they need. All at once: a browser
    would find each module only when it has read the one that imports it.
    """
    return "".join(
        [f'<link rel="stylesheet" href="{name}">' for name in styles]
        + [f'<link rel="modulepreload" href="{name}">' for name in ahead]
        + [f'<script type="module" src="{name}"></script>' for name in run]
    )


def head_of_files(entry: str, *others: str) -> str:
    """Return that of a screen whose files lie each by itself, begun by an entry of the front end.

    others: modules that need no other, and run after it.
    """

    def at(names: Iterable[str]) -> Iterator[str]:
        return (f"screen/{name}" for name in names)

    return head_of(at(STYLES), at([*run_by(entry), *others]), at(modules_of(entry)))


def site_data(told: Mapping[str, Any]) -> str:
    """Return the element with what the screen needs first, before it has asked for anything."""
    # "<" is escaped, so that no text of a page can end the script element.
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" id="kiosk-site">{text}</script>'
