"""The kiosk as a web server: Streamlit's app with our routes around it."""

from __future__ import annotations

import gc
import re
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st
import uvicorn
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp
from streamlit import config

from kiosk.config import Site
from kiosk.errors import SpeechError, VoiceMissing
from kiosk.live.kiosk import Kiosk, language_of
from kiosk.lockdown.notify import OwnAnswers, watched
from kiosk.recorded.read import SOUNDS
from kiosk.screen.said import SPEEDS
from kiosk.screen.steps import SECOND
from kiosk.screen.whole import manifest
from kiosk.speech.wav import tick
from kiosk.web import answers, locked, paper, status
from kiosk.web.addresses import Addresses
from kiosk.web.bodies import Refused, json_body
from kiosk.web.connections import (
    AT_ONCE,
    LARGEST_MESSAGE,
    Room,
    Socket,
    connection_in,
    room_here,
)
from kiosk.web.first_html import FirstHtml
from kiosk.web.from_web import FromWeb
from kiosk.web.frontend import front_end
from kiosk.web.guard import Guard, first_page
from kiosk.web.lanes import Lane, LaneFull
from kiosk.web.listen import BACKLOG, address_of, listen, open_browser
from kiosk.web.log import keep_quiet
from kiosk.web.ranges import whole_or_part
from kiosk.web.readiness import Readiness

if TYPE_CHECKING:
    from kiosk.fleet.member.belonging import Belonging

MAIN = Path(__file__).with_name("main.py")
LARGEST_TEXT = 65_536  # bytes of one request
WAIT_SECONDS = 20.0  # how long an open screen's question "has anything changed?" is held
FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
A_DAY = {"Cache-Control": "private, max-age=86400"}
NOW = {"Cache-Control": "no-store"}
KINDS = {".svg": "image/svg+xml", ".png": "image/png"}
OPTIONS: dict[str, Any] = {
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "global.developmentMode": False,
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.maxMessageSize": 5,
    "server.maxUploadSize": 5,
}


def routes(kiosk: Kiosk) -> list[BaseRoute]:
    """Return the routes of one kiosk."""
    readiness = Readiness(kiosk.store.can_save)
    # One voice speaks; who would wait for it in vain is told at once.
    speaking, narrating = Lane(2, 8), Lane(4, 60)

    async def ready(_: Request) -> Response:
        can_save = await readiness.can_save()
        good = can_save and bool(kiosk.served.screens)
        told = {
            "ready": good,
            "can_save": can_save,
            "languages": list(kiosk.served.screens),
            "prepared": kiosk.sounds.prepared,
        }
        return JSONResponse(told, 200 if good else 503, headers=NOW)

    async def picture(request: Request) -> Response:
        name = request.path_params["name"]
        data = kiosk.served.files.get(name)
        if data is None:
            return Response(status_code=404)
        return Response(data, media_type=KINDS[Path(name).suffix], headers=FOREVER)

    async def clip(request: Request) -> Response:
        key = request.path_params["key"]
        if not re.fullmatch(r"[0-9a-f]{64}", key):
            return Response(status_code=404)
        try:
            wav = await run_in_threadpool(kiosk.sounds.narrator.sound, key)
        except SpeechError:
            return Response(status_code=503, headers=NOW)
        if wav is None:
            return Response(status_code=404)
        return whole_or_part(request, wav, "audio/wav", FOREVER)

    async def voice(request: Request) -> Response:
        """Send a person's recording as it is. What is taken away is not kept for long."""
        name = request.path_params["name"]
        path = kiosk.served.voices.get(name)
        if path is None:
            return Response(status_code=404)
        try:
            sound = await run_in_threadpool((kiosk.site.root / path).read_bytes)
        except OSError:
            return Response(status_code=404)
        return whole_or_part(request, sound, SOUNDS[path.suffix], A_DAY)

    async def pages(request: Request) -> Response:
        served, asked = kiosk.served, request.path_params["language"]
        language = language_of(asked, served.screens)
        # What the screen has of this language: only what has changed since then is sent.
        known = request.headers.get("Kiosk-Known", "") if language == asked else ""
        html = served.html_since(known, language)
        voices = kiosk.sounds.voices(language)
        told = manifest(kiosk.site, served, language, voices=voices)
        return JSONResponse(told | {"html": html}, headers=NOW)

    async def narration(request: Request) -> Response:
        language, page, speed = (request.path_params[k] for k in ("language", "page", "speed"))
        screen = kiosk.served.screens.get(language)
        if screen is None or page not in screen.narrations or speed not in SPEEDS:
            return JSONResponse({"error": "There is no such page."}, 404, headers=NOW)
        try:
            second = request.query_params.get("voice") == SECOND
            narrate = partial(kiosk.sounds.narrate, second=second)
            told = await narrating.run(narrate, language, page, speed)
        except (LaneFull, SpeechError, OSError):
            return JSONResponse({"error": screen.interface.words["no_voice"]}, 503, headers=NOW)
        return JSONResponse(told, headers=NOW)

    async def speak(request: Request) -> Response:
        """Say a visitor's own words back to them; the sound is kept nowhere."""
        try:
            asked = await json_body(request, LARGEST_TEXT)
        except Refused as refused:
            return refused.response
        fields = asked if isinstance(asked, dict) else {}
        text, language, speed = fields.get("text"), str(fields.get("language")), fields.get("speed")
        second = fields.get("voice") == SECOND
        screen = kiosk.served.screens.get(language)
        most = kiosk.site.settings.feedback.words_max_characters
        if screen is None or speed not in SPEEDS or not isinstance(text, str) or len(text) > most:
            return JSONResponse({"error": "That cannot be said."}, 422, headers=NOW)
        try:
            aloud = partial(kiosk.sounds.narrator.aloud, say=screen.say, second=second)
            wav = await speaking.run(aloud, text, language=language, speed=speed)
        except VoiceMissing:
            return JSONResponse({"error": screen.interface.words["no_language"]}, 503, headers=NOW)
        except (LaneFull, SpeechError, OSError):
            return JSONResponse({"error": screen.interface.words["no_voice"]}, 503, headers=NOW)
        return Response(wav, media_type="audio/wav", headers=NOW)

    async def cue(_: Request) -> Response:
        return Response(tick(), media_type="audio/wav", headers=FOREVER)

    async def changes(request: Request) -> Response:
        version = await kiosk.changed(request.query_params.get("version", ""), WAIT_SECONDS)
        return JSONResponse({"version": version}, headers=NOW)

    return [
        Route("/ready", ready),
        Route("/files/{name}", picture),
        Route("/clips/{key}.wav", clip),
        Route("/voices/{name}", voice),
        front_end(),
        Route("/pages/{language}", pages),
        Route("/narration/{language}/{page}/{speed}", narration),
        Route("/changes", changes),
        Route("/cue.wav", cue),
        Route("/api/speak", speak, methods=["POST"]),
        *answers.routes(kiosk),
        *paper.routes(kiosk),
        *locked.routes(kiosk),
        *status.routes(kiosk),
    ]


def build(kiosk: Kiosk, host: str) -> ASGIApp:
    """Return the app; the kiosk starts with it, and whoever runs it closes the kiosk."""

    @asynccontextmanager
    async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any] | None]:
        kiosk.start()
        yield None

    ours = routes(kiosk)
    app = st.App(
        MAIN,
        routes=ours,
        middleware=[
            Middleware(Addresses, kiosk=kiosk, ours=ours),
            Middleware(FirstHtml, change=first_page(kiosk)),
        ],
        lifespan=lifespan,
    )
    feedback = kiosk.site.settings.feedback
    web = FromWeb(feedback.from_web, feedback.web_sends_to)
    return Guard(app, host, web=web)  # around all, also around what tells of a fault


def _belonging(kiosk: Kiosk) -> Belonging | None:
    """Begin to belong to the centre. A kiosk that stands alone loads nothing for it."""
    if not (kiosk.site.data / "fleet" / "centre.json").exists():
        return None
    from kiosk.fleet.member.belonging import belonging_of

    return belonging_of(kiosk, lambda line: print(line, file=sys.stderr, flush=True))


class _Server(uvicorn.Server):
    """Looks after its connections, and wakes those who wait as soon as it is told to end."""

    kiosk: Kiosk
    watchdog: OwnAnswers
    room: Room

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for one in sockets or []:
            one.listen(BACKLOG)  # a longer queue than what asyncio takes out of it at once

    async def on_tick(self, counter: int) -> bool:
        if counter % 10 == 0:  # each second
            self.room.sweep()
        return await super().on_tick(counter)

    def handle_exit(self, sig: int, frame: Any) -> None:
        self.watchdog.end()
        self.kiosk.hurry()
        super().handle_exit(sig, frame)


def serve(site: Site, host: str, port: int, *, show: bool, report: Callable[[str], None]) -> None:
    """Serve a site until Ctrl-C. PortTaken when the address is in use."""
    listener = listen(host, port, "kiosk serve")
    for name, value in OPTIONS.items():
        config.set_option(name, value)
    config.set_option("server.address", host)
    config.set_option("server.port", port)
    kiosk = Kiosk(site)
    gc.freeze()  # the pages stay: to look through all of them again and again would hold up edits
    address = address_of(listener, host)
    report(f"The kiosk is at {address}  (Ctrl-C ends it)")
    if show:
        open_browser(address)
    room = room_here()
    server = _Server(
        uvicorn.Config(
            build(kiosk, host),
            http=connection_in(room),
            ws=Socket,
            ws_max_size=LARGEST_MESSAGE,
            ws_per_message_deflate=False,
            backlog=AT_ONCE,
            server_header=False,
            access_log=False,
            log_level="warning",
            timeout_graceful_shutdown=1,
        )
    )
    keep_quiet()
    belonging = _belonging(kiosk)
    server.kiosk = kiosk
    server.room = room
    server.watchdog = OwnAnswers(address)
    if watched():
        server.watchdog.start()
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        pass
    finally:
        if belonging:
            belonging.end()
        kiosk.close()
