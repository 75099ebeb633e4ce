"""What every request passes: only our own host and origin, safe headers, and our first page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk.live.kiosk import language_of
from kiosk.screen.document import POLICY, site_data
from kiosk.screen.joined import head_of_joined
from kiosk.screen.languages import direction
from kiosk.screen.render import render_shell
from kiosk.screen.whole import manifest
from kiosk.web.from_web import FromWeb, mark, may_post, shown_to
from kiosk.web.locked import TAG, is_locked

if TYPE_CHECKING:
    from kiosk.live.kiosk import Kiosk

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FRAMED = HEADERS | {
    "Content-Security-Policy": POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
}
_HEAD = head_of_joined("main.js")
# Streamlit's own: streamlit.js brings them later. A style would put off the first paint.
_SCRIPTS = re.compile(
    r'<script [^>]*src="\./[^>]*></script>|<link rel="(?:modulepreload|stylesheet)" [^>]*"\./[^>]*>'
)
# Streamlit's letters are ours too: its style would name them, but comes later.
_LETTERS = re.compile(r'href="(\./static/media/SourceSans\w*-Upright[^"]*\.woff2)"')
_NAMED = (
    '<style>@font-face {{ font-family: "Source Sans"; font-weight: 100 900;'
    ' src: url("{}") format("woff2"); }}</style>'
)
SOCKET = "/_stcore/stream"  # Streamlit's, the only one
MOST_SOCKETS = 100  # each holds a session of Streamlit
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{0,5})?", re.IGNORECASE)


class Guard:
    """Refuses a foreign Host and a foreign Origin, for pages, sockets and answers alike.

    Every answer to a request, whoever gives it, leaves with HEADERS. names: more names of our host.
    web: copies of the site that may send answers here. framed: how addresses begin that our own
    pages may show in a frame; "" for none.
    """

    def __init__(
        self,
        app: ASGIApp,
        host: str,
        names: Iterable[str] = (),
        web: FromWeb | None = None,
        framed: str = "",
    ) -> None:
        self._app = app
        self._web = web or FromWeb()
        self._hosts = {"127.0.0.1", "localhost", "::1", host.lower(), *names}
        self._framed = framed
        self._sockets = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return

        may_be_framed = self._framed and scope["path"].startswith(self._framed)
        added = dict(FRAMED if may_be_framed else HEADERS)

        async def with_headers(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                MutableHeaders(scope=message).update(added)
            await send(message)

        socket, headers = scope["type"] == "websocket", Headers(scope=scope)
        origin = self._web.origin(scope)
        if origin and origin not in _own(headers) and self._is_called(headers, self._web.host):
            added |= shown_to(origin)
            mark(scope)
            if scope["method"] == "OPTIONS":
                await Response(status_code=204, headers=may_post())(scope, receive, with_headers)
            else:
                await self._app(scope, receive, with_headers)
            return
        if status := self._refuses(headers, scope["path"], socket=socket):
            words = "This is not for you." if status < 500 else "Please try again in a moment."
            refusal = PlainTextResponse(words, status, {"Cache-Control": "no-store"})
            await refusal(scope, receive, with_headers)
            return
        self._sockets += socket
        try:
            await self._app(scope, receive, with_headers)
        finally:
            self._sockets -= socket

    def _is_called(self, headers: Headers, *names: str) -> bool:
        """Return whether a request names our host, or one of these names."""
        named = _HOST.fullmatch(headers.get("host", ""))
        return named is not None and named[1].strip("[]").lower() in {*self._hosts, *names}

    def _refuses(self, headers: Headers, path: str, *, socket: bool) -> int:
        """Return the status of a refusal; 0 for none."""
        if _HOST.fullmatch(headers.get("host", "")) is None:
            return 400
        origins = headers.getlist("origin")
        if (
            not self._is_called(headers)
            or not {one.lower() for one in origins} <= _own(headers)
            or _is_from_elsewhere(headers)
            or (socket and (not origins or path != SOCKET))
        ):
            return 403
        return 503 if socket and self._sockets >= MOST_SOCKETS else 0


def _own(headers: Headers) -> set[str]:
    """Return the origins of our own pages, as this request calls us."""
    host = headers.get("host", "").lower()
    return {f"http://{host}", f"https://{host}"}


def _is_from_elsewhere(headers: Headers) -> bool:
    """Tell whether a page of another site asks; its links may lead here, and no more."""
    site, mode = headers.get("sec-fetch-site"), headers.get("sec-fetch-mode")
    return site in ("cross-site", "same-site") and mode != "navigate"


def first_page(kiosk: Kiosk) -> Callable[[str, Scope], str]:
    """Return what puts the screen, with the page that is asked for, into the first HTML."""

    def change(html: str, scope: Scope) -> str:
        html = _page(kiosk, html, parse_qs(scope["query_string"].decode("latin-1")))
        if is_locked(HTTPConnection(scope), kiosk.site):
            return html.replace("</title>", f"</title>{TAG}", 1)
        kiosk.signs.visited()  # the locked browser tells itself when it is touched
        return html

    return change


def _page(kiosk: Kiosk, html: str, query: dict[str, list[str]]) -> str:
    served = kiosk.served
    screens = served.screens
    if not screens:
        sorry = "<h1>The pages are not ready.</h1><p>Please ask a member of staff.</p>"
        return re.sub(r"<body>.*</body>", f"<body>{sorry}</body>", html, flags=re.DOTALL)
    language = language_of(query.get("lang", [""])[-1], screens)
    screen, page = screens[language], query.get("page", ["home"])[-1]
    page = page if page in screen.html else "home"
    title = escape(screen.index[page]["title"])
    shell = render_shell(kiosk.site, screen, page)
    voices = kiosk.sounds.voices(language)
    data = site_data(manifest(kiosk.site, served, language, voices=voices))
    letters = _LETTERS.search(html)
    head = f"<title>{title}</title>{_NAMED.format(letters[1]) if letters else ''}{_HEAD}"
    html = re.sub(r"<title>.*?</title>", lambda _: head, html)
    around = screen.interface.language
    html = html.replace('<html lang="en">', f'<html lang="{around}" dir="{direction(around)}">')
    # Our policy runs no script that stands in the page; this one only serves search engines.
    html = re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)
    html = re.sub(r"<noscript>.*?</noscript>", "", html, flags=re.DOTALL)
    behind = f'<template id="kiosk-behind">{"".join(_SCRIPTS.findall(html))}</template>'
    return _SCRIPTS.sub("", html).replace("<body>", f"<body>{shell}{data}{behind}")
