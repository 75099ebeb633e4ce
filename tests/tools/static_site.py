"""A site as plain files that any web server can serve, below any folder: no kiosk is behind them.

It is the web copy, but for what tests of the kiosk's own screen do not want: a large screen is the
kiosk's, no worker keeps anything, and no time goes into making sounds small.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from kiosk.config import Site
from kiosk.content import Library
from kiosk.export.webcopy.copied import copied, screens_of
from kiosk.export.webcopy.folder import CopyFolder
from kiosk.export.webcopy.sounds import PATIENCE, Form, Sounds
from kiosk.speech.engines import engines_of

_WAV = Form("wav", ".wav", bytes)


def write_site(site: Site, folder: Path) -> None:
    """Write a site into a folder that is not there yet."""
    screens, to = screens_of(site, Library(site)), CopyFolder(folder)
    with closing(engines_of(site.root, PATIENCE)) as engine:
        sounds = Sounds(site, screens, engine, _WAV)
        for _ in sounds.prepare():
            pass
        for name, one in sounds.clips().items():
            to.put(f"clips/{name}", sounds.sound(one))
        told, voices = sounds.told(), sounds.voices()
    to.put_all(copied(site, screens, told, voices, own_screen=True, offline=False).files)


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
