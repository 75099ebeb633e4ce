"""The real policy in a real browser, with hands that try to get out.

The same hands are let loose without the policy first: there each of them gets somewhere.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from tests.lockdown.place import SECONDS, Hall
from tests.tools.cases import mostly_drill
from tests.tools.private import PrivateEtc
from tests.tools.waiting import wait_until

OpenHall = Callable[[bool], Hall]

# Keys that open something, what tells that it is open, and the keys that close it again.
DOORS = [
    ("F12", "/said/resize", "F12"),
    ("ctrl+shift+i", "/said/resize", "ctrl+shift+i"),
    ("ctrl+p", "/said/print", "Escape"),
    ("ctrl+o", "Open File", "Escape"),
    ("ctrl+s", "Save File", "Escape"),
    ("ctrl+shift+n", "New Incognito Tab", "ctrl+w"),
]


@pytest.fixture
def open_hall(installed_browser: Path, tmp_path: Path) -> Iterator[OpenHall]:
    """Give `open_hall(locked)`: a browser in a machine of its own, where a lock leaves no trace."""
    with ExitStack() as opened:

        def start(locked: bool) -> Hall:
            folder = tmp_path / ("locked" if locked else "open")
            machine = PrivateEtc(folder)
            opened.callback(machine.close)
            hall = Hall(machine, installed_browser, folder)
            opened.callback(hall.close)
            if locked:
                before = machine.run("find", "/etc").stdout
                kiosk = [sys.executable, "-m", "kiosk", "lock"]
                one = ["--browser", str(installed_browser), "--url", hall.own.url]
                done = machine.run(*kiosk, "install", *one)
                assert done.returncode == 0, done.stderr
                assert machine.run(*kiosk, "status", *one).returncode == 0

                def take_away() -> None:
                    assert machine.run(*kiosk, "remove").returncode == 0
                    assert machine.run("find", "/etc").stdout == before
                    assert [one for one in machine.changes.rglob("*") if not one.is_dir()] == []

                opened.callback(take_away)
            return hall.start()

        yield start


def addresses(hall: Hall, folder: Path) -> dict[str, str]:
    """The addresses outside; the window's name when one of them is really shown."""
    file = folder / "file.html"
    file.write_text("<title>A FILE OF THE MACHINE</title>")
    own = hall.own
    return {
        f"{hall.other.url}/other": "PAGE /other",
        f"http://localhost:{own.server_port}/other-name": "PAGE /other-name",
        f"file://{file}": "A FILE OF THE MACHINE",
        f"{own.url}/status": "PAGE /status",
        f"view-source:{own.url}/source": "view-source:127",
        "chrome://version": "About Version",
    }


@pytest.mark.parametrize("locked", mostly_drill([False, True], True), ids=["open", "locked"])
def test_the_locked_browser_shows_no_other_address(
    open_hall: OpenHall, tmp_path: Path, locked: bool
) -> None:
    hall = open_hall(locked)
    shown = []
    for url, name in addresses(hall, tmp_path).items():
        hall.come_back()
        # What is blocked has a window of its own, but the source of a page: nothing happens there.
        if locked and url.startswith("view-source:"):
            hall.type(url)
            continue
        hall.go(url)
        if not locked:
            wait_until(partial(hall.shows, name), SECONDS, name)
        shown += [url] if hall.shows(name) else []
    hall.come_back()
    hall.let_page(f"do=click&to={hall.other.url}/followed")
    hall.come_back()
    hall.let_page(f"do=open&to={hall.other.url}/opened")
    asked = [path for path in hall.other.asked if path != "/favicon.ico"]
    if locked:
        assert shown == []
        assert asked == []
        assert not {"/other-name", "/status", "/source"} & set(hall.own.asked)
        hall.come_back()
    else:
        assert shown == list(addresses(hall, tmp_path))
        assert {"/other", "/followed"} <= set(asked)


def is_told(hall: Hall, sign: str, after: int) -> bool:
    """Return whether the page told of this since then, or a window has it in its name."""
    return sign in hall.own.asked[after:] or hall.shows(sign)


@pytest.mark.drill
@pytest.mark.parametrize("locked", [False, True], ids=["open", "locked"])
def test_the_locked_browser_saves_prints_and_inspects_nothing(
    open_hall: OpenHall, locked: bool
) -> None:
    hall = open_hall(locked)
    hall.type(f"{hall.own.url}/file")
    hall.come_back()
    hall.let_page("do=click&to=/again&save=yes")
    if not locked:
        wait_until(lambda: len(hall.downloads) == 2, SECONDS, "two files")
    hall.come_back()
    for keys, sign, back in DOORS:
        hall.come_back()
        hall.answers_keys()
        before, told = hall.windows, len(hall.own.asked)
        hall.press(keys)
        if locked:
            hall.answers_keys()
            assert not {"/said/resize", "/said/print"} & set(hall.own.asked[told:]), keys
            assert hall.windows == before, keys
        else:
            wait_until(partial(is_told, hall, sign, told), SECONDS, f"{sign} after {keys}")
            hall.press(back)
            wait_until(lambda: len(hall.windows) == 1, SECONDS, "its end")
    if locked:
        hall.let_page("do=print")
        assert "/said/print" not in hall.own.asked
        assert hall.downloads == []
