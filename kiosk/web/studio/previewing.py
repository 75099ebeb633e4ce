"""The routes of the preview: the kiosk's own screen, fed with a text that is not saved."""

from __future__ import annotations

import base64
from typing import Annotated

from pydantic import Field
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute

from kiosk.web.bodies import Refused
from kiosk.web.lanes import Lane, LaneFull
from kiosk.web.studio.asking import LARGEST, NOW, reading, sent, writing
from kiosk.web.studio.desk import Desk
from kiosk.web.studio.pages import WholeText
from kiosk.web.studio.previews import Preview, Previews
from kiosk.web.studio.sessions import Session
from kiosk.web.studio.shown import Shows, screen_routes
from kiosk.web.studio.signing import words

BELOW = "/studio/preview"
_WINDOW = r"^[A-Za-z0-9.-]{1,60}$"


class _Shown(WholeText):
    window: Annotated[str, Field(pattern=_WINDOW)]


class _Sheets(_Shown):
    pass


def routes(desk: Desk) -> list[BaseRoute]:
    """Return the routes."""
    previews = Previews(desk.site, desk.library)
    making = Lane(1, 20)

    async def show(request: Request, session: Session) -> Response:
        asked = await sent(request, _Shown, LARGEST)
        text, _places = asked.whole()
        desk.refresh()
        key = f"{session.id} {asked.window}"
        try:
            made = await making.run(previews.show, key, asked.name, text)
        except LaneFull:
            raise Refused(503, words()["busy"]) from None
        told = {"version": made.served.version, "page": made.page, "wrong": made.wrong}
        return JSONResponse(told, headers=NOW)

    async def leaflet(request: Request, session: Session) -> Response:
        """Send the leaflet as pictures of its sheets."""
        asked = await sent(request, _Sheets, LARGEST)
        text, _places = asked.whole()
        desk.refresh()
        key = f"{session.id} {asked.window}"

        def work() -> list[str]:
            made = previews.show(key, asked.name, text)
            return [base64.b64encode(one).decode() for one in previews.sheets(made)]

        try:
            return JSONResponse({"sheets": await making.run(work)}, headers=NOW)
        except LaneFull:
            raise Refused(503, words()["busy"]) from None

    async def document(_: Request, preview: Preview) -> Response:
        return HTMLResponse(previews.html(preview), headers=NOW)

    def of_window(address: str, shows: Shows) -> BaseRoute:
        async def answer(request: Request, session: Session) -> Response:
            found = previews.find(f"{session.id} {request.path_params['window']}")
            if found is None:
                raise Refused(404, words()["no_preview"])
            return await shows(request, found)

        return reading(address, desk, answer)

    below = f"{BELOW}/{{window}}"
    return [
        writing(BELOW, desk, show, is_used=False),
        writing(f"{BELOW}-leaflet", desk, leaflet),
        of_window(f"{below}/", document),
        *screen_routes(below, desk, previews, of_window),
    ]
