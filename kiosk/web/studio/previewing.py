"""The routes of the preview: the kiosk's own screen, fed with a text that is not saved."""

from __future__ import annotations

import base64
import re
from functools import partial
from pathlib import Path
from typing import Annotated

from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute

from kiosk.errors import SpeechError
from kiosk.screen.said import SPEEDS
from kiosk.speech.wav import tick
from kiosk.web.app import KINDS
from kiosk.web.bodies import Refused
from kiosk.web.lanes import Lane, LaneFull
from kiosk.web.ranges import whole_or_part
from kiosk.web.studio.asking import LARGEST, NOW, reading, sent, writing
from kiosk.web.studio.desk import Desk
from kiosk.web.studio.pages import WholeText
from kiosk.web.studio.previews import Preview, Previews
from kiosk.web.studio.sessions import Session
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
    making, speaking = Lane(1, 20), Lane(1, 8)

    def here(request: Request, session: Session) -> Preview:
        found = previews.find(f"{session.id} {request.path_params['window']}")
        if found is None:
            raise Refused(404, words()["no_preview"])
        return found

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

    async def document(request: Request, session: Session) -> Response:
        return HTMLResponse(previews.html(here(request, session)), headers=NOW)

    async def picture(request: Request, session: Session) -> Response:
        name = request.path_params["name"]
        data = here(request, session).served.files.get(name)
        if data is None:
            return Response(status_code=404, headers=NOW)
        return Response(data, media_type=KINDS[Path(name).suffix], headers=NOW)

    async def pages(request: Request, session: Session) -> Response:
        preview = here(request, session)
        html = preview.served.html_since(request.headers.get("Kiosk-Known", ""), preview.language)
        return JSONResponse(previews.told(preview) | {"html": html}, headers=NOW)

    async def narration(request: Request, session: Session) -> Response:
        preview = here(request, session)
        page, speed = request.path_params["page"], request.path_params["speed"]
        screen = preview.served.screens[preview.language]
        if page not in screen.narrations or speed not in SPEEDS:
            return JSONResponse({"error": words()["no_preview"]}, 404, headers=NOW)
        say = partial(previews.narration, preview, page, speed, desk.narrator)
        try:
            return JSONResponse(await speaking.run(say), headers=NOW)
        except (LaneFull, SpeechError, OSError):
            return JSONResponse({"error": screen.interface.words["no_voice"]}, 503, headers=NOW)

    async def clip(request: Request, _: Session) -> Response:
        key = request.path_params["key"]
        sound = None
        if re.fullmatch(r"[0-9a-f]{64}", key):
            sound = await run_in_threadpool(desk.narrator.sound, key)
        if sound is None:
            return Response(status_code=404, headers=NOW)
        return whole_or_part(request, sound, "audio/wav", NOW)

    async def cue(_: Request, __: Session) -> Response:
        return Response(tick(), media_type="audio/wav", headers=NOW)

    below = f"{BELOW}/{{window}}"
    return [
        writing(BELOW, desk, show, is_used=False),
        writing(f"{BELOW}-leaflet", desk, leaflet),
        reading(f"{below}/", desk, document),
        reading(f"{below}/files/{{name}}", desk, picture),
        reading(f"{below}/pages/{{language}}", desk, pages),
        reading(f"{below}/narration/{{language}}/{{page}}/{{speed}}", desk, narration),
        reading(f"{below}/clips/{{key}}.wav", desk, clip),
        reading(f"{below}/cue.wav", desk, cue),
    ]
