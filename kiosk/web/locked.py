"""What the server does for the locked browser of this machine, and for nobody else."""

from __future__ import annotations

from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from kiosk.config import Site
from kiosk.live.kiosk import Kiosk
from kiosk.lockdown.key import COOKIE, is_key
from kiosk.lockdown.policy import OWN_MACHINE
from kiosk.web.bodies import Refused, json_body

CODE = "lock.js"
TAG = f'<script type="module" src="screen/{CODE}"></script>'
NOW = {"Cache-Control": "no-store"}
_LARGEST = 200  # bytes of a sign of life


def routes(kiosk: Kiosk) -> list[Route]:
    """Return the routes: the door of the locked browser, its sign of life, and what cleans it."""

    async def door(request: Request) -> Response:
        key = request.path_params["key"]
        if not from_here(request) or not is_key(kiosk.site, key):
            return PlainTextResponse("This is not for you.", 404, headers=NOW)
        opened = RedirectResponse("/", 303, headers=NOW)
        opened.set_cookie(COOKIE, key, httponly=True, samesite="strict")
        return opened

    async def sign(request: Request) -> Response:
        if not from_here(request) or not is_locked(request, kiosk.site):
            return JSONResponse({"error": "This is not for you."}, 403, headers=NOW)
        try:
            told = await json_body(request, _LARGEST)
        except Refused as refused:
            return refused.response
        fields = told if isinstance(told, dict) else {}
        drawn = fields.get("drawn")
        kiosk.signs.sign(
            nobody=fields.get("nobody") is True,
            touched=fields.get("touched") is True,
            drawn=drawn if isinstance(drawn, str) and drawn.isalnum() and drawn.isascii() else "",
        )
        return Response(status_code=204, headers=NOW)

    async def traces(request: Request) -> Response:
        if not from_here(request) or not is_locked(request, kiosk.site):
            return JSONResponse({"error": "This is not for you."}, 403, headers=NOW)
        # The browser deletes the files before it gives the page this reply.
        # https://w3c.github.io/webappsec-clear-site-data/
        return Response(status_code=204, headers={**NOW, "Clear-Site-Data": '"storage"'})

    async def alive(request: Request) -> Response:
        if not from_here(request):
            return JSONResponse({"error": "This is not for you."}, 403, headers=NOW)
        life = kiosk.signs.life
        told = {"seconds": life.seconds, "nobody": life.nobody, "drawn": kiosk.signs.drawn}
        return JSONResponse(told, headers=NOW)

    return [
        Route("/locked/{key}", door),
        Route("/alive", sign, methods=["POST"]),
        Route("/alive", alive),
        Route("/alive/traces", traces, methods=["POST"]),
    ]


def from_here(request: HTTPConnection) -> bool:
    """Return whether a request comes from this machine itself."""
    return request.client is not None and request.client.host in OWN_MACHINE


def is_locked(request: HTTPConnection, site: Site) -> bool:
    """Return whether a request comes from the browser that the lock has started."""
    return is_key(site, request.cookies.get(COOKIE))
