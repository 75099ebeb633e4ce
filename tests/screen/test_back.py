"""Back leads to where one was, and an address without a page says so."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.tools.person import heading, opened, press
from tests.tools.server import KioskServer, StartKiosk
from tests.tools.sites import tiny_site
from tests.tools.visit import OpenVisit

HOME = "What would you like to know?"


def told(page: Page) -> None:
    """Wait until the screen says that the page is not here, and leads on."""
    expect(page.get_by_role("heading", level=1)).to_have_text("This page is not here now.")
    expect(page.locator("#page").get_by_role("link", name="Home", exact=True)).to_be_visible()


def test_back_leads_through_the_pages_that_were_seen_and_to_no_other(
    visit: OpenVisit, tiny_kiosk: KioskServer
) -> None:
    page = opened(visit().page, tiny_kiosk.url)
    page.get_by_role("link", name="About us").click()
    first = page.get_by_role("heading", level=1).inner_text()
    press(page, "Next")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(first)
    second = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Tell us what you think").click()
    heading(page, "How do you feel about this page?")
    for where in (second, first, HOME):
        press(page, "Back")
        heading(page, where)
    expect(page.locator("[data-action=back]")).to_have_attribute("aria-disabled", "true")


def test_whoever_opened_the_second_page_of_a_part_never_saw_the_first(
    visit: OpenVisit, tiny_kiosk: KioskServer
) -> None:
    page = opened(visit().page, f"{tiny_kiosk.url}/?page=people")
    press(page, "Back")
    heading(page, HOME)


def test_an_address_without_a_page_is_told_and_leads_on(
    visit: OpenVisit, tiny_kiosk: KioskServer
) -> None:
    page = opened(visit().page, f"{tiny_kiosk.url}/?page=nonsense")
    told(page)
    page.get_by_role("link", name="About us").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The people here")


def test_a_page_that_went_while_it_was_offered_is_told(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    url = kiosk_server(tiny_site(tmp_path)).url
    page = opened(visit().page, f"{url}/?page=plan")
    with page.expect_response("**/pages/en**"):
        (tmp_path / "site" / "content" / "en" / "about" / "people.md").unlink()
    page.evaluate("history.pushState(history.state, '', '?page=people&lang=en')")
    page.evaluate("history.pushState(history.state, '', '?page=plan&lang=en')")
    page.go_back()
    told(page)
