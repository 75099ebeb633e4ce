"""The routes by which a screen sends an answer, and the recorded voices that belong to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kiosk.errors import AnswerNotSaved, AnswerRefused, AnswerTooSoon, RecordingMissing
from kiosk.ui.bodies import Refused, bytes_body, json_body
from kiosk.ui.kiosk import Kiosk, known_pages

LARGEST_ANSWER = 65_536  # bytes of one request
RECORDINGS_AT_ONCE = 4  # each is held in memory while it arrives
BUSY_SECONDS = 5
MOST_UNSAVED = 10_000  # that are counted
SOUNDS = ("audio/webm", "audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave")


def routes(kiosk: Kiosk) -> list[Route]:
    """Return the two routes. Each says "saved" only when what came is safe on disk.

    So it is as well when it does not fit what is asked now, and is set aside. 400 means that it is
    malformed, 429 and 503 mean "send it again later", 409 "send the recorded voice again, then the
    answer"; every other error is for good.
    """
    arriving = 0

    async def feedback(request: Request) -> Response:
        sent = await json_body(request, LARGEST_ANSWER)
        try:
            taken = await run_in_threadpool(
                kiosk.intake.take,
                sent,
                surveys=kiosk.served.surveys,
                pages=known_pages(kiosk),
                languages=kiosk.served.screens,
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
        nonlocal arriving
        names = request.path_params
        question = names["question"]
        answer = kiosk.intake.expect_recording(names["answer"], question)
        if arriving >= RECORDINGS_AT_ONCE:
            raise AnswerTooSoon(BUSY_SECONDS)
        arriving += 1
        try:
            most = kiosk.site.settings.feedback.voice_max_kb * 1000
            sound = await bytes_body(request, most, SOUNDS)
            file, new = await run_in_threadpool(
                kiosk.intake.take_recording, answer, question, sound
            )
        finally:
            arriving -= 1
        return JSONResponse({"id": str(answer), "file": file, "saved": True}, 201 if new else 200)

    return [
        Route("/api/feedback", _plainly(feedback), methods=["POST"]),
        Route("/api/voice/{answer}/{question}", _plainly(recording), methods=["POST"]),
    ]


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
