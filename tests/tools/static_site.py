"""A site as plain files that any web server can serve, below any folder: no kiosk is behind them.

index.html                              the first page in the first language
pages/<language>.json                   a language: every page as HTML
narration/<language>/<page>/<speed>.json    what it says: clips, and when each word is said
clips/ files/ screen/ cue.wav           sounds, pictures and the front end
"""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from kiosk.config import Site
from kiosk.feedback.survey.survey import shown_surveys
from kiosk.live.kiosk import Kiosk
from kiosk.live.sounds import AHEAD
from kiosk.screen.document import FOLDER, head_of, site_data
from kiosk.screen.languages import direction
from kiosk.screen.letters import screen_font
from kiosk.screen.render import render_shell
from kiosk.screen.surveys import add_survey
from kiosk.screen.whole import manifest
from kiosk.speech.wav import tick
from kiosk.web.guard import POLICY

# A browser takes this from a server alone.
HERE = "; ".join(one for one in POLICY.split("; ") if not one.startswith("frame-ancestors"))
INDEX = """<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>
@font-face {{ font-family: "Source Sans"; src: url("files/font.woff2"); font-weight: 200 900 }}
</style>
{head}
</head>
<body>{shell}{data}</body>
</html>
"""


def write_site(site: Site, folder: Path, speeds: Sequence[str] = AHEAD) -> None:
    """Write a site into a folder that is not there yet.

    speeds: those that it can speak at, the first ones of AHEAD.
    """
    kiosk = Kiosk(site)
    try:
        _show_questions(kiosk)
        _write_screens(kiosk, folder)
        for one in kiosk.sounds.prepare():
            assert one.kept, one.problem
            if one.done * len(AHEAD) >= one.total * len(speeds):  # one speed after the other
                break
        for language, screen in kiosk.served.screens.items():
            for page in screen.narrations:
                for speed in speeds:
                    told = kiosk.sounds.narrate(language, page, speed)
                    _write_json(folder / "narration" / language / page / f"{speed}.json", told)
                    for clip in told:
                        if clip and not (file := folder / clip["file"]).exists():
                            _write(file, kiosk.sounds.narrator.sound(file.stem) or b"")
    finally:
        kiosk.close()


def _show_questions(kiosk: Kiosk) -> None:
    """Let the questions say that nothing takes answers here."""
    for language, screen in kiosk.served.screens.items():
        surveys = shown_surveys(kiosk.served.surveys, language, kiosk.site.today())
        for one in surveys.values():
            others = [other for other in surveys.values() if other is not one]
            add_survey(screen, one, others, only_shown=True)


def _write_screens(kiosk: Kiosk, folder: Path) -> None:
    shutil.copytree(FOLDER, folder / "screen", ignore=shutil.ignore_patterns("*.d.ts"))
    for name, data in kiosk.served.files.items():
        _write(folder / "files" / name, data)
    font = screen_font()
    assert font, "Streamlit carries the typeface of the screen."
    shutil.copy(font, folder / "files" / "font.woff2")
    _write(folder / "cue.wav", tick())
    for language, screen in kiosk.served.screens.items():
        pages = manifest(kiosk.site, kiosk.served, language) | {"html": screen.html}
        _write_json(folder / "pages" / f"{language}.json", pages)
    first, screen = next(iter(kiosk.served.screens.items()))
    around = screen.interface.language
    index = INDEX.format(
        language=around,
        direction=direction(around),
        policy=escape(HERE),
        title=escape(screen.index["home"]["title"]),
        head=head_of("copy.js"),
        shell=render_shell(kiosk.site, screen, "home"),
        data=site_data(manifest(kiosk.site, kiosk.served, first)),
    )
    _write(folder / "index.html", index.encode())


def _write_json(file: Path, told: Any) -> None:
    _write(file, json.dumps(told).encode())


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


class _Quiet(SimpleHTTPRequestHandler):
    """Python's own server of files, without a line for each request."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


@dataclass(frozen=True, slots=True)
class StaticSite:
    """Files that are served. url: without the last "/", as that of a running kiosk."""

    url: str
    folder: Path


@contextmanager
def served(folder: Path) -> Iterator[StaticSite]:
    """Serve the files of a folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield StaticSite(f"http://127.0.0.1:{server.server_address[1]}", folder)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
