"""Copies of the site on the web: which of them may send answers here, and what a browser is told.

A browser asks first ("preflight") whether a page of another origin may post here, and shows that
page a reply only where that names its origin. https://fetch.spec.whatwg.org/#http-cors-protocol
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import Scope

_FROM_WEB = "kiosk.from_web"  # in the scope of a request
_ANSWERS = re.compile(r"/api/(?:feedback|voice/[^/]+/[^/]+)")
_IS_THERE = "/ready"
_KNOWN_MINUTES = 10  # a browser asks again after that


class FromWeb:
    """The copies whose answers a kiosk takes.

    origins: as browsers name them (`https://example.org`), exactly these. address: how the web
    reaches this kiosk, "" for by no name of its own.
    """

    def __init__(self, origins: Iterable[str] = (), address: str = "") -> None:
        self._origins = frozenset(origins)
        self.host = (urlsplit(address).hostname or "") if address else ""

    def origin(self, scope: Scope) -> str:
        """Return the origin that asks for what such a copy may ask for; "" for all other requests.

        That is: to send an answer or a voice, and to see whether the kiosk is there.
        """
        if scope["type"] != "http":
            return ""
        headers, method, path = Headers(scope=scope), scope["method"], scope["path"]
        origins = headers.getlist("origin")
        if len(origins) != 1 or origins[0] not in self._origins:
            return ""
        if method == "OPTIONS":
            method = headers.get("access-control-request-method", "")
        wanted = method == "POST" and _ANSWERS.fullmatch(path)
        return origins[0] if wanted or (method == "GET" and path == _IS_THERE) else ""


def mark(scope: Scope) -> None:
    """Note that a request comes from such a copy."""
    scope[_FROM_WEB] = True


def is_from_web(request: HTTPConnection) -> bool:
    """Return whether a request comes from a copy on the web whose answers are taken."""
    return bool(request.scope.get(_FROM_WEB, False))


def shown_to(origin: str) -> dict[str, str]:
    """Return the headers of a reply that a page of this origin may read."""
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": "Kiosk-Cleaned, Retry-After",
        "Vary": "Origin",
    }


def may_post() -> dict[str, str]:
    """Return more headers: those of the reply to a browser that asks first."""
    return {
        "Access-Control-Allow-Methods": "POST",
        "Access-Control-Allow-Headers": "Content-Type",
        "Access-Control-Max-Age": str(60 * _KNOWN_MINUTES),
    }
