"""Numbers in a text that is read from right to left: each goes from left to right all the same."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from playwright.sync_api import expect

from kiosk.screen.languages import isolated
from tests.tools.person import opened
from tests.tools.server import KioskServer
from tests.tools.sites import HOME, KIOSK_TOML, PLAN, THINK
from tests.tools.visit import PHONE, OpenVisit

NUMBERS = ("01582 548 000", "0-25", "+44 1582 548000", "(01582) 548 000", "24/11/2026", "LU1 2BQ")
SAID = " ".join(f"یہ نمبر ہے {number} ہاں۔" for number in NUMBERS)  # noqa: RUF001
SITE: dict[str, str | None] = {
    "kiosk.toml": KIOSK_TOML.replace('["en"]', '["en", "ur"]'),
    "content/ur/home.md": HOME.replace("Welcome.", SAID),
    "content/ur/about/plan.md": PLAN.partition(":memo:")[0] + f":memo: {SAID}\n",
    "content/ur/surveys/think.yaml": THINK.replace("How do you feel", f"آپ کیسا {NUMBERS[1]} ہاں")
    .replace("title: Tell us what you think", f"title: آپ {NUMBERS[1]} ہاں")
    .replace("Thank you.", f"شکریہ {NUMBERS[0]} ہاں۔"),  # noqa: RUF001
}

# What the kiosk itself tells stands in the row of messages.
SHOW_MESSAGE = """async (said) => {
  const { Message } = await import(new URL("screen/voice/message.js", document.baseURI).href);
  new Message(document.getElementById("message"), () => ({})).show("no_voice", said);
}"""

# Each sign of a number that is shown, with its place across the screen.
PLACES = """(number) => {
  const found = [];
  for (const element of document.querySelectorAll("#kiosk :is(.sentence, #message)")) {
    if (!element.checkVisibility() || !element.textContent.includes(number)) continue;
    const start = element.textContent.indexOf(number);
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let before = 0;
    for (let node = texts.nextNode(); node; before += node.length, node = texts.nextNode())
      for (let place = 0; place < node.length; place++) {
        const at = before + place - start;
        if (at < 0 || at >= number.length || !/[0-9A-Z]/.test(number[at])) continue;
        const range = document.createRange();
        range.setStart(node, place);
        range.setEnd(node, place + 1);
        const { left, top } = range.getBoundingClientRect();
        found.push([Math.round(top), left]);
      }
  }
  return found;
}"""


def test_every_number_is_read_from_left_to_right_in_urdu(
    visit: OpenVisit, server: KioskServer
) -> None:
    url = server.url
    page = visit(PHONE).page
    for name, numbers in (("home", NUMBERS), ("think", NUMBERS[1:2])):
        opened(page, f"{url}/?page={name}&lang=ur")
        assert page.evaluate("document.dir") == "rtl"
        for number in numbers:
            places = page.evaluate(PLACES, number)
            assert len(places) >= sum(one.isalnum() for one in number), number
            assert places == sorted(places), number


def test_what_the_screen_itself_writes_has_its_numbers_from_left_to_right_too(
    visit: OpenVisit, server: KioskServer
) -> None:
    page = opened(visit(PHONE).page, f"{server.url}/?page=think&lang=ur")
    assert page.title() == f"آپ \u2066{NUMBERS[1]}\u2069 ہاں"
    for number in NUMBERS:
        page.evaluate(SHOW_MESSAGE, f"یہ نمبر ہے {number} ہاں۔")  # noqa: RUF001
        places = page.evaluate(PLACES, number)
        assert len(places) >= sum(one.isalnum() for one in number), number
        assert places == sorted(places), number
    # Thanks are written anew when it is known what became of the answer.
    page.locator("[data-choice]").first.click()
    for action in ("send", "skip"):
        page.locator(f".question:not([hidden]) [data-action={action}]").click()
    expect(page.locator(".result")).not_to_be_empty()
    places = page.evaluate(PLACES, NUMBERS[0])
    assert len(places) >= 10
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Call 01582 548 000.", 'Call <bdi dir="ltr">01582 548 000</bdi>.'),
        ("For 0-25", 'For <bdi dir="ltr">0-25</bdi>'),
        ("(25) or 5, 6 and 7", "(25) or 5, 6 and 7"),
        ("10am <b>", '<bdi dir="ltr">10am</bdi> &lt;b&gt;'),
    ],
)
def test_only_what_could_be_turned_round_is_isolated(text: str, html: str) -> None:
    assert isolated(text) == html


@given(st.text(st.sampled_from("01 a٣()+-–/:.,<&ہ۔")))  # noqa: RUF001
def test_no_sign_of_a_text_is_lost(text: str) -> None:
    html = (
        isolated(text).replace(Markup('<bdi dir="ltr">'), Markup("")).replace(Markup("</bdi>"), "")
    )
    assert html.unescape() == text


def test_the_day_of_a_source_stands_together_behind_its_english_name(
    visit: OpenVisit, server: KioskServer
) -> None:
    page = opened(visit(PHONE).page, f"{server.url}/?page=plan&lang=ur")
    day = page.locator(".source").evaluate(
        """(source) => {
          const range = document.createRange();
          const texts = document.createTreeWalker(source, NodeFilter.SHOW_TEXT);
          const found = {};
          for (let node = texts.nextNode(); node; node = texts.nextNode())
            for (const part of ["23", "نومبر", "tests"]) {
              const at = node.data.indexOf(part);
              if (at < 0) continue;
              range.setStart(node, at);
              range.setEnd(node, at + part.length);
              found[part] = range.getBoundingClientRect().left;
            }
          return found;
        }"""
    )
    assert day["tests"] > day["23"] > day["نومبر"]


@pytest.mark.usefixtures("urdu_letters")
def test_a_lit_word_of_urdu_covers_no_line_above_it_and_the_bars_are_as_high_as_in_english(
    visit: OpenVisit, server: KioskServer
) -> None:
    page = visit(PHONE).page
    heights = []
    for code in ("en", "ur"):
        opened(page, f"{server.url}/?page=plan&lang={code}")
        heights.append(
            page.evaluate(
                """() => [...document.querySelectorAll("#kiosk :is(.top, .bar)")]
                  .map((bar) => bar.getBoundingClientRect().height)"""
            )
        )
    assert heights[0] == heights[1]
    # The field of a lit word is as high as what its letters take of a line.
    lines = page.locator(".said .sentence").first.evaluate(
        """(sentence) => {
          const range = document.createRange();
          range.selectNodeContents(sentence);
          return [...range.getClientRects()].map(({ top, bottom }) => [top, bottom]);
        }"""
    )
    pairs = [(one, other) for one, other in pairwise(lines) if other[0] > one[0] + 5]
    assert pairs
    assert all(one[1] <= other[0] + 1 for one, other in pairs)
