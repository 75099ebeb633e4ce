"""The kiosk's own screen, for one preview: its files, its pages, and what they say."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from kiosk.errors import SpeechError
from kiosk.screen.interface_words import Utterance
from kiosk.screen.said import SPEEDS
from kiosk.speech.wav import tick
from kiosk.web.app import KINDS
from kiosk.web.lanes import Lane, LaneFull
from kiosk.web.ranges import whole_or_part
from kiosk.web.studio.asking import NOW
from kiosk.web.studio.desk import Desk
from kiosk.web.studio.previews import Preview, Previews
from kiosk.web.studio.signing import words

Shows = Callable[[Request, Preview], Awaitable[Response]]


def screen_routes(
    below: str,
    desk: Desk,
    previews: Previews,
    route: Callable[[str, Shows], BaseRoute],
    more: Callable[[Preview], Sequence[Utterance]] = lambda _: (),
) -> list[BaseRoute]:
    """Return what a screen asks for, whose document lies below an address.

    route: makes one of it, which finds the preview that the asking browser may look at. more: what
    can be said there beside the page.
    """
    speaking = Lane(1, 8)

    async def picture(request: Request, preview: Preview) -> Response:
        name = request.path_params["name"]
        data = preview.served.files.get(name)
        if data is None:
            return Response(status_code=404, headers=NOW)
        return Response(data, media_type=KINDS[Path(name).suffix], headers=NOW)

    async def pages(request: Request, preview: Preview) -> Response:
        html = preview.served.html_since(request.headers.get("Kiosk-Known", ""), preview.language)
        return JSONResponse(previews.told(preview) | {"html": html}, headers=NOW)

    async def narration(request: Request, preview: Preview) -> Response:
        page, speed = request.path_params["page"], request.path_params["speed"]
        screen = preview.served.screens[preview.language]
        if page not in screen.narrations or speed not in SPEEDS:
            return JSONResponse({"error": words()["no_preview"]}, 404, headers=NOW)
        say = partial(previews.narration, preview, page, speed, desk.narrator, more(preview))
        try:
            return JSONResponse(await speaking.run(say), headers=NOW)
        except (LaneFull, SpeechError, OSError):
            return JSONResponse({"error": screen.interface.words["no_voice"]}, 503, headers=NOW)

    async def clip(request: Request, _: Preview) -> Response:
        key = request.path_params["key"]
        sound = None
        if re.fullmatch(r"[0-9a-f]{64}", key):
            sound = await run_in_threadpool(desk.narrator.sound, key)
        if sound is None:
            return Response(status_code=404, headers=NOW)
        return whole_or_part(request, sound, "audio/wav", NOW)

    async def cue(_: Request, __: Preview) -> Response:
        return Response(tick(), media_type="audio/wav", headers=NOW)

    return [
        route(f"{below}/files/{{name}}", picture),
        route(f"{below}/pages/{{language}}", pages),
        route(f"{below}/narration/{{language}}/{{page}}/{{speed}}", narration),
        route(f"{below}/clips/{{key}}.wav", clip),
        route(f"{below}/cue.wav", cue),
    ]
