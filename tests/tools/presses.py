"""Presses at random, by every kind of input, and what must hold after each of them.

Seeded: the same seed presses the same. Bounded by a number of presses or by seconds.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.tools.person import Keypad
from tests.tools.waiting import wait_until

# Counts every sound that ever played in the page, and how many are alive at once.
SOUNDS = """() => {
  const played = new Set();
  window.mostAlive = 0;
  window.others = 0;
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    played.add(this);
    const alive = [...played].filter((one) => !one.paused && !one.ended);
    window.mostAlive = Math.max(window.mostAlive, new Set([...alive, this]).size);
    return play.call(this);
  };
  for (const name of ["AudioContext", "webkitAudioContext", "SpeechSynthesisUtterance"]) {
    const real = window[name];
    if (!real) continue;
    window[name] = class extends real {
      constructor(...all) {
        super(...all);
        window.others++;
      }
    };
  }
}"""

KEYS = ("up", "down", "down", "down", "select", "select", "back", "help", "again", "volume")
MORE_KEYS = ("home", "listen", "speech", "switch", "switch", "switch")


def is_by_design(error: str) -> bool:
    """Whether the browser tells what is no fault, as an error of the network.

    An answer came too soon: it waits and is sent later. Or a voice came too late on a busy machine:
    the visitor is told, and can press again.
    """
    too_soon = "status of 429" in error and error.endswith("/api/feedback)")
    return too_soon or ("status of 503" in error and "/narration/" in error)


@dataclass
class Presses:
    """One long visit. done: how often each kind was pressed; dead_ends: what went wrong."""

    page: Page
    seed: int
    done: Counter[str] = field(default_factory=Counter)
    dead_ends: list[str] = field(default_factory=list)

    def run(self, *, most: int, seconds: float) -> None:
        """Press until either bound is reached; look after each press, and at Home now and then."""
        rng = random.Random(self.seed)  # noqa: S311 - the same presses each time
        keypad = Keypad(self.page)
        end = time.monotonic() + seconds
        while sum(self.done.values()) < most and time.monotonic() < end:
            kind = rng.choice(("touch", "touch", "keys", "keys", "keys", "tab", "slide"))
            self.done[kind] += 1
            if kind == "touch":
                self._touch(rng.random())
            elif kind == "keys":
                keypad.press(rng.choice(KEYS if rng.random() < 0.7 else MORE_KEYS))
            elif kind == "tab":
                self.page.keyboard.press(rng.choice(("Tab", "Shift+Tab", "Space", "Tab")))
            else:
                self._slide(rng)
            self._look(kind)
            if rng.random() < 0.03:
                self._home()

    def _touch(self, where: float) -> None:
        """Touch one of the things that can be seen."""
        box = self.page.evaluate(
            """(where) => {
              const layer = document.querySelector("#kiosk dialog[open]") ?? document;
              const all = [...layer.querySelectorAll("#kiosk button, #kiosk a, #kiosk .sentence")]
                .filter((one) => one.checkVisibility() && !one.closest("[inert]"))
                .map((one) => one.getBoundingClientRect())
                .filter((box) => box.top >= 0 && box.bottom <= innerHeight && box.width);
              const box = all[Math.floor(where * all.length)];
              return box && [box.left + box.width / 2, box.top + box.height / 2];
            }""",
            where,
        )
        if box:
            self.page.touchscreen.tap(*box)

    def _slide(self, rng: random.Random) -> None:
        """Press somewhere, slide away and let go: nothing may come of it."""
        size = self.page.viewport_size or {"width": 800, "height": 600}
        spots = [(rng.random() * size["width"], rng.random() * size["height"]) for _ in range(2)]
        self.page.mouse.move(*spots[0])
        self.page.mouse.down()
        self.page.mouse.move(*spots[1])
        self.page.mouse.up()

    def _look(self, kind: str) -> None:
        now = self.page.evaluate(
            """() => ({
              headings: [...document.querySelectorAll("#kiosk h1")]
                .filter((one) => one.checkVisibility()).length,
              things: [...document.querySelectorAll("#kiosk [data-thing]")]
                .filter((one) => one.checkVisibility()).length,
              most: window.mostAlive, others: window.others,
              here: location.search,
            })"""
        )
        if now["headings"] != 1 or not now["things"] or now["most"] > 1 or now["others"]:
            self.dead_ends.append(f"after {sum(self.done.values())} presses ({kind}): {now}")

    def _home(self) -> None:
        """Home works from wherever one is."""
        if self.page.locator("#kiosk dialog[open]").count():
            self.page.keyboard.press("Shift")
        self.page.get_by_role("button", name="Home", exact=True).click()
        try:
            wait_until(
                lambda: (
                    self.page.evaluate("document.getElementById('kiosk').dataset.page") == "home"
                ),
                10,
                "home",
            )
        except AssertionError:
            self.dead_ends.append(f"no home after {sum(self.done.values())} presses")
