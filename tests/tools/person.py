"""A person at the screen: what they press, and what they hear."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen
from weakref import WeakKeyDictionary

from playwright.sync_api import CDPSession, Page, TimeoutError, expect  # noqa: A004

from tests.tools.waiting import wait_until

# Notes what the voice says; sound, and the pause after it, at many times their speed, so that a
# visit takes seconds.
AIM_MS = 3000
EAR = """(speed) => {
  window.heard = [];
  document.addEventListener("kiosk:spoken", (event) => window.heard.push(event.detail));
  if (speed !== 1) {
    const play = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function () {
      this.defaultPlaybackRate = this.playbackRate = speed;
      return play.call(this);
    };
    const wait = window.setTimeout;
    window.setTimeout = (done, delay) => wait(done, delay === 250 ? 250 / speed : delay);
  }
}"""


# What draws nothing of a visit, and costs a browser more than all that does.
STREAMLIT = ["*/static/js/*"]
_without: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()


def opened(page: Page, url: str) -> Page:
    """Open an address, and wait until the screen answers. Streamlit does not come up behind it.

    All else is as it is shipped: the kiosk, its first page, its policy and its front end.
    """
    if page not in _without:
        _without[page] = session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setBlockedURLs", {"urls": STREAMLIT})
    return _opened(page, url)


def opened_by_streamlit(page: Page, url: str) -> Page:
    """Open an address of a kiosk, and wait until Streamlit has settled behind the screen too.

    For what it could change: how all looks, where the focus is, what is asked for, what breaks.
    """
    if page in _without:
        _without.pop(page).detach()
    _opened(page, url)
    page.wait_for_selector("html[data-streamlit]", state="attached")
    return page


def _opened(page: Page, url: str) -> Page:
    page.goto(url)
    page.wait_for_selector("#kiosk[data-ready]")
    return page


def wait_prepared(page: Page, seconds: float = 60) -> None:
    """Wait until all sound is there: a slow machine is late with the first of it."""
    ready = "fetch('/ready').then((reply) => reply.json()).then((told) => told.prepared)"
    wait_until(lambda: page.evaluate(ready), seconds, "the prepared sound")


def narrated(url: str, page: str, seconds: float = 60) -> list[dict[str, Any]]:
    """Return the narration of one page, "en/home/normal", once a kiosk has all of its sound."""
    told: list[dict[str, Any]] = []

    def is_narrated() -> bool:
        try:
            with urlopen(f"{url}/narration/{page}", timeout=seconds) as answer:
                told[:] = json.load(answer)
        except HTTPError:  # its voice is busy with other pages
            return False
        return True

    wait_until(is_narrated, seconds, f"the sound of {page}")
    return told


def aim(way: Callable[..., None]) -> None:
    """Press in a way of the browser: `aim(button.click)`.

    What goes away with its question while it is aimed at is left: that of the next one is pressed.
    """
    try:
        way(timeout=AIM_MS)
    except TimeoutError:
        way()


def press(page: Page, name: str) -> None:
    """Press a button by its name."""
    aim(page.get_by_role("button", name=name, exact=True).click)


def heading(page: Page, words: str) -> None:
    """Wait until this heading is there, and has the focus."""
    expect(page.get_by_role("heading", level=1, name=words)).to_be_focused()


def listen_in(page: Page, speed: float = 1) -> None:
    """Note from the next page load on what is spoken."""
    page.add_init_script(f"({EAR})({speed})")


def heard(page: Page) -> list[str]:
    """Return all that was spoken since the page was loaded."""
    said: list[str] = page.evaluate("window.heard")
    return said


def is_quiet(page: Page) -> bool:
    """Whether nothing is being said."""
    return bool(page.evaluate("!document.getElementById('kiosk').dataset.speaking"))


def wait_quiet(page: Page, seconds: float = 30) -> None:
    """Wait until all is said."""
    wait_until(lambda: is_quiet(page), seconds, "the end of the speech")


def until_asked(page: Page, milliseconds: int) -> None:
    """Let so much time jump by that the question about the visit comes, and hear it to its end.

    For screens that `listen_in`. A sound that is still being fetched is given up when time jumps
    again, so whoever only waits until nothing speaks is too early.
    """
    before = len(heard(page))
    page.clock.fast_forward(milliseconds)
    expect(page.locator("#kiosk-still")).to_be_visible()
    wait_until(lambda: len(heard(page)) >= before + 2, 30, "the question and its hint")
    wait_quiet(page)


@dataclass
class Keypad:
    """Six keys of a keypad: up, down, select, back, help, again. Each has two names.

    The kiosk takes two presses of one key within half a second for one. A person is slower; we
    press the other key of the pair instead of waiting.
    """

    page: Page

    def __post_init__(self) -> None:
        """Find out which keys the kiosk listens to."""
        told = self.page.evaluate("JSON.parse(document.getElementById('kiosk-site').textContent)")
        keypad: dict[str, list[str]] = told["keypad"]
        self._names = {action: cycle(names) for action, names in keypad.items()}
        self._wire = self.page.context.new_cdp_session(self.page)

    def press(self, action: str) -> None:
        """Press the key of an action."""
        name = next(self._names[action])
        if not re.fullmatch(r"F(1[3-9]|2[0-4])", name):
            self.page.keyboard.press(name)
            return
        # Playwright knows no key above F12; a browser does.
        code = 111 + int(name[1:])
        for kind in ("rawKeyDown", "keyUp"):
            key = {"type": kind, "key": name, "code": name, "windowsVirtualKeyCode": code}
            self._wire.send("Input.dispatchKeyEvent", key)


def thing_in_focus(page: Page) -> dict[str, Any]:
    """Return what has the focus: its words, tag and place among all things."""
    found: dict[str, Any] = page.evaluate(
        """() => {
          const one = document.activeElement;
          const all = [...document.querySelectorAll("#kiosk [data-thing]")]
            .filter((thing) => thing.checkVisibility());
          return {text: one.innerText?.trim() ?? "", tag: one.tagName, place: all.indexOf(one),
                  count: all.length};
        }"""
    )
    return found
