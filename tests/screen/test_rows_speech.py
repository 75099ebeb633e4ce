"""The rows of the conformance report about speech."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.tools.cases import mostly_drill
from tests.tools.person import (
    Keypad,
    heard,
    listen_in,
    narrated,
    opened,
    press,
    thing_in_focus,
    wait_prepared,
    wait_quiet,
)
from tests.tools.server import KioskServer, StartKiosk
from tests.tools.visit import KIOSK, OpenVisit
from tests.tools.waiting import wait_until

FAST = 16.0

# The words that can be seen, in the order of the page; decoration is left out.
# More is no words of the page: down does what it does. A place, "1 of 4", is said with the heading.
SEEN = """(part) => {
  const root = document.querySelector(part);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const words = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    const unsaid = "[aria-hidden=true], .more, .place, style, script, textarea";
    if (!holder.checkVisibility() || holder.closest(unsaid)) continue;
    words.push(node.data);
  }
  return words.join(" ");
}"""

# What each thing says, in the order of the page, from the marks beside it and the narrations.
SCRIPT = """([page, words]) => {
  const site = JSON.parse(document.getElementById("kiosk-site").textContent);
  const root = document.getElementById("kiosk");
  const said = [];
  for (const thing of root.querySelectorAll("[data-thing]")) {
    if (!thing.checkVisibility()) continue;
    const { name, word, also, picture, tell } = thing.dataset;
    if (name !== undefined) said.push(page[name].text);
    else if (word !== undefined) said.push(words[site.spoken.indexOf(word)].text);
    else for (const one of thing.querySelectorAll("[data-say]"))
      if (one.checkVisibility()) said.push(page[one.dataset.say].text);
    if (also !== undefined) said.push(words[site.spoken.indexOf(also)].text);
    if (picture !== undefined) said.push(page[picture].text);
    if (tell !== undefined) for (const one of tell.trim().split(" ")) said.push(page[one].text);
  }
  return said.join(" ");
}"""


EVERY = 1000  # pages, or things on one: more than there are
PAGES = mostly_drill([("tiny_kiosk", 3), ("luton", EVERY)], ("tiny_kiosk", 3))


def tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def missing(seen: list[str], said: list[str]) -> list[str]:
    """Return the seen words that are not said, in this order."""
    rest = iter(said)
    return [word for word in seen if word not in rest]


def eyes_free(page: Page, url: str) -> Keypad:
    listen_in(page, FAST)
    opened(page, url)
    keypad = Keypad(page)
    keypad.press("speech")
    wait_until(lambda: heard(page), 10, "a voice")
    return keypad


@pytest.mark.row("K01")
@pytest.mark.parametrize(("site", "most"), PAGES)
def test_every_visible_word_of_every_page_is_in_the_speech_script_in_order(
    visit: OpenVisit, request: pytest.FixtureRequest, site: str, most: int
) -> None:
    kiosk: KioskServer = request.getfixturevalue(site)
    words = narrated(kiosk.url, "en/interface/normal")
    page = opened(visit().page, kiosk.url)
    names = page.evaluate("fetch('/pages/en').then(r => r.json()).then(t => Object.keys(t.pages))")
    for name in names[:most]:
        script = [narrated(kiosk.url, f"en/{name}/normal"), words]
        opened(page, f"{kiosk.url}/?page={name}")
        said = page.evaluate(SCRIPT, script)
        assert missing(tokens(page.evaluate(SEEN, "#kiosk")), tokens(said)) == [], name
        for place in page.locator(".place:visible").all_inner_texts():
            assert missing(tokens(place), tokens(said)) == [], name


@pytest.mark.row("K01")
@pytest.mark.parametrize("part", mostly_drill(["#page", "#kiosk"], "#page"))
def test_a_walk_by_keys_speaks_every_visible_word_in_order(
    visit: OpenVisit, tiny_kiosk: KioskServer, part: str
) -> None:
    page = visit().page
    keypad = eyes_free(page, f"{tiny_kiosk.url}/?page=people")
    wait_quiet(page)
    heading = thing_in_focus(page)["place"]
    first, after = page.evaluate(
        """(part) => {
          const all = [...document.querySelectorAll("#kiosk [data-thing]")]
            .filter((thing) => thing.checkVisibility());
          const inside = all.map((thing) => Boolean(thing.closest(part)));
          return [inside.indexOf(true), inside.lastIndexOf(true) + 1];
        }""",
        part,
    )
    # From the thing before the first one of this part to its last one.
    for _ in range(heading - first + 1):
        keypad.press("up")
    wait_quiet(page)
    page.evaluate("window.heard = []")
    for _ in range(after - first):
        before = len(heard(page))
        keypad.press("down")
        wait_until(lambda before=before: len(heard(page)) > before, 10, "the next thing")  # type: ignore[misc]
        wait_quiet(page)
    said = " ".join(heard(page))
    assert missing(tokens(page.evaluate(SEEN, part)), tokens(said)) == []


@pytest.mark.row("K02")
@pytest.mark.parametrize(("site", "most"), PAGES)
def test_every_picture_is_spoken_or_is_decoration(
    visit: OpenVisit, request: pytest.FixtureRequest, site: str, most: int
) -> None:
    kiosk: KioskServer = request.getfixturevalue(site)
    page = opened(visit().page, kiosk.url)
    told = page.evaluate("fetch('/pages/en').then(r => r.json())")
    for name in list(told["pages"])[:most]:
        texts = narrated(kiosk.url, f"en/{name}/normal")
        opened(page, f"{kiosk.url}/?page={name}")
        pictures = page.evaluate(
            """[...document.querySelectorAll("#kiosk img")].map((one) => ({
              alt: one.getAttribute("alt"),
              spoken: one.closest("[data-picture]")?.dataset.picture
                ?? one.closest(".meaning")?.querySelector("[data-picture]")?.dataset.picture,
            }))"""
        )
        assert pictures
        for one in pictures:
            assert one["alt"] is not None, name
            if one["alt"]:
                assert one["spoken"] is not None, (name, one)
                assert one["alt"] in texts[int(one["spoken"])]["text"], (name, one)


@pytest.mark.row("K04")
@pytest.mark.parametrize("name", mostly_drill(["plan", "people"], "plan"))
def test_exactly_one_sentence_is_framed_and_in_view_while_a_page_is_read(
    visit: OpenVisit, tiny_kiosk: KioskServer, name: str
) -> None:
    page = visit(KIOSK).page
    listen_in(page, 3)
    opened(page, f"{tiny_kiosk.url}/?page={name}")
    page.evaluate(
        """() => {
          window.framed = {counts: [], seen: []};
          const look = () => {
            requestAnimationFrame(look);
            const framed = [...document.querySelectorAll(".sentence-read")];
            if (!framed.length || !document.getElementById("kiosk").dataset.speaking) return;
            const box = framed[0].getBoundingClientRect();
            const view = document.getElementById("page").getBoundingClientRect();
            window.framed.counts.push(framed.length);
            if (box.top >= view.top && box.bottom <= view.bottom)
              window.framed.seen.push(framed[0].textContent);
          };
          look();
        }"""
    )
    press(page, "Listen")
    wait_until(lambda: heard(page), 10, "a voice")
    wait_quiet(page, 60)
    framed = page.evaluate("window.framed")
    assert set(framed["counts"]) == {1}
    assert set(framed["seen"]) == set(heard(page))  # each of them was framed, and in view


@pytest.mark.row("K05")
def test_again_repeats_the_sentence_heard_last_with_one_action(
    visit: OpenVisit, tiny_kiosk: KioskServer
) -> None:
    page = visit().page
    listen_in(page, FAST)
    opened(page, f"{tiny_kiosk.url}/?page=people")
    page.get_by_text("Families and staff plan together.").click()
    wait_until(lambda: heard(page) == ["Families and staff plan together."], 10, "the sentence")
    wait_quiet(page)
    press(page, "Again")
    wait_until(lambda: len(heard(page)) > 1, 10, "the sentence again")
    wait_quiet(page)
    assert heard(page) == ["Families and staff plan together."] * 2  # that one, and no more
    press(page, "Again")  # again: the one before it
    wait_until(lambda: len(heard(page)) > 2, 10, "the sentence before")
    wait_quiet(page)
    assert heard(page)[2:] == ["We use co-production."]


@pytest.mark.row("K06")
def test_one_action_pauses_and_one_goes_on_in_the_same_sentence(
    visit: OpenVisit, tiny_kiosk: KioskServer
) -> None:
    page = visit().page
    listen_in(page)
    opened(page, f"{tiny_kiosk.url}/?page=people")
    press(page, "Listen")
    wait_until(lambda: len(heard(page)) == 2, 20, "the second sentence")
    press(page, "Pause")
    assert page.evaluate("document.getElementById('voice').paused")
    assert len(heard(page)) == 2
    press(page, "Listen")
    wait_until(lambda: len(heard(page)) == 3, 10, "the voice")
    assert heard(page)[1] == heard(page)[2]


@pytest.mark.row("K09", "K11")
def test_five_steps_of_volume_are_spoken_and_hold_for_all_sound(
    visit: OpenVisit, tiny_kiosk: KioskServer
) -> None:
    page = visit().page
    listen_in(page, FAST)
    opened(page, tiny_kiosk.url)
    keypad = Keypad(page)
    steps: dict[str, float] = {}
    for _ in range(5):
        before = len(heard(page))
        keypad.press("volume")
        wait_until(lambda before=before: len(heard(page)) > before, 10, "the step")  # type: ignore[misc]
        steps[heard(page)[-1]] = page.evaluate("document.getElementById('voice').volume")
    assert sorted(steps) == [f"Volume {step} of 5." for step in range(1, 6)]
    gains = [20 * math.log10(steps[name]) for name in sorted(steps)]
    # From the quietest to the loudest there must be 18 dB (EN 301 549 8.2.1.1).
    assert gains[-1] - gains[0] >= 18
    assert all(later - earlier > 3 for earlier, later in pairwise(gains))
    # One owner of sound: headphones and loudspeaker hear the same, by the same steps.
    assert page.locator("audio, video").count() == 1


@pytest.mark.row("K12")
@pytest.mark.parametrize("most", mostly_drill([5, EVERY], 5))
def test_private_words_are_spoken_only_when_somebody_asks_for_them(
    visit: OpenVisit, tiny_kiosk: KioskServer, most: int
) -> None:
    page = visit().page
    keypad = eyes_free(page, f"{tiny_kiosk.url}/?page=think")
    page.evaluate(
        """() => {
          window.asked = 0;
          const real = window.fetch;
          window.fetch = (...all) => {
            if (String(all[0]).includes("api/speak")) window.asked++;
            return real(...all);
          };
        }"""
    )
    keypad.press("down")
    press(page, "Skip")
    words = page.get_by_role("textbox")
    words.fill("marmalade")
    page.get_by_role("heading", level=1).focus()
    passed = set()
    for _ in range(min(most, thing_in_focus(page)["count"])):
        before = len(heard(page))
        keypad.press("down")
        wait_until(lambda before=before: len(heard(page)) > before, 10, "the next thing")  # type: ignore[misc]
        passed.add(thing_in_focus(page)["tag"])
    assert "TEXTAREA" in passed
    press(page, "Listen")
    wait_quiet(page)
    press(page, "Again")
    wait_quiet(page)
    assert not any("marmalade" in text.casefold() for text in heard(page))
    assert page.evaluate("window.asked") == 0
    press(page, "Read my words")
    wait_until(lambda: page.evaluate("window.asked") == 1, 10, "the words, asked for")
    wait_until(lambda: heard(page)[-2:] == ["Your words:", ""], 10, "the words")
    wait_quiet(page)
    # There is nothing to say again: the words are kept nowhere.
    expect(page.get_by_role("button", name="Again", exact=True)).to_be_disabled()
    press(page, "Send")
    wait_quiet(page)
    assert "marmalade" not in page.content()


@pytest.mark.row("K15")
@pytest.mark.parametrize("most", mostly_drill([2, EVERY], 2))
def test_what_became_of_an_answer_is_shown_spoken_and_can_be_heard_again(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path, most: int
) -> None:
    server = kiosk_server()
    page = visit().page
    listen_in(page, FAST)
    opened(page, f"{server.url}/?page=think")
    wait_prepared(page)
    press(page, "Happy")
    press(page, "Next question")
    press(page, "Skip")
    result = page.locator(".result")
    expect(result).to_have_text("Your answer is saved.")
    assert len(list((tmp_path / "data" / "feedback").rglob("*.yaml"))) == 1
    wait_until(lambda: "Your answer is saved." in heard(page), 20, "the result")
    wait_quiet(page)
    first = heard(page)
    press(page, "Do you want to delete it later?")
    wait_until(lambda: len(heard(page)) > len(first), 20, "the receipt")
    wait_quiet(page)
    first = heard(page)
    said = first[first.index("Your answer is saved.") :]
    assert any(text.startswith("Today is ") for text in said)
    code = page.locator(".receipt .code").inner_text().replace(" ", "")
    assert [text[0] for text in said if len(text) == 2] == list(code)
    press(page, "Listen")
    begun = len(first) + 1
    again = said[:most]
    wait_until(lambda: len(heard(page)) >= begun + len(again), 60, "all of it again")
    assert heard(page)[begun:][: len(again)] == again


@pytest.mark.row("K17")
@pytest.mark.parametrize(
    ("name", "then"),
    mostly_drill(
        [
            ("home", ""),
            ("people", ""),
            ("think", ""),
            ("people", "a meaning"),
            ("think", "thank you"),
            ("home", "#kiosk-begin"),
            ("people", "#kiosk-still"),
        ],
        ("people", "#kiosk-still"),
    ),
)
def test_one_key_starts_the_speech_on_every_screen(
    visit: OpenVisit, tiny_kiosk: KioskServer, name: str, then: str
) -> None:
    page = visit().page
    page.clock.install()
    listen_in(page, FAST)
    opened(page, f"{tiny_kiosk.url}/?page={name}")
    if then == "a meaning":
        press(page, "co-production")
    elif then == "thank you":
        press(page, "Skip")
        press(page, "Skip")
        expect(page.locator(".thanks h1")).to_be_focused()
    elif then:
        page.clock.fast_forward(185_000)
        expect(page.locator(then)).to_be_visible()
    page.evaluate("window.heard = []")
    Keypad(page).press("speech")

    def since_the_key() -> list[str]:
        # What was being said may have got out a word between the two lines above.
        said = heard(page)
        began = [one.startswith("I say everything now.") for one in said]
        return said[began.index(True) :] if True in began else []

    wait_until(since_the_key, 10, "the speech")
    wait_until(lambda: len(since_the_key()) > 1, 10, "what is in focus")
    if then.startswith("#"):
        expect(page.locator(then)).to_have_count(0)


@pytest.mark.row("K08")
@pytest.mark.parametrize("ms", mostly_drill([1000, 4000], 1000))
def test_nothing_sounds_by_itself(visit: OpenVisit, tiny_kiosk: KioskServer, ms: int) -> None:
    page = visit().page
    listen_in(page)
    opened(page, f"{tiny_kiosk.url}/?page=people")
    press(page, "Home")  # a browser lets nothing sound before the first press
    begun = page.evaluate("performance.now()")
    page.wait_for_function(f"() => performance.now() > {begun + ms}")
    assert heard(page) == []
    assert page.evaluate("document.getElementById('voice').paused")
