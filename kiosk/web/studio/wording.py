"""The routes by which staff say what a hard word means, and how a word is said."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from kiosk.editor.actions.words import Entry, ExplainWord, entry_of
from kiosk.web.studio.asking import reading, sent, told, writing
from kiosk.web.studio.desk import Desk
from kiosk.web.studio.sessions import Session

Name = Annotated[str, Field(max_length=100)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    means: Annotated[str, Field(max_length=1000)]
    symbol: Name
    said: Annotated[str, Field(max_length=200)]

    def entry(self) -> Entry:
        return Entry(self.means.strip(), self.symbol.strip(), self.said.strip())


class _Word(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    language: Name
    word: Name
    before: _Entry
    after: _Entry


def routes(desk: Desk) -> list[BaseRoute]:
    """Return the routes."""

    async def word(request: Request, session: Session) -> Response:
        language = request.query_params.get("language", "")
        asked = " ".join(request.query_params.get("word", "").split())[:100]

        def work() -> dict[str, Any]:
            found = entry_of(desk.site, language, asked)
            return {**asdict(found), "publish": session.member.may_publish}

        return await told(work)

    async def explain(request: Request, session: Session) -> Response:
        asked = await sent(request, _Word)
        action = ExplainWord(
            desk.site,
            desk.library,
            asked.language,
            " ".join(asked.word.split()),
            asked.before.entry(),
            asked.after.entry(),
            session.member.may_publish,
        )

        def work() -> dict[str, bool]:
            action.execute()
            desk.library.refresh()
            return {"explained": bool(asked.after.means.strip())}

        return await told(work)

    return [
        reading("/studio/word", desk, word),
        writing("/studio/explain", desk, explain),
    ]
