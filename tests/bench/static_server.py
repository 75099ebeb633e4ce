"""A server of plain files, on the web library that the kiosk uses too, as a process of its own.

Browsers may keep its pictures and clips for good, as they may keep the kiosk's.
"""

from __future__ import annotations

import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.tools.server import free_port
from tests.tools.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, int]]:
    """Serve a folder that has a home.html, `files` and `clips`; give the address and process id."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.static_server", folder, str(port)], cwd=ROOT
    )
    address = f"http://127.0.0.1:{port}"

    def answers() -> bool:
        try:
            urllib.request.urlopen(f"{address}/home.html").close()
        except OSError:
            return False
        return True

    try:
        wait_until(answers, 30, "the plain pages")
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(10)


class _Kept:
    """Lets browsers keep what an app answers with."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_header(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"].append(
                    (b"cache-control", b"public, max-age=31536000, immutable")
                )
            await send(message)

        await self._app(scope, receive, with_header)


def main(folder: str, port: str) -> None:
    """Serve until the process is told to end."""
    kept = [
        Mount(f"/{name}", _Kept(StaticFiles(directory=Path(folder) / name)))
        for name in ("files", "clips")
    ]
    app = Starlette(routes=[*kept, Mount("/", StaticFiles(directory=folder))])
    uvicorn.run(app, host="127.0.0.1", port=int(port), access_log=False, log_level="warning")


if __name__ == "__main__":
    main(*sys.argv[1:])
