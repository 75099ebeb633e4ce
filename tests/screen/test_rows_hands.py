"""The rows of the conformance report about hands and time: keys, fingers, and nobody is hurried."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.tools.cases import mostly_drill
from tests.tools.person import (
    Keypad,
    heard,
    listen_in,
    opened,
    press,
    thing_in_focus,
    until_asked,
    wait_prepared,
    wait_quiet,
)
from tests.tools.server import KioskServer
from tests.tools.visit import KIOSK, OpenVisit
from tests.tools.waiting import wait_until

BOUNCE_SECONDS = 0.5
FAST = 16.0


def wait_out_a_bounce(page: Page) -> None:
    """Let so much time go by that the next press is one of its own."""
    begun = page.evaluate("performance.now()")
    page.wait_for_function(f"() => performance.now() > {begun + BOUNCE_SECONDS * 1000 + 50}")


@pytest.mark.row("K23")
def test_a_held_key_counts_once(visit: OpenVisit, tiny_kiosk: KioskServer) -> None:
    page = opened(visit().page, f"{tiny_kiosk.url}/?page=people")
    page.keyboard.press("ArrowDown")
    place = thing_in_focus(page)["place"]
    wait_out_a_bounce(page)
    for _ in range(5):  # a browser repeats a key that is held
        page.keyboard.down("ArrowDown")
    page.keyboard.up("ArrowDown")
    assert thing_in_focus(page)["place"] == place + 1
    page.keyboard.down("Space")
    page.keyboard.down("Space")
    page.keyboard.up("Space")
    assert thing_in_focus(page)["place"] == place + 1


@pytest.mark.row("K23")
def test_a_second_press_within_half_a_second_counts_once_and_a_later_one_again(
    visit: OpenVisit, tiny_kiosk: KioskServer
) -> None:
    page = opened(visit().page, f"{tiny_kiosk.url}/?page=people")
    page.keyboard.press("ArrowDown")
    place = thing_in_focus(page)["place"]
    wait_out_a_bounce(page)
    page.evaluate(
        """() => {
          window.presses = [];
          addEventListener("keydown", (event) => window.presses.push(event.timeStamp), true);
        }"""
    )
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    first, second = page.evaluate("window.presses")
    assert second - first < BOUNCE_SECONDS * 1000, "The machine was too slow to shake."
    assert thing_in_focus(page)["place"] == place + 1
    wait_out_a_bounce(page)
    page.keyboard.press("ArrowDown")
    assert thing_in_focus(page)["place"] == place + 2
    page.keyboard.press("ArrowUp")  # another key is no bounce
    assert thing_in_focus(page)["place"] == place + 1


@pytest.mark.row("K23")
def test_a_shaking_hand_on_the_keypad_chooses_once(
    visit: OpenVisit, tiny_kiosk: KioskServer
) -> None:
    page = opened(visit().page, f"{tiny_kiosk.url}/?page=think")
    press(page, "Skip")
    letter = page.get_by_role("button", name="A", exact=True)
    letter.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox")).to_have_value("A")
    wait_out_a_bounce(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox")).to_have_value("Aa")


def middle(thing: Locator) -> tuple[float, float]:
    thing.scroll_into_view_if_needed()
    box = thing.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.row("K25")
def test_a_press_acts_when_it_ends_and_does_nothing_when_it_slides_off(
    visit: OpenVisit, tiny_kiosk: KioskServer
) -> None:
    page = visit(KIOSK).page
    listen_in(page, FAST)
    opened(page, tiny_kiosk.url)
    title = page.get_by_role("heading", level=1)
    link = page.get_by_role("link", name="About us")
    there = middle(link)
    wire = page.context.new_cdp_session(page)

    def finger(kind: str, *place: float) -> None:
        points = [{"x": place[0], "y": place[1]}] if place else []
        wire.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    page.mouse.move(*there)
    page.mouse.down()
    expect(title).to_have_text("What would you like to know?")
    page.mouse.move(5, 400)
    page.mouse.up()
    expect(title).to_have_text("What would you like to know?")

    finger("touchStart", *there)
    expect(title).to_have_text("What would you like to know?")
    finger("touchMove", there[0], there[1] - 300)
    finger("touchEnd")
    expect(title).to_have_text("What would you like to know?")

    finger("touchStart", *there)
    expect(title).to_have_text("What would you like to know?")
    finger("touchEnd")
    expect(title).to_have_text("The people here")

    sentence = page.get_by_text("You can come by bus.")
    page.mouse.move(*middle(sentence))
    page.mouse.down()
    assert heard(page) == []
    page.mouse.up()
    wait_until(lambda: heard(page) == ["You can come by bus."], 10, "the sentence")


@pytest.mark.row("K25")
def test_a_whole_answer_is_given_with_one_finger_and_no_gesture(
    visit: OpenVisit, tiny_kiosk: KioskServer
) -> None:
    page = opened(visit(KIOSK).page, f"{tiny_kiosk.url}/?page=think")

    def tap(name: str) -> None:
        page.touchscreen.tap(*middle(page.get_by_role("button", name=name, exact=True)))

    face = page.get_by_role("button", name="Happy", exact=True)
    page.mouse.move(*middle(face))
    page.mouse.down()
    page.mouse.move(5, 400)
    page.mouse.up()
    expect(face).to_have_attribute("aria-pressed", "false")
    for name in ("Happy", "Next question", "O", "K"):
        tap(name)
    expect(page.get_by_role("textbox")).to_have_value("Ok")
    tap("Send")
    expect(page.locator(".thanks h1")).to_be_focused()


IDLE, ANSWER = 180_000, 60_000  # ms: what kiosk.toml says when it says nothing
SLOW = 30_000  # ms that a slow machine may take for what we do between two looks


@pytest.mark.row("K26")
@pytest.mark.parametrize("turns", mostly_drill([3, 12], 3))
def test_a_question_comes_sixty_seconds_before_the_end_and_any_key_extends_it_often(
    visit: OpenVisit, tiny_kiosk: KioskServer, turns: int
) -> None:
    page = visit(KIOSK).page
    page.clock.install()
    listen_in(page, FAST)
    opened(page, f"{tiny_kiosk.url}/?page=people")
    wait_prepared(page)
    question = page.get_by_role("dialog", name="Are you still there?")
    keys = ["ArrowDown", "Enter", "x", "Escape", "F13", "Tab"]
    page.keyboard.press("x")  # the clock of the visit begins now
    for turn in range(turns):
        page.clock.fast_forward(IDLE - SLOW)
        assert question.count() == 0, turn
        until_asked(page, SLOW + 5000)
        page.clock.fast_forward(ANSWER - SLOW)
        assert question.count() == 1, turn
        if turn % 3 == 2:
            page.touchscreen.tap(20, 500)
        elif keys[turn % 6] == "F13":
            Keypad(page).press("up")
        else:
            page.keyboard.press(keys[turn % 6])
        expect(question).to_have_count(0)
        expect(page.get_by_role("heading", level=1)).to_have_text("The people here")
        wait_quiet(page)
    until_asked(page, IDLE + 2000)
    page.clock.fast_forward(ANSWER + 2000)
    expect(page.get_by_role("heading", level=1)).to_have_text("What would you like to know?")


@pytest.mark.row("K26")
def test_the_question_never_comes_while_the_kiosk_speaks(
    visit: OpenVisit, tiny_kiosk: KioskServer
) -> None:
    page = visit(KIOSK).page
    page.clock.install()
    listen_in(page)
    opened(page, f"{tiny_kiosk.url}/?page=people")
    press(page, "Listen")
    wait_until(lambda: heard(page), 10, "the voice")
    page.clock.fast_forward(IDLE + 2000)
    page.wait_for_function("() => document.getElementById('voice').currentTime > 0")
    assert page.locator("#kiosk-still").count() == 0
    press(page, "Pause")
    page.clock.fast_forward(IDLE + 2000)
    expect(page.locator("#kiosk-still")).to_be_visible()
