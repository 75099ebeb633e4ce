"""A real WebKit at a real window, driven by its own program (WebDriver): the engine of Safari."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.tools.driven import Driven
from tests.tools.private import XScreen
from tests.tools.server import free_port
from tests.tools.waiting import wait_until

# The driver, and the package of Debian and Ubuntu that brings it and the browser.
PROGRAMS = {"WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb"}
START_SECONDS = 90.0
COMMAND_SECONDS = 60.0
# Its own browser: it begins with what the driver asks for, and tells what pages print.
ARGUMENTS = ["--automation", "--enable-write-console-messages-to-stdout=true"]


def is_here() -> bool:
    """Return whether everything that it needs is installed."""
    return all(map(shutil.which, PROGRAMS)) and _browser() is not None


def _browser() -> Path | None:
    # The newest: that of an older library, which may lie beside it, takes no mouse from the driver.
    found = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"), reverse=True)
    return next(iter(found), None)


class WebKit(Driven):
    """One window, of the size of a kiosk. folder: an empty one. variables: more for its process."""

    def __init__(self, folder: Path, variables: Mapping[str, str]) -> None:
        self._told = folder / "told.txt"
        self._open = ExitStack()
        self._session = ""
        try:
            screen = XScreen()
            self._open.callback(screen.close)
            port = free_port()
            self._root = f"http://127.0.0.1:{port}"
            # A machine without a graphics card, a home and a message bus that belong to a person.
            own = {
                "DISPLAY": screen.display,
                "HOME": str(folder),
                "XDG_RUNTIME_DIR": str(folder),
                "DBUS_SESSION_BUS_ADDRESS": "disabled:",
                "NO_AT_BRIDGE": "1",
                "LIBGL_ALWAYS_SOFTWARE": "1",
                "WEBKIT_DISABLE_DMABUF_RENDERER": "1",
            }
            told = self._open.enter_context(self._told.open("wb"))
            self._process = subprocess.Popen(
                ["WebKitWebDriver", f"--port={port}"],
                stdin=subprocess.DEVNULL,
                stdout=told,
                stderr=told,
                env={**os.environ, **own, **variables},
                start_new_session=True,
            )
            self._open.callback(self._end)
            wait_until(self._answers, START_SECONDS, "WebKit's driver")
            options = {"binary": str(_browser()), "args": ARGUMENTS}
            wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
            self._session = self.ask("POST", "/session", capabilities=wanted)["sessionId"]
            self.ask("POST", "/window/rect", x=0, y=0, width=1080, height=1920)
            self.ask("POST", "/timeouts", script=int(COMMAND_SECONDS * 1000))
        except BaseException:
            self.close()
            raise

    def _answers(self) -> bool:
        try:
            return bool(self.ask("GET", "/status"))
        except urllib.error.URLError:
            return False

    def ask(self, method: str, path: str, **body: Any) -> Any:
        """Send one command, and return its value."""
        within = f"/session/{self._session}" if self._session else ""
        data = json.dumps(body).encode() if method == "POST" else None
        asked = urllib.request.Request(f"{self._root}{within}{path}", data, method=method)
        try:
            with urllib.request.urlopen(asked, timeout=COMMAND_SECONDS) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as refused:
            raise AssertionError(refused.read().decode()) from refused

    @property
    def problems(self) -> list[str]:
        """The errors of the console, and of code."""
        told = self._told.read_text(encoding="utf-8", errors="replace")
        return re.findall(r"^CONSOLE \S+ ERROR .*", told, re.MULTILINE)

    def go(self, url: str) -> None:
        """Open an address."""
        self.ask("POST", "/url", url=url)

    def tell(self, function: str, *arguments: str) -> Any:
        """Call a function in the page; what it returns must be JSON."""
        script = f"""const all = [...arguments], done = all.pop();
            (async () => [JSON.stringify((await ({function})(...all)) ?? null)])()
              .catch(String).then(done);"""
        said = self.ask("POST", "/execute/async", script=script, args=list(arguments))
        assert isinstance(said, list), said
        return json.loads(said[0])

    def act(self, device: dict[str, Any]) -> None:
        """Move a mouse, or press keys."""
        self.ask("POST", "/actions", actions=[device])

    def close(self) -> None:
        """End it with all of its processes."""
        self._open.close()

    def _end(self) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(START_SECONDS)
