"""Changes the HTML that Streamlit answers with at the address "/"."""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_DROPPED = {b"accept-encoding", b"if-none-match", b"if-modified-since"}


class FirstHtml:
    """Middleware that collects Streamlit's page and sends what a function makes of it.

    change: is given the HTML and the scope of the request, and returns the HTML to send.
    """

    def __init__(self, app: ASGIApp, change: Callable[[str, Scope], str]) -> None:
        self._app = app
        self._change = change

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Change the HTML of the address "/"; leave everything else alone."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        # With these, Streamlit may answer "not changed" or with compressed bytes.
        kept = [(name, value) for name, value in scope["headers"] if name not in _DROPPED]
        start: Message = {}
        body = bytearray()

        async def collect(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            data = self._change(body.decode(), scope).encode()
            headers = MutableHeaders(scope=start)
            headers["content-length"] = str(len(data))
            headers["cache-control"] = "no-store"
            del headers["etag"]
            del headers["last-modified"]
            await send(start)
            await send({"type": "http.response.body", "body": data})

        await self._app({**scope, "headers": kept}, receive, collect)
