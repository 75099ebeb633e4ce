"""The routes by which staff sign in and out, and by which the first member is made."""

from __future__ import annotations

import hmac
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from kiosk.errors import StaffRefused
from kiosk.located import load_yaml
from kiosk.staff.accounts import Member
from kiosk.web.bodies import Refused
from kiosk.web.lanes import Lane, LaneFull
from kiosk.web.studio.asking import NOW, plainly, sent, writing
from kiosk.web.studio.desk import Desk
from kiosk.web.studio.sessions import COOKIE, Session


class _SignIn(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    name: str
    password: str


class _Nothing(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _First(_SignIn):
    secret: str


@cache
def words() -> dict[str, str]:
    """Return the words of the studio."""
    text = (files("kiosk.web.studio") / "words" / "en.yaml").read_text(encoding="utf-8")
    return {key: str(value) for key, value in load_yaml(text).items()}


def routes(desk: Desk, *, is_safe: bool) -> list[BaseRoute]:
    """Return the routes. is_safe: browsers come by https, so the cookie goes no other way."""
    looking = Lane(1, 20)  # one password at a time: each takes 64 MB for a moment

    async def opening(_: Request) -> Response:
        return JSONResponse({"words": words(), "title": desk.site.settings.site.title}, headers=NOW)

    async def me(request: Request) -> Response:
        session = desk.sessions.find(request.cookies.get(COOKIE, ""), is_used=False)
        if session is None:  # no error: a browser that asks who is there has done nothing wrong
            return JSONResponse({"name": "", "nobody": not desk.accounts.members}, headers=NOW)
        return JSONResponse(_told(session), headers=NOW)

    async def sign_in(request: Request) -> Response:
        asked = await sent(request, _SignIn)
        address = request.client.host if request.client else ""
        if wait := desk.tries.wait(asked.name, address):
            told = {"error": words()["wait"].format(seconds=wait), "seconds": wait}
            return JSONResponse(told, 429, headers={**NOW, "Retry-After": str(wait)})
        try:
            member = await looking.run(desk.accounts.verify, asked.name, asked.password)
        except LaneFull:
            raise Refused(503, words()["busy"]) from None
        if member is None:
            desk.tries.wrong(asked.name, address)
            raise Refused(403, words()["wrong"])
        desk.tries.right(asked.name, address)
        return _signed_in(desk, member, is_safe=is_safe)

    async def first(request: Request) -> Response:
        asked = await sent(request, _First)
        secret = desk.first
        good = secret and hmac.compare_digest(secret.encode(), asked.secret.encode())
        if not good or desk.accounts.members:
            raise Refused(403, words()["link_used"])
        try:
            member = await looking.run(desk.accounts.add, asked.name, "publish", asked.password)
        except StaffRefused as error:
            raise Refused(422, str(error)) from None
        except LaneFull:
            raise Refused(503, words()["busy"]) from None
        desk.first = ""
        return _signed_in(desk, member, is_safe=is_safe)

    async def sign_out(request: Request, session: Session) -> Response:
        await sent(request, _Nothing)
        desk.sessions.end(session)
        reply = JSONResponse({"out": True}, headers=NOW)
        reply.delete_cookie(COOKIE)
        return reply

    return [
        Route("/studio/words", opening),
        Route("/studio/me", plainly(me)),
        Route("/studio/sign-in", plainly(sign_in), methods=["POST"]),
        Route("/studio/first", plainly(first), methods=["POST"]),
        writing("/studio/sign-out", desk, sign_out),
    ]


def _told(session: Session) -> dict[str, object]:
    member = session.member
    return {"name": member.name, "publish": member.may_publish, "token": session.token}


def _signed_in(desk: Desk, member: Member, *, is_safe: bool) -> Response:
    secret, session = desk.sessions.begin(member)
    reply = JSONResponse(_told(session), headers=NOW)
    reply.set_cookie(COOKIE, secret, httponly=True, samesite="strict", secure=is_safe)
    return reply
