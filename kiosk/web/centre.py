"""The centre as a web server: what kiosks may ask of it, and nothing else."""

from __future__ import annotations

import contextlib
import hmac
import threading
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import uvicorn
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kiosk.config import Site
from kiosk.errors import AnswerTooSoon, CentreAway, CentreRefused, KioskError
from kiosk.fleet.centre import answers, beats, register, releases
from kiosk.fleet.centre.alerts import Alerts
from kiosk.fleet.centre.answers import STONES, Stones
from kiosk.fleet.centre.daily import purge_once_a_day
from kiosk.fleet.centre.database import Database, folder_of
from kiosk.fleet.centre.engine import Engine
from kiosk.fleet.centre.metrics import MEDIA_TYPE, metrics
from kiosk.fleet.keys import certificate_of, is_signed
from kiosk.fleet.wire import (
    BEAT,
    ENROL,
    HEADER,
    INGEST,
    KNOWN_PROTOCOLS,
    MOST_ASK_BYTES,
    MOST_BATCH_BYTES,
    MOST_BEAT_BYTES,
    MOST_ENROL_BYTES,
    RELEASE,
    AskedFile,
    Batch,
    Beat,
    Joining,
    credential_of,
    sha256_of,
    signed_text,
)
from kiosk.web.bodies import Arriving, Refused, bytes_body
from kiosk.web.lanes import Lane, LaneFull
from kiosk.web.listen import listen
from kiosk.web.log import keep_quiet

NOW = {"Cache-Control": "no-store"}
_WRONG_CODES = 20  # in an hour; a code cannot be guessed, so it is somebody who tries
_HOUR = 3600.0
_MINUTE = 60.0
_MOST_ARRIVING = 4 * MOST_BATCH_BYTES  # of all bodies together
_BUSY = "The centre is busy. Try again in a minute."

T = TypeVar("T")


class Unknown(Exception):
    """The one who asks is nobody who belongs here."""


class CentreApp:
    """What a running centre holds: its database, and room for what comes in."""

    def __init__(self, site: Site, database: Database) -> None:
        self.site = site
        self.database = database
        self._lane = Lane(6, 400)
        self._wrong: list[float] = []
        self._arriving = Arriving(_MOST_ARRIVING)
        self._beating = Arriving(100 * MOST_BEAT_BYTES)  # no large answer makes a beat wait
        self.stones = Stones(folder_of(site) / STONES)

    def routes(self) -> list[Route]:
        """Return all that can be asked for."""
        return [
            Route("/ready", self._ready),
            Route(ENROL, self._enrol, methods=["POST"]),
            Route(INGEST, self._ingest, methods=["POST"]),
            Route(BEAT, self._beat, methods=["POST"]),
            Route(RELEASE, self._release, methods=["POST"]),
            *([Route("/metrics", self._metrics)] if self.site.settings.centre.metrics_key else []),
        ]

    async def run(self, work: Callable[[], T]) -> T:
        """Return what the database is asked, in a thread. LaneFull, CentreAway."""
        return await self._lane.run(work)

    async def _ready(self, _: Request) -> Response:
        def look() -> None:
            with self.database.connection() as connection:
                connection.execute("SELECT 1")

        try:
            await self.run(look)
        except (CentreAway, LaneFull) as error:
            return refused(503, str(error) or _BUSY)
        return JSONResponse({"ready": True, "protocols": KNOWN_PROTOCOLS}, headers=NOW)

    async def _enrol(self, request: Request) -> Response:
        if (no := other_protocol(request)) is not None:
            return no
        now = time.monotonic()
        self._wrong = [one for one in self._wrong if now - one < _HOUR]
        if len(self._wrong) >= _WRONG_CODES:
            return refused(429, "Too many wrong codes came in. Try again in an hour.")

        def join(asked: Joining) -> dict[str, Any]:
            with self.database.connection() as connection:
                return register.join(connection, asked).model_dump()

        try:
            body = await bytes_body(request, MOST_ENROL_BYTES, ["application/json"])
            asked = Joining.model_validate_json(body)
            return JSONResponse(await self.run(lambda: join(asked)), headers=NOW)
        except Refused as error:
            return error.response
        except ValidationError:
            return refused(400, "That is not how a kiosk joins.")
        except CentreRefused as error:
            self._wrong.append(now)
            return refused(403, str(error))
        except (CentreAway, LaneFull) as error:
            return refused(503, str(error) or _BUSY)

    async def _ingest(self, request: Request) -> Response:
        def take(kiosk: str, batch: Batch) -> dict[str, Any]:
            with self.database.as_sender() as connection:
                return answers.take(connection, kiosk, batch, self.stones).model_dump()

        async def work() -> dict[str, Any]:
            kiosk, body = await self.signed_body(request, MOST_BATCH_BYTES, self._arriving)
            batch = Batch.model_validate_json(body)
            return await self.run(lambda: take(kiosk, batch))

        return await self._told(request, work)

    async def _beat(self, request: Request) -> Response:
        def note(kiosk: str, beat: Beat) -> dict[str, Any]:
            with self.database.as_sender() as connection:
                return beats.note(connection, kiosk, beat).model_dump()

        async def work() -> dict[str, Any]:
            kiosk, body = await self.signed_body(request, MOST_BEAT_BYTES, self._beating)
            beat = Beat.model_validate_json(body)
            return await self.run(lambda: note(kiosk, beat))

        return await self._told(request, work)

    async def _release(self, request: Request) -> Response:
        def give(kiosk: str, name: str) -> bytes | None:
            with self.database.as_sender() as connection:
                return releases.give(connection, kiosk, name)

        async def work() -> Response:
            kiosk, body = await self.signed_body(request, MOST_ASK_BYTES, self._beating)
            asked = AskedFile.model_validate_json(body)
            data = await self.run(lambda: give(kiosk, asked.name))
            if data is None:
                return refused(404, f"There is no {asked.name}.")
            return Response(data, media_type="application/octet-stream", headers=NOW)

        return await self._told(request, work)

    async def _metrics(self, request: Request) -> Response:
        wanted = f"Bearer {self.site.settings.centre.metrics_key}"
        said = request.headers.get("authorization", "")
        if not hmac.compare_digest(said.encode(), wanted.encode()):
            return refused(401, "The numbers of this centre need its metrics_key.")

        def look() -> bytes:
            with self.database.connection() as connection:
                return metrics(beats.board(connection))

        try:
            return Response(await self.run(look), media_type=MEDIA_TYPE, headers=NOW)
        except (CentreAway, LaneFull) as error:
            return refused(503, str(error) or _BUSY)

    async def _told(self, request: Request, work: Callable[[], Awaitable[Any]]) -> Response:
        """Return what the work returns, or a no that says why, for a kiosk that belongs here."""
        if (no := other_protocol(request)) is not None:
            return no
        try:
            told = await work()
            return told if isinstance(told, Response) else JSONResponse(told, headers=NOW)
        except Unknown as error:
            return refused(401, str(error))
        except Refused as error:
            return error.response
        except ValidationError:
            return refused(422, "That is not what a kiosk sends.")
        except CentreRefused as error:
            return refused(403, str(error))
        except (CentreAway, LaneFull, AnswerTooSoon, OSError) as error:
            return refused(503, _BUSY if isinstance(error, LaneFull) else str(error))

    async def signed_body(
        self, request: Request, most: int, arriving: Arriving
    ) -> tuple[str, bytes]:
        """Return which kiosk sends, and what: it is known before its body is read.

        Raises Unknown, Refused, CentreAway, LaneFull, AnswerTooSoon.
        """
        try:
            said = credential_of(request.headers.get("authorization", ""))
        except CentreRefused as error:
            raise Unknown(str(error)) from None

        text = signed_text(said.kiosk, request.scope["path"], said.sha256)

        def is_known() -> bool:
            with self.database.connection() as connection:
                public = register.key_of(connection, said.kiosk)
                if public is None or not is_signed(public, text, said.signature):
                    return False
                register.heard(connection, said.kiosk)
                return True

        if not await self.run(is_known):
            raise Unknown("This centre does not know this kiosk, or knows it no more.")
        body = await bytes_body(request, most, ["application/json"], arriving)
        if sha256_of(body) != said.sha256:
            raise Refused(400, "That is not what the kiosk signed.")
        return said.kiosk, body


def refused(status: int, error: str) -> Response:
    """Return a no that says why."""
    return JSONResponse({"error": error}, status, headers=NOW)


def other_protocol(request: Request) -> Response | None:
    """Return a no to a kiosk that speaks in a way which this centre does not know."""
    said = request.headers.get(HEADER, "")
    if said in map(str, KNOWN_PROTOCOLS):
        return None
    known = ", ".join(map(str, KNOWN_PROTOCOLS))
    return refused(
        426,
        f'This kiosk speaks protocol "{said[:10]}", and this centre {known}. '
        "Try: update the older of the two. Its answers wait until then.",
    )


class _Beside:
    """Something that is done beside the server, again and again, until the end."""

    def __init__(self, work: Callable[[], None], seconds: float) -> None:
        self._work = work
        self._seconds = seconds
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._loop, daemon=True, name="centre-beside")
        self._thread.start()

    def end(self) -> None:
        self._end.set()
        self._thread.join()

    def _loop(self) -> None:
        while True:
            self._work()
            if self._end.wait(self._seconds):
                return


def _keep_running(engine: Engine, report: Callable[[str], None]) -> None:
    """Start the embedded database again when it has ended by itself."""
    if engine.watch() is None:
        return
    report("The database has ended. I start it again.")
    engine.stop()
    try:
        engine.start()
    except (CentreRefused, OSError) as error:
        report(str(error))


def _let_old_go(site: Site, database: Database, report: Callable[[str], None]) -> None:
    try:
        with database.connection() as connection:
            line = purge_once_a_day(site, connection, site.today())
    except (KioskError, OSError) as error:
        line = f"Answers that are too old could not be deleted: {error}"
    if line:
        report(line)


def _say_newest(site: Site, database: Database, report: Callable[[str], None]) -> None:
    try:
        with database.connection() as connection:
            line = releases.sign_once_a_day(site, connection)
    except (KioskError, OSError) as error:
        line = f"The newest release could not be signed anew: {error}"
    if line:
        report(line)


def _tell_staff(alerts: Alerts, database: Database, report: Callable[[str], None]) -> None:
    try:
        with database.connection() as connection:
            found = beats.board(connection)
        line = alerts.look(found)
    except (KioskError, OSError) as error:
        line = f"The board could not be looked at: {error}"
    if line:
        report(line)


def server_of(centre: CentreApp) -> uvicorn.Server:
    """Return the server of a centre whose database is open. Its certificate is made if need be."""
    certificate, key = certificate_of(folder_of(centre.site))
    return uvicorn.Server(
        uvicorn.Config(
            Starlette(routes=centre.routes()),
            ssl_certfile=certificate,
            ssl_keyfile=key,
            server_header=False,
            access_log=False,
            log_level="warning",
            timeout_graceful_shutdown=5,
        )
    )


def serve(site: Site, host: str, port: int, *, report: Callable[[str], None]) -> None:
    """Serve a centre until Ctrl-C. PortTaken, CentreRefused, CentreAway."""
    with contextlib.ExitStack() as stack:
        listener = listen(host, port, "kiosk centre serve")
        stack.callback(listener.close)
        address = site.settings.centre.database
        if not address:
            engine = Engine(folder_of(site))
            engine.start()
            stack.callback(engine.stop)
            stack.callback(_Beside(lambda: _keep_running(engine, report), 0.5).end)
            address = engine.address()
        database = Database(address)
        stack.callback(database.close)
        database.open()
        stack.callback(_Beside(lambda: _let_old_go(site, database, report), _HOUR).end)
        stack.callback(_Beside(lambda: _say_newest(site, database, report), _HOUR).end)
        alerts = Alerts(site)
        if alerts.wanted:
            stack.callback(_Beside(lambda: _tell_staff(alerts, database, report), _MINUTE).end)
        server = server_of(CentreApp(site, database))
        shown = f"[{host}]" if ":" in host else host
        report(f"The centre is at https://{shown}:{listener.getsockname()[1]}  (Ctrl-C ends it)")
        keep_quiet()
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
