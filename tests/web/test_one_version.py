"""What goes to a screen is of one version, also while staff edit, and no more than it lacks."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from typing import Any, cast

import pytest
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from kiosk.config import load_site
from kiosk.live.kiosk import Kiosk
from kiosk.screen.served import Served
from kiosk.web.app import routes
from kiosk.web.first_html import FirstHtml
from kiosk.web.guard import first_page as put_first
from tests.tools.sites import HOME, PLAN, tiny_site

PLANS = {words: PLAN.replace("Things", words) for words in ("Things", "All")}
HOMES = {words: HOME.replace("Welcome", words) for words in ("Welcome", "Hello")}


class Restless:
    """A kiosk that is edited each time that somebody looks what it serves."""

    def __init__(self, kiosk: Kiosk, moments: list[Served]) -> None:
        self._kiosk = kiosk
        self._moments = cycle(moments)

    @property
    def served(self) -> Served:
        """What is served now."""
        return next(self._moments)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._kiosk, name)


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    made = Kiosk(load_site(tiny_site(tmp_path)))
    yield made
    made.close()


def moments(kiosk: Kiosk) -> list[Served]:
    """Edit two pages, and return what was served before and after."""
    before = kiosk.served
    folder = kiosk.site.content / "en"
    (folder / "about" / "plan.md").write_text(PLANS["All"])
    (folder / "home.md").write_text(HOMES["Hello"])
    kiosk._look()
    return [before, kiosk.served]


def run(asked: Coroutine[Any, Any, Any]) -> Any:
    """Return what comes of it, in a thread of its own: a browser may run a loop in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, asked).result()


def pages(kiosk: Kiosk, language: str = "en", **headers: str) -> dict[str, Any]:
    """Return what a screen gets that asks for the pages of a language."""
    route = next(one for one in routes(kiosk) if isinstance(one, Route) and "/pages/" in one.path)
    sent = [(name.replace("_", "-").lower().encode(), v.encode()) for name, v in headers.items()]
    scope = {"type": "http", "headers": sent, "path_params": {"language": language}}
    reply = run(route.endpoint(Request(scope)))
    told: dict[str, Any] = json.loads(reply.body)
    return told


def first_page(kiosk: Kiosk) -> str:
    """Return the first HTML."""
    body = b"<html><head><title></title></head><body></body></html>"
    replies: list[Mapping[str, Any]] = []

    async def empty(_: Scope, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body})

    async def send(message: Any) -> None:
        replies.append(message)

    async def receive() -> Any:
        raise AssertionError("Nothing is asked.")

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "headers": [],
        "client": ("127.0.0.1", 1),
    }
    run(FirstHtml(empty, put_first(kiosk))(scope, receive, send))
    return cast(str, replies[-1]["body"].decode())


def test_pages_and_their_version_are_of_one_moment(kiosk: Kiosk) -> None:
    old, new = moments(kiosk)
    told = pages(cast(Kiosk, Restless(kiosk, [old, new])))
    assert told["version"] == old.version
    assert told["html"] == old.screens["en"].html


def test_the_first_page_and_its_version_are_of_one_moment(kiosk: Kiosk) -> None:
    both = {"Welcome": 0, "Hello": 1}
    served = moments(kiosk)
    html = first_page(cast(Kiosk, Restless(kiosk, served)))
    data = re.search(r'id="kiosk-site">(.*?)</script>', html)
    assert data
    shown = next(at for words, at in both.items() if f">{words}.<" in html)
    assert json.loads(data[1])["version"] == served[shown].version


def test_a_screen_gets_only_what_it_lacks(kiosk: Kiosk) -> None:
    old, new = moments(kiosk)
    told = pages(kiosk, Kiosk_Known=old.version)
    assert set(told["html"]) == {"home", "plan"}
    assert set(told["pages"]) == set(new.screens["en"].html)
    assert pages(kiosk, Kiosk_Known=new.version)["html"] == {}
    for unknown in ("", "nonsense", old.version[:-1]):
        assert pages(kiosk, Kiosk_Known=unknown)["html"] == new.screens["en"].html
    assert pages(kiosk)["html"] == new.screens["en"].html


def test_a_screen_whose_language_is_not_here_gets_all_of_another_one(kiosk: Kiosk) -> None:
    told = pages(kiosk, "ur", Kiosk_Known=kiosk.served.version)
    assert told["language"] == "en"
    assert told["html"] == kiosk.served.screens["en"].html
