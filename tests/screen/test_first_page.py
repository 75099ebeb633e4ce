"""The first page is seen before anything that it does not need."""

from __future__ import annotations

from tests.tools.server import KioskServer
from tests.tools.visit import OpenVisit

ASKED = """performance.getEntriesByType("resource")
  .filter((one) => one.name.includes("/static/js/")).map((one) => one.startTime)"""


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
