"""The addresses that are in use. Any other one has a page of ours, in easy words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.file_util import get_static_dir

from kiosk.screen.interface_words import interface_of
from kiosk.screen.languages import direction
from kiosk.screen.screens import templates

if TYPE_CHECKING:
    from kiosk.live.kiosk import Kiosk

NOW = {"Cache-Control": "no-store"}
# What Streamlit answers beside its files, its socket and its page.
STREAMLITS = (
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/bidi-components/kiosk.screen/component.js",
)
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}\b")


class Addresses:
    """Passes on what is asked of an address in use; for all others there is "not here"."""

    def __init__(self, app: ASGIApp, kiosk: Kiosk, ours: Sequence[BaseRoute]) -> None:
        self._app = app
        self._kiosk = kiosk
        self._ours = ours
        folder = Path(get_static_dir())
        files = (path for path in folder.rglob("*") if path.suffix != ".html" and path.is_file())
        self._streamlits = {"/", *STREAMLITS} | {
            f"/{path.relative_to(folder).as_posix()}" for path in files
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let others do it."""
        if scope["type"] == "http" and not self._is_in_use(scope):
            wanted = Headers(scope=scope).get("accept-language", "")
            page = not_here(self._kiosk, wanted, depth=scope["path"].count("/") - 1)
            await HTMLResponse(page, 404, headers=NOW)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_in_use(self, scope: Scope) -> bool:
        if scope["path"] in self._streamlits:
            return True
        return any(route.matches(scope)[0] is not Match.NONE for route in self._ours)


def not_here(kiosk: Kiosk, wanted: str, *, depth: int = 0) -> str:
    """Return the page "This page is not here now.", which works without a script.

    wanted: the languages of a browser, as it tells them. The first one that the kiosk speaks is
    taken, else the site's own. depth: how many folders down the address is that is not in use.
    """
    spoken = list(kiosk.served.screens) or kiosk.site.settings.site.languages[:1]
    asked = (one.lower() for one in _LANGUAGE.findall(wanted))
    language = next((one for one in asked if one in spoken), spoken[0])
    interface = interface_of(language)
    return templates.get_template("not_here.html").render(
        words=interface.words,
        around=interface.language,
        direction=direction(interface.language),
        top="../" * depth or "./",
        language=language,
    )
