"""The routes by which staff find a picture, add one, and use one that is made of parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from kiosk.content.edit_facts import with_picture
from kiosk.editor.actions.picture import AddPicture
from kiosk.errors import AnswerTooSoon
from kiosk.symbols.shelves import kept_in, shelves
from kiosk.symbols.suggest import suggest
from kiosk.web.bodies import Arriving, Refused, bytes_body
from kiosk.web.lanes import Lane, LaneFull
from kiosk.web.studio.asking import LARGEST, NOW, reading, sent, told, writing
from kiosk.web.studio.bringing import FILE, MB
from kiosk.web.studio.desk import Desk
from kiosk.web.studio.pages import WholeText, in_cards
from kiosk.web.studio.sessions import Session
from kiosk.web.studio.signing import words

SUGGESTIONS = 8
MOST_KEPT = 60  # pictures of one place that are shown at once
MOST_PICTURE = 20  # MB: a photograph of a phone has 4 to 12


class _Compose(WholeText):
    called: Annotated[str, Field(max_length=100)]
    declaration: Annotated[str, Field(max_length=1000)]


def routes(desk: Desk) -> list[BaseRoute]:
    """Return the routes."""
    cleaning = Lane(1, 3)
    arriving = Arriving(2 * MOST_PICTURE * MB)

    async def suggestions(request: Request, _: Session) -> Response:
        asked = request.query_params
        return await told(
            lambda: _found(
                desk,
                asked.get("words", "")[:500],
                asked.get("language", ""),
                asked.get("shelf", "")[:100],
            )
        )

    async def picture(request: Request, _: Session) -> Response:
        asked = request.query_params
        symbol = desk.picture(
            asked.get("name", ""), asked.get("language", ""), asked.get("page", "")
        )
        if symbol is None:
            return Response(status_code=404, headers=NOW)
        etag = f'"{symbol.sha256}"'
        headers = {"Cache-Control": "private, no-cache", "ETag": etag}
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers=headers)
        return Response(symbol.svg, media_type=symbol.media_type, headers=headers)

    async def add(request: Request, _: Session) -> Response:
        asked = request.query_params
        too_long = words()["picture_too_large"].format(most=MOST_PICTURE)
        try:
            data = await bytes_body(request, MOST_PICTURE * MB, [FILE], arriving, too_long)
        except AnswerTooSoon:
            raise Refused(503, words()["busy"]) from None
        if not data.strip():
            raise Refused(422, words()["nothing_sent"])
        said = [asked.get(key, "")[:300] for key in ("words", "creator", "licence")]
        try:
            name = await cleaning.run(AddPicture(desk.site, data, *said).execute)
        except LaneFull:
            raise Refused(503, words()["busy"]) from None
        return await told(lambda: _added(desk, name, said[0]), 201)

    async def compose(request: Request, _: Session) -> Response:
        """Give a page a picture of its own that is made of parts; it is not saved yet."""
        asked = await sent(request, _Compose, LARGEST)
        text, _places = asked.whole()

        def work() -> dict[str, Any]:
            more, name = with_picture(text, asked.called, asked.declaration)
            return {**in_cards(desk, asked.name, more), "picture": name}

        return await told(work)

    return [
        reading("/studio/suggestions", desk, suggestions),
        reading("/studio/picture", desk, picture),
        writing("/studio/add-picture", desk, add),
        writing("/studio/compose", desk, compose),
    ]


def _added(desk: Desk, name: str, said: str) -> dict[str, str]:
    desk.library.refresh()
    return {"name": name, "shows": said}


def _found(desk: Desk, words: str, language: str, shelf: str) -> dict[str, Any]:
    """Return pictures that fit some words; or those of a shelf, where one is named."""
    languages = desk.site.settings.site.languages
    language = language if language in languages else languages[0]
    book = desk.library.symbols
    there = [{"shelf": one, "count": count} for one, count in shelves(book).items()]
    if shelf:
        kept = kept_in(book, shelf, words, language=language, most=MOST_KEPT + 1)
        shown = [_as_told(one.name, one.symbol.words) for one in kept[:MOST_KEPT]]
        more = {"warning": "", "weak": False, "more": len(kept) > MOST_KEPT}
        return {"pictures": shown, "shelves": there, **more}
    found = suggest(words, book, count=SUGGESTIONS, language=language)
    finder = book.in_language(language)
    shown = [
        _as_told(one.name, one.symbol.words, made=True, notes=one.notes) for one in found.composed
    ]
    shown += [
        _as_told(one.name, finder.find(one.name).words, notes=one.notes) for one in found.pictures
    ]
    more = {"warning": found.warning, "weak": found.is_weak, "more": False}
    return {"pictures": shown, "shelves": there, **more}


def _as_told(
    name: str, shows: str, *, made: bool = False, notes: Sequence[str] = ()
) -> dict[str, Any]:
    return {"name": name, "shows": shows, "made": made, "notes": " · ".join(notes)}
