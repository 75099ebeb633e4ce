"""The studio as a web server of its own: Streamlit's app with our routes around it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config
from streamlit.file_util import get_static_dir

from kiosk.config import Site
from kiosk.editor.reviews import Reviews
from kiosk.errors import KioskError
from kiosk.live.planned import Planned
from kiosk.web.app import OPTIONS
from kiosk.web.first_html import FirstHtml
from kiosk.web.frontend import front_end, modules
from kiosk.web.guard import Guard
from kiosk.web.listen import address_of, listen, open_browser
from kiosk.web.log import keep_quiet
from kiosk.web.studio import (
    answering,
    bringing,
    links,
    pages,
    picturing,
    previewing,
    publishing,
    reviewing,
    shelving,
    signing,
    telling,
    wording,
)
from kiosk.web.studio.asking import NOW
from kiosk.web.studio.desk import Desk
from kiosk.web.studio.door import Door, OnlyByProxy, door
from kiosk.web.studio.previews import FILES

MAIN = Path(__file__).with_name("main.py")
FOLDER = Path(__file__).with_name("frontend")
_INLINE = re.compile(r"<script>.*?</script>|<noscript>.*?</noscript>", re.DOTALL)
_STREAMLITS = (
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/bidi-components/kiosk.studio/component.js",
)


def routes(desk: Desk, *, is_safe: bool) -> list[BaseRoute]:
    """Return the routes of one studio."""

    async def ready(_: Request) -> Response:
        return JSONResponse({"ready": True}, headers=NOW)

    return [
        Route("/ready", ready),
        modules(FILES, FOLDER),
        front_end(),  # the colours
        *signing.routes(desk, is_safe=is_safe),
        *pages.routes(desk),
        *bringing.routes(desk),
        *shelving.routes(desk),
        *publishing.routes(desk, partial(pages.as_opened, desk)),
        *previewing.routes(desk),
        *picturing.routes(desk),
        *wording.routes(desk),
        *links.routes(desk),
        *answering.routes(desk),
        *telling.routes(desk),
        *reviewing.routes(desk, is_safe=is_safe),
    ]


class OnlyOurs:
    """Passes on what is asked of an address in use; all others are not here."""

    def __init__(self, app: ASGIApp, ours: Sequence[BaseRoute]) -> None:
        self._app = app
        self._ours = ours
        folder = Path(get_static_dir())
        files = (path for path in folder.rglob("*") if path.suffix != ".html" and path.is_file())
        self._streamlits = {"/", *_STREAMLITS} | {
            f"/{path.relative_to(folder).as_posix()}" for path in files
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let others do it."""
        known = scope["type"] != "http" or scope["path"] in self._streamlits
        if not known and all(one.matches(scope)[0] is Match.NONE for one in self._ours):
            await PlainTextResponse("This is not here.", 404, headers=NOW)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def without_scripts(html: str, _: Scope) -> str:
    """Take out of Streamlit's page the scripts that our policy would refuse to run."""
    return _INLINE.sub("", html).replace("<title>Streamlit<", "<title>Studio<")


def build(desk: Desk, where: Door, main: Path = MAIN) -> ASGIApp:
    """Return the app. main: the script that Streamlit runs."""
    ours = routes(desk, is_safe=where.is_safe)
    app = st.App(
        main,
        routes=ours,
        middleware=[Middleware(OnlyOurs, ours=ours), Middleware(FirstHtml, change=without_scripts)],
    )
    return OnlyByProxy(
        Guard(app, where.host, where.names, framed=f"{previewing.BELOW}/"), where.proxy
    )


def serve(
    site: Site,
    host: str | None,
    port: int | None,
    *,
    show: bool,
    report: Callable[[str], None],
    main: Path = MAIN,
) -> None:
    """Serve the studio of a site until Ctrl-C. main: the script that Streamlit runs.

    Raises SettingsError for a door through which passwords could be read, PortTaken when the
    address is in use.
    """
    where = door(site, host, port)
    listener = listen(where.host, where.port, "kiosk studio")
    for name, value in OPTIONS.items():
        config.set_option(name, value)
    config.set_option("server.address", where.host)
    config.set_option("server.port", where.port)
    desk = Desk(site)
    with suppress(KioskError):  # a disk that is full keeps nobody from the studio
        Reviews(site).tidy()
    planned = Planned(site, desk.library, report)
    address = address_of(listener, where.host)
    if where.certificate:
        address = re.sub("^http:", "https:", address)
    report(f"The studio is at {address}  (Ctrl-C ends it)")
    if not desk.accounts.members:
        desk.first = secrets.token_urlsafe(24)
        address = f"{address}/#first={desk.first}"
        report("Nobody can sign in yet. This link makes the first member of staff, once:")
        report(address)
    if show:
        open_browser(address)
    options: dict[str, Any] = {}
    if where.certificate:
        options = {"ssl_certfile": where.certificate, "ssl_keyfile": where.key}
    server = uvicorn.Server(
        uvicorn.Config(
            build(desk, where, main),
            server_header=False,
            access_log=False,
            proxy_headers=False,
            log_level="warning",
            timeout_graceful_shutdown=1,
            **options,
        )
    )
    keep_quiet()
    planned.start()
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        pass
    finally:
        planned.close()
        desk.close()
