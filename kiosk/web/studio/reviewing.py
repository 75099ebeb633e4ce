"""The routes by which people look at a page through a link, and say whether it is easy to read.

The link's secret stands behind the `#` of its address, so that no server and no log of one gets it
unasked. The page sends it to open the link, and with what a person says.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections import OrderedDict
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from kiosk.editor.reviews import Link, Review, Reviews, Said, words_of
from kiosk.errors import ReviewRefused
from kiosk.located import load_yaml
from kiosk.screen.interface_words import ENGLISH, Utterance
from kiosk.screen.languages import direction
from kiosk.web.bodies import Refused
from kiosk.web.lanes import Lane, LaneFull
from kiosk.web.studio.asking import NOW, plainly, sent
from kiosk.web.studio.desk import Desk
from kiosk.web.studio.previews import FILES, Preview, Previews
from kiosk.web.studio.shown import Shows, screen_routes
from kiosk.web.studio.signing import words

BELOW = "/review"
COOKIE = "kiosk-review"
FACES = {"yes": "slightly smiling face", "partly": "neutral face", "no": "slightly frowning face"}
OTHERS = {
    "picture_yes": "check mark button",
    "picture_no": "cross mark",
    "welcome": "waving hand",
    "thanks": "red heart",
}
_MOST = 1000  # browsers that have a link open
_LARGEST = 100_000  # bytes of what one person says
_SHELL = """<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/screen/page/colours.css">
<link rel="stylesheet" href="{files}/review.css">
<script type="module" src="{files}/opening.js"></script>
</head>
<body><main id="gone" hidden><h1>{gone}</h1><p>{ask_new}</p></main></body>
</html>
"""


class _Open(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    secret: Annotated[str, Field(max_length=100)]


class _Answer(_Open):
    id: Annotated[str, Field(max_length=36)]
    done: bool
    ideas: dict[str, dict[str, object]]


class _Browsers:
    """Which link a browser has open, held in memory alone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: OrderedDict[str, str] = OrderedDict()  # what the cookie says -> link

    def begin(self, link: Link) -> str:
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._open[token] = link.id
            while len(self._open) > _MOST:
                self._open.popitem(last=False)
        return token

    def find(self, token: str) -> str:
        with self._lock:
            return self._open.get(token, "")


@cache
def review_words(language: str) -> tuple[str, dict[str, str]]:
    """Return the words for who checks a page, and their language: English where there are none."""
    folder = files("kiosk.web.studio") / "words" / "review"
    file = folder / f"{language}.yaml"
    if not file.is_file():
        language, file = ENGLISH, folder / f"{ENGLISH}.yaml"
    told = load_yaml(file.read_text(encoding="utf-8"))
    return language, {key: str(value) for key, value in told.items()}


def routes(desk: Desk, *, is_safe: bool) -> list[BaseRoute]:
    """Return the routes. is_safe: browsers come by https, so the cookie goes no other way."""
    previews, reviews, browsers = Previews(desk.site, desk.library), Reviews(desk.site), _Browsers()
    making, keeping = Lane(1, 20), Lane(2, 50)

    def link_of(secret: str) -> Link:
        link = reviews.find(secret)
        if link is None or not link.is_open(desk.site.today()):
            raise ReviewRefused("This link does not work any more. Please ask for a new one.")
        return link

    def preview_of(link: Link) -> Preview:
        found = previews.find(link.id)
        return found or previews.show(link.id, link.page, link.text)

    async def shown(request: Request) -> tuple[Link, Preview] | None:
        """Return what the asking browser has opened; None for nothing that is still open."""
        link = await run_in_threadpool(reviews.link, browsers.find(request.cookies.get(COOKIE, "")))
        if link is None or not link.is_open(desk.site.today()):
            return None
        try:
            return link, await making.run(preview_of, link)
        except LaneFull:
            raise Refused(503, words()["busy"]) from None

    async def document(request: Request) -> Response:
        found = await shown(request)
        if found is None:
            return HTMLResponse(_shell(desk), headers=NOW)
        link, preview = found
        html = previews.html(preview, "review.js", ["review.css"], _data(link, preview))
        return HTMLResponse(html, headers=NOW)

    async def opened(request: Request) -> Response:
        asked = await sent(request, _Open)
        link = await run_in_threadpool(link_of, asked.secret)
        reply = JSONResponse({"id": link.id}, headers=NOW)
        if browsers.find(request.cookies.get(COOKIE, "")) != link.id:
            # Lax: a person comes from an e-mail, and so from another site.
            reply.set_cookie(
                COOKIE,
                browsers.begin(link),
                path=f"{BELOW}/",
                httponly=True,
                samesite="lax",
                secure=is_safe,
            )
        return reply

    async def answer(request: Request) -> Response:
        asked = await sent(request, _Answer, _LARGEST)

        def work() -> None:
            link = link_of(asked.secret)
            try:
                ideas = {int(key): Said.model_validate(one) for key, one in asked.ideas.items()}
                review = Review(id=asked.id, day=desk.site.today(), done=asked.done, ideas=ideas)
            except (ValidationError, ValueError):
                raise Refused(400, "That is not what this page sends.") from None
            reviews.keep(link, review)

        try:
            await keeping.run(work)
        except LaneFull:
            raise Refused(503, words()["busy"]) from None
        return JSONResponse({"saved": True}, 201, headers=NOW)

    async def face(request: Request) -> Response:
        name = request.path_params["name"]
        picture = (FACES | OTHERS).get(name)
        if picture is None:
            return Response(status_code=404, headers=NOW)
        symbol = desk.library.symbols.find(picture)
        return Response(symbol.svg, media_type=symbol.media_type, headers=NOW)

    def of_link(address: str, shows: Shows) -> BaseRoute:
        async def reply(request: Request) -> Response:
            found = await shown(request)
            if found is None:
                raise Refused(404, words()["no_preview"])
            return await shows(request, found[1])

        return Route(address, plainly(reply))

    return [
        Route(f"{BELOW}/", plainly(document)),
        Route(f"{BELOW}/faces/{{name}}.svg", plainly(face)),
        Route(f"{BELOW}/open", plainly(opened), methods=["POST"]),
        Route(f"{BELOW}/answer", plainly(answer), methods=["POST"]),
        *screen_routes(BELOW, desk, previews, of_link, _utterances),
    ]


def _utterances(preview: Preview) -> list[Utterance]:
    language, said = review_words(preview.language)
    return [Utterance(text, language) for text in said.values()]


def _data(link: Link, preview: Preview) -> str:
    """Return the element with what the review needs, beside the page itself."""
    language, said = review_words(preview.language)
    told = {
        "id": link.id,
        "language": language,
        "words": said,
        "first": len(preview.served.screens[preview.language].narrations[preview.page].texts),
        "ideas": words_of(link.text),
    }
    text = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    # "<" is escaped, so that no word of a page can end the element.
    return f'<script type="application/json" id="review-data">{text}</script>'


def _shell(desk: Desk) -> str:
    """Return the page of a browser that has not opened a link yet."""
    language, said = review_words(desk.site.settings.site.languages[0])
    return _SHELL.format(
        language=language,
        direction=direction(language),
        title=said["welcome"],
        files=FILES,
        gone=said["gone"],
        ask_new=said["ask_new"],
    )
