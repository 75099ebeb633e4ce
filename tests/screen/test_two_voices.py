"""Visitors choose between two voices in Settings, where their language has two."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kiosk.screen.interface_words import interface_of
from tests.screen.conftest import choose_setting
from tests.screen.test_five_visits import rate_of
from tests.tools.axe import axe
from tests.tools.person import (
    heard,
    listen_in,
    narrated,
    opened,
    press,
    wait_prepared,
    wait_quiet,
)
from tests.tools.persons import Listener, OneSwitch, SixKeys, Toucher
from tests.tools.server import KioskServer, StartKiosk
from tests.tools.sites import HOME, KIOSK_TOML, tiny_site
from tests.tools.visit import KIOSK, PHONE, OpenVisit, Screen
from tests.tools.waiting import wait_until

FAST = 16.0
CODES = ("en", "pl", "ro", "ur")
SECOND = {"en": "gmw/en-GB-x-rp", "ro": "roa/ro+f2", "ur": "inc/ur+f2"}
SITE: dict[str, str | None] = {
    "kiosk.toml": f'{KIOSK_TOML}\n[speech.second_voices]\nen = "{SECOND["en"]}"\n'
}
LANGUAGES: dict[str, str | None] = {  # all but Polish have two voices
    "kiosk.toml": KIOSK_TOML.replace('["en"]', '["en", "pl", "ro", "ur"]')
    + "\n[switch]\nseconds = 0.5\n\n[speech.second_voices]\n"
    + "".join(f'{code} = "{name}"\n' for code, name in SECOND.items()),
    **{f"content/{code}/home.md": HOME for code in CODES[1:]},
}
TALL = Screen(1080, 1920, touch=True)


@pytest.fixture(scope="module")
def languages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KioskServer]:
    folder = tmp_path_factory.mktemp("languages")
    started = KioskServer(tiny_site(folder, LANGUAGES), folder / "data", shared="tiny")
    yield started
    started.close()


def at(visit: OpenVisit, server: KioskServer, screen: Screen = KIOSK) -> Page:
    page = visit(screen).page
    listen_in(page, FAST)
    opened(page, f"{server.url}/?page=people")
    wait_prepared(page, 300)
    return page


def by_second(server: KioskServer, page: str) -> list[dict[str, Any]]:
    return narrated(server.url, f"en/{page}/normal?voice=second")


def sounds(page: Page) -> str:
    """Return the address of what sounds, as the kiosk names it."""
    src: str = page.evaluate("document.getElementById('voice').src")
    return src[src.index("clips/") :]


def test_another_voice_in_the_middle_of_a_page_goes_on_at_the_same_sentence(
    visit: OpenVisit, server: KioskServer
) -> None:
    check_another_voice(visit, server)


@pytest.mark.drill
@pytest.mark.natural
def test_so_it_does_from_the_natural_voice_to_the_one_of_espeak(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    voices = '[speech.voices]\nen = "natural/heart"\n[speech.second_voices]\nen = "gmw/en"\n'
    limit = "[speech]\ntime_limit_seconds = 30"  # a busy computer has time
    site = tiny_site(tmp_path, {"kiosk.toml": f"{KIOSK_TOML}\n{limit}\n{voices}"})
    server = kiosk_server(site, shared="")
    wait_prepared(opened(visit().page, server.url), 300)
    said = narrated(server.url, "en/people/normal"), by_second(server, "people")
    rates = [{rate_of(f"{server.url}/{one['file']}") for one in clips} for clips in said]
    assert rates == [{24_000}, {22_050}], "The natural voice could not speak: eSpeak NG did."
    check_another_voice(visit, server)


def check_another_voice(visit: OpenVisit, server: KioskServer) -> None:
    first, second = narrated(server.url, "en/people/normal"), by_second(server, "people")
    page = visit().page
    listen_in(page)
    opened(page, f"{server.url}/?page=people")
    assert [one["text"] for one in first] == [one["text"] for one in second]
    assert all(a["file"] != b["file"] for a, b in zip(first, second, strict=True))
    press(page, "Listen")
    wait_until(lambda: len(heard(page)) >= 2, 30, "the second sentence")
    choose_setting(page, "Voice", 2)
    wait_until(lambda: len(heard(page)) >= 3, 30, "that sentence again")
    said = heard(page)
    assert said[2] == said[1]
    assert sounds(page) == next(one["file"] for one in second if one["text"] == said[2])
    expect(page.locator("#message")).to_have_text("This is voice 2.")
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    wait_until(lambda: len(heard(page)) >= 4, 30, "the next sentence")
    assert heard(page)[3] != said[2]
    press(page, "Finish")
    press(page, "Settings")
    expect(page.get_by_role("radio", name="Voice, step 1 of 2, Voice 1")).to_be_checked()


def by_sight(page: Page) -> None:
    press(page, "Settings")
    Toucher(page).choose("Voice, step 2 of 2, Voice 2")


def by_keys(page: Page) -> None:
    press(page, "Settings")
    SixKeys(page).choose("Voice 2")


def by_one_switch(page: Page) -> None:
    press(page, "Settings")
    person = OneSwitch(page)
    person.keypad.press("switch")
    wait_until(lambda: heard(page), 10, "the voice")
    person.choose("Voice 2")


def by_ears(page: Page) -> None:
    person = Listener(page)
    person.press("speech")
    press(page, "Settings")
    wait_quiet(page)
    person.choose("Voice, step 2 of 2, Voice 2")


@pytest.mark.drill
@pytest.mark.parametrize("choose", [by_sight, by_keys, by_one_switch, by_ears])
def test_everybody_can_choose_it_and_hears_it_at_once(
    visit: OpenVisit, languages: KioskServer, choose: Callable[[Page], None]
) -> None:
    server = languages
    page = at(visit, server, TALL)
    choose(page)
    wait_until(lambda: "This is voice 2." in heard(page), 20, "the voice")
    words = {one["text"]: one["file"] for one in by_second(server, "interface")}
    assert sounds(page) == words["This is voice 2."]
    expect(page.get_by_role("radio", name="Voice, step 2 of 2, Voice 2")).to_be_checked()


@pytest.mark.drill
def test_a_language_with_one_voice_shows_no_choice_and_speaks(
    visit: OpenVisit, languages: KioskServer
) -> None:
    page = at(visit, languages)
    choose_setting(page, "Voice", 2)
    wait_quiet(page)
    for code, count in (("pl", 0), ("ro", 2)):
        page.locator("[data-action=language]").click()
        page.locator(f"[data-language={code}]").click()
        words = interface_of(code).words
        expect(page.locator("[data-action=settings]")).to_have_text(words["settings"])
        page.locator("[data-action=settings]").click()
        expect(page.locator("[data-setting=voice]")).to_have_count(count)
        expect(page.locator("[data-setting=speed]")).to_have_count(3)
        page.locator("[data-action=done]").click()
        wait_quiet(page)


@pytest.mark.drill
def test_what_a_visitor_wrote_is_said_by_the_voice_that_they_chose(server: KioskServer) -> None:
    def said(**more: str) -> bytes:
        asked = {"text": "Hello you.", "language": "en", "speed": "normal", **more}
        request = urllib.request.Request(
            f"{server.url}/api/speak",
            json.dumps(asked).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return bytes(answer.read())

    assert abs(len(said()) - len(said(voice="first"))) < 2_000
    assert said(voice="second") != said()


@pytest.mark.drill
@pytest.mark.usefixtures("urdu_letters")
@pytest.mark.parametrize("screen", [TALL, KIOSK, PHONE], ids=lambda one: one.width)
@pytest.mark.parametrize("code", ["en", "ro", "ur"])
def test_it_is_named_in_each_language_and_fits(
    visit: OpenVisit, languages: KioskServer, screen: Screen, code: str
) -> None:
    page = opened(visit(screen).page, f"{languages.url}/?page=home&lang={code}")
    words = interface_of(code).words
    press(page, words["settings"])
    group = page.get_by_role("radiogroup", name=words["voice"], exact=True)
    steps = group.get_by_role("radio")
    expect(steps).to_have_count(2)
    for step, name in zip(steps.all(), ("first", "second"), strict=True):
        expect(step).to_have_text(words[f"step_voice_{name}"])
        box, words_box = step.bounding_box(), step.locator("[data-shows]").bounding_box()
        assert box is not None
        assert words_box is not None
        assert box["x"] <= words_box["x"]
        assert words_box["x"] + words_box["width"] <= box["x"] + box["width"]
    assert axe(page) == []
