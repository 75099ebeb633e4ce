"""A Chromium with a profile on disk that can be killed like a power cut, and started again."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Error, Page, Playwright

from kiosk.lockdown.chromium import flags
from tests.tools.waiting import wait_until

START_SECONDS = 60.0


class OwnBrowser:
    """A browser as a person starts it. profile: the folder that outlives it; page: its window."""

    def __init__(self, playwright: Playwright, program: Path, profile: Path) -> None:
        told = profile / "DevToolsActivePort"
        told.unlink(missing_ok=True)
        self._process = subprocess.Popen(
            [
                str(program),
                "--headless=new",
                f"--user-data-dir={profile}",
                "--remote-debugging-port=0",
                *flags(),
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                "about:blank",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait_until(lambda: told.exists() and told.read_text(), START_SECONDS, "the browser")
        port = told.read_text().splitlines()[0]
        wire = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        self.page: Page = wire.contexts[0].pages[0]

    def crash(self) -> None:
        """Let the page's own process die; another window of the browser is `page` then."""
        # The driver holds a page that has crashed for lost, whatever is loaded into it.
        with self.page.expect_event("crash"), suppress(Error):
            self.page.goto("chrome://crash", timeout=5000)
        self.page = self.page.context.new_page()

    def kill9(self) -> None:
        """End all of its processes at once."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(START_SECONDS)
