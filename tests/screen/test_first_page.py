"""The first page is seen before anything that it does not need."""

from __future__ import annotations

from playwright.sync_api import Route, expect

from tests.tools.person import opened_by_streamlit
from tests.tools.server import KioskServer
from tests.tools.visit import OpenVisit

ASKED = """performance.getEntriesByType("resource")
  .filter((one) => one.name.includes("/static/js/")).map((one) => one.startTime)"""
# What has a place in the document beside our own screen. `visibility` hides a thing from eyes, and
# leaves it there for whatever walks through the document.
BESIDE = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility() && !one.closest("#kiosk")).map((one) => one.outerHTML)"""
MAINS = """() => [...document.querySelectorAll("main, [role=main]")]
  .filter((one) => one.checkVisibility()).map((one) => one.id)"""


def test_streamlits_scripts_come_when_the_page_is_there(
    visit: OpenVisit, tiny_kiosk: KioskServer
) -> None:
    person = visit()
    # The screen keeps no list of what was asked for; this test needs one.
    person.page.add_init_script("performance.setResourceTimingBufferSize = () => {}")
    page = person.go(tiny_kiosk.url)
    page.wait_for_selector("html[data-streamlit]", state="attached")
    asked = page.evaluate(ASKED)
    loaded = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventStart")
    assert len(asked) > 10
    assert min(asked) > loaded


def test_a_document_with_streamlit_behind_it_has_one_main(
    visit: OpenVisit, tiny_kiosk: KioskServer
) -> None:
    page = opened_by_streamlit(visit().page, tiny_kiosk.url)
    expect(page.locator("#root main")).to_have_count(1)  # Streamlit's own is there, ...
    assert page.evaluate(MAINS) == ["page"]  # ... and is none that anybody meets
    assert page.evaluate(BESIDE) == []
    wire = page.context.new_cdp_session(page)
    told = wire.send("Accessibility.getFullAXTree")["nodes"]
    mains = [one for one in told if one.get("role", {}).get("value") == "main"]
    assert [one["ignored"] for one in mains] == [False]


def test_the_other_pages_come_once_and_before_the_screen_is_there(
    visit: OpenVisit, tiny_kiosk: KioskServer
) -> None:
    person = visit()
    page, late = person.page, list[Route]()
    page.route("**/screen/main.js", lambda one: late.append(one))  # a module that is slow to come
    with page.expect_response("**/pages/en"):
        page.goto(tiny_kiosk.url, wait_until="commit")
    for one in late:
        one.continue_()
    page.wait_for_selector("#kiosk[data-ready]")
    page.get_by_role("link", name="About us").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The people here")
    assert [one for one in person.requests if "/pages/" in one] == [f"{tiny_kiosk.url}/pages/en"]
