"""A place with a page at an allowed address, another place, and a browser with hands on it."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

from kiosk.lockdown.chromium import FLAGS, is_root
from tests.tools.private import PrivateEtc, XScreen
from tests.tools.waiting import wait_until

SECONDS = 20.0
TRIES = 5
# It tells its server what happens to it, and tries what the query asks for.
PAGE = """<!doctype html><title>PAGE {path}</title><h1>Here</h1><a id="away"></a><script>
const tell = (what) => fetch("/said/" + what);
addEventListener("beforeprint", () => tell("print"));
addEventListener("resize", () => tell("resize"));
addEventListener("keydown", (event) => event.key === "a" && tell("key"));
const asked = new URLSearchParams(location.search);
const away = document.getElementById("away");
away.href = asked.get("to") ?? "/";
if (asked.has("save")) away.download = "x.html";
if (asked.get("do") === "click") away.click();
if (asked.get("do") === "open") open(away.href);
if (asked.get("do") === "print") print();
if (asked.has("do")) setTimeout(() => tell("done"), 500);
</script>"""


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        body = PAGE.format(path=self.path.partition("?")[0]).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        if self.path.startswith("/file"):
            self.send_header("Content-Disposition", "attachment; filename=x.html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """asked: the paths that it was asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Hall:
    """A browser in an ordinary window with an address bar: only its policy can hold it.

    own, other: the two places. folder: the person's home folder is in it.
    """

    def __init__(self, machine: PrivateEtc, program: Path, folder: Path) -> None:
        self.own, self.other, self.home = Server(), Server(), folder / "home"
        self.home.mkdir()
        self._screen = XScreen("1280x900")
        self._machine = machine
        self._command = [
            *[str(program), f"--user-data-dir={folder / 'profile'}", *FLAGS, "--test-type"],
            *(["--no-sandbox"] if is_root() else []),
            f"{self.own.url}/start",
        ]
        self._browser: subprocess.Popen[bytes] | None = None
        self._marks = 0

    def start(self) -> Self:
        """Open the browser on its own page."""
        self._browser = subprocess.Popen(
            self._machine.command(*self._command),
            env={**self._screen.environment, "HOME": str(self.home)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(lambda: "/start" in self.own.asked, SECONDS, "the first page")
        self._screen.focus("PAGE")
        return self

    def go(self, url: str) -> None:
        """Type an address; come back when the window says something else."""
        before = self.windows
        self._type_until(lambda: self.windows != before, url)

    def let_page(self, query: str) -> None:
        """Let a page of the own place do something by itself, and wait until it did."""
        path = f"/try?{query}"
        self.own.asked.clear()
        self._type_until(lambda: path in self.own.asked, f"{self.own.url}{path}")
        # Or it went away, to another page or to the browser's word that this is blocked.
        wait_until(
            lambda: "/said/done" in self.own.asked or not self.shows("PAGE /try"), SECONDS, path
        )

    def press(self, keys: str) -> None:
        """Press keys together."""
        self._screen.hands("key", keys)

    def come_back(self) -> None:
        """Open a fresh page of the own place and wait for it."""
        self._marks += 1
        path = f"/mark{self._marks}"
        self._type_until(partial(self.shows, f"PAGE {path} "), f"{self.own.url}{path}")

    def answers_keys(self) -> None:
        """Press a key that the page tells of: whatever was pressed before is done.

        The browser says in a box of its own that something is blocked: Escape closes that.
        """
        told = self.own.asked.count("/said/key")
        self._screen.hands("key", "Escape", "mousemove", "300", "400", "click", "1", "key", "a")
        wait_until(lambda: self.own.asked.count("/said/key") > told, SECONDS, "a key")

    @property
    def windows(self) -> list[str]:
        """The names of the windows."""
        return self._screen.titles()

    def shows(self, name: str) -> bool:
        """Return whether the name of a window has this in it."""
        return any(name in one for one in self.windows)

    @property
    def downloads(self) -> list[Path]:
        """What was saved."""
        return list(self.home.rglob("*.html"))

    def close(self) -> None:
        """End all of it."""
        if self._browser is not None:
            self._browser.terminate()
            self._browser.wait(SECONDS)
        self._screen.close()
        for server in (self.own, self.other):
            server.shutdown()
            server.server_close()

    def _type_until(self, done: Callable[[], bool], url: str) -> None:
        """Type an address; once more, as a person does, where a page took the keys away."""
        for _ in range(TRIES):
            self.type(url)
            with suppress(AssertionError):
                wait_until(done, SECONDS / TRIES, url)
                return
        raise AssertionError(f"{url} cannot be typed: {self.windows}")

    def type(self, url: str) -> None:
        """Type an address, and Enter."""
        self._screen.hands("key", "ctrl+l")
        self._screen.hands("type", "--delay", "2", url)
        self._screen.hands("key", "Return")
