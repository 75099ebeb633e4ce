"""A new page has the focus on its heading as soon as it is painted: no key is pressed in vain."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.tools.person import opened
from tests.tools.server import KioskServer
from tests.tools.visit import OpenVisit

# What is noted is where the focus is in the first frame that a new page is painted in.
NOTE = """(key) => new MutationObserver((_, observer) => {
  observer.disconnect();
  const press = (init) => dispatchEvent(new KeyboardEvent("keydown", init));
  if (key) press({key, code: key, bubbles: true});
  requestAnimationFrame(() => {
    const {tagName, parentElement, dataset} = document.activeElement;
    window.focused = [tagName, dataset.action ?? dataset.page ?? parentElement.className];
  });
}).observe(document.querySelector("#page"), {childList: true})"""


@pytest.fixture
def page(visit: OpenVisit, tiny_kiosk: KioskServer) -> Page:
    return opened(visit().page, tiny_kiosk.url)


def focused_when_painted(page: Page, key: str | None) -> list[str]:
    """Open a page by its link, press a key as soon as it is drawn, and tell what has the focus."""
    page.evaluate(NOTE, key)
    page.get_by_role("link", name="About us").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.focused")
    found: list[str] = page.evaluate("window.focused")
    return found


def test_a_heading_has_the_focus_in_the_frame_in_which_it_is_painted(page: Page) -> None:
    assert focused_when_painted(page, None) == ["H1", "title"]


@pytest.mark.parametrize(
    ("key", "to"), [("ArrowDown", ["P", "title"]), ("ArrowUp", ["BUTTON", "finish"])]
)
def test_a_key_that_comes_as_soon_as_a_page_is_drawn_goes_on_from_its_heading(
    page: Page, key: str, to: list[str]
) -> None:
    assert focused_when_painted(page, key) == to
