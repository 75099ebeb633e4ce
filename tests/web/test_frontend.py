"""The files of the screen go to a browser when they are new to it, and nothing else goes there."""

from __future__ import annotations

import asyncio
import gzip
import http.client
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.types import Message

from kiosk.screen.document import FOLDER, STYLES, modules_of
from kiosk.screen.joined import Joined, script, style
from kiosk.web.frontend import modules
from kiosk.web.guard import HEADERS
from tests.tools.loops import run
from tests.tools.server import KioskServer

# Entries of their own, and what runs on the browser's thread for sound: no modules of the page.
APART = ["component.js", "lock.js", "survey/tape.js"]
FILES = [*STYLES, *modules_of("main.js"), *APART]


def ask(
    server: KioskServer, path: str, **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=15)
    line.request("GET", path, headers={name.replace("_", "-"): v for name, v in headers.items()})
    reply = line.getresponse()
    return reply.status, reply.headers, reply.read()


def status_in(folder: Path, path: str) -> int:
    """Return what a folder's own routes say to an address."""
    told: list[Message] = []

    async def scene() -> None:
        async def receive() -> Message:
            nothing: asyncio.Future[Message] = asyncio.Future()
            return await nothing

        async def send(message: Message) -> None:
            told.append(message)

        asked = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
        await Starlette(routes=[modules("/screen", folder)])(asked, receive, send)

    run(scene())
    return int(told[0]["status"])


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_sent_once_and_then_only_when_it_has_changed(
    tiny_kiosk: KioskServer, name: str
) -> None:
    status, headers, body = ask(tiny_kiosk, f"/screen/{name}")
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    assert (status, body) == (200, (FOLDER / name).read_bytes())
    assert headers["Content-Type"] == f"{kind}; charset=utf-8"
    assert headers["Cache-Control"] == "no-cache"
    again, about, nothing = ask(tiny_kiosk, f"/screen/{name}", If_None_Match=headers["ETag"])
    assert (again, nothing) == (304, b"")
    assert about["Cache-Control"] == "no-cache"
    assert all(told[name] == value for told in (headers, about) for name, value in HEADERS.items())


@pytest.mark.parametrize("joined", [style(), script("main.js")], ids=["styles", "modules"])
def test_what_is_joined_is_sent_once_and_never_asked_for_again(
    tiny_kiosk: KioskServer, joined: Joined
) -> None:
    status, headers, body = ask(tiny_kiosk, f"/screen/joined/{joined.name}")
    assert (status, body.decode()) == (200, joined.text)
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    _, small, data = ask(tiny_kiosk, f"/screen/joined/{joined.name}", Accept_Encoding="gzip")
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(data).decode() == joined.text
    assert all(told[name] == value for told in (headers, small) for name, value in HEADERS.items())
    assert ask(tiny_kiosk, f"/screen/joined/0{joined.name[1:]}x")[0] == 404


def test_only_modules_and_styles_of_this_folder_are_served(tmp_path: Path) -> None:
    folder = tmp_path / "screen"
    (folder / "page").mkdir(parents=True)
    (tmp_path / "secret.js").write_text("")
    (folder / "page" / "link.js").symlink_to(tmp_path / "secret.js")
    for name in ("page/one.js", "page/.hidden.js", ".hidden.js", "page/one.d.ts", "page/one.html"):
        (folder / name).write_text("")
    assert status_in(folder, "/screen/page/one.js") == 200
    closed = ("page/.hidden.js", ".hidden.js", "page/one.d.ts", "page/one.html", "page/link.js")
    for path in (*closed, "", "page", "page/", "../secret.js", "page/../../secret.js", "a\0.js"):
        assert status_in(folder, f"/screen/{path}") == 404, path
