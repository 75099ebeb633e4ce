"""The two units' own commands, watched as systemd watches them; each harm is done on purpose.

The server and the locked browser are real, in a real `cage` on a screen without glass, under the
real policy. Only systemd itself is played by `tests/lockdown/supervisor.py`.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import ImageGrab

from kiosk.config import load_site
from kiosk.lockdown.life import ask_life
from kiosk.lockdown.processes import renderers, words_of
from kiosk.lockdown.units import BROWSER, SERVER, UnitValues, units_for
from tests.lockdown.front import WHITE, Front
from tests.lockdown.opened import SECONDS, Opened, has_page, nobody_special
from tests.lockdown.supervisor import Supervisor
from tests.tools.private import PrivateEtc, XScreen
from tests.tools.server import StartKiosk, free_port
from tests.tools.sites import KIOSK_TOML, tiny_site
from tests.tools.waiting import wait_until

QUICK = f"{KIOSK_TOML}\n[hall]\nsign_seconds = 5\nfirst_sign_seconds = 20\n"


@dataclass
class Hall:
    """A hall: server and browser under their supervisors."""

    server: Supervisor
    browser: Supervisor
    url: str
    display: str  # the screen that the cage draws on

    def shown(self, within: float = 5) -> bool:
        """Whether both are ready, and the page told in these seconds that it was drawn."""
        if any(one.ready != one.starts for one in (self.server, self.browser)):
            return False
        life = ask_life(self.url, 1)
        return life is not None and 0 <= life.seconds < within

    def wait(self, what: Callable[[], object], why: str) -> None:
        """Wait for something; the programs' words stand in the failure."""
        try:
            wait_until(what, SECONDS, why)
        except AssertionError as trouble:
            trouble.add_note(f"server: {self.server.out}\nbrowser: {self.browser.out}")
            raise

    def comes_back(self, what: Callable[[], object], why: str) -> None:
        """Wait for something, and then for a page that is shown after it."""
        self.wait(what, why)
        since = time.monotonic()
        self.wait(lambda: self.shown(within=time.monotonic() - since), "a page")

    def the_one(self, unit: Supervisor, word: str, program: str = "") -> int:
        """Return the id of the unit's one process that has a word in its command."""
        commands = {pid: words_of(pid) for pid in unit.processes}
        (found,) = [
            pid
            for pid, words in commands.items()
            if word in " ".join(words) and program in words[0] and "--type=" not in " ".join(words)
        ]
        return found

    def started_browsers(self) -> int:
        return self.browser.out.count("The browser is on the screen")


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory, installed_browser: Path) -> Iterator[Hall]:
    folder = tmp_path_factory.mktemp("hall")
    site = load_site(tiny_site(folder, {"kiosk.toml": QUICK}))
    url = f"http://127.0.0.1:{free_port()}"
    place = UnitValues("kiosk", site.root, site.data, url, installed_browser)
    units = units_for(place)
    with ExitStack() as opened:
        machine = PrivateEtc(folder / "machine")
        opened.callback(machine.close)
        python = units[SERVER].partition("ExecStart=")[2].split()[0]
        one = ["--browser", str(installed_browser), "--url", url]
        assert machine.run(python, "-m", "kiosk", "lock", "install", *one).returncode == 0
        server = Supervisor(units[SERVER], folder / "server", changes={"WatchdogSec": "6"})
        opened.callback(server.close)
        (folder / "run").mkdir(mode=0o700)
        screen = XScreen("1024x768")
        opened.callback(screen.close)
        browser = Supervisor(
            units[BROWSER],
            folder / "browser",
            environment={
                **screen.environment,
                "HOME": str(folder),
                "XDG_RUNTIME_DIR": str(folder / "run"),
                "WLR_BACKENDS": "x11",
                "WLR_RENDERER": "pixman",
            },
            before=[*machine.command(), *nobody_special()],
        )
        opened.callback(browser.close)
        there = Hall(server, browser, url, screen.display)
        there.wait(there.shown, "the first page")
        yield there


def test_the_kiosk_is_shown_and_both_units_say_that_they_are_ready(hall: Hall) -> None:
    assert hall.server.ready == 1
    assert hall.browser.ready == 1
    assert hall.shown()


def test_the_kiosk_fills_the_screen(hall: Hall) -> None:
    def is_full() -> bool:
        # What the cage really puts on the screen, not what the browser believes.
        with ImageGrab.grab(xdisplay=hall.display) as picture:
            across, down = picture.width - 1, picture.height - 1
            corners = [(0, 0), (across, 0), (0, down), (across, down)]
            return all(picture.convert("RGB").getpixel(one) != (0, 0, 0) for one in corners)

    hall.wait(is_full, "a full screen")


@pytest.mark.drill
def test_a_killed_server_comes_back_and_the_page_goes_on(hall: Hall) -> None:
    starts, browsers = hall.server.starts, hall.started_browsers()
    os.kill(hall.the_one(hall.server, " serve "), signal.SIGKILL)
    hall.comes_back(lambda: hall.server.starts == starts + 1, "a new start")
    assert hall.started_browsers() == browsers


@pytest.mark.drill
def test_a_server_that_hangs_is_killed_and_comes_back(hall: Hall) -> None:
    starts, kills = hall.server.starts, hall.server.watchdog_kills
    os.kill(hall.the_one(hall.server, " serve "), signal.SIGSTOP)
    hall.wait(lambda: hall.server.watchdog_kills == kills + 1, "the watchdog")
    hall.comes_back(lambda: hall.server.starts == starts + 1, "a new start")


@pytest.mark.drill
def test_a_killed_browser_comes_back(hall: Hall) -> None:
    browsers = hall.started_browsers()
    os.kill(hall.the_one(hall.browser, "--user-data-dir="), signal.SIGKILL)
    hall.comes_back(lambda: hall.started_browsers() == browsers + 1, "a new start")
    assert "The browser ended. I start it again." in hall.browser.out
    assert hall.browser.starts == 1


@pytest.mark.drill
@pytest.mark.parametrize(
    "how",
    [signal.SIGKILL, signal.SIGSTOP],
    ids=["crashed", "hanging"],
)
def test_a_page_that_crashed_or_hangs_comes_back(hall: Hall, how: signal.Signals) -> None:
    browsers = hall.started_browsers()
    pages = renderers(hall.the_one(hall.browser, "--user-data-dir="))
    assert pages
    for pid in pages:
        os.kill(pid, how)
    hall.comes_back(lambda: hall.started_browsers() == browsers + 1, "a new start")
    assert "No page was seen for 5 seconds." in hall.browser.out


@pytest.mark.drill
def test_a_keeper_that_was_killed_leaves_no_browser_and_comes_back(hall: Hall) -> None:
    starts, browsers = hall.browser.starts, hall.started_browsers()
    os.kill(hall.the_one(hall.browser, " open --lock ", "python"), signal.SIGKILL)
    hall.wait(lambda: hall.browser.starts == starts + 1, "a new start")
    hall.comes_back(lambda: hall.started_browsers() == browsers + 1, "a new start")


@pytest.mark.drill
def test_a_white_screen_comes_back(
    kiosk_server: StartKiosk, tmp_path: Path, installed_browser: Path
) -> None:
    first = QUICK.replace("first_sign_seconds = 20", "first_sign_seconds = 8")
    site, data = tiny_site(tmp_path, {"kiosk.toml": first}), tmp_path / "data"
    kiosk = kiosk_server(site, data=data, real_command=True)
    front = Front(kiosk.port, first=WHITE)
    with closing(Opened(tmp_path, installed_browser, site, data, front.url)) as opened:
        wait_until(lambda: front.pages, SECONDS, "a white page")
        wait_until(lambda: "No page was seen for 8 seconds" in opened.told, SECONDS, "a word")
        assert not has_page(kiosk.url)
        wait_until(lambda: has_page(kiosk.url), SECONDS, "a page")
        assert opened.starts >= 2
    front.close()


@pytest.mark.drill
def test_a_page_that_needs_too_much_memory_waits_until_nobody_is_there(
    kiosk_server: StartKiosk, tmp_path: Path, installed_browser: Path
) -> None:
    little = f"{QUICK}page_memory_mb = 100\n\n[visit]\nattract_seconds = 12\n"
    site, data = tiny_site(tmp_path, {"kiosk.toml": little}), tmp_path / "data"
    kiosk = kiosk_server(site, data=data, real_command=True)
    with closing(Opened(tmp_path, installed_browser, site, data, kiosk.url)) as opened:
        wait_until(lambda: has_page(kiosk.url), SECONDS, "a page")
        seen = time.monotonic()
        wait_until(lambda: " MB, and nobody is there." in opened.told, SECONDS, "a word")
        # The clock of "Touch the screen" began with the page.
        assert time.monotonic() - seen > 8
        wait_until(lambda: opened.starts == 2, SECONDS, "a start")
