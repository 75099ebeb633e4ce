"""The routes by which staff copy, move, order and retire pages, and bring them back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from kiosk.editor.actions.copy import CopyPage
from kiosk.editor.actions.move import MovePage
from kiosk.editor.actions.order import OrderPages
from kiosk.editor.actions.retire import BringBack, RetirePage
from kiosk.web.studio.asking import sent, told, writing
from kiosk.web.studio.desk import Desk
from kiosk.web.studio.sessions import Session

Name = Annotated[str, Field(max_length=300)]
_MOST_ORDER = 1_000_000  # bytes: the paths of all pages of a part, twice


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Copy(_Asked):
    name: Name
    title: Annotated[str, Field(min_length=1, max_length=200)]


class _Retire(_Asked):
    name: Name
    opened: Name


class _Move(_Retire):
    part: Name


class _Back(_Asked):
    retired: Name


class _Order(_Asked):
    language: Name
    part: Name
    before: list[Name]
    after: list[Name]


def routes(desk: Desk) -> list[BaseRoute]:
    """Return the routes."""

    async def done(session: Session, work: Callable[[], tuple[Path, Any]]) -> Response:
        """Do something with a page; note who did it, and tell where the page is now."""

        def all_of_it() -> dict[str, Any]:
            desk.library.refresh()
            path, more = work()
            desk.changed.note(session.member.name, path)
            desk.library.refresh()
            return {"name": desk.site.shown(path).as_posix(), **more}

        return await told(all_of_it)

    async def copy(request: Request, session: Session) -> Response:
        asked = await sent(request, _Copy)
        action = CopyPage(desk.site, asked.name, asked.title)
        return await done(session, lambda: (action.execute().path, {}))

    async def move(request: Request, session: Session) -> Response:
        asked = await sent(request, _Move)
        may = session.member.may_publish
        part = asked.part or None
        action = MovePage(desk.site, desk.library, asked.name, asked.opened, part, may)
        return await done(session, lambda: (action.execute(), {}))

    async def retire(request: Request, session: Session) -> Response:
        asked = await sent(request, _Retire)
        may = session.member.may_publish
        action = RetirePage(desk.site, desk.library, asked.name, asked.opened, may)

        def work() -> tuple[Path, Any]:
            retired = action.execute()
            return retired.path, {"links": list(retired.links)}

        return await done(session, work)

    async def back(request: Request, session: Session) -> Response:
        asked = await sent(request, _Back)
        action = BringBack(desk.site, desk.library, asked.retired, session.member.may_publish)
        return await done(session, lambda: (action.execute(), {}))

    async def order(request: Request, session: Session) -> Response:
        asked = await sent(request, _Order, _MOST_ORDER)
        action = OrderPages(
            desk.site,
            desk.library,
            asked.language,
            asked.part,
            tuple(asked.before),
            tuple(asked.after),
            session.member.may_publish,
        )

        def work() -> dict[str, bool]:
            desk.changed.note(session.member.name, *action.execute())
            desk.library.refresh()
            return {"ordered": True}

        return await told(work)

    return [
        writing("/studio/copy", desk, copy),
        writing("/studio/move", desk, move),
        writing("/studio/retire", desk, retire),
        writing("/studio/bring-back", desk, back),
        writing("/studio/order", desk, order),
    ]
