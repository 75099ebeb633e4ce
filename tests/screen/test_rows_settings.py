"""The rows of the conformance report about what is set, said and shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kiosk.speech.clips import key_of
from kiosk.speech.engine import Voice
from kiosk.speech.process import Pyttsx3Engine
from kiosk.speech.pronounce import spoken_text
from tests.screen.conftest import choose_setting
from tests.tools.cases import mostly_drill
from tests.tools.person import (
    Keypad,
    heard,
    listen_in,
    opened,
    press,
    until_asked,
    wait_prepared,
    wait_quiet,
)
from tests.tools.server import KioskServer, StartKiosk
from tests.tools.sites import HOME, KIOSK_TOML, tiny_site
from tests.tools.visit import KIOSK, OpenVisit
from tests.tools.waiting import wait_until

FAST = 16.0
OTHERS = {"Volume": 1, "Colours": 2, "Bigger words": 2, "Pictures": 2}
NORMAL = 130  # words a minute: what kiosk.toml says when it says nothing

STATE = """() => {
  const root = document.getElementById("kiosk");
  return [document.getElementById("voice").volume, document.documentElement.dataset.colours,
    root.dataset.bigger, root.dataset.pictures];
}"""


def hear(page: Page, said: str) -> None:
    wait_until(lambda: said in heard(page), 10, f'"{said}"')


def press_all_the_same(page: Page, name: str) -> None:
    """Press a button that says that it cannot be used here."""
    button = page.get_by_role("button", name=name, exact=True)
    expect(button).to_have_attribute("aria-disabled", "true")
    button.click(force=True)


@pytest.mark.row("K10")
def test_volume_and_every_other_setting_are_normal_for_the_next_person(
    visit: OpenVisit, tiny_kiosk: KioskServer
) -> None:
    page = visit(KIOSK).page
    page.clock.install()
    listen_in(page, FAST)
    opened(page, f"{tiny_kiosk.url}/?page=people")
    wait_prepared(page)
    before = page.evaluate(STATE)

    def change_all() -> None:
        for name, step in (*OTHERS.items(), ("Speed", 1)):
            choose_setting(page, name, step)
        after = page.evaluate(STATE)
        assert all(old != new for old, new in zip(before, after, strict=True))

    def is_normal() -> None:
        assert page.evaluate(STATE) == before
        page.evaluate("window.heard = []")
        Keypad(page).press("volume")
        hear(page, "Volume 5 of 5.")  # the step after the one that a visit begins with
        press(page, "Settings")
        expect(page.get_by_role("radio", name="Speed, step 2 of 3, Normal")).to_be_checked()
        press(page, "Done")

    change_all()
    press(page, "Finish")
    expect(page.get_by_role("heading", level=1)).to_have_text("What would you like to know?")
    is_normal()
    change_all()
    press(page, "Home")
    wait_quiet(page)
    until_asked(page, 185_000)
    page.clock.fast_forward(65_000)  # nobody is there
    expect(page.locator("#kiosk-still")).to_have_count(0)
    assert page.evaluate(STATE) == before


POLISH = HOME.replace("What would you like to know?", "Co chcesz wiedzieć?").split("choices:")[0]
POLISH += "choices:\n  - {title: Powiedz nam, symbol: house, colour: blue, survey: think}\n"
POLISH += "---\n:waving hand: Dzień dobry. Mogę ci czytać.\n"


@pytest.mark.row("K13")
def test_the_voice_is_of_the_language_of_the_words(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    setting = KIOSK_TOML.replace('["en"]', '["en", "pl"]')
    site = tiny_site(tmp_path, {"kiosk.toml": setting, "content/pl/home.md": POLISH})
    server = kiosk_server(site)
    engine = Pyttsx3Engine(30)
    voices = {"en": "gmw/en", "pl": "zlw/pl"}  # as eSpeak NG calls them
    titles = {"en": "What would you like to know?", "pl": "Co chcesz wiedzieć?"}
    for language, title in titles.items():
        page = opened(visit().page, f"{server.url}/?page=home&lang={language}")
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        said = page.evaluate(
            "(of) => fetch(`/narration/${of.join('/')}/normal`).then((reply) => reply.json())",
            [language, "home"],
        )
        shown = page.evaluate(
            "[...document.querySelectorAll('#page [data-say]')]"
            ".map((one) => [+one.dataset.say, one.closest('[lang]').lang])"
        )
        assert len(shown) >= 4
        assert (0, language) == tuple(shown[0])
        for number, of in shown:
            # The voice's name is a part of the name of its clip.
            text = said[number]["text"]
            spoken = spoken_text(text, of, {}).text
            voice = Voice(of, voices[of], NORMAL)
            key = key_of(engine.name, engine.version, voice, text, spoken)
            assert said[number]["file"] == f"clips/{key}.wav"


@pytest.mark.row("K13")
def test_a_language_without_a_voice_is_told_and_never_read_by_another(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    setting = KIOSK_TOML.replace('["en"]', '["en", "xx"]')
    site = tiny_site(tmp_path, {"kiosk.toml": setting, "content/xx/home.md": POLISH})
    server = kiosk_server(site)
    page = visit().page
    listen_in(page, FAST)
    opened(page, f"{server.url}/?page=home&lang=xx")
    press(page, "Listen")
    expect(page.locator("#message")).to_contain_text("I have no voice for this language.")
    wait_until(lambda: heard(page), 10, "the words around it, which are English")
    wait_quiet(page)
    assert set(heard(page)) == {"Hello"}


@pytest.mark.row("K14")
def test_every_mistake_is_told_aloud_and_in_words_with_its_mend(
    visit: OpenVisit, tiny_kiosk: KioskServer
) -> None:
    page = visit().page
    listen_in(page, FAST)
    opened(page, f"{tiny_kiosk.url}/?page=plan")
    wait_prepared(page)
    message = page.locator("#message")

    def told(*mends: str) -> None:
        expect(message).to_be_visible()
        expect(message).to_have_role("status")
        words = message.inner_text()
        hear(page, words)
        for mend in mends:
            assert mend in words, words
            # What it names is there to be pressed.
            expect(page.get_by_role("button", name=mend, exact=True)).to_be_visible()

    press_all_the_same(page, "Next")
    told("Home")
    page.goto(f"{tiny_kiosk.url}/?page=think")
    page.wait_for_selector("#kiosk[data-ready]")
    press(page, "Next question")
    told("Skip")
    press(page, "Skip")
    press(page, "Send")
    told("Skip")
    press(page, "Read my words")
    told()


@pytest.mark.row("K14")
def test_an_answer_that_cannot_be_saved_now_is_told_aloud(
    visit: OpenVisit, tiny_kiosk: KioskServer
) -> None:
    page = visit().page
    listen_in(page, FAST)
    opened(page, f"{tiny_kiosk.url}/?page=think")
    wait_prepared(page)
    page.route("**/api/feedback", lambda route: route.abort())
    press(page, "Happy")
    press(page, "Next question")
    press(page, "Skip")
    expect(page.locator(".result")).to_have_text(
        "Your answer is not saved yet. I will keep trying."
    )
    hear(page, "Your answer is not saved yet. I will keep trying.")


# What can be read on the screen at the moment when something is said.
EYES = """() => document.addEventListener("kiosk:spoken", (event) => {
  window.seen ??= [];
  const seen = document.getElementById("kiosk").innerText;
  const chosen = document.querySelector('[aria-pressed="true"]:not([hidden])');
  window.seen.push([event.detail, seen, Boolean(chosen)]);
})"""


def tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def press_and_hear(page: Page, name: str, how: Callable[[Page, str], None] = press) -> None:
    """Press a button, and hear all that is said then."""
    before = len(heard(page))
    how(page, name)
    wait_until(lambda: len(heard(page)) > before, 10, f"what {name} says")
    wait_quiet(page)


def read_a_page(page: Page) -> None:
    for name in ("Listen", "co-production"):
        press_and_hear(page, name)
    press(page, "Done")
    wait_quiet(page)


def change_the_volume(page: Page) -> None:
    keypad = Keypad(page)
    for _ in range(5):
        press_and_hear(page, "volume", lambda _, name: keypad.press(name))


def answer(page: Page) -> None:
    press(page, "Next")
    press_and_hear(page, "Next", press_all_the_same)  # this was the last page
    page.get_by_role("link", name="Tell us what you think").click()
    press_and_hear(page, "Next question")
    press_and_hear(page, "Happy")
    press(page, "Next question")
    press_and_hear(page, "Send")
    press_and_hear(page, "Read my words")
    press(page, "Skip")
    hear(page, "Your answer is saved.")
    wait_quiet(page)
    until_asked(page, 185_000)


@pytest.mark.row("K20")
@pytest.mark.parametrize(
    ("do", "least"),
    mostly_drill([(read_a_page, 8), (change_the_volume, 5), (answer, 10)], (change_the_volume, 5)),
)
def test_all_that_is_heard_can_be_read_at_that_moment(
    visit: OpenVisit, tiny_kiosk: KioskServer, do: Callable[[Page], None], least: int
) -> None:
    page = visit(KIOSK).page
    page.clock.install()
    listen_in(page, FAST)
    page.add_init_script(f"({EYES})()")
    opened(page, f"{tiny_kiosk.url}/?page=people")
    wait_prepared(page)
    do(page)
    moments = page.evaluate("window.seen")
    assert len(moments) >= least
    for said, seen, chosen in moments:
        if said == "You have chosen":
            assert chosen  # a ring, another colour and a tick
        elif said != "":
            assert " ".join(tokens(said)) in " ".join(tokens(seen)), said
