"""A whole visit in a real WebKit, and in a real Firefox: engines that no other test drives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
import yaml

from tests.tools import firefox, webkit
from tests.tools.driven import Driven
from tests.tools.firefox import Firefox
from tests.tools.null_sink import NullSink
from tests.tools.server import StartKiosk
from tests.tools.sites import tiny_site
from tests.tools.waiting import wait_until
from tests.tools.webkit import WebKit

pytestmark = pytest.mark.drill

READY = "() => Boolean(document.querySelector('#kiosk[data-ready]'))"
# Notes each word that is lit while there is sound.
LISTEN_IN = """() => {
  window.lit = [];
  const look = () => {
    if (!document.getElementById("voice").currentTime) return requestAnimationFrame(look);
    for (const range of CSS.highlights.get("kiosk-word") ?? []) window.lit.push(String(range));
    return requestAnimationFrame(look);
  };
  look();
}"""
LIT = "() => [...new Set(window.lit)]"
SIZE = "() => parseFloat(getComputedStyle(document.querySelector('.sentence')).fontSize)"
# What is cut off at a side, or drawn where nobody sees it.
OVER = """() => [...document.querySelectorAll("#kiosk button, #kiosk a, #kiosk h1, #kiosk p")]
  .filter((one) => one.checkVisibility() && one.innerText.trim() && !one.closest(".unseen"))
  .filter((one) => { const { left, right } = one.getBoundingClientRect();
    return left < -1 || right > innerWidth + 1; }).map((one) => one.outerHTML.slice(0, 200))"""
WRITTEN = "() => document.querySelector('textarea').value"
LEFT = "() => [localStorage.length, sessionStorage.length]"


@pytest.fixture(params=["webkit", "firefox"])
def driven(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Driven]:
    """Give each browser, with a place where its sound goes."""
    folders = [tmp_path / "sound", tmp_path / "profile"]
    for one in folders:
        one.mkdir()
    with ExitStack() as opened:
        variables = opened.enter_context(closing(NullSink(folders[0]))).variables
        browser: Firefox | WebKit
        if request.param == "webkit":
            assert webkit.is_here(), "This test needs WebKit: `apt-get install webkit2gtk-driver`."
            browser = WebKit(folders[1], variables)
        else:
            program = firefox.find()
            assert program, "This test needs Firefox: `apt-get install firefox-esr`."
            browser = Firefox(program, folders[1], variables)
        yield opened.enter_context(closing(browser))


def test_a_visit_is_made_by_hand_and_ear(
    kiosk_server: StartKiosk, tmp_path: Path, driven: Driven
) -> None:
    server = kiosk_server(tiny_site(tmp_path))

    def title(words: str) -> None:
        wait_until(lambda: driven.text("h1") == words, 30, words)
        assert driven.tell(OVER) == []

    driven.go(server.url)
    wait_until(lambda: driven.tell(READY), 60, "the screen")
    title("What would you like to know?")
    driven.tell(LISTEN_IN)
    driven.press("About us")
    title("The people here")
    driven.press("Listen")
    wait_until(lambda: "Families" in driven.tell(LIT), 60, "the second sentence")
    driven.press("Pause")
    assert driven.tell(LIT)[:3] == ["We", "use", "co-production."]
    driven.press("co-production.")  # as it is shown: the full stop stands in its box
    wait_until(lambda: driven.text(".meaning"), 30, "the meaning")
    assert driven.tell(OVER) == []
    driven.press("Done")
    before = driven.tell(SIZE)
    driven.press("Settings")
    driven.press("Bigger words, step 3 of 4, Very big")
    wait_until(lambda: driven.tell(SIZE) > before, 30, "bigger words")
    assert driven.tell(OVER) == []
    driven.press("Bigger words, step 1 of 4, Normal")
    wait_until(lambda: driven.tell(SIZE) == before, 30, "the words as they were")
    driven.press("Done")
    driven.press("Tell us what you think")
    wait_until(lambda: driven.text("h1") == "How do you feel about this page?", 30, "the question")
    assert driven.tell(OVER) == []
    driven.press("Sad")
    wait_until(lambda: driven.text("[aria-pressed=true]") == "Sad", 30, "the choice")
    driven.press("Next question")
    wait_until(lambda: driven.text("h1") == "Do you want to tell us more?", 30, "the next one")
    for letter in "BUS":
        driven.press(letter)
    wait_until(lambda: driven.tell(WRITTEN) == "Bus", 30, "the words")
    driven.press("Send")
    wait_until(lambda: driven.text(".result") == "Your answer is saved.", 60, "the answer")
    assert driven.tell(OVER) == []
    driven.press("Finish")
    title("What would you like to know?")
    assert driven.tell(LEFT) == [0, 0]
    assert driven.problems == []
    (path,) = (tmp_path / "data" / "feedback").rglob("*.yaml")
    answers = yaml.safe_load(path.read_text(encoding="utf-8"))["answers"]
    assert answers == {"feel": "sad", "words": "Bus"}
