"""What every request of the studio passes: who asks, and whether it is our own page that asks."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kiosk.errors import (
    ContentError,
    KioskError,
    MayNotPublish,
    OrderChanged,
    PageChanged,
    SpeechError,
    StaffRefused,
    WordChanged,
)
from kiosk.web.bodies import Refused, json_body
from kiosk.web.studio.desk import Desk, wrong_file
from kiosk.web.studio.sessions import COOKIE, Session

NOW = {"Cache-Control": "no-store"}
LARGEST = 4_000_000  # bytes of one request: a page, and how each of its lines stood
TOKEN = "Studio-Token"  # noqa: S105 - the name of a header
SMALL = 10_000

Asked = TypeVar("Asked", bound=BaseModel)
Work = Callable[[Request, Session], Awaitable[Response]]


def session_of(request: Request, desk: Desk, *, is_used: bool = True) -> Session:
    """Return who asks. Raises Refused (401) for nobody."""
    session = desk.sessions.find(request.cookies.get(COOKIE, ""), is_used=is_used)
    if session is None:
        raise Refused(401, "Sign in again. Your words are kept in this browser.")
    return session


def reading(address: str, desk: Desk, work: Work) -> Route:
    """Return a route that members of staff read from."""

    async def answer(request: Request) -> Response:
        return await work(request, session_of(request, desk))

    return Route(address, plainly(answer))


def writing(address: str, desk: Desk, work: Work, *, is_used: bool = True) -> Route:
    """Return a route that members of staff write to: only our own page knows its token.

    is_used: a person did something; else the page asks by itself, and time to sign out goes on.
    """

    async def answer(request: Request) -> Response:
        session = session_of(request, desk, is_used=is_used)
        if not hmac.compare_digest(request.headers.get(TOKEN, "").encode(), session.token.encode()):
            raise Refused(403, "This did not come from the studio. Open it again.")
        return await work(request, session)

    return Route(address, plainly(answer), methods=["POST"])


def plainly(
    handler: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    """Turn what the rooms below say into a reply; each mistake is a sentence in `error`."""

    async def reply(request: Request) -> Response:
        try:
            return await handler(request)
        except Refused as refused:
            return refused.response
        except MayNotPublish as error:
            return JSONResponse({"error": str(error)}, 403, headers=NOW)
        except (PageChanged, OrderChanged, WordChanged) as error:
            return JSONResponse({"error": str(error)}, 409, headers=NOW)
        except ContentError as error:
            return JSONResponse({"error": wrong_file(error)}, 422, headers=NOW)
        except (SpeechError, StaffRefused) as error:
            return JSONResponse({"error": str(error)}, 503, headers=NOW)
        except KioskError as error:
            return JSONResponse({"error": str(error)}, 422, headers=NOW)

    return reply


async def sent(request: Request, model: type[Asked], most: int = SMALL) -> Asked:
    """Return what a request carries. Raises Refused."""
    try:
        return model.model_validate(await json_body(request, most))
    except ValidationError:
        raise Refused(400, "That is not what this page sends.") from None


async def told(work: Callable[[], object], status: int = 200) -> Response:
    """Do work that takes time beside all others, and send what it returns."""
    return JSONResponse(await run_in_threadpool(work), status, headers=NOW)
