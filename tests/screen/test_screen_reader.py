"""What a real screen reader says: home, a page, an answer. Its whole words are a golden file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.tools import screen_reader as tool
from tests.tools.screen_reader import ScreenReader, screen_reader
from tests.tools.server import KioskServer

pytestmark = pytest.mark.drill  # a desktop, a browser and a screen reader: no small case

GOLDEN = Path(__file__).with_name("golden") / "screen-reader.txt"
LAST = "Help"  # the last button of every screen
MISSING = "A screen reader is missing. `python -m tests` brings one."
# Orca says it of any text in a place that takes a press, or not, as our listeners are there sooner
# or later than its own first look.
CHANCE = "clickable"
TURNS = 3
MOST_STOPS = 40  # keys until a thing is reached; more is a trap


@pytest.fixture
def reader(
    tiny_kiosk: KioskServer, playwright: Playwright, chromium: Path, tmp_path: Path
) -> Iterator[ScreenReader]:
    assert tool.is_here(), MISSING
    with screen_reader(tiny_kiosk.url, playwright, chromium, tmp_path) as started:
        yield started


class Transcript:
    """Writes down what is done and what is heard. Newer Orcas say "button" for "push button"."""

    def __init__(self, reader: ScreenReader) -> None:
        self.reader = reader
        self.lines: list[str] = []

    def read_all(self, title: str) -> None:
        self.write(f"== {title}, from top to end", self.reader.read_all(LAST))

    def press(self, key: str, until: str = "") -> list[str]:
        said = self.reader.press(key, until)
        self.write(f"-- {key}", said)
        return said

    def go_to(self, words: str, key: str = "Tab") -> None:
        """Press a key until Orca says these words."""
        for _ in range(MOST_STOPS):
            if any(words in line for line in self.press(key)):
                return
        raise AssertionError(f'"{words}" was not reached:\n{self.text}')

    def write(self, title: str, said: list[str]) -> None:
        self.lines += [
            title,
            *(one.replace("push button", "button") for one in said if one != CHANCE),
        ]

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"


def visit_heard(reader: ScreenReader) -> str:
    """Do a visit by keys and return its transcript."""
    told = Transcript(reader)
    told.read_all("Home")
    told.go_to("About us")
    told.press("Return", "heading level 1")
    told.read_all("A page")
    told.go_to("co-production")
    told.press("Return", "Families and staff")
    told.go_to("Tell us what you think")
    told.press("Return", "heading level 1")
    told.read_all("The first question")
    told.go_to("Happy toggle")
    told.press("space", "pressed")
    told.go_to("Next question")
    told.press("Return", "heading level 1")
    told.read_all("The second question")
    told.go_to("Skip", "shift+Tab")
    # Not in the golden file: the kiosk's answer may come before or after the heading is said.
    reader.press("Return", "Your answer is saved.")
    return told.text


def test_a_screen_reader_says_all_of_a_visit(
    tiny_kiosk: KioskServer,
    playwright: Playwright,
    chromium: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    assert tool.is_here(), MISSING
    text = ""
    # On a computer that has much else to do, a browser may tell of two moves of the focus as one,
    # and Orca then says nothing. A real fault is there each time.
    for turn in range(TURNS):
        folder = tmp_path / str(turn)
        folder.mkdir()
        with screen_reader(tiny_kiosk.url, playwright, chromium, folder) as reader:
            try:
                text = visit_heard(reader)
            except AssertionError as missed:
                text = str(missed)
        if request.config.getoption("--write-golden"):
            GOLDEN.write_text(text, encoding="utf-8", newline="\n")
        if text == GOLDEN.read_text(encoding="utf-8"):
            break
    assert text == GOLDEN.read_text(encoding="utf-8")
    for never in ("Link to heading", "toolbar", "blank"):
        assert never not in text
    for face in ("Very happy", "Happy", "OK", "Sad", "Very sad"):
        assert f"\n{face}\ntoggle button\n" in text


def without_words(reader: ScreenReader) -> None:
    reader.page.evaluate("document.querySelector('[data-action=help] span').remove()")


def without_role(reader: ScreenReader) -> None:
    reader.page.evaluate("document.querySelector('h1').setAttribute('role', 'paragraph')")


@pytest.mark.parametrize(
    ("break_it", "told"), [(without_words, "Help"), (without_role, "heading level 1")]
)
def test_a_thing_without_its_name_or_role_is_noticed(
    reader: ScreenReader, break_it: Callable[[ScreenReader], None], told: str
) -> None:
    assert told in " ".join(reader.read_all(LAST))
    break_it(reader)
    assert told not in " ".join(reader.read_all("Next"))
