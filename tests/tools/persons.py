"""Five kinds of people: how each of them finds a thing on the screen, and chooses it."""

from __future__ import annotations

from typing import Protocol

from playwright.sync_api import Page

from tests.tools.person import Keypad, aim, heard, is_quiet, wait_quiet
from tests.tools.waiting import wait_until


class Person(Protocol):
    """Somebody who can find a thing by its words, and choose it."""

    def choose(self, words: str) -> None:
        """Choose the thing with these words."""


class Toucher:
    """Touches what they see."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def choose(self, words: str) -> None:
        """Touch the button, link or radio of this name."""
        button = self.page.get_by_role("button", name=words, exact=True)
        for role in ("link", "radio"):
            button = button.or_(self.page.get_by_role(role, name=words, exact=True))
        aim(button.first.tap)


# What a button says; the sign after a hard word is in its box, and no part of its name.
SAID = """(thing) => {
  const [all, sign] = [thing, thing.querySelector(":scope > [aria-hidden=true]")].map(
    (one) => one?.innerText ?? "");
  return all.slice(0, all.endsWith(sign) ? all.length - sign.length : all.length)
    .split(/\\s+/).join(" ").trim();
}"""


class SixKeys:
    """Looks at the focus, and presses up, down and select."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keypad = Keypad(page)

    def choose(self, words: str) -> None:
        """Press down until the focus is on it, then select."""
        words = " ".join(words.split())
        for _ in range(120):
            if self.page.evaluate(f"({SAID})(document.activeElement)") == words:
                self.keypad.press("select")
                return
            self.keypad.press("down")
        raise AssertionError(f'"{words}" cannot be reached.')


class OneSwitch:
    """Watches the frame, and presses one key."""

    # What the frame stands on: "row" when this thing is in it, "thing" when it is this thing alone.
    FRAMED = """(words) => {
      const said = (thing) => {
        const [all, sign] = [thing, thing.querySelector(":scope > [aria-hidden=true]")].map(
          (one) => one?.innerText ?? "");
        return all.slice(0, all.endsWith(sign) ? all.length - sign.length : all.length)
          .split(/\\s+/).join(" ").trim();
      };
      const frame = document.getElementById("kiosk-frame");
      if (frame.hidden) return null;
      if (frame.classList.contains("one"))
        return said(document.activeElement) === words ? "thing" : null;
      const box = frame.getBoundingClientRect();
      const inside = [...document.querySelectorAll("#kiosk [data-thing]")].filter((thing) => {
        const at = thing.getBoundingClientRect();
        const x = at.left + at.width / 2, y = at.top + at.height / 2;
        return thing.checkVisibility() && !thing.closest("[inert]") && x > box.left
          && x < box.right && y > box.top && y < box.bottom;
      });
      if (!inside.some((thing) => said(thing) === words)) return null;
      return inside.length === 1 ? "thing" : "row";
    }"""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keypad = Keypad(page)

    def choose(self, words: str) -> None:
        """Press when the frame is on its row, and again when it is on the thing itself."""
        wait_until(lambda: is_quiet(self.page), 30, "the end of the speech")
        for _ in range(5):  # whoever presses too late waits for the next round
            framed = self.page.wait_for_function(self.FRAMED, arg=words, timeout=60_000)
            self.keypad.press("switch")
            if framed.json_value() == "thing":
                return
        raise AssertionError(f'"{words}" cannot be reached.')


class Listener:
    """Sees nothing: every decision follows from what was said."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keypad = Keypad(page)
        self.script: list[str] = []
        self.before = 0  # how much was said when the last key was pressed

    def press(self, key: str) -> list[str]:
        """Press a key, hear all that is said, and return it."""
        self.before = before = len(heard(self.page))
        self.keypad.press(key)
        wait_until(lambda: len(heard(self.page)) > before, 15, "an answer to the key")
        wait_quiet(self.page)
        said = heard(self.page)[before:]
        self.script += [f"[{key}]", *said]
        return said

    def choose(self, words: str) -> None:
        """Press down until these words are said, then select."""
        if words in heard(self.page)[self.before + 1 :]:  # the focus went there, and that was said
            self.press("select")
            return
        for _ in range(120):
            if self.press("down")[0].rstrip(".") == words:
                self.press("select")
                return
        raise AssertionError(f'"{words}" was never said.')
