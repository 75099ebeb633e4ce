"""Real keys, pressed at the real locked browser; a picture after each tells what is shown."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import Protocol, cast

import pytest
from PIL import Image, ImageChops, ImageGrab

from kiosk.lockdown.processes import renderers
from tests.lockdown.combinations import DOORS, GROUPS, KEYPAD
from tests.lockdown.front import Front
from tests.lockdown.opened import SECONDS, Opened, has_page
from tests.lockdown.writer import WRITES, places, written
from tests.tools.server import StartKiosk
from tests.tools.sites import KIOSK_TOML, tiny_site
from tests.tools.waiting import wait_until

SIZE = "1024x768"  # that of a cage's screen in a screen
PATIENT = f"{KIOSK_TOML}\n[visit]\nidle_seconds = 3600\nattract_seconds = 3600\n"
BACK_SECONDS = 35.0  # the page is the only thing shown again
CALM = 20  # pictures that are the same
LOOK_SECONDS = 10.0
EDGE = 64  # of 255 steps of grey
QUICK = f"{PATIENT}\n[hall]\nsign_seconds = 5\nfirst_sign_seconds = 30\n"
NAME = (0, 0, 420, 56)  # the place of the kiosk's name: with tabs above it, or zoomed, it moves


class Sight:
    """What the screen shows. folder: a picture after each press is kept there."""

    def __init__(self, opened: Opened, folder: Path) -> None:
        self.opened, self._folder = opened, folder
        folder.mkdir()
        self._presses = 0
        self.home: Image.Image | None = None
        self.moved: Image.Image | None = None

    def now(self) -> Image.Image:
        """Return what is shown."""
        return ImageGrab.grab(xdisplay=self.opened.screen.display).convert("RGB")

    def press(self, keys: str) -> None:
        """Press keys together, and keep a picture."""
        self.opened.screen.hands("key", "--clearmodifiers", keys)
        self._presses += 1
        self.now().save(self._folder / f"{self._presses:03} {keys}.png")

    def learn(self) -> None:
        """Take what the page shows after Home and after the key down: its words, with a frame."""
        fresh = self._rests()
        self.opened.screen.hands("key", "Home")
        wait_until(lambda: not self.shows(fresh), SECONDS, "a frame")
        self.home = self._rests()
        self.opened.screen.hands("key", "Down")
        wait_until(lambda: not self.shows(self.home), SECONDS, "a frame that moves")
        self.moved = self._rests()
        self.moved.save(self._folder / "000 as it was.png")

    def is_back(self) -> bool:
        """Press Home and down; return whether just that is shown: nothing else has the keys."""
        try:
            if self.shows(self.home):  # else nobody could see that Home was pressed
                self._press_until("Down", lambda: not self.shows(self.home))
            self._press_until("Home", lambda: self.shows(self.home))
            self._press_until("Down", lambda: self.shows(self.moved))
        except AssertionError:
            return False
        return True

    def _press_until(self, keys: str, what: Callable[[], bool]) -> None:
        self.opened.screen.hands("key", keys)
        wait_until(what, LOOK_SECONDS, f"what {keys} does")

    def shows(self, known: Image.Image | None) -> bool:
        """Return whether just this is shown."""
        assert known is not None
        return are_same(self.now(), known)

    def _rests(self) -> Image.Image:
        """Return what is shown, once it moves no more."""
        before: list[Image.Image] = []

        def is_calm() -> bool:
            before.append(self.now())
            last = before[-CALM:]
            return len(last) == CALM and all(are_same(one, last[-1]) for one in last)

        wait_until(is_calm, SECONDS, "a page that rests")
        return before[-1]

    def is_named(self) -> bool:
        """Return whether the kiosk's name is where it belongs."""
        assert self.home is not None
        return are_same(self.now().crop(NAME), self.home.crop(NAME))


def are_same(one: Image.Image, other: Image.Image) -> bool:
    """Return whether two pictures are the same to an eye: edges are not drawn alike each time."""
    difference = ImageChops.difference(one, other).convert("L")
    _, most = cast("tuple[int, int]", difference.getextrema())
    return most < EDGE


class OpenSight(Protocol):
    """What the fixture `open_sight` gives."""

    def __call__(self, around: str, settings: str = PATIENT) -> Sight:
        """Open the locked browser in this, and come back when it is at home."""


@pytest.fixture
def open_sight(
    kiosk_server: StartKiosk, tmp_path: Path, installed_browser: Path
) -> Iterator[OpenSight]:
    """Give `open_sight(around)`: the locked browser, at home."""
    with ExitStack() as opened:

        def start(around: str, settings: str = PATIENT) -> Sight:
            site, data = tiny_site(tmp_path, {"kiosk.toml": settings}), tmp_path / "data"
            kiosk = kiosk_server(site, data=data, real_command=True)
            one = opened.enter_context(
                closing(
                    Opened(
                        tmp_path, installed_browser, site, data, kiosk.url, size=SIZE, around=around
                    )
                )
            )
            wait_until(lambda: has_page(kiosk.url), SECONDS, "a page")
            sight = Sight(one, tmp_path / "pictures")
            one.screen.hands("mousemove", "512", "760")
            sight.learn()
            return sight

        yield start


def held(sight: Sight, keys: tuple[str, ...]) -> list[str]:
    """Press each; return those after which something else than the kiosk was shown, with why."""
    wrong = []
    for one in keys:
        starts = sight.opened.starts
        sight.press(one)
        try:
            wait_until(sight.is_back, BACK_SECONDS, one)
        except AssertionError:
            wrong.append(f"{one} is there for ever")
        else:
            wrong += [f"{one} went with the browser"] if sight.opened.starts > starts else []
    return wrong


@pytest.mark.drill
@pytest.mark.parametrize("around", ["openbox", "cage"])
def test_the_keys_that_were_doors_show_nothing_but_the_kiosk(
    open_sight: OpenSight, around: str
) -> None:
    assert held(open_sight(around), DOORS) == []


@pytest.mark.drill
def test_what_is_opened_at_a_crashed_page_is_gone_after_the_restart(open_sight: OpenSight) -> None:
    sight = open_sight("openbox", QUICK)
    for keys in ("ctrl+n", "ctrl+plus"):
        starts = sight.opened.starts
        for pid in renderers(sight.opened.browser):
            os.kill(pid, signal.SIGKILL)
        # Nothing takes the keys now. What comes shows the kiosk too: its signs must not count.
        wait_until(lambda: not sight.shows(sight.moved), SECONDS, "a crashed page")
        sight.press(keys)
        wait_until(partial(lambda known: sight.opened.starts > known, starts), SECONDS, "a start")
        wait_until(sight.is_back, SECONDS, f"home after {keys}")


@pytest.mark.drill
def test_the_next_visitor_gets_nothing_that_the_last_one_marked_or_copied(
    kiosk_server: StartKiosk, tmp_path: Path, installed_browser: Path
) -> None:
    site, data = tiny_site(tmp_path, {"kiosk.toml": PATIENT}), tmp_path / "data"
    tag = b'<script type="module" src="/probe.js"></script>'
    with ExitStack() as opened:
        front = Front(
            kiosk_server(site, data=data, real_command=True).port,
            each=tag,
            own={"/probe.js": WRITES},
        )
        opened.callback(front.close)
        lock = closing(Opened(tmp_path, installed_browser, site, data, front.url, size=SIZE))
        hands = opened.enter_context(lock).screen.hands

        def see(words: str) -> None:
            wait_until(lambda: written(front) == words, SECONDS, words)

        wait_until(lambda: places(front), SECONDS, "the words")
        hands("type", "--delay", "40", "Axolotl")
        see("Axolotl")
        for keys in ("ctrl+a", "ctrl+c", "ctrl+Insert", "ctrl+x", "shift+Delete"):
            hands("key", keys)
        across, down = places(front)[0]
        hands("mousemove", across, down, "click", "--repeat", "3", "1")  # marks it all
        hands("key", "ctrl+c", "End", "exclam")
        see("Axolotl!")  # neither copied away nor cut; and the visit ends
        wait_until(lambda: len(places(front)) == 2, SECONDS, "the words of the next visitor")
        across, down = places(front)[1]
        hands("key", "ctrl+v", "key", "shift+Insert", "key", "ctrl+shift+v", "key", "ctrl+z")
        hands("mousemove", across, down, "click", "2", "click", "1", "key", "ctrl+v", "key", "z")
        see("z")


@pytest.mark.drill
@pytest.mark.parametrize("around", ["openbox", "cage"])
@pytest.mark.parametrize("group", GROUPS)
def test_no_combination_of_keys_shows_anything_but_the_kiosk(
    open_sight: OpenSight, group: str, around: str
) -> None:
    assert held(open_sight(around), GROUPS[group]) == []


@pytest.mark.drill
@pytest.mark.parametrize("around", ["openbox", "cage"])
def test_the_keys_of_the_keypad_show_the_kiosk(open_sight: OpenSight, around: str) -> None:
    sight = open_sight(around)
    moved = []
    for one in KEYPAD:
        sight.press(one)
        moved += [] if sight.is_named() else [one]
    assert moved == []
