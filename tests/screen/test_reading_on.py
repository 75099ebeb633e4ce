"""The place of a listener: a setting, a pause or one sentence by itself never loses it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.screen.conftest import choose_setting
from tests.tools.cases import mostly_drill
from tests.tools.person import Keypad, heard, listen_in, opened, press, wait_prepared, wait_quiet
from tests.tools.server import KioskServer
from tests.tools.visit import OpenVisit
from tests.tools.waiting import wait_until

FAST = 16.0
# A step of each that a visit does not begin with.
OTHERS = {"Bigger words": 2, "Colours": 2, "Pictures": 2, "Volume": 1, "Speed": 1}


@pytest.fixture
def page(visit: OpenVisit, tiny_kiosk: KioskServer) -> Page:
    """A page with several sentences, all of them on disk."""
    page = visit().page
    listen_in(page)
    opened(page, f"{tiny_kiosk.url}/?page=people")
    wait_prepared(page)
    return page


def reads(page: Page, number: int) -> str:
    """Wait until so many sentences were begun; return the last one."""
    wait_until(lambda: len(heard(page)) >= number, 30, "the voice")
    return heard(page)[number - 1]


def sentences(page: Page) -> list[str]:
    """Return all that Listen reads, in order: not the title, which stands above the rows."""
    seen = page.locator("#page .rows [data-say]:visible").all()
    return [" ".join(one.inner_text().split()) for one in seen]


@pytest.mark.parametrize("name", mostly_drill(OTHERS, "Speed"))
def test_a_setting_that_is_changed_while_a_page_is_read_does_not_end_the_reading(
    page: Page, name: str
) -> None:
    press(page, "Listen")
    second = reads(page, 2)
    choose_setting(page, name, OTHERS[name])
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    third = sentences(page)[2]
    # Another speed is heard from the start of the sentence; nothing else stops the voice.
    rest = [second, third] if name == "Speed" else [third]
    reads(page, 2 + len(rest))
    assert heard(page)[2 : 2 + len(rest)] == rest


@pytest.mark.drill
def test_in_another_speed_the_rest_of_the_page_is_another_sound(page: Page) -> None:
    press(page, "Listen")
    reads(page, 2)
    voice = "document.getElementById('voice').src"
    before = page.evaluate(voice)
    choose_setting(page, "Speed", 1)
    assert reads(page, 3) == heard(page)[1]
    assert page.evaluate(voice) != before


@pytest.mark.drill
def test_a_setting_that_is_changed_in_a_pause_keeps_the_place(page: Page) -> None:
    press(page, "Listen")
    second = reads(page, 2)
    press(page, "Pause")
    choose_setting(page, "Bigger words", 2)
    press(page, "Listen")
    assert reads(page, 3) == second


@pytest.mark.drill
def test_who_does_not_see_the_screen_hears_the_setting_and_then_the_same_sentence(
    page: Page,
) -> None:
    keypad = Keypad(page)
    keypad.press("speech")
    wait_until(lambda: heard(page), 10, "the voice")
    press(page, "Listen")
    wait_until(lambda: sentences(page)[1] in heard(page), 30, "the second sentence")
    keypad.press("volume")
    wait_until(lambda: "Volume 5 of 5." in heard(page), 10, "the volume")
    place = heard(page).index("Volume 5 of 5.")
    assert reads(page, place + 2) == sentences(page)[1]
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()


def test_listen_goes_on_from_a_sentence_that_was_pressed(page: Page) -> None:
    pressed = "You can come by bus."
    place = sentences(page).index(pressed)
    page.get_by_text(pressed, exact=True).click()
    assert reads(page, 1) == pressed
    press(page, "Listen")
    assert [reads(page, number) for number in (2, 3)] == sentences(page)[place : place + 2]


@pytest.mark.drill
def test_a_row_is_read_wherever_it_is_pressed_and_no_more_than_it(page: Page) -> None:
    page.get_by_role("img", name="Bus").click()
    row = ["You can come by bus.", "Bus 1", "Bus 2"]
    assert reads(page, 3) == row[-1]
    wait_quiet(page)
    assert heard(page) == row


@pytest.mark.drill
def test_a_hard_word_that_is_explained_does_not_move_the_place(page: Page) -> None:
    press(page, "Listen")
    second = reads(page, 2)
    press(page, "co-production")
    explained = len(heard(page)) + 1
    assert reads(page, explained) != second
    press(page, "Done")
    press(page, "Listen")
    wait_until(lambda: second in heard(page)[explained:], 10, "the same sentence")


@pytest.mark.drill
def test_when_all_is_read_or_another_page_is_open_listen_begins_at_the_top(
    visit: OpenVisit, tiny_kiosk: KioskServer
) -> None:
    page = visit().page
    listen_in(page, FAST)
    opened(page, f"{tiny_kiosk.url}/?page=people")
    wait_prepared(page)
    whole = sentences(page)
    press(page, "Listen")
    assert reads(page, len(whole)) == whole[-1]
    listen = page.get_by_role("button", name="Listen", exact=True)
    expect(listen).to_be_visible(timeout=30_000)
    listen.click()  # there is a next page in this part: that is offered first
    offer = "You have heard this page. Press Next for the next page."
    assert reads(page, len(whole) + 1).startswith(offer)
    wait_quiet(page)
    listen.click()
    assert reads(page, len(whole) + 2) == whole[0]
    press(page, "Home")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    before = len(heard(page))
    press(page, "Listen")
    assert reads(page, before + 1) == sentences(page)[0]
