"""The routes by which staff find, open, check and save pages."""

from __future__ import annotations

import base64
from dataclasses import asdict
from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from kiosk.content.edit import Place, WrittenPage, open_page, written
from kiosk.content.edit_facts import own_pictures, with_fact
from kiosk.content.inline import read_line
from kiosk.editor.actions.create import CreatePage
from kiosk.editor.actions.save import SavePage, Standing, look, page_path, read_page, status_of
from kiosk.errors import PageChanged
from kiosk.located import Mistake
from kiosk.web.bodies import Refused
from kiosk.web.lanes import Lane, LaneFull
from kiosk.web.studio.asking import LARGEST, NOW, reading, sent, told, writing
from kiosk.web.studio.desk import Desk, as_told
from kiosk.web.studio.listing import fact, listed
from kiosk.web.studio.publishing import both, copy_told
from kiosk.web.studio.sessions import Session
from kiosk.web.studio.signing import words

FACTS = (
    "title",
    "symbol",
    "status",
    "source",
    "facts_checked",
    "review_by",
    "contact",
    "checked_by",
)

Name = Annotated[str, Field(max_length=300)]
Line = Annotated[str, Field(max_length=4000)]


class WholeText(BaseModel):
    """A page as it stands in the editor: in cards, with the facts that were changed, or as text."""

    model_config = ConfigDict(extra="forbid")
    name: Name
    text: str | None = None
    page: WrittenPage | None = None
    facts: dict[str, Line] = Field(default_factory=dict)

    def whole(self) -> tuple[str, dict[int, Place]]:
        """Return the text, and which of its lines belongs to which card. Raises Refused."""
        places: dict[int, Place] = {}
        if self.page is not None:
            text, places = written(self.page)
        elif self.text is not None:
            text = self.text
        else:
            raise Refused(400, "That is not what this page sends.")
        lines = text.count("\n")
        for key, value in self.facts.items():
            if key not in FACTS:
                raise Refused(400, "That is not what this page sends.")
            text = with_fact(text, key, value)
        more = text.count("\n") - lines  # a fact that was not there, or that filled more lines
        return text, {line + more: place for line, place in places.items()}


class _Save(WholeText):
    opened: Name


class _New(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    title: Annotated[str, Field(max_length=200)]
    part: Name
    language: Name


class _Here(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    name: Name
    window: Annotated[str, Field(max_length=60)]
    gone: bool = False


class _Listen(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    text: Annotated[str, Field(max_length=2000)]
    language: Name


def routes(desk: Desk) -> list[BaseRoute]:
    """Return the routes."""
    checking, speaking = Lane(1, 50), Lane(1, 8)

    async def pages(request: Request, _: Session) -> Response:
        language = request.query_params.get("language", "")
        return await told(lambda: listed(desk, language))

    async def page(request: Request, session: Session) -> Response:
        name = request.query_params.get("name", "")
        return await told(lambda: _opened(desk, name, session))

    async def cards(request: Request, _: Session) -> Response:
        """Cut a text into cards: what the editor shows after the plain text was changed."""
        asked = await sent(request, WholeText, LARGEST)
        text, _places = asked.whole()
        return await told(lambda: in_cards(desk, asked.name, text))

    async def check(request: Request, _: Session) -> Response:
        asked = await sent(request, WholeText, LARGEST)
        text, places = asked.whole()
        try:
            found = await checking.run(desk.findings, asked.name, text)
        except LaneFull:
            raise Refused(503, words()["busy"]) from None
        return JSONResponse({"text": text, "findings": as_told(found, places)}, headers=NOW)

    async def save(request: Request, session: Session) -> Response:
        asked = await sent(request, _Save, LARGEST)
        text, _places = asked.whole()
        action = SavePage(
            desk.site,
            desk.library,
            asked.name,
            text,
            asked.opened,
            session.member.name,
        )
        try:
            return await told(lambda: _saved(desk, asked.name, action, session))
        except PageChanged as error:
            return both(error, text)

    async def new(request: Request, session: Session) -> Response:
        asked = await sent(request, _New)
        action = CreatePage(desk.site, asked.title, asked.part or None, asked.language)

        def work() -> dict[str, str]:
            place = action.execute()
            desk.changed.note(session.member.name, place.path)
            return {"name": desk.site.shown(place.path).as_posix()}

        return await told(work, 201)

    async def here(request: Request, session: Session) -> Response:
        asked = await sent(request, _Here)
        window = f"{session.id} {asked.window}"
        if asked.gone:
            desk.people.gone(asked.name, window)
            return JSONResponse({"others": []}, headers=NOW)

        def work() -> dict[str, object]:
            opened = look(desk.site, asked.name).now
            others = desk.people.here(asked.name, window, session.member.name)
            return {"others": others, "opened": opened}

        return await told(work)

    async def listen(request: Request, _: Session) -> Response:
        asked = await sent(request, _Listen)
        try:
            return JSONResponse(await speaking.run(_heard, desk, asked), headers=NOW)
        except LaneFull:
            raise Refused(503, words()["busy"]) from None

    return [
        reading("/studio/pages", desk, pages),
        reading("/studio/page", desk, page),
        writing("/studio/cards", desk, cards),
        writing("/studio/check", desk, check),
        writing("/studio/save", desk, save),
        writing("/studio/new", desk, new),
        writing("/studio/here", desk, here, is_used=False),
        writing("/studio/listen", desk, listen),
    ]


def _opened(desk: Desk, name: str, session: Session) -> dict[str, Any]:
    desk.refresh()
    return as_opened(desk, name, look(desk.site, name), session)


def _saved(desk: Desk, name: str, action: SavePage, session: Session) -> dict[str, Any]:
    now = action.execute()
    if now.copy is None:  # else the page's own file is as it was
        desk.changed.note(session.member.name, now.live.path)
    return as_opened(desk, name, now, session)


def as_opened(desk: Desk, name: str, now: Standing, session: Session) -> dict[str, Any]:
    """Return a page for the editor. stale: its file has changed under its working copy."""
    live = read_page(desk.library, desk.site, name, now.live.text)
    return {
        **in_cards(desk, name, now.text),
        "opened": now.opened,
        "stale": now.is_stale,
        "status": status_of(live),
        "copy": copy_told(now.copy),
        "language": PurePosixPath(name).parts[1],
        "publish": session.member.may_publish,
    }


def in_cards(desk: Desk, name: str, text: str) -> dict[str, Any]:
    """Return a text in cards; "page" is None where its first part has no beginning or end."""
    page_path(desk.site, name)
    page = open_page(text)
    source = read_page(desk.library, desk.site, name, text)
    return {
        "name": name,
        "text": text,
        "page": None if page is None else asdict(page),
        "own": own_pictures(text),
        "facts": {key: " ".join(fact(source, key).split()) for key in FACTS},
    }


def _heard(desk: Desk, asked: _Listen) -> dict[str, Any]:
    try:
        text = read_line(asked.text).text
    except Mistake:
        text = asked.text
    heard = desk.narrator.hear(
        text, language=asked.language, speed="normal", say=desk.say(asked.language)
    )
    return {
        "text": text,
        "sound": base64.b64encode(heard.wav).decode(),
        "words": [[one.start, one.end, one.starts_at, one.ends_at] for one in heard.words],
    }
