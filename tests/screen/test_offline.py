"""The server is gone while the screen is open: the visit goes on, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.screen.conftest import choose_setting
from tests.tools.own_store import wait_sent
from tests.tools.person import (
    heading,
    heard,
    listen_in,
    opened,
    opened_by_streamlit,
    press,
    wait_prepared,
)
from tests.tools.server import KioskServer, StartKiosk
from tests.tools.sites import HOME, KIOSK_TOML, PEOPLE, tiny_site
from tests.tools.visit import OpenVisit
from tests.tools.waiting import wait_until

HASTY = f"{KIOSK_TOML}\n[visit]\nattract_seconds = 5\n"
TWO = HASTY.replace('["en"]', '["en", "pl"]')
POLISH: dict[str, str | None] = {
    "kiosk.toml": TWO,
    "content/pl/home.md": HOME.replace("About us", "O nas"),
    "content/pl/about/people.md": PEOPLE.replace("The people here", "Ludzie tutaj").replace(
        ":bus:", ":train:"
    ),
}
# What all pages of both languages show, and what tells in each that there is no sound.
SHOWN = """async () => {
  const get = async (address) => (await fetch(address)).json();
  const told = [await get("/pages/en"), await get("/pages/pl")];
  const pictures = told.map(({html}) => JSON.stringify(html).match(/files\\/[^"&\\\\]+/g)).flat();
  const silent = await Promise.all(told.map(async ({language, spoken}) =>
    (await get(`/narration/${language}/interface/normal`))[spoken.indexOf("no_voice")].file));
  return [...pictures, ...silent];
}"""
EMPTY = """() => [...document.images].filter((one) => one.checkVisibility())
  .map(({complete, naturalWidth}) => complete && naturalWidth > 0)"""
LISTED = """async () => {
  const of = async (name) => (await (await fetch(`/narration/en/${name}/normal`)).json());
  const names = Object.keys((await (await fetch("/pages/en")).json()).pages);
  const all = await Promise.all(["interface", ...names].map(of));
  return all.flat().map((clip) => clip.file);
}"""


@pytest.fixture
def server(kiosk_server: StartKiosk, tmp_path: Path) -> KioskServer:
    return kiosk_server(tiny_site(tmp_path, {"kiosk.toml": HASTY}))


def left_alone(page: Page, server: KioskServer, listed: str) -> None:
    """Leave a screen alone until it has fetched all that is listed."""
    fetched: set[str] = set()
    page.on("requestfinished", lambda one: fetched.add(one.url.removeprefix(f"{server.url}/")))
    page.reload()
    page.wait_for_selector("#kiosk[data-ready]")
    wait_prepared(page)
    wanted = set(page.evaluate(listed))
    expect(page.locator("#kiosk-begin")).to_be_visible(timeout=20_000)

    def is_all_there() -> bool:
        page.title()  # the browser's events arrive with any answer of the browser
        return wanted <= fetched

    wait_until(is_all_there, 30, "all that is listed")


def is_gone(server: KioskServer) -> None:
    server.kill9()
    wait_until(lambda: server.left_behind() == [], 15, "the end of the worker")


@pytest.fixture
def page(visit: OpenVisit, server: KioskServer) -> Page:
    page = visit().page
    listen_in(page, 8)
    opened_by_streamlit(page, server.url)
    left_alone(page, server, LISTED)
    return page


def hears_the_page(page: Page) -> None:
    before = len(heard(page))
    press(page, "Listen")
    wait_until(lambda: len(heard(page)) > before + 1, 20, "the voice")


def test_pages_turn_and_speak_at_any_speed_and_answers_wait_while_the_server_is_gone(
    page: Page, server: KioskServer, tmp_path: Path
) -> None:
    is_gone(server)
    page.locator("#kiosk-begin button").click()
    for _ in range(2):
        page.get_by_role("link", name="About us").click()
        heading(page, "The people here")
        hears_the_page(page)
        press(page, "Home")
        heading(page, "What would you like to know?")
        hears_the_page(page)
    # Streamlit has noticed it too: its message must neither be seen nor lock the screen.
    page.wait_for_selector(".stDialog", state="attached")
    expect(page.locator(".stDialog")).to_be_hidden()
    for face in ("Happy", "Very sad"):
        page.get_by_role("link", name="Tell us what you think").click()
        press(page, face)
        press(page, "Next question")
        press(page, "Skip")
        expect(page.locator(".result")).to_have_text(
            "Your answer is not saved yet. I will keep trying."
        )
        press(page, "Home")
    expect(page.locator("#message")).to_be_hidden()
    choose_setting(page, "Speed", 1)  # of which there are no sounds: those of another are taken
    hears_the_page(page)
    server.restart()
    kept = tmp_path / "data" / "feedback"
    wait_until(lambda: len(list(kept.rglob("*.yaml"))) == 2, 20, "both answers")
    wait_sent(page)
    texts = [file.read_text(encoding="utf-8") for file in sorted(kept.rglob("*.yaml"))]
    assert ["feel: happy" in texts[0], "feel: very-sad" in texts[1]] == [True, True]


def test_a_sound_that_is_not_there_is_told_in_words(
    visit: OpenVisit, kiosk_server: StartKiosk
) -> None:
    server = kiosk_server()
    page = visit().page
    with page.expect_response("**/narration/en/people/normal"):  # the screen knows what to say
        opened(page, f"{server.url}/?page=people")
    server.kill9()
    press(page, "Listen")
    expect(page.locator("#message")).to_contain_text("I cannot read this aloud just now.")


@pytest.mark.drill
def test_all_languages_show_their_pictures_and_say_what_cannot_be_heard_without_a_server(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    server = kiosk_server(tiny_site(tmp_path, POLISH))
    page = visit().page
    listen_in(page, 8)
    opened(page, server.url)
    left_alone(page, server, SHOWN)
    is_gone(server)
    page.locator("#kiosk-begin button", has_text="Polski").click()
    page.get_by_role("link", name="O nas").click()
    heading(page, "Ludzie tutaj")
    page.wait_for_function("() => [...document.images].every((one) => one.complete)")
    assert len(page.evaluate(EMPTY)) >= 3
    assert all(page.evaluate(EMPTY))
    press(page, "Słuchaj")
    sentence = "Nie mogę teraz przeczytać tego na głos."
    expect(page.locator("#message")).to_contain_text(sentence)
    wait_until(lambda: any(sentence in said for said in heard(page)), 20, "the voice")


def test_a_picture_that_cannot_be_had_is_an_empty_field(
    visit: OpenVisit, kiosk_server: StartKiosk
) -> None:
    server = kiosk_server()
    page = visit().page
    with page.expect_response("**/pages/en"):
        opened(page, server.url)
    server.kill9()
    page.get_by_role("link", name="About us").click()
    heading(page, "The people here")
    bus = page.get_by_alt_text("Bus")
    expect(bus).to_have_css("opacity", "0")  # a sign of what is broken says nothing to anybody
    expect(bus).to_be_visible()
