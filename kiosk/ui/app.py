"""The kiosk as a web server: Streamlit's app with our routes around it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import streamlit as st
import uvicorn
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route
from streamlit import config

from kiosk.config import Site
from kiosk.errors import SpeechError, VoiceMissing
from kiosk.hall.notify import OwnAnswers, watched
from kiosk.speech.clips import tick
from kiosk.ui import answers, locked, status
from kiosk.ui.bodies import Refused, json_body
from kiosk.ui.guard import FirstPage, Guard
from kiosk.ui.kiosk import SPEEDS, Kiosk, language_of, manifest
from kiosk.ui.listen import address_of, listen, open_browser

MAIN = Path(__file__).with_name("main.py")
LARGEST_TEXT = 65_536  # bytes of one request
WAIT_SECONDS = 20.0  # how long an open screen's question "has anything changed?" is held
FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
NOW = {"Cache-Control": "no-store"}
KINDS = {".svg": "image/svg+xml", ".png": "image/png", ".js": "text/javascript", ".css": "text/css"}
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


def routes(kiosk: Kiosk) -> list[Route]:
    """Return the routes of one kiosk."""

    async def ready(_: Request) -> Response:
        can_save = await run_in_threadpool(kiosk.store.can_save)
        good = can_save and bool(kiosk.served.screens)
        told = {
            "ready": good,
            "can_save": can_save,
            "languages": list(kiosk.served.screens),
            "prepared": kiosk.prepared,
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
        path = kiosk.narrator.clip_path(key)
        if not re.fullmatch(r"[0-9a-f]{64}", key) or not path.is_file():
            return Response(status_code=404)
        return FileResponse(path, media_type="audio/wav", headers=FOREVER)

    async def front_end(request: Request) -> Response:
        name = request.path_params["name"]
        file = files("kiosk.ui") / "frontend" / name
        if not re.fullmatch(r"[a-z]+\.(js|css)", name) or not file.is_file():
            return Response(status_code=404)
        headers = {"Cache-Control": "no-cache"}
        return Response(file.read_bytes(), media_type=KINDS[Path(name).suffix], headers=headers)

    async def pages(request: Request) -> Response:
        language = language_of(request.path_params["language"], kiosk.served.screens)
        html = kiosk.served.screens[language].html
        return JSONResponse(manifest(kiosk, language) | {"html": html}, headers=NOW)

    async def narration(request: Request) -> Response:
        language, page, speed = (request.path_params[k] for k in ("language", "page", "speed"))
        screen = kiosk.served.screens.get(language)
        if screen is None or page not in screen.texts or speed not in SPEEDS:
            return JSONResponse({"error": "There is no such page."}, 404, headers=NOW)
        try:
            told = await run_in_threadpool(kiosk.narrate, language, page, speed)
        except (SpeechError, OSError):
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
        screen = kiosk.served.screens.get(language)
        most = kiosk.site.settings.feedback.words_max_characters
        if screen is None or speed not in SPEEDS or not isinstance(text, str) or len(text) > most:
            return JSONResponse({"error": "That cannot be said."}, 422, headers=NOW)
        try:
            wav = await run_in_threadpool(
                kiosk.narrator.aloud, text, language=language, speed=speed, say=screen.say
            )
        except VoiceMissing:
            return JSONResponse({"error": screen.interface.words["no_language"]}, 503, headers=NOW)
        except (SpeechError, OSError):
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
        Route("/screen/{name}", front_end),
        Route("/pages/{language}", pages),
        Route("/narration/{language}/{page}/{speed}", narration),
        Route("/changes", changes),
        Route("/cue.wav", cue),
        Route("/api/speak", speak, methods=["POST"]),
        *answers.routes(kiosk),
        *locked.routes(kiosk),
        *status.routes(kiosk),
    ]


def build(kiosk: Kiosk, host: str) -> st.App:
    """Return the app; the kiosk starts with it, and whoever runs it closes the kiosk."""

    @asynccontextmanager
    async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any] | None]:
        kiosk.start()
        yield None

    return st.App(
        MAIN,
        routes=routes(kiosk),
        middleware=[Middleware(Guard, host=host), Middleware(FirstPage, kiosk=kiosk)],
        lifespan=lifespan,
    )


class _Server(uvicorn.Server):
    """Wakes those who wait for changes as soon as the server is told to end."""

    kiosk: Kiosk
    watchdog: OwnAnswers

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
    address = address_of(listener, host)
    report(f"The kiosk is at {address}  (Ctrl-C ends it)")
    if show:
        open_browser(address)
    server = _Server(
        uvicorn.Config(
            build(kiosk, host), access_log=False, log_level="warning", timeout_graceful_shutdown=1
        )
    )
    server.kiosk = kiosk
    server.watchdog = OwnAnswers(address)
    if watched():
        server.watchdog.start()
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        pass
    finally:
        kiosk.close()
