"""The routes by which staff publish pages, look at what changed, and bring versions back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from kiosk.content import Source
from kiosk.content.history import History, Version
from kiosk.content.working_copy import WorkingCopies, WorkingCopy
from kiosk.editor.actions.publish import (
    PROVENANCE,
    DropCopy,
    DropPlan,
    PublishPage,
    ShowVersion,
    missing,
    with_facts,
)
from kiosk.editor.actions.save import Standing, look, page_path, read_page, status_of
from kiosk.editor.changes import Changes, changes
from kiosk.errors import KioskError, PageChanged, PageNotReady
from kiosk.web.bodies import Refused
from kiosk.web.studio.asking import NOW, reading, sent, told, writing
from kiosk.web.studio.desk import Desk
from kiosk.web.studio.links import proposed
from kiosk.web.studio.sessions import Session

Name = Annotated[str, Field(max_length=300)]
Line = Annotated[str, Field(max_length=4000)]
AsOpened = Callable[[str, Standing, Session], dict[str, Any]]


class _Page(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    name: Name
    opened: Name


class _Publish(_Page):
    status: Literal["ready", "published"]
    facts: dict[str, Line] = Field(default_factory=dict)
    day: Annotated[str, Field(max_length=10)] = ""


class _Back(_Page):
    number: Annotated[int, Field(ge=1)]


def routes(desk: Desk, as_opened: AsOpened) -> list[BaseRoute]:
    """Return the routes. as_opened: what a page that was opened looks like to the editor."""

    async def publishing(request: Request, _: Session) -> Response:
        name = request.query_params.get("name", "")
        return await told(lambda: _before(desk, name))

    async def versions(request: Request, _: Session) -> Response:
        name = request.query_params.get("name", "")
        return await told(lambda: _versions(desk, name))

    async def version(request: Request, _: Session) -> Response:
        name, number = request.query_params.get("name", ""), request.query_params.get("number", "")
        if not (number.isascii() and number.isdecimal()):
            raise Refused(400, "That is not what this page sends.")
        return await told(lambda: _version(desk, name, int(number)))

    async def publish(request: Request, session: Session) -> Response:
        asked = await sent(request, _Publish)
        try:
            day = date.fromisoformat(asked.day) if asked.day else None
        except ValueError:
            raise Refused(422, "This is not a day.") from None
        if set(asked.facts) - set(PROVENANCE):
            raise Refused(400, "That is not what this page sends.")
        action = PublishPage(
            desk.site,
            desk.library,
            asked.name,
            asked.opened,
            session.member.name,
            session.member.may_publish,
            asked.status,
            asked.facts,
            day,
        )
        return await done(asked, session, action.execute, shows=True)

    async def back(request: Request, session: Session) -> Response:
        asked = await sent(request, _Back)
        action = ShowVersion(
            desk.site,
            desk.library,
            asked.name,
            asked.opened,
            asked.number,
            session.member.name,
            session.member.may_publish,
        )
        return await done(asked, session, action.execute, shows=True)

    async def discard(request: Request, session: Session) -> Response:
        asked = await sent(request, _Page)
        return await done(asked, session, DropCopy(desk.site, asked.name, asked.opened).execute)

    async def unplan(request: Request, session: Session) -> Response:
        asked = await sent(request, _Page)
        return await done(asked, session, DropPlan(desk.site, asked.name, asked.opened).execute)

    async def done(
        asked: _Page, session: Session, work: Callable[[], Standing], *, shows: bool = False
    ) -> Response:
        """Do something. shows: it changes what visitors see, unless it is a plan."""
        try:
            now = await run_in_threadpool(work)
            if shows and (now.copy is None or not now.copy.day):
                await run_in_threadpool(desk.changed.note, session.member.name, now.live.path)
        except PageChanged as error:
            mine = await run_in_threadpool(lambda: look(desk.site, asked.name).text)
            return both(error, mine)
        except PageNotReady as error:
            told_ = {"error": str(error), "missing": list(error.missing)}
            return JSONResponse(told_, 422, headers=NOW)
        return await told(lambda: as_opened(asked.name, now, session))

    return [
        reading("/studio/publishing", desk, publishing),
        reading("/studio/versions", desk, versions),
        reading("/studio/version", desk, version),
        writing("/studio/publish", desk, publish),
        writing("/studio/show", desk, back),
        writing("/studio/discard", desk, discard),
        writing("/studio/unplan", desk, unplan),
    ]


def both(error: PageChanged, mine: str) -> Response:
    """Answer with both texts; "live": theirs is what visitors see, and no working copy."""
    sent_ = {"text": error.text, "opened": error.hash, "live": error.is_live, "mine": mine}
    return JSONResponse({"error": str(error), **sent_}, 409, headers=NOW)


def copy_told(copy: WorkingCopy | None) -> dict[str, Any] | None:
    """Return what is told of a working copy: who saved it and when, and what is planned."""
    if copy is None:
        return None
    return {
        "by": copy.by,
        "at": copy.at.isoformat(timespec="minutes"),
        "day": copy.day.isoformat() if copy.day else "",
        "planner": copy.planner,
        "wrong": copy.wrong,
    }


def copies_of(desk: Desk) -> dict[str, WorkingCopy]:
    """Return the working copies of a site by their page; one that cannot be read is left out."""
    found: dict[str, WorkingCopy] = {}
    copies = WorkingCopies(desk.site)
    for name in copies.names():
        try:
            copy = copies.find(name)
            if copy is not None and copy.hash != look(desk.site, name).live.hash:
                found[name] = copy
        except KioskError:
            continue  # opening the page says what is wrong
    return found


def _before(desk: Desk, name: str) -> dict[str, Any]:
    """Return what a person looks at before a page is published."""
    desk.refresh()
    now = look(desk.site, name)
    facts = _facts(read_page(desk.library, desk.site, name, now.text))
    today = desk.site.today()
    lacks = {
        status: missing(
            desk.site, desk.library, name, with_facts(now.text, {"status": status}), today
        )
        for status in ("ready", "published")
    }
    found = desk.findings(name, now.text)
    return {
        "opened": now.opened,
        "status": status_of(read_page(desk.library, desk.site, name, now.live.text)),
        "wanted": status_of(read_page(desk.library, desk.site, name, now.text)),
        "copy": copy_told(now.copy),
        "facts": {key: facts.get(key, "") for key in PROVENANCE},
        "today": today.isoformat(),
        "missing": lacks,
        "errors": sum(one.severity == "E" for one in found),
        "changes": _changes(desk, name, now.live.text, now.text),
        "proposed": proposed(desk, name),
    }


def _versions(desk: Desk, name: str) -> dict[str, Any]:
    now = look(desk.site, name)
    found = list(History(desk.site).versions(name))
    shown = next((one.number for one in found if one.text == now.live.text), 0)
    told_ = [{**_told(one), "shown": one.number == shown} for one in found]
    return {"opened": now.opened, "versions": told_}


def _version(desk: Desk, name: str, number: int) -> dict[str, Any]:
    page_path(desk.site, name)  # no name leads out of the site
    one = History(desk.site).read(name, number)
    live = look(desk.site, name).live.text
    return {**_told(one), "text": one.text, "changes": _changes(desk, name, live, one.text)}


def _told(one: Version) -> dict[str, Any]:
    when = one.at.isoformat(timespec="minutes")
    return {"number": one.number, "by": one.by, "at": when, "why": one.why, "of": one.of}


def _changes(desk: Desk, name: str, was: str, now: str) -> dict[str, Any]:
    old, new = (_facts(read_page(desk.library, desk.site, name, one)) for one in (was, now))
    facts = tuple(
        (key, old.get(key, ""), new.get(key, ""))
        for key in dict.fromkeys([*old, *new])
        if old.get(key, "") != new.get(key, "")
    )
    found: Changes = changes(was, now, facts)
    return asdict(found)


def _facts(source: Source) -> dict[str, str]:
    return {
        key: " ".join(one.value.split())
        for key, one in source.facts.items()
        if isinstance(one.value, str)
    }
