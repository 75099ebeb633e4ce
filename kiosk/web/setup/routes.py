"""The set-up page: a small web server of its own, for this computer alone.

The public kiosk has none of these addresses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, TypeVar

import uvicorn
from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    Response,
)
from starlette.routing import BaseRoute, Route

from kiosk.config import Keypad, Site, load_site
from kiosk.errors import KioskError, SettingsError, SpeechError
from kiosk.health.checklist import groups, read_ticks, write_ticks
from kiosk.health.keep import change_settings
from kiosk.health.show import sizes
from kiosk.live.kiosk import Kiosk
from kiosk.screen.letters import screen_font
from kiosk.speech.wav import tick
from kiosk.web.bodies import Refused, json_body
from kiosk.web.frontend import front_end, modules
from kiosk.web.guard import Guard
from kiosk.web.listen import address_of, listen, open_browser

HOST = "127.0.0.1"
NOW = {"Cache-Control": "no-store"}
LARGEST = 16_384  # bytes of one request
# What each key does, in the words of staff.
ACTIONS = {
    "up": "the thing before",
    "down": "the next thing",
    "select": "do it",
    "back": "the page before",
    "help": "what can I do here?",
    "again": "say it again",
    "volume": "louder, then quiet again",
    "home": "the first page",
    "listen": "read the page, or pause",
    "speech": "speak everything, for people who do not see the screen",
    "switch": "the one key of people who press a switch",
}

_pages = Environment(
    loader=PackageLoader("kiosk.web.setup", "page"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


Asked = TypeVar("Asked", bound=BaseModel)


class _Display(BaseModel):
    model_config = ConfigDict(extra="forbid")
    pixel_pitch_mm: float
    viewing_distance_mm: float


class _Switch(BaseModel):
    model_config = ConfigDict(extra="forbid")
    seconds: float
    sound: bool


class _Changes(BaseModel):
    """What the page may change: nothing else of `kiosk.toml`. Ranges are checked by Settings."""

    model_config = ConfigDict(extra="forbid")
    display: _Display | None = None
    keypad: dict[str, list[str]] | None = None
    switch: _Switch | None = None


class _Ticked(BaseModel):
    model_config = ConfigDict(extra="forbid")
    rows: Annotated[dict[str, list[str]], Field(max_length=30)]


class Setup:
    """The set-up of one site. `kiosk` gives its voice and its languages."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.kiosk = Kiosk(site, report=lambda _: None)  # `kiosk check` tells of mistakes

    def routes(self) -> list[BaseRoute]:
        """Return the addresses of the page and of what it asks for."""
        return [
            Route("/", self._page),
            Route("/ready", self._ready),
            Route("/checklist", self._checklist),
            Route("/setup/font.woff2", self._font),
            modules("/setup", Path(str(files("kiosk.web.setup") / "page"))),
            front_end(),
            Route("/cue.wav", self._cue),
            Route("/say/{language}", self._say),
            Route("/settings", self._save, methods=["POST"]),
            Route("/ticks", self._tick, methods=["POST"]),
        ]

    async def _ready(self, _: Request) -> Response:
        return JSONResponse({"ready": True}, headers=NOW)

    async def _page(self, _: Request) -> Response:
        try:  # somebody may have changed the file by hand
            self.site = load_site(self.site.root, self.site.data)
        except KioskError as error:
            return PlainTextResponse(str(error), 500, headers=NOW)
        settings = self.site.settings
        html = _pages.get_template("setup.html").render(
            title=settings.site.title,
            display=settings.display,
            sizes=self._sizes(),
            languages=[
                (code, screen.index["home"]["title"])
                for code, screen in self.kiosk.served.screens.items()
            ],
            actions=[(name, ACTIONS[name]) for name in Keypad.model_fields],
            keypad=settings.keypad.model_dump(mode="json"),
            switch=settings.switch,
        )
        return HTMLResponse(html, headers=NOW)

    async def _checklist(self, _: Request) -> Response:
        try:
            ticks = read_ticks(self.site)
        except SettingsError as error:
            return PlainTextResponse(str(error), 500, headers=NOW)
        listed = [(group, ticks.of(group) if ticks else frozenset()) for group in groups()]
        html = _pages.get_template("checklist.html").render(
            title=self.site.settings.site.title,
            display=self.site.settings.display,
            groups=listed,
            date=ticks and ticks.date,
        )
        return HTMLResponse(html, headers=NOW)

    async def _font(self, _: Request) -> Response:
        font = screen_font()
        return FileResponse(font) if font else Response(status_code=404)

    async def _cue(self, _: Request) -> Response:
        return Response(tick(), media_type="audio/wav", headers=NOW)

    async def _say(self, request: Request) -> Response:
        language = request.path_params["language"]
        screen = self.kiosk.served.screens.get(language)
        if screen is None:
            return Response(status_code=404)
        try:
            (spoken,) = await run_in_threadpool(
                self.kiosk.sounds.narrator.narrate,
                [screen.index["home"]["title"]],
                language=language,
                speed="normal",
                say=screen.say,
            )
            wav = await run_in_threadpool(self.kiosk.sounds.narrator.sound, spoken.key)
        except (SpeechError, OSError) as error:
            return JSONResponse({"error": str(error)}, 503, headers=NOW)
        return Response(wav, media_type="audio/wav", headers=NOW)

    async def _save(self, request: Request) -> Response:
        def save(changes: _Changes) -> dict[str, Any]:
            settings = change_settings(self.site, changes.model_dump(exclude_none=True))
            self.site = replace(self.site, settings=settings)
            return {"sizes": self._sizes(), "settings": settings.model_dump(mode="json")}

        return await _answer(request, _Changes, save)

    async def _tick(self, request: Request) -> Response:
        def save(ticked: _Ticked) -> dict[str, Any]:
            return {"date": write_ticks(self.site, ticked.rows).date.isoformat()}

        return await _answer(request, _Ticked, save)

    def _sizes(self) -> str:
        (verdict,) = sizes(self.site)
        return verdict.says


async def _answer(
    request: Request, model: type[Asked], save: Callable[[Asked], dict[str, Any]]
) -> Response:
    """Read a request and answer it; each mistake is a sentence in `error`."""
    try:
        asked = model.model_validate(await json_body(request, LARGEST), strict=True)
    except Refused as refused:
        return refused.response
    except ValidationError:
        return JSONResponse({"error": "That is not what this page sends."}, 400, headers=NOW)
    try:
        return JSONResponse(await run_in_threadpool(save, asked), headers=NOW)
    except SettingsError as error:
        return JSONResponse({"error": str(error)}, 422, headers=NOW)


def serve_setup(site: Site, port: int, *, show: bool, report: Callable[[str], None]) -> None:
    """Serve the set-up page until Ctrl-C. PortTaken when the address is in use."""
    listener = listen(HOST, port, "kiosk doctor --screen")
    setup = Setup(site)
    address = address_of(listener, HOST)
    report(f"The set-up page is at {address}  (Ctrl-C ends it)")
    if show:
        open_browser(address)
    app = Starlette(routes=setup.routes(), middleware=[Middleware(Guard, host=HOST)])
    try:
        uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="warning")).run(
            sockets=[listener]
        )
    except KeyboardInterrupt:
        pass
    finally:
        setup.kiosk.close()
