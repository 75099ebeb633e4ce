"""The same visit, from home to Finish, by five kinds of people."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import pytest
import yaml
from playwright.sync_api import Page, expect

from tests.tools.person import Keypad, heard, is_quiet, listen_in, opened, wait_quiet
from tests.tools.server import KioskServer, StartKiosk
from tests.tools.sites import FACTS, KIOSK_TOML, tiny_site
from tests.tools.visit import KIOSK, LAPTOP, OpenVisit
from tests.tools.waiting import wait_until

GOLDEN = Path(__file__).with_name("golden") / "eyes-free-visit.txt"
QUICK_SWITCH = f"{KIOSK_TOML}\n[switch]\nseconds = 0.5\n"


class Person(Protocol):
    """Somebody who can find a thing by its words, and choose it."""

    def choose(self, words: str) -> None:
        """Choose the thing with these words."""


class Toucher:
    """Touches what they see."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def choose(self, words: str) -> None:
        """Touch the button or link of this name."""
        button = self.page.get_by_role("button", name=words, exact=True)
        button.or_(self.page.get_by_role("link", name=words, exact=True)).first.tap()


class SixKeys:
    """Looks at the focus, and presses up, down and select."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keypad = Keypad(page)

    def choose(self, words: str) -> None:
        """Press down until the focus is on it, then select."""
        for _ in range(120):
            if self.page.evaluate("document.activeElement.innerText?.trim()") == words:
                self.keypad.press("select")
                return
            self.keypad.press("down")
        raise AssertionError(f'"{words}" cannot be reached.')


class OneSwitch:
    """Watches the frame, and presses one key."""

    # What the frame stands on: "row" when this thing is in it, "thing" when it is this thing alone.
    FRAMED = """(words) => {
      const frame = document.getElementById("kiosk-frame");
      if (frame.hidden) return null;
      if (frame.classList.contains("one"))
        return document.activeElement.innerText?.trim() === words ? "thing" : null;
      const box = frame.getBoundingClientRect();
      const inside = [...document.querySelectorAll("#kiosk [data-thing]")].filter((thing) => {
        const at = thing.getBoundingClientRect();
        const x = at.left + at.width / 2, y = at.top + at.height / 2;
        return thing.checkVisibility() && x > box.left && x < box.right && y > box.top
          && y < box.bottom;
      });
      if (!inside.some((thing) => thing.innerText.trim() === words)) return null;
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

    def press(self, key: str) -> list[str]:
        """Press a key, hear all that is said, and return it."""
        before = len(heard(self.page))
        self.keypad.press(key)
        wait_until(lambda: len(heard(self.page)) > before, 15, "an answer to the key")
        wait_quiet(self.page)
        said = heard(self.page)[before:]
        self.script += [f"[{key}]", *said]
        return said

    def choose(self, words: str) -> None:
        """Press down until these words are said, then select."""
        for _ in range(120):
            if self.press("down")[0].rstrip(".") == words:
                self.press("select")
                return
        raise AssertionError(f'"{words}" was never said.')


def visit_to_the_end(page: Page, person: Person, data: Path) -> None:
    """Open a page, read, ask for a hard word, answer, and finish."""
    person.choose("About us")
    expect(page.get_by_role("heading", level=1)).to_have_text("The people here")
    person.choose("co-production")
    expect(page.get_by_role("complementary")).to_be_visible()
    person.choose("Close")
    expect(page.get_by_role("complementary")).to_have_count(0)
    person.choose("Tell us what you think")
    person.choose("Happy")
    person.choose("Send")
    expect(page.get_by_role("heading", level=1)).to_have_text("Do you want to tell us more?")
    for letter in "op":
        person.choose(letter if not isinstance(person, Listener) else letter.upper())
    person.choose("Send")
    expect(page.locator(".result")).to_have_text("Your answer is saved.")
    (file,) = (data / "feedback").rglob("*.yaml")
    kept = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert kept["answers"] == {"feel": "happy", "words": "op"}
    assert kept["page"] == "people"
    person.choose("Finish")
    expect(page.get_by_role("heading", level=1)).to_have_text("What would you like to know?")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


HELP = f"""\
---
title: How this works
symbol: information
{FACTS}---
:speaker high volume: Press Listen.
"""


@pytest.fixture
def kiosk(kiosk_server: StartKiosk, tmp_path: Path) -> KioskServer:
    return kiosk_server(tiny_site(tmp_path, {"content/en/about.md": HELP}))


@pytest.mark.row("K25")
def test_a_visit_by_touch_alone(visit: OpenVisit, kiosk: KioskServer, tmp_path: Path) -> None:
    page = visit(KIOSK).page
    listen_in(page, 4)
    opened(page, kiosk.url)
    person = Toucher(page)
    person.choose("Listen")
    wait_until(lambda: "Welcome." in heard(page), 30, "the voice")
    visit_to_the_end(page, person, tmp_path / "data")


@pytest.mark.row("K21")
def test_a_visit_by_six_keys_alone(visit: OpenVisit, kiosk: KioskServer, tmp_path: Path) -> None:
    page = visit(LAPTOP).page
    listen_in(page, 4)
    opened(page, kiosk.url)
    person = SixKeys(page)
    person.choose("Listen")
    wait_until(lambda: "Welcome." in heard(page), 30, "the voice")
    person.keypad.press("again")
    person.keypad.press("help")
    expect(page.get_by_role("heading", level=1)).to_have_text("How this works")
    person.keypad.press("back")
    expect(page.get_by_role("heading", level=1)).to_have_text("What would you like to know?")
    visit_to_the_end(page, person, tmp_path / "data")


@pytest.mark.row("K21")
def test_a_visit_by_one_switch_alone(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    kiosk = kiosk_server(tiny_site(tmp_path, {"kiosk.toml": QUICK_SWITCH}))
    page = visit(LAPTOP).page
    listen_in(page, 16)
    opened(page, kiosk.url)
    person = OneSwitch(page)
    person.keypad.press("switch")
    wait_until(lambda: heard(page), 10, "the voice")
    person.choose("Listen")
    wait_until(lambda: "Welcome." in heard(page), 30, "the voice")
    visit_to_the_end(page, person, tmp_path / "data")


@pytest.mark.row("K17")
def test_a_visit_by_ears_alone_reads_well_aloud(
    visit: OpenVisit, kiosk: KioskServer, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    page = visit(KIOSK).page
    listen_in(page, 16)
    opened(page, kiosk.url)
    page.add_style_tag(content="html { opacity: 0 }")
    person = Listener(page)
    person.press("speech")
    visit_to_the_end(page, person, tmp_path / "data")
    script = "\n".join(person.script) + "\n"
    if request.config.getoption("--write-golden"):
        GOLDEN.write_text(script, encoding="utf-8", newline="\n")
    assert script == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.row("K20")
def test_a_visit_without_sound(visit: OpenVisit, kiosk: KioskServer, tmp_path: Path) -> None:
    page = visit(KIOSK).page
    page.add_init_script(
        "HTMLMediaElement.prototype.play = () => Promise.reject(new DOMException('no sound'))"
    )
    opened(page, kiosk.url)
    person = Toucher(page)
    person.choose("Listen")
    person.choose("Volume")
    expect(page.locator("#message")).to_have_text("Volume 5 of 5.")
    visit_to_the_end(page, person, tmp_path / "data")
