"""A real Firefox without a window, driven by its own protocol (WebDriver BiDi)."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.tools.driven import Driven
from tests.tools.waiting import wait_until

NAMES = ("firefox-esr", "firefox")
START_SECONDS = 90.0
COMMAND_SECONDS = 60.0
# A microphone that gives one note, and nobody who must be asked for it. No request goes out.
SETTINGS: dict[str, bool | int | str] = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.getAddons.cache.enabled": False,
    "media.navigator.permission.disabled": True,
    "media.navigator.streams.fake": True,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,nowhere",
    "toolkit.telemetry.server": "data:,nowhere",
}


def find() -> str | None:
    """Return a Firefox of this computer."""
    return next((found for found in map(shutil.which, NAMES) if found), None)


class Firefox(Driven):
    """One window. folder: an empty one, for its profile. variables: more for its process."""

    def __init__(self, program: str, folder: Path, variables: Mapping[str, str]) -> None:
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in SETTINGS.items()]
        (folder / "user.js").write_text("\n".join(lines), encoding="utf-8")
        self._told = folder / "stderr.txt"
        with self._told.open("wb") as told:
            self._process = subprocess.Popen(
                [
                    program,
                    "--headless",
                    "--no-remote",
                    "--remote-debugging-port=0",
                    "--profile",
                    str(folder),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=told,
                env=os.environ | {"HOME": str(folder), **variables},
                start_new_session=True,
            )
        self._open = ExitStack()
        self._number = 0
        self._problems: list[str] = []
        try:
            wait_until(self._address, START_SECONDS, "Firefox")
            line = connect(f"{self._address()}/session", max_size=None)
            self._wire: ClientConnection = self._open.enter_context(line)
            self.ask("session.new", capabilities={})
            self.ask("session.subscribe", events=["log.entryAdded"])
            self.window: str = self.ask("browsingContext.getTree")["contexts"][0]["context"]
        except BaseException:
            self.close()
            raise

    def _address(self) -> str:
        text = self._told.read_text(encoding="utf-8", errors="replace")
        found = re.search(r"WebDriver BiDi listening on (ws://\S+)", text)
        return found[1] if found else ""

    def ask(self, method: str, **params: Any) -> Any:
        """Send one command, and return its result."""
        self._number += 1
        told = {"id": self._number, "method": method, "params": params}
        self._wire.send(json.dumps(told))
        until = time.monotonic() + COMMAND_SECONDS
        while True:
            said = json.loads(self._wire.recv(timeout=max(0.0, until - time.monotonic())))
            if said.get("method") == "log.entryAdded" and said["params"]["level"] == "error":
                self._problems.append(str(said["params"]["text"]))
            if said.get("id") == self._number:
                assert said["type"] == "success", said
                return said["result"]

    def go(self, url: str) -> None:
        """Open an address."""
        self.ask("browsingContext.navigate", context=self.window, url=url, wait="complete")

    def before_pages(self, script: str) -> None:
        """Run a function in each page before its own code."""
        self.ask("script.addPreloadScript", functionDeclaration=script)

    def tell(self, function: str, *arguments: str) -> Any:
        """Call a function in the page; what it returns must be JSON."""
        said = self.ask(
            "script.callFunction",
            functionDeclaration=f"async (...all) => JSON.stringify(await ({function})(...all))",
            awaitPromise=True,
            target={"context": self.window},
            arguments=[{"type": "string", "value": one} for one in arguments],
        )
        assert said["type"] == "success", said
        value = said["result"].get("value")
        return None if value is None else json.loads(value)

    def act(self, device: dict[str, Any]) -> None:
        """Move a mouse, or press keys."""
        self.ask("input.performActions", context=self.window, actions=[device])

    @property
    def problems(self) -> list[str]:
        """The errors of the console, and of code."""
        return self._problems

    def close(self) -> None:
        """End it with all of its processes."""
        self._open.close()
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(START_SECONDS)
