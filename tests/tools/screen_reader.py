"""A real screen reader at a real window: Orca, whose words are caught as it hands them to a voice.

All of it runs in a screen, a message bus and a home folder of its own, so nothing of the computer
is touched or heard. What is needed: `PROGRAMS`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, Playwright

from kiosk.lockdown.chromium import flags
from tests.tools.private import XScreen
from tests.tools.waiting import PAUSE_SECONDS, wait_until

BUS = "/usr/libexec/at-spi-bus-launcher"
# Each program, and the package of Debian and Ubuntu that brings it.
PROGRAMS = {
    "orca": "orca",
    BUS: "at-spi2-core",
    "dbus-daemon": "dbus",
    "dbus-send": "dbus",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "Xvfb": "xvfb",
}
PATIENCE = 60.0  # seconds for a program to start
SPEAK_SECONDS = 20.0  # for the words that must come after a key
QUIET_SECONDS = 1.0  # nothing new for so long: Orca has said all
SIZE = "1280x1600"

# Orca reads this file when it starts. Without a voice it says everything at once and in order.
_CUSTOMISED = """
import logging
from orca import settings, speech
heard = logging.FileHandler({file!r}, encoding="utf-8")
heard.setFormatter(logging.Formatter("%(message)s"))
speech.log.addHandler(heard)
speech.log.setLevel(logging.INFO)
speech._initSpeechServer = lambda *_: None
settings.enableKeyEcho = False
"""
_SAID = re.compile(r"SPEECH OUTPUT: '(.*?)'(?: voice=\w+)?$", re.MULTILINE | re.DOTALL)


def is_here() -> bool:
    """Return whether everything that it needs is installed."""
    return all(shutil.which(one) for one in PROGRAMS)


@dataclass(frozen=True, slots=True)
class ScreenReader:
    """Orca beside one page. page: to look at the browser, and to break things on purpose."""

    page: Page
    _log: Path
    _environment: Mapping[str, str]

    def press(self, key: str, until: str = "") -> list[str]:
        """Press a key as on a keyboard (X's name of it), and return what Orca says to that.

        until: words that must come.
        """
        before = len(self.said())
        self._run("xdotool", "key", key)

        def comes() -> bool:
            return any(until in line for line in self.said()[before:])

        wait_until(
            comes, SPEAK_SECONDS, f'"{until}" after {key}' if until else f"words after {key}"
        )
        return self.wait_for_quiet()[before:]

    def read_all(self, last: str) -> list[str]:
        """Return what Orca reads from the top of the page to its end, to the words `last`."""
        self.press("ctrl+Home")
        return self.press("KP_Add", last)

    def said(self) -> list[str]:
        """Return everything that Orca has said."""
        told = self._log.read_text(encoding="utf-8") if self._log.exists() else ""
        return [" ".join(one.split()) for one in _SAID.findall(told) if one.strip()]

    def wait_for_quiet(self) -> list[str]:
        """Wait until Orca has nothing more to say, and return everything that it has said."""
        known, since = self.said(), time.monotonic()
        while time.monotonic() - since < QUIET_SECONDS:
            time.sleep(PAUSE_SECONDS)
            now = self.said()
            if now != known:
                known, since = now, time.monotonic()
        return known

    def _run(self, *command: str) -> None:
        subprocess.run(command, env=self._environment, capture_output=True, check=True, timeout=20)


@contextmanager
def screen_reader(
    url: str, playwright: Playwright, chromium: Path, folder: Path
) -> Iterator[ScreenReader]:
    """Start Orca and a window with a page. folder: empty; the home of all programs."""
    with ExitStack() as started:
        environment = _environment(folder)

        def start(*command: str, **more: object) -> subprocess.Popen[str]:
            told = started.enter_context((folder / f"{Path(command[0]).name}.log").open("w"))
            pipes = {"stdin": subprocess.DEVNULL, "stdout": told, "stderr": told, **more}
            process = subprocess.Popen(command, env=environment, text=True, **pipes)  # type: ignore[call-overload]
            started.callback(_end, process)
            return process  # type: ignore[no-any-return]

        def works(*command: str) -> Callable[[], bool]:
            return lambda: (
                subprocess.run(
                    command, env=environment, capture_output=True, check=False
                ).returncode
                == 0
            )

        screen = XScreen(SIZE)
        started.callback(screen.close)
        environment["DISPLAY"] = screen.display
        bus = start("dbus-daemon", "--session", "--nofork", "--print-address", stdout=-1)
        assert bus.stdout
        environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        start("openbox")
        wait_until(works("xdotool", "get_num_desktops"), PATIENCE, "the window manager")
        start(BUS, "--launch-immediately", "--screen-reader=1")
        asked = ("--dest=org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus.GetAddress")
        wait_until(works("dbus-send", "--session", "--print-reply", *asked), PATIENCE, "its bus")
        log = folder / "said.log"
        start("orca", "--disable", "braille", "--disable", "braille-monitor")
        wait_until(log.exists, PATIENCE, "Orca")
        browser = playwright.chromium.launch_persistent_context(
            folder / "profile",
            executable_path=chromium,
            headless=False,
            env={**environment},
            no_viewport=True,
            args=[
                *flags(),
                "--test-type",  # no bar above the page about a missing sandbox
                "--force-renderer-accessibility",
                "--start-maximized",
                f"--app={url}",
            ],
        )
        started.callback(browser.close)
        (page,) = browser.pages
        reader = ScreenReader(page, log, environment)
        page.wait_for_selector("#kiosk[data-ready=true]")
        wait_until(lambda: len(reader.said()) > 1, PATIENCE, "Orca's first words")
        reader.wait_for_quiet()
        yield reader


def _environment(folder: Path) -> dict[str, str]:
    run, own = folder / "run", folder / "data" / "orca"
    run.mkdir(mode=0o700)
    own.mkdir(parents=True)
    customised = _CUSTOMISED.format(file=str(folder / "said.log"))
    (own / "orca-customizations.py").write_text(customised, encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DBUS_")}
    return kept | {
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "XDG_RUNTIME_DIR": str(run),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "ACCESSIBILITY_ENABLED": "1",
        "GNOME_ACCESSIBILITY": "1",
        "NO_AT_BRIDGE": "0",
    }


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
