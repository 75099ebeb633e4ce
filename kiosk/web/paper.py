"""The route by which the kiosk's own screen prints."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kiosk.errors import NotPrinted
from kiosk.live.kiosk import Kiosk
from kiosk.web.bodies import Refused, json_body
from kiosk.web.lanes import Lane, LaneFull
from kiosk.web.locked import from_here

NOW = {"Cache-Control": "no-store"}
_LARGEST = 1000  # bytes of a request
_VISIT = re.compile(r"[0-9A-Za-z-]{1,64}")


def routes(kiosk: Kiosk) -> list[Route]:
    """Return the route. It is for this machine alone: the printer stands beside its screen.

    It replies when the paper comes out, or tells in one word why it does not. A minute and a half
    may pass until then.
    """
    lane = Lane(2, 0)  # the second one is told that the first one is printing

    async def put_out(request: Request) -> Response:
        if not from_here(request):
            return JSONResponse({"error": "This is not for you."}, 403, headers=NOW)
        try:
            told = await json_body(request, _LARGEST)
        except Refused as refused:
            return refused.response
        asked = told if isinstance(told, dict) else {}
        page, language, what, visit = (
            asked.get(key) for key in ("page", "language", "what", "visit")
        )
        if (
            not isinstance(page, str)
            or not isinstance(language, str)
            or not isinstance(visit, str)
            or not _VISIT.fullmatch(visit)
            or what not in ("page", "document")
        ):
            return JSONResponse({"error": "That cannot be printed."}, 422, headers=NOW)
        now = kiosk.library.now
        try:
            await lane.run(kiosk.printing.put_out, now, language, page, what, visit)
        except NotPrinted as error:
            return JSONResponse({"printed": False, "why": error.reason}, headers=NOW)
        except LaneFull:
            return JSONResponse({"printed": False, "why": "busy"}, headers=NOW)
        return JSONResponse({"printed": True, "why": ""}, headers=NOW)

    return [Route("/api/print", put_out, methods=["POST"])]
