"""The routes by which staff tell visitors what became of what they said."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from kiosk.editor.actions.you_said import ShowSaid, TellPeople, read_said
from kiosk.located import plain
from kiosk.web.studio.asking import reading, sent, told, writing
from kiosk.web.studio.desk import Desk
from kiosk.web.studio.sessions import Session

Words = Annotated[str, Field(max_length=2000)]


class _Tell(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    said: Words
    did: Words
    who: Words
    symbol: Annotated[str, Field(max_length=1000)]


class _Show(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    number: Annotated[int, Field(ge=0)]
    said: Words
    shown: bool


def routes(desk: Desk) -> list[BaseRoute]:
    """Return the routes."""

    async def listed(_: Request, session: Session) -> Response:
        return await told(lambda: _listed(desk, session))

    async def tell(request: Request, session: Session) -> Response:
        asked = await sent(request, _Tell)
        action = TellPeople(
            desk.site,
            desk.library,
            asked.said,
            asked.did,
            asked.who,
            asked.symbol,
            session.member.may_publish,
        )

        def work() -> dict[str, Any]:
            action.execute()
            return _listed(desk, session)

        return await told(work, 201)

    async def show(request: Request, session: Session) -> Response:
        asked = await sent(request, _Show)
        may = session.member.may_publish
        action = ShowSaid(desk.site, asked.number, asked.said, asked.shown, may)

        def work() -> dict[str, Any]:
            action.execute()
            return _listed(desk, session)

        return await told(work)

    return [
        reading("/studio/you-said", desk, listed),
        writing("/studio/you-said-add", desk, tell),
        writing("/studio/you-said-show", desk, show),
    ]


def _listed(desk: Desk, session: Session) -> dict[str, Any]:
    _, entries = read_said(desk.site)
    found = []
    for number, entry in enumerate(entries):
        facts = plain(entry)
        if isinstance(facts, dict) and all(isinstance(one, str) for one in facts.values()):
            keys = ("symbol", "said", "did", "who", "date")
            shown = facts.get("status", "ready") == "ready"
            one = {key: facts.get(key, "") for key in keys}
            found.append({"number": number, "shown": shown, **one})
    return {
        "entries": found[::-1],
        "publish": session.member.may_publish,
        "language": desk.site.settings.site.languages[0],
    }
