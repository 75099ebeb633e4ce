"""Staff edit a page while somebody reads it: it is drawn anew, and they stay where they were."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.tools.person import heading, opened
from tests.tools.static_site import StaticSite
from tests.tools.visit import OpenVisit, Screen

SHORT = Screen(1280, 420)  # a page is longer than that
FILES_NEVER_CHANGE = "changes:()=>new Promise(()=>{})"
KNOWN = "language===site.language?site:"  # what the first page has is not fetched again
A_TEST_CHANGES_THEM = "changes:()=>new Promise((done)=>{window.tellOfEdit=done})"
PLACE = "document.querySelector('#page .rows').scrollTop"
BUS = "You can come by bus."
IDEA = '<section class="idea" data-thing tabindex="-1"><p>There is a new garden.</p></section>'


@pytest.fixture
def page(visit: OpenVisit, static_kiosk: StaticSite) -> Page:
    """A page whose reader has come by a card, and has moved down."""
    page = visit(SHORT).page
    host = (static_kiosk.folder / "screen/host/static.js").read_text(encoding="utf-8")
    assert FILES_NEVER_CHANGE in host
    assert KNOWN in host
    changing = host.replace(FILES_NEVER_CHANGE, A_TEST_CHANGES_THEM).replace(KNOWN, "")
    page.route(
        "**/host/static.js",
        lambda route: route.fulfill(body=changing, content_type="text/javascript"),
    )
    opened(page, f"{static_kiosk.url}/")
    page.locator("#page a[data-page=people]").click()
    heading(page, "The people here")
    page.evaluate(f"{PLACE} = 90")
    assert page.evaluate(PLACE) == 90
    return page


def edit(page: Page, kiosk: StaticSite, old: str, new: str, **info: str) -> None:
    """Let the kiosk tell of an edit, and wait until the page shows it."""
    (pages,) = (kiosk.folder / "pages").iterdir()
    told: dict[str, Any] = json.loads((pages / "en.json").read_bytes())
    html: str = json.loads((pages / "en" / "people.json").read_bytes())
    assert old in html
    told["html"] = {"people": html.replace(old, new, 1) + '<i id="edited"></i>'}
    told["pages"]["people"] |= info
    told["version"] = "edited"
    page.route("**/pages/*/en.json", lambda route: route.fulfill(json=told))
    page.evaluate("window.tellOfEdit('edited')")
    page.wait_for_selector("#edited", state="attached")


def test_who_has_read_on_from_the_heading_is_not_taken_back_to_it(
    page: Page, static_kiosk: StaticSite
) -> None:
    edit(page, static_kiosk, BUS, "You can come by train.")
    heading(page, "The people here")
    assert page.evaluate(PLACE) == 90


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("</header>", f"</header>{IDEA}", BUS),
        (BUS, "You can come by train.", "You can come by train."),
    ],
    ids=["another one comes before it", "its own words change"],
)
def test_what_had_the_focus_has_it_again(
    page: Page, static_kiosk: StaticSite, old: str, new: str, words: str
) -> None:
    page.locator("#page .idea", has_text=BUS).focus()
    place = page.evaluate(PLACE)
    edit(page, static_kiosk, old, new)
    expect(page.locator("#page .idea", has_text=words)).to_be_focused()
    assert page.evaluate(PLACE) == place


def test_where_it_is_gone_the_heading_has_the_focus_and_nothing_moves(
    page: Page, static_kiosk: StaticSite
) -> None:
    page.locator("#page .hard").focus()
    page.evaluate(f"{PLACE} = 90")
    edit(page, static_kiosk, 'class="hard" data-thing', 'class="hard"')
    heading(page, "The people here")
    assert page.evaluate(PLACE) == 90


def test_a_part_that_has_another_colour_now_shows_it(page: Page, static_kiosk: StaticSite) -> None:
    edit(page, static_kiosk, BUS, BUS, colour="green")
    expect(page.locator("#kiosk")).to_have_class("green")
