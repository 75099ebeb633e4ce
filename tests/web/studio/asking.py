"""Asks the studio's routes in the process of a test, as a browser does."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from argon2 import PasswordHasher
from starlette.applications import Starlette
from starlette.types import Message

from kiosk.config import Site
from kiosk.staff.accounts import Accounts
from kiosk.web.guard import Guard
from kiosk.web.studio.app import routes
from kiosk.web.studio.desk import Desk
from kiosk.web.studio.door import OnlyByProxy
from kiosk.web.studio.previewing import BELOW

PASSWORD = "three easy words"  # noqa: S105 - of a test
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
HOST = "127.0.0.1:8502"


def desk_of(site: Site) -> Desk:
    """Return the desk of a site, whose passwords cost little work."""
    return Desk(site, Accounts(site, QUICK))


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> Any:
        """Its JSON."""
        return json.loads(self.body)


@dataclass
class Browser:
    """One browser: it keeps its cookie, and its page knows the token."""

    desk: Desk
    proxy: str = ""
    is_safe: bool = False
    cookie: str = ""
    token: str = ""
    address: str = "127.0.0.1"
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def __post_init__(self) -> None:
        """Make the app."""
        app = Starlette(routes=routes(self.desk, is_safe=self.is_safe))
        self.app = OnlyByProxy(
            Guard(app, "127.0.0.1", ["studio.example.org"], framed=f"{BELOW}/"), self.proxy
        )

    def ask(
        self,
        path: str,
        sent: object = None,
        *,
        method: str = "",
        headers: dict[str, str] | None = None,
        raw: bytes | None = None,
    ) -> Answer:
        """Send a request; with something to send it is a POST of JSON."""
        path, _, query = path.partition("?")
        is_post = sent is not None or raw is not None
        body = raw if raw is not None else json.dumps(sent).encode() if is_post else b""
        all_headers = {"host": HOST, "cookie": self.cookie}
        if is_post:
            all_headers |= {"content-type": "application/json", "studio-token": self.token}
        all_headers |= headers or {}
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method or ("POST" if is_post else "GET"),
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "scheme": "http",
            "client": (self.address, 1),
            "server": ("127.0.0.1", 8502),
            "headers": [(k.encode(), v.encode()) for k, v in all_headers.items() if v],
        }
        got: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            got.append(message)

        with ThreadPoolExecutor(1) as thread:  # the browser of other tests has a loop in this one
            thread.submit(self.loop.run_until_complete, self.app(scope, receive, send)).result()
        start = got[0]
        told = {k.decode().lower(): v.decode() for k, v in start["headers"]}
        answer = Answer(start["status"], told, b"".join(one.get("body", b"") for one in got[1:]))
        if "set-cookie" in told:
            self.cookie = told["set-cookie"].split(";")[0]
        return answer

    def sign_in(self, name: str, password: str = PASSWORD) -> Answer:
        """Sign in; the page learns its token."""
        answer = self.ask("/studio/sign-in", {"name": name, "password": password})
        if answer.status == 200:
            self.token = answer.told["token"]
        return answer
