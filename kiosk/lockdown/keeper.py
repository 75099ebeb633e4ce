"""Keeps the locked browser on the screen: what it shows is watched, not only its process."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.config import Site
from kiosk.errors import HallRefused
from kiosk.lockdown.key import new_key
from kiosk.lockdown.life import NEVER, Life, ask_life, fetch
from kiosk.lockdown.notify import tell, watchdog_seconds
from kiosk.lockdown.open import locked_command
from kiosk.lockdown.pause import Starts
from kiosk.lockdown.processes import die_with_parent, pages_mb
from kiosk.lockdown.profile import fresh_profile

LOOK_SECONDS = 2.0  # between two looks
ASK_SECONDS = 5.0
FAR_MB = 2000  # so far over the limit, it does not matter whether somebody is there
END_SECONDS = 5.0  # how long a browser may take to end when it is told to


class Keeper:
    """Watchdog: starts the browser, and starts it again when it ended, hangs, or shows no page.

    program, address, site: what is shown by what. report: called with one line for each event.
    """

    def __init__(
        self, site: Site, program: Path, address: str, report: Callable[[str], None]
    ) -> None:
        self._site = site
        self._program = program
        self._address = address
        self._report = report
        settings = site.settings.hall
        self._first = settings.first_sign_seconds
        self._quiet = settings.sign_seconds
        self._most_mb = settings.page_memory_mb
        self._end = threading.Event()
        self._browser: subprocess.Popen[bytes] | None = None
        self._since = 0.0  # the last moment at which all was well, or was begun anew
        self._signed = False  # the page of this start was seen
        self._starts = Starts()

    def run(self) -> None:
        """Keep the browser on the screen until `end`."""
        with _alone(self._site):
            tell("READY=1")
            try:
                while not self._end.is_set():
                    self._wait_for_the_server()
                    if not self._end.is_set():
                        self._report(self._watch(self._start()))
                        self._stop()
            finally:
                tell("STOPPING=1")
                self._stop()

    def end(self) -> None:
        """Let `run` come to its end."""
        self._end.set()

    def _wait_for_the_server(self) -> None:
        told = False
        while not self._end.is_set():
            try:
                fetch(f"{self._address}/ready", ASK_SECONDS)
            except OSError:
                if not told:
                    self._report(f"The kiosk at {self._address} does not answer. I wait for it.")
                    told = True
                self._rest(LOOK_SECONDS)
            else:
                return

    def _start(self) -> subprocess.Popen[bytes]:
        self._rest(self._starts.begin(time.monotonic()))
        profile = fresh_profile(self._site, self._address, self._report)
        command = locked_command(self._program, self._address, new_key(self._site), profile)
        try:
            browser = subprocess.Popen(  # noqa: S603 - a browser, with words of our own
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        except OSError as error:
            raise HallRefused(f"{self._program} does not start: {error.strerror}.") from None
        self._browser = browser
        self._since, self._signed = time.monotonic(), False
        self._report(f"The browser is on the screen: {self._address}")
        return browser

    def _watch(self, browser: subprocess.Popen[bytes]) -> str:
        """Return, in words, why the browser must be started again."""
        away = False
        while not self._end.is_set():
            self._rest(LOOK_SECONDS)
            if browser.poll() is not None:
                return "The browser ended. I start it again."
            asked = time.monotonic()
            life = ask_life(self._address, ASK_SECONDS)
            if life is None:
                # Whoever starts the server again must come first; the page itself goes on.
                away = True
                self._since = time.monotonic()
                continue
            if away:
                away, self._signed = False, False
            self._note(life, asked)
            limit = self._quiet if self._signed else self._first
            if time.monotonic() - self._since > limit:
                return f"No page was seen for {limit} seconds. I start the browser again."
            grown = pages_mb(browser.pid)
            if grown > self._most_mb and life.nobody and self._signed:
                return f"The page needs {grown} MB, and nobody is there. I start the browser again."
            if grown > self._most_mb + FAR_MB:  # whoever is there has more than a page open
                return f"The pages need {grown} MB. I start the browser again."
        return "The locked browser is ended."

    def _note(self, life: Life, asked: float) -> None:
        if life.seconds == NEVER:
            return
        at = asked - life.seconds
        if at > self._since:
            self._since, self._signed = at, True
            self._starts.well(at)

    def _rest(self, seconds: float) -> None:
        """Wait, and meanwhile tell systemd that this loop goes on."""
        limit = watchdog_seconds()
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and not self._end.is_set():
            tell("WATCHDOG=1")
            self._end.wait(min(left, limit / 4 if limit else left))

    def _stop(self) -> None:
        """End the browser with all its processes, one that hangs as well."""
        browser, self._browser = self._browser, None
        if browser is None:
            return
        for kind, seconds in ((signal.SIGTERM, END_SECONDS), (signal.SIGKILL, END_SECONDS)):
            _signal_all(browser.pid, kind)
            try:
                browser.wait(seconds)
            except subprocess.TimeoutExpired:
                continue
            break
        _signal_all(browser.pid, signal.SIGKILL)  # its helpers, when they outlive it


def _signal_all(group: int, kind: signal.Signals) -> None:
    try:
        os.killpg(group, kind)
    except (ProcessLookupError, PermissionError):
        return


@contextmanager
def _alone(site: Site) -> Iterator[None]:
    """Make sure that no other keeper works for this site."""
    file = site.data / "lock" / "running"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        held = file.open("w")
    except OSError as error:
        raise HallRefused(f"{site.shown(file)} cannot be saved: {error.strerror}.") from None
    with held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise HallRefused("A locked browser of this kiosk runs already.") from None
        yield
