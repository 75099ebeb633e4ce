"""The policy that is shipped is the policy under which the browser tests run."""

from __future__ import annotations

from kiosk.screen.document import POLICY
from tests.tools.person import opened_by_streamlit
from tests.tools.server import KioskServer
from tests.tools.visit import OpenVisit

# What the page's own code could try, from a timer: there nothing of a test tool is under way.
TRIES = """() => new Promise((done) => setTimeout(() => {
  const script = document.createElement("script");
  script.textContent = "window.ran = true";
  document.head.append(script);
  try { (0, eval)("window.ran = true"); } catch { }
  done(window.ran ?? false);
}))"""


def test_the_browser_gets_the_policy_word_for_word_and_obeys_it(
    visit: OpenVisit, tiny_kiosk: KioskServer
) -> None:
    person = visit()
    answered = person.page.goto(tiny_kiosk.url)
    assert answered
    told = [
        one["value"]
        for one in answered.headers_array()
        if "content-security" in one["name"].lower()
    ]
    assert told == [POLICY]
    opened_by_streamlit(person.page, tiny_kiosk.url)
    assert person.errors == []
    with person.page.expect_console_message(lambda told: "refuses eval" in told.text):
        assert not person.page.evaluate(TRIES)
    for refused in ("script-src-elem refuses inline", "script-src refuses eval"):
        assert [line for line in person.errors if refused in line], person.errors
