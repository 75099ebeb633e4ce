"""The routes by which staff ask people to check a page, and read what those have said."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from kiosk.content.edit import open_page
from kiosk.editor.actions.save import look, page_path, read_page
from kiosk.editor.reviews import Link, OfIdea, Reviews, of_ideas
from kiosk.errors import ReviewRefused
from kiosk.screen.codes import code_svg
from kiosk.web.studio.asking import reading, sent, told, writing
from kiosk.web.studio.desk import Desk
from kiosk.web.studio.reviewing import BELOW
from kiosk.web.studio.sessions import Session

Name = Annotated[str, Field(max_length=300)]


class _Begin(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    name: Name
    opened: Name
    who: Annotated[str, Field(max_length=200)]


class _One(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    name: Name
    id: Annotated[str, Field(max_length=100)]


def routes(desk: Desk) -> list[BaseRoute]:
    """Return the routes."""
    reviews = Reviews(desk.site)

    async def listed(request: Request, _: Session) -> Response:
        name = request.query_params.get("name", "")
        return await told(lambda: _listed(desk, reviews, name))

    async def begin(request: Request, session: Session) -> Response:
        asked = await sent(request, _Begin)
        # A browser names where our page came from, which is also where people find it.
        origin = request.headers.get("origin", "")

        def work() -> dict[str, Any]:
            now = look(desk.site, asked.name)
            now.expect(asked.opened)
            if read_page(desk.library, desk.site, asked.name, now.text).page is None:
                raise ReviewRefused("This page has mistakes, so nobody can look at it yet.")
            secret, _link = reviews.begin(
                asked.name, now.text, by=session.member.name, who=asked.who
            )
            path = f"{BELOW}/#{secret}"
            code = code_svg(f"{origin}{path}") if origin else ""
            return {"path": path, "code": code, **_listed(desk, reviews, asked.name)}

        return await told(work, 201)

    async def end(request: Request, _: Session) -> Response:
        asked = await sent(request, _One)

        def work() -> dict[str, Any]:
            reviews.end(_of_page(reviews, asked).id)
            return _listed(desk, reviews, asked.name)

        return await told(work)

    async def delete(request: Request, _: Session) -> Response:
        asked = await sent(request, _One)

        def work() -> dict[str, Any]:
            reviews.delete(_of_page(reviews, asked).id)
            return _listed(desk, reviews, asked.name)

        return await told(work)

    return [
        reading("/studio/reviews", desk, listed),
        writing("/studio/review-link", desk, begin),
        writing("/studio/review-end", desk, end),
        writing("/studio/review-delete", desk, delete),
    ]


def _of_page(reviews: Reviews, asked: _One) -> Link:
    link = reviews.link(asked.id)
    if link is None or link.page != asked.name:
        raise ReviewRefused("There is no such link any more.")
    return link


def _listed(desk: Desk, reviews: Reviews, name: str) -> dict[str, Any]:
    page_path(desk.site, name)  # no name leads out of the site
    now, today = look(desk.site, name).text, desk.site.today()
    found = []
    for link in reviews.of_page(name):
        said = reviews.said(link)
        cards = _cards(link.text)
        ideas = of_ideas(said, len(cards))
        found.append(
            {
                "id": link.id,
                "who": link.who,
                "by": link.by,
                "at": link.at.isoformat(timespec="minutes"),
                "until": link.until.isoformat(),
                "open": link.is_open(today),
                "people": len(said),
                "done": sum(one.done for one in said),
                "same": link.text == now,
                "easy": sum(_is_easy(one) for one in ideas),
                "ideas": [
                    {
                        **card,
                        "easy": dict(one.easy),
                        "hard": list(one.words.items()),
                        "wrong_picture": one.wrong_picture,
                    }
                    for card, one in zip(cards, ideas, strict=True)
                ],
            }
        )
    return {"links": found}


def proposed(desk: Desk, name: str) -> dict[str, Any] | None:
    """Return what people have said newest of a page, for who publishes it; None for nothing."""
    for link in _listed(desk, Reviews(desk.site), name)["links"]:
        if link["people"]:
            count = len(link["ideas"])
            return {key: link[key] for key in ("who", "people", "easy", "same")} | {"count": count}
    return None


def _is_easy(idea: OfIdea) -> bool:
    """Whether somebody has answered, and for all of them it was easy."""
    return idea.easy["yes"] > 0 and not idea.easy["partly"] and not idea.easy["no"]


def _cards(text: str) -> list[dict[str, Any]]:
    page = open_page(text)
    return [
        {
            "picture": card.picture.name if card.picture is not None else "",
            "lines": [line.words for line in card.lines],
        }
        for card in (page.cards if page is not None else ())
        if card.kind == "idea"
    ]
