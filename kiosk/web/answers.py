"""The routes by which a screen sends an answer, and the recorded voices that belong to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from ipaddress import ip_address, ip_network

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kiosk.errors import AnswerNotSaved, AnswerRefused, AnswerTooSoon, RecordingMissing
from kiosk.feedback.answer.answer import WEB
from kiosk.feedback.answer.recording import most_bytes
from kiosk.feedback.store.limits import OWN_SCREEN, from_web
from kiosk.live.kiosk import Kiosk, known_pages
from kiosk.web.bodies import BUSY_SECONDS, Arriving, Refused, bytes_body, json_body
from kiosk.web.from_web import is_from_web
from kiosk.web.lanes import Lane, LaneFull
from kiosk.web.locked import from_here, is_locked

LARGEST_ANSWER = 65_536  # bytes of one request
MOST_ARRIVING = 32_000_000  # bytes of all voices that are coming
MOST_UNSAVED = 10_000  # that are counted
SOUNDS = ("audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave")


def routes(kiosk: Kiosk) -> list[Route]:
    """Return the two routes. Each says "saved" only when what came is safe on disk.

    So it is as well when it does not fit what is asked now, and is set aside. 400 means that it is
    malformed, 429 and 503 mean "send it again later", 409 "send the recorded voice again, then the
    answer"; every other error is for good.
    """
    # A connection at most for each answer that waits, so none is sent away. What floods in waits
    # in a lane of its own: it is never more than one ahead of what people give.
    saving, flooding, recordings = Lane(3, 10_000), Lane(1, 10_000), Lane(2, 8)
    arriving = Arriving(MOST_ARRIVING)

    async def feedback(request: Request) -> Response:
        sent = await json_body(request, LARGEST_ANSWER)
        source = source_of(request, kiosk)
        lane = flooding if kiosk.intake.is_flooded(source) else saving
        try:
            taken = await lane.run(
                kiosk.intake.take,
                sent,
                surveys=kiosk.served.surveys,
                pages=known_pages(kiosk),
                languages=kiosk.served.screens,
                source=source,
                came=WEB if is_from_web(request) else "",
            )
        except AnswerNotSaved:
            if len(kiosk.unsaved) < MOST_UNSAVED:
                kiosk.unsaved.add(str(sent["id"]))
            raise
        kiosk.unsaved.discard(str(taken.id))
        headers = {"Kiosk-Cleaned": ", ".join(taken.cleaned)} if taken.cleaned else {}
        told = {"id": str(taken.id), "saved": True}
        return JSONResponse(told, 201 if taken.new else 200, headers)

    async def recording(request: Request) -> Response:
        names = request.path_params
        question = names["question"]
        answer = kiosk.intake.expect_recording(names["answer"], question)
        if recordings.is_full:
            raise AnswerTooSoon(BUSY_SECONDS)
        most = most_bytes(question, kiosk.served.surveys.values())
        sound = await bytes_body(request, most, SOUNDS, arriving)
        try:
            file, new = await recordings.run(
                kiosk.intake.take_recording, answer, question, sound, source_of(request, kiosk)
            )
        except LaneFull:
            raise AnswerTooSoon(BUSY_SECONDS) from None
        return JSONResponse({"id": str(answer), "file": file, "saved": True}, 201 if new else 200)

    return [
        Route("/api/feedback", _plainly(feedback), methods=["POST"]),
        Route("/api/voice/{answer}/{question}", _plainly(recording), methods=["POST"]),
    ]


def source_of(request: Request, kiosk: Kiosk) -> str:
    """Return where an answer comes from, as far as floods go. It is held in memory alone.

    The kiosk's own locked screen is known by its key. Others are told apart by their address (of
    IPv6, the network), and by whether a page in a browser sends it: a page names its origin. What
    comes through a copy on the web is told from all of these.
    """
    is_web = is_from_web(request)
    if not is_web and from_here(request) and is_locked(request, kiosk.site):
        return OWN_SCREEN
    host = request.client.host if request.client else "?"
    try:
        address = ip_address(host)
    except ValueError:
        network = host
    else:
        network = str(ip_network((address, 64), strict=False)) if address.version == 6 else host
    if is_web:
        return from_web(network)
    return f"{network} {'page' if 'origin' in request.headers else 'program'}"


_Handler = Callable[[Request], Awaitable[Response]]


def _plainly(handler: _Handler) -> _Handler:
    """Turn what the room of the answers says into a reply."""

    async def reply(request: Request) -> Response:
        try:
            return await handler(request)
        except Refused as refused:
            return refused.response
        except AnswerRefused as error:
            return JSONResponse({"error": str(error)}, 400)
        except RecordingMissing as error:
            return JSONResponse({"error": str(error), "missing": error.question}, 409)
        except AnswerTooSoon as error:
            again = {"Retry-After": str(error.seconds)}
            return JSONResponse({"error": str(error)}, 429, headers=again)
        except AnswerNotSaved as error:
            return JSONResponse({"error": str(error)}, 503)

    return reply
