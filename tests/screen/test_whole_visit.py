from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect

from tests.screen.conftest import choose_setting
from tests.tools.axe import axe
from tests.tools.cases import mostly_drill
from tests.tools.lit import LIT, check_lit, moments_of_the_voice
from tests.tools.own_store import wait_sent
from tests.tools.person import (
    Keypad,
    heading,
    heard,
    listen_in,
    narrated,
    opened,
    opened_by_streamlit,
    press,
    wait_quiet,
)
from tests.tools.server import KioskServer, StartKiosk
from tests.tools.sites import PEOPLE, tiny_site
from tests.tools.static_site import StaticSite
from tests.tools.visit import KIOSK, PHONE, OpenVisit, Screen
from tests.tools.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
TALL = Screen(1080, 1920, touch=True)


@pytest.mark.drill
def test_a_whole_visit_by_touch(visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path) -> None:
    server = kiosk_server(ROOT, shared="")
    person = visit(KIOSK)
    pages = ("interface", "home", "what-is-send", "vision", "think")
    sentences = {name: narrated(server.url, f"en/{name}/normal") for name in pages}
    page = opened_by_streamlit(person.page, server.url)
    page.get_by_role("link", name="Our vision").click()
    heading(page, "Our vision")
    page.get_by_role("link", name="What is SEND?").click()
    heading(page, "What is SEND?")
    assert page.title() == "What is SEND?"
    press(page, "Listen")
    check_lit(moments_of_the_voice(page, 30, 6), sentences["what-is-send"])
    press(page, "Pause")
    expect(page.get_by_role("button", name="Listen", exact=True)).to_be_visible()
    press(page, "Next")
    heading(page, "What we want for the future")
    page.get_by_role("link", name="Tell us what you think").click()
    page.get_by_role("button", name="Happy", exact=True).click()
    press(page, "Next question")
    press(page, "Skip")
    press(page, "Skip")
    press(page, "Write my own words")
    for letter in "GOOD":
        page.get_by_role("button", name=letter, exact=True).click()
    press(page, "Send")
    expect(page.locator(".result")).to_have_text("Your answer is saved.")
    (file,) = (tmp_path / "data" / "feedback").rglob("*.yaml")
    kept = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert kept["answers"] == {"feel": "happy", "words": "Good"}
    assert (kept["page"], kept["language"], kept["id"]) == ("vision", "en", file.stem)
    press(page, "Finish")
    heading(page, "What would you like to do?")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    page.go_back()
    heading(page, "What would you like to do?")  # not the last person's page
    assert person.requests_beyond(server.url) == []
    assert person.errors == []


HELP = ("about", "keys", "privacy", "accessibility", "pictures", "not-here")
MOST_CARDS = 7  # six outcomes, and what they are


@pytest.mark.drill
def test_every_page_is_there_and_says_that_it_is_a_draft(
    visit: OpenVisit, luton: KioskServer
) -> None:
    page = opened(visit().page, luton.url)
    index = page.evaluate("fetch('/pages/en').then(r => r.json()).then(t => t.pages)")
    wanted = [
        "home",
        "our-vision",
        "vision",
        "what-is-send",
        "outcomes",
        "about-the-outcomes",
        "our-work",
        "strategy",
        "leadership-charter",
        "champions",
        "inspection",
        "statement-of-action",
        "transforming-care",
        "take-part",
        "get-involved",
        "co-production",
        "working-together-charter",
        "about",
        "accessibility",
        "privacy",
        "pictures",
        "think",
        "local-offer",
    ]
    assert set(wanted) <= set(index)
    assert len(index) >= len(wanted) + 6
    for name, one in index.items():
        page.goto(f"{luton.url}/?page={name}&lang=en")
        page.wait_for_selector("#kiosk[data-ready]")
        assert page.title() == one["title"]
        # What the kiosk makes itself is no page of a file; home and Help tell of the kiosk.
        is_draft = not one.get("survey") and name not in ("home", "you-said", *HELP)
        assert page.locator(".note.draft").count() == int(is_draft), name
        assert page.locator("a.choice:visible").count() <= MOST_CARDS
        page.wait_for_function(
            "() => [...document.querySelectorAll('#page img')].every(i => i.naturalWidth)"
        )


@pytest.mark.drill
@pytest.mark.parametrize("screen", [KIOSK, TALL, PHONE], ids=["wide", "tall", "phone"])
def test_no_accessibility_rule_is_broken(
    visit: OpenVisit, luton: KioskServer, screen: Screen
) -> None:
    page = opened(visit(screen).page, luton.url)
    names = page.evaluate("fetch('/pages/en').then(r => r.json()).then(t => Object.keys(t.pages))")
    found: list[str] = []
    some = ("home", "vision", "outcomes", "think", "you-said", "pictures")
    # One layout has every page; the others, and the dark colours, one of each kind.
    for name in names if screen == TALL else some:
        opened(page, f"{luton.url}/?page={name}&lang=en")
        for colours in ("paper", "night") if name in some else ("paper",):
            page.evaluate(f"document.documentElement.dataset.colours = '{colours}'")
            found += [f"{name} {colours}: {line}" for line in axe(page)]
    assert found == []


@pytest.mark.parametrize(
    "screen", mostly_drill([KIOSK, TALL, PHONE], PHONE), ids=["wide", "tall", "phone"]
)
@pytest.mark.parametrize(
    "name", mostly_drill(["home", "outcomes", "transforming-care", "think"], "outcomes")
)
def test_nothing_is_wider_than_the_screen(
    visit: OpenVisit, luton: KioskServer, screen: Screen, name: str
) -> None:
    page = opened(visit(screen).page, f"{luton.url}/?page={name}")
    assert page.evaluate("document.querySelector('#page').scrollWidth - innerWidth") <= 0


def test_a_hard_word_says_its_meaning_and_a_sentence_is_read_when_tapped(
    visit: OpenVisit, static_kiosk: StaticSite
) -> None:
    page = opened(visit().page, f"{static_kiosk.url}/?page=people")
    hard = page.get_by_role("button", name="co-production")
    hard.click()
    meaning = page.get_by_role("complementary", name="Co-production")
    expect(meaning).to_contain_text("Families and staff plan and make things together.")
    expect(meaning.get_by_role("img")).to_be_visible()
    wait_until(lambda: page.evaluate(LIT), 10, "the voice")
    expect(meaning.locator(".sentence-read")).to_have_count(1)
    press(page, "Done")
    expect(meaning).to_be_hidden()
    expect(hard).to_be_focused()
    page.get_by_text("You can come by bus.").click()
    wait_until(lambda: bool(page.evaluate(LIT)), 10, "the voice")
    assert page.locator(".sentence-read").inner_text() == "You can come by bus."


@pytest.mark.drill
def test_a_visit_by_keys_alone(visit: OpenVisit, tiny_kiosk: KioskServer) -> None:
    page = opened_by_streamlit(visit().page, tiny_kiosk.url)

    def go_to(name: str) -> None:
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent.trim()") == name:
                page.keyboard.press("Enter")
                return
        raise AssertionError(f"{name} cannot be reached by Tab.")

    go_to("About us")
    heading(page, "The people here")
    go_to("Next")
    heading(page, "Your plan")
    go_to("Home")
    heading(page, "What would you like to know?")
    go_to("Tell us what you think")
    go_to("Sad")
    go_to("Skip")
    go_to("Skip")
    expect(page.locator(".thanks h1")).to_be_focused()


def test_an_edited_page_is_shown_on_the_open_screen(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    server = kiosk_server()
    page = opened(visit().page, f"{server.url}/?page=people")
    file = tmp_path / "site" / "content" / "en" / "about" / "people.md"
    file.write_text(file.read_text().replace("come by bus", "come by tram"))
    expect(page.get_by_text("You can come by tram.")).to_be_visible(timeout=10_000)


@pytest.mark.drill
def test_ten_broken_pages_leave_the_others_served(
    kiosk_server: StartKiosk, visit: OpenVisit, tmp_path: Path
) -> None:
    server = kiosk_server()
    folder = tmp_path / "site" / "content" / "en" / "about"
    good = (folder / "people.md").read_text()
    broken = {
        "yaml": good.replace("title: The", "title: [The").encode(),
        "picture": good.replace(":bus:", ":buss:").encode(),
        "bytes": good.encode().replace(b"bus", b"b\xff\xfes"),
        "empty": b"",
        "long": good.encode() + b"\n:bus: " + b"x" * 1_000_000,
        "untitled": good.replace("title: The people here\n", "").encode(),
        "twice": good.replace("order: 1", "order: 1\norder: 2").encode(),
        "unknown": good.replace("order: 1", "oder: 1").encode(),
        "date": good.replace("facts_checked: 2026-11-23", "facts_checked: soon").encode(),
        "unclosed": good.split("---\n:", maxsplit=1)[0].encode(),
    }
    for name, data in broken.items():
        (folder / f"{name}.md").write_bytes(data)
    for name in broken:
        place = f"content/en/about/{name}.md:"
        wait_until(lambda place=place: place in server.stderr_text(), 10, place)  # type: ignore[misc]
    assert "Traceback" not in server.stderr_text()
    page = opened(visit().page, f"{server.url}/?page=plan")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your plan")


def test_the_screen_recovers_when_the_server_is_killed_and_an_answer_arrives_once(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    server = kiosk_server()
    page = opened(visit().page, f"{server.url}/?page=think")
    page.get_by_role("button", name="Very sad", exact=True).click()
    press(page, "Next question")
    server.kill9()
    wait_until(lambda: server.left_behind() == [], 15, "the end of the worker")
    press(page, "Skip")
    expect(page.locator(".result")).to_have_text(
        "Your answer is not saved yet. I will keep trying."
    )
    server.restart()
    place = tmp_path / "data" / "feedback"
    wait_until(lambda: len(list(place.rglob("*.yaml"))) == 1, 20, "the answer")
    wait_sent(page)
    press(page, "Home")
    heading(page, "What would you like to know?")
    page.get_by_role("link", name="About us").click()
    heading(page, "The people here")


@pytest.mark.drill
def test_a_frozen_voice_is_told_kindly_and_speaks_again(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    server = kiosk_server(shared="")  # its voice has begun to speak
    page = opened_by_streamlit(visit().page, f"{server.url}/?page=people")

    def worker() -> int | None:
        for pid in server.left_behind():
            if b"kiosk.speech.worker" in Path(f"/proc/{pid}/cmdline").read_bytes():
                return pid
        return None

    clips = tmp_path / "data" / "clips"
    # Once all is rendered, nothing in the background finds out that the voice hangs.
    ready = "fetch('/ready').then((reply) => reply.json()).then((told) => told.prepared)"
    wait_until(lambda: page.evaluate(ready), 60, "the prepared clips")
    pid = worker()
    assert pid
    os.kill(pid, signal.SIGSTOP)
    for clip in clips.glob("*"):
        clip.unlink(missing_ok=True)
    page.goto(f"{server.url}/?page=plan")
    page.wait_for_selector("html[data-streamlit]", state="attached")
    press(page, "Listen")
    expect(page.locator("#message")).to_contain_text("I cannot read this aloud", timeout=6_000)
    expect(page.get_by_text("Things can get better.")).to_be_visible()
    press(page, "Home")
    press(page, "Listen")
    wait_until(lambda: bool(page.evaluate(LIT)), 15, "the voice")


IDLE = """\
[site]
title = "A tiny place"
[visit]
idle_seconds = 10
answer_seconds = 5
"""


@pytest.mark.drill
def test_the_idle_question_can_be_answered_and_else_ends_the_visit(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    server = kiosk_server(tiny_site(tmp_path, {"kiosk.toml": IDLE}))
    page = visit().page
    page.clock.install()
    listen_in(page, 8)
    opened_by_streamlit(page, f"{server.url}/?page=people")
    Keypad(page).press("volume")
    wait_until(lambda: heard(page), 10, "the voice")
    question = page.get_by_role("dialog", name="Are you still there?")

    def nobody_comes() -> None:
        wait_quiet(page)
        page.clock.fast_forward(11_000)

    nobody_comes()
    expect(question).to_be_visible()
    assert axe(page) == []
    press(page, "I am here")
    expect(question).to_be_hidden()
    expect(page.get_by_role("heading", level=1, name="The people here")).to_be_visible()
    nobody_comes()
    expect(question).to_be_visible()
    page.keyboard.press("Tab")
    expect(question).to_be_hidden()
    nobody_comes()
    expect(question).to_be_visible()
    nobody_comes()
    expect(page.get_by_role("heading", level=1)).to_have_text("What would you like to know?")
    expect(question).to_be_hidden()
    assert page.evaluate("document.documentElement.dataset.colours") == "paper"
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("What would you like to know?")


def test_the_full_stop_after_a_hard_word_stands_beside_its_last_letter(
    visit: OpenVisit, luton: KioskServer
) -> None:
    page = opened(visit(PHONE).page, f"{luton.url}/?page=transforming-care")
    for width in range(300, 480, 20):
        page.set_viewport_size({"width": width, "height": 844})
        below, apart = page.evaluate(
            """() => {
                const hard = document.querySelector(".hard");
                const walker = document.createTreeWalker(hard.closest("p"), NodeFilter.SHOW_TEXT);
                const letters = [];
                for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                    for (let at = 0; at < node.length; at += 1) {
                        const one = document.createRange();
                        one.setStart(node, at);
                        one.setEnd(node, at + 1);
                        letters.push({ sign: one.toString(), box: one.getBoundingClientRect() });
                    }
                }
                const stop = letters.findLastIndex(({ sign }) => sign === ".");
                const [last, end] = letters.slice(stop - 1, stop + 1).map(({ box }) => box);
                return [end.top - last.top, end.left - last.right];
            }"""
        )
        assert abs(below) < 2, width
        assert abs(apart) < 2, width


@pytest.mark.drill
def test_bigger_words_and_every_screen_of_the_answer_break_no_rule(
    visit: OpenVisit, luton: KioskServer
) -> None:
    found: list[str] = []

    def look(page: Page) -> None:
        # At its end: elsewhere the bar of a phone may cut a button in two, until it is moved on.
        page.evaluate(
            "document.querySelectorAll('.screen, main').forEach((one) => one.scrollTo(0, 1e6))"
        )
        found.extend(axe(page))

    for screen in (KIOSK, PHONE):
        page = opened_by_streamlit(visit(screen).page, f"{luton.url}/?page=think")
        choose_setting(page, "Bigger words", 3)
        choose_setting(page, "Colours", 2)
        for name in ("Skip",) * 4:
            look(page)
            press(page, name)
        look(page)
        press(page, "Home")
        look(page)
    assert found == []


@pytest.mark.drill
def test_pause_goes_on_with_the_same_sentence_and_again_repeats_it(
    visit: OpenVisit, luton: KioskServer
) -> None:
    page = opened(visit().page, f"{luton.url}/?page=vision")
    press(page, "Listen")
    framed = page.locator(".sentence-read")
    expect(framed).to_have_text("We want a good future for everyone.", timeout=20_000)
    press(page, "Pause")
    expect(framed).to_have_count(0)
    press(page, "Listen")
    expect(framed).to_have_text("We want a good future for everyone.")
    press(page, "Page before")
    heading(page, "What is SEND?")
    press(page, "Again")
    wait_until(lambda: not page.evaluate("document.getElementById('voice').paused"), 10, "a sound")
    assert framed.count() == 0  # the sentence is not on this page


@pytest.mark.drill
@pytest.mark.parametrize("end", ["Pause", "of the page"])
def test_a_page_that_is_edited_while_it_is_read_waits_for_the_voice(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path, end: str
) -> None:
    server = kiosk_server()
    page = visit().page
    listen_in(page, 3)
    opened(page, f"{server.url}/?page=people")
    press(page, "Listen")
    wait_until(lambda: bool(page.evaluate(LIT)), 10, "the voice")
    file = tmp_path / "site" / "content" / "en" / "about" / "people.md"
    with page.expect_response("**/pages/en**"):
        file.write_text(file.read_text().replace("Bus 2", "Tram 2"))
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    assert page.get_by_text("Tram 2").count() == 0
    if end == "Pause":
        press(page, "Pause")
    expect(page.get_by_text("Tram 2")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("button", name="Listen", exact=True)).to_be_visible()


@pytest.mark.drill
def test_an_edit_does_not_take_away_an_answer_that_is_being_given(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    server = kiosk_server()
    page = opened(visit().page, f"{server.url}/?page=think")
    page.get_by_role("button", name="Sad", exact=True).click()
    file = tmp_path / "site" / "content" / "en" / "about" / "people.md"
    with page.expect_response("**/pages/en**"):
        file.write_text(file.read_text().replace("Bus 2", "Tram 2"))
    press(page, "Next question")
    press(page, "Skip")
    expect(page.locator(".result")).to_have_text("Your answer is saved.")


@pytest.mark.drill
def test_the_words_of_a_large_screen_have_the_size_that_the_settings_give(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    display = '[site]\ntitle = "A"\n[display]\npixel_pitch_mm = 0.2\nviewing_distance_mm = 600\n'
    listed = PEOPLE + "\n:sun: They say:\n- yes\n"
    files = {"kiosk.toml": display, "content/en/about/people.md": listed}
    server = kiosk_server(tiny_site(tmp_path, files))
    size = "parseFloat(getComputedStyle(document.querySelector('.said p')).fontSize)"
    page = opened(visit(KIOSK).page, f"{server.url}/?page=people")
    # The least that EN 301 549 asks for at this distance, and somewhat more.
    assert page.evaluate(size) == pytest.approx(1.07 * 7.33 / 0.2 / 0.66, abs=0.5)
    assert page.evaluate(size.replace(".said p", ".said li")) == page.evaluate(size)
    page = opened(visit(PHONE).page, f"{server.url}/?page=people")
    assert page.evaluate(size) == pytest.approx(21, abs=0.5)
