"""More than one language: what is borrowed, which voice reads it, and how one is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page, expect

from kiosk.screen.interface_words import interface_of
from kiosk.screen.languages import direction, language_name, own_name
from kiosk.speech.clips import key_of
from kiosk.speech.engine import DEFAULT_VOICES, Voice
from kiosk.speech.process import Pyttsx3Engine
from kiosk.speech.pronounce import spoken_text
from tests.screen.conftest import choose_setting
from tests.tools.axe import axe
from tests.tools.cases import mostly_drill
from tests.tools.person import (
    heading,
    heard,
    listen_in,
    opened,
    press,
    wait_prepared,
    wait_quiet,
)
from tests.tools.persons import Listener, OneSwitch, Person, SixKeys, Toucher
from tests.tools.server import KioskServer, StartKiosk
from tests.tools.sites import HOME, KIOSK_TOML, PLAN, THINK, tiny_site
from tests.tools.visit import KIOSK, LAPTOP, PHONE, OpenVisit, Screen
from tests.tools.waiting import wait_until

TALL = Screen(1080, 1920, touch=True)
NORMAL = 130  # words a minute
ENGLISH_TITLE = "What would you like to know?"
POLISH_TITLE = "Co chcesz wiedzieć?"
URDU_TITLE = "آپ کیا جاننا چاہتے ہیں؟"


def languages(*codes: str) -> str:
    listed = ", ".join(f'"{code}"' for code in codes)
    return KIOSK_TOML.replace('["en"]', f"[{listed}]")


FILES: dict[str, str | None] = {
    "kiosk.toml": languages("en", "pl", "ur")
    + "\n[switch]\nseconds = 0.5\n"
    + '[site.translated.pl]\ntitle = "Małe miejsce"\ntagline = "Łatwe."\n',
    "content/pl/home.md": HOME.replace(ENGLISH_TITLE, POLISH_TITLE).replace("Welcome.", "Witamy."),
    "content/pl/about/plan.md": PLAN.replace(
        "review_by: 2027-11-01",
        "review_by: 2027-11-01\ntranslation_checked_by: Two Polish speakers, 1 May 2026",
    ),
    "content/pl/surveys/think.yaml": THINK.replace("How do you feel", "Co myślisz"),
    "content/ur/home.md": HOME.replace(ENGLISH_TITLE, URDU_TITLE),
    "content/ur/about/plan.md": PLAN.replace("Your plan", "آپ کا منصوبہ").replace(
        "An EHCP is a plan for your support.",
        "یہ آپ کی مدد کا منصوبہ ہے۔",  # noqa: RUF001
    ),
    "content/ur/surveys/think.yaml": THINK.replace("How do you feel", "آپ کیسا"),
    "content/surveys/english.yaml": THINK,  # in no other language
}


@pytest.fixture(scope="module")
def kiosk(folder: Path) -> Iterator[KioskServer]:
    """A kiosk in three languages, for tests that change nothing in it."""
    server = KioskServer(tiny_site(folder, FILES), folder / "data", shared="tiny")
    yield server
    server.close()


def kept(folder: Path, survey: str) -> dict[str, Any]:
    """Return the one answer to a survey."""
    files = [path.read_text(encoding="utf-8") for path in folder.rglob("data/feedback/**/*.yaml")]
    (answer,) = [one for one in map(yaml.safe_load, files) if one["survey"] == survey]
    return dict(answer)


def said(code: str, key: str) -> str:
    """Return a word of the screen in a language of the site."""
    interface = interface_of(code)
    names = {"own": language_name(code, interface.language), "language": ""}
    if "{language}" in interface.words[key]:
        names["language"] = language_name("en", interface.language)
    return interface.said(key, **names).text


def is_in(page: Page, code: str) -> None:
    """Wait until the whole screen is in a language."""
    around = interface_of(code).language
    expect(page.locator("html")).to_have_attribute("lang", around)
    expect(page.locator("html")).to_have_attribute("dir", direction(around))
    expect(page.locator(".bar [data-action=home]")).to_have_text(said(code, "home"))
    expect(page.locator(".bar")).to_have_attribute("aria-label", said(code, "bar"))


def choose(person: Person, page: Page, code: str, name: str) -> None:
    person.choose(" ".join(page.locator("[data-action=language]").inner_text().split()))
    person.choose(name)
    is_in(page, code)


@pytest.mark.row("K13")
@pytest.mark.drill
@pytest.mark.parametrize("code", ["en", "pl", "ur"])
def test_each_text_is_read_by_the_voice_of_its_language(
    visit: OpenVisit, kiosk: KioskServer, code: str
) -> None:
    engine = Pyttsx3Engine(30)
    page = visit().page
    for name in ("home", "people", "plan", "think"):
        opened(page, f"{kiosk.url}/?page={name}&lang={code}")
        clips = page.evaluate(
            "(of) => fetch(`/narration/${of.join('/')}/normal`).then((reply) => reply.json())",
            [code, name],
        )
        shown = page.evaluate(
            """[...document.querySelectorAll("#page [data-say]")].map((one) => {
              const part = one.closest("[lang]");
              return [+one.dataset.say, part.lang, part.dir];
            })"""
        )
        assert len(shown) >= 4
        for number, of, way in shown:
            assert way == direction(of)
            text = clips[number]["text"]
            spoken = spoken_text(text, of, {"EHCP": "E H C P"} if of == "en" else {}).text
            voice = Voice(of, DEFAULT_VOICES[of], NORMAL)
            key = key_of(engine.name, engine.version, voice, text, spoken)
            assert clips[number]["file"] == f"clips/{key}.wav", text
        own = {of for number, of, way in shown if of == code}
        assert own


def test_a_page_that_is_not_translated_is_borrowed_and_says_so(
    visit: OpenVisit, kiosk: KioskServer
) -> None:
    page = opened(visit().page, f"{kiosk.url}/?page=people&lang=ur")
    notice = page.locator(".note.borrowed")
    expect(notice).to_have_text(said("ur", "not_translated"))
    expect(page.get_by_role("heading", level=1)).to_have_text("The people here")
    # Its own parts are English, from left to right: the picture is on the left.
    idea = page.locator(".idea").first
    picture, words = idea.locator(".field").bounding_box(), idea.locator(".said").bounding_box()
    assert picture is not None
    assert words is not None
    assert picture["x"] < words["x"]
    # The hard word is explained in English, and closed in the language around it.
    press(page, "co-production")
    meaning = page.get_by_role("complementary")
    expect(meaning).to_contain_text("Families and staff plan and make things together.")
    expect(meaning.get_by_role("button")).to_have_text(said("ur", "close"))
    # The page after it is in Urdu.
    own = page.locator("a.choice")
    assert own.evaluate("(one) => one.closest('[lang]').lang") == "ur"
    own.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("آپ کا منصوبہ")
    expect(page.locator(".note.borrowed")).to_have_count(0)
    expect(page.locator(".note.draft")).to_have_text(said("ur", "draft_translation"))
    picture, words = idea.locator(".field").bounding_box(), idea.locator(".said").bounding_box()
    assert picture is not None
    assert words is not None
    assert picture["x"] > words["x"]


@pytest.mark.drill
def test_questions_that_are_not_translated_are_borrowed_too(
    visit: OpenVisit, kiosk: KioskServer, folder: Path
) -> None:
    page = opened(visit(TALL).page, f"{kiosk.url}/?page=english&lang=ur")
    expect(page.locator(".note.borrowed")).to_have_text(said("ur", "not_translated"))
    question = page.get_by_role("heading", level=1)
    expect(question).to_have_text("How do you feel about this page?")
    assert question.evaluate("(one) => one.closest('[lang]').lang") == "en"
    assert axe(page) == []
    press(page, "Happy")
    press(page, said("ur", "next_question"))
    expect(page.locator(".letters button").first).to_have_text(said("ur", "letters")[0])
    press(page, said("ur", "skip"))
    expect(page.locator(".result")).to_have_text(said("ur", "sent"))
    assert kept(folder, "english")["language"] == "ur"


def test_the_name_of_the_site_is_that_of_the_language_that_is_chosen(
    visit: OpenVisit, kiosk: KioskServer
) -> None:
    page = opened(visit().page, f"{kiosk.url}/?page=home&lang=pl")
    name = page.locator(".top .name strong")
    person = Toucher(page)
    for code, title, written in (
        ("pl", "Małe miejsce", "pl"),
        ("ur", "A tiny place", "en"),
        ("en", "A tiny place", "en"),
    ):
        if code != "pl":
            choose(person, page, code, own_name(code))
        expect(name).to_have_text(title)
        assert name.evaluate("(one) => one.closest('[lang]').lang") == written
    words = page.evaluate("fetch('/pages/pl').then((reply) => reply.json())")["words"]
    assert words["site"] == "Małe miejsce. Łatwe."


@pytest.mark.drill
def test_a_translation_that_was_checked_is_no_draft_of_one(
    visit: OpenVisit, kiosk: KioskServer
) -> None:
    page = opened(visit().page, f"{kiosk.url}/?page=plan&lang=pl")
    expect(page.locator(".note.draft")).to_have_text(said("pl", "draft"))
    opened(page, f"{kiosk.url}/?page=think&lang=pl")
    expect(page.locator(".note.draft")).to_have_text(said("pl", "draft_translation"))
    opened(page, f"{kiosk.url}/?page=think&lang=en")
    expect(page.locator(".note.draft")).to_have_count(0)


@pytest.mark.drill
def test_a_language_is_chosen_by_touch_and_the_visit_goes_on(
    visit: OpenVisit, kiosk: KioskServer
) -> None:
    person = visit(TALL)
    page = person.page
    listen_in(page, 8)
    opened(page, f"{kiosk.url}/?page=plan")
    wait_prepared(page)
    choose_setting(page, "Colours", 2)
    choose_setting(page, "Bigger words", 2)
    page.evaluate("window.stays = true")
    choose(Toucher(page), page, "pl", "Polski")
    heading(page, "Your plan")
    assert page.title() == "Your plan"
    assert page.url.endswith("?page=plan&lang=pl")
    expect(page.locator("#message")).to_have_text(said("pl", "now_speaks"))
    wait_until(lambda: heard(page)[-1:] == [said("pl", "now_speaks")], 10, "the new voice")
    assert page.evaluate("[window.stays, document.documentElement.dataset.colours]") == [
        True,
        "night",
    ]
    assert page.locator("#kiosk").get_attribute("data-bigger") == "2"
    # The browser's Back goes through both languages.
    page.go_back()
    heading(page, "Your plan")
    is_in(page, "en")
    page.go_forward()
    heading(page, "Your plan")
    is_in(page, "pl")
    page.reload()
    page.wait_for_selector("#kiosk[data-ready]")
    is_in(page, "pl")
    # Home is in Polish too; the next person finds English.
    press(page, said("pl", "home"))
    heading(page, POLISH_TITLE)
    press(page, said("pl", "finish"))
    heading(page, ENGLISH_TITLE)
    is_in(page, "en")
    page.go_back()
    heading(page, ENGLISH_TITLE)
    is_in(page, "en")
    assert person.errors == []


@pytest.mark.row("K21")
def test_a_language_is_chosen_by_six_keys(visit: OpenVisit, kiosk: KioskServer) -> None:
    page = visit(LAPTOP).page
    opened(page, f"{kiosk.url}/?page=people")
    person = SixKeys(page)
    choose(person, page, "ur", "اردو")
    heading(page, "The people here")
    assert page.url.endswith("?page=people&lang=ur")
    choose(person, page, "en", "English")
    heading(page, "The people here")


@pytest.mark.row("K21")
@pytest.mark.drill
def test_a_language_is_chosen_by_one_switch(visit: OpenVisit, kiosk: KioskServer) -> None:
    page = visit(LAPTOP).page
    listen_in(page, 16)
    opened(page, f"{kiosk.url}/?page=people")
    person = OneSwitch(page)
    person.keypad.press("switch")
    wait_until(lambda: heard(page), 10, "the voice")
    choose(person, page, "pl", "Polski")
    wait_until(lambda: heard(page)[-1] == said("pl", "now_speaks"), 10, "the new voice")
    person.choose(said("pl", "home"))  # the frame goes on
    expect(page.get_by_role("heading", level=1)).to_have_text(POLISH_TITLE)


@pytest.mark.row("K17")
@pytest.mark.parametrize("name", mostly_drill(["languages", "home"], "languages"))
def test_a_language_is_chosen_by_ears_alone(
    visit: OpenVisit, kiosk: KioskServer, name: str
) -> None:
    page = visit(KIOSK).page
    listen_in(page, 16)
    opened(page, f"{kiosk.url}/?page={name}")
    wait_prepared(page)
    page.add_style_tag(content="html { opacity: 0 }")
    person = Listener(page)
    person.press("speech")
    if name == "home":
        person.choose("Language")
    expect(page.get_by_role("heading", name=said("en", "choose_language"))).to_be_focused()
    assert person.press("down")[0] == "Done"
    # Each name says in its own language what pressing it does.
    assert person.press("down") == ["English", said("en", "chosen"), said("en", "tell_language")]
    assert person.press("down") == ["Polski", said("pl", "tell_language")]
    before = len(heard(page))
    person.keypad.press("select")
    wait_until(lambda: len(heard(page)) > before + 1, 15, "the new language")
    wait_quiet(page)
    assert heard(page)[before : before + 2] == [said("pl", "now_speaks"), POLISH_TITLE]
    assert person.press("down")[0] == "Witamy."  # the first words of the Polish home


@pytest.mark.row("K27")
def test_the_first_language_comes_back_when_nobody_is_there(
    visit: OpenVisit, kiosk: KioskServer
) -> None:
    page = visit(KIOSK).page
    page.clock.install()
    listen_in(page, 8)
    opened(page, kiosk.url)
    choose(Toucher(page), page, "pl", "Polski")
    wait_until(lambda: said("pl", "now_speaks") in heard(page), 10, "the new voice")
    wait_quiet(page)
    page.clock.fast_forward(185_000)
    # A screen in another language is no fresh one: the question comes first.
    expect(page.locator("#kiosk-still")).to_contain_text(said("pl", "still"))
    wait_until(lambda: said("pl", "still") in heard(page), 10, "the question")
    wait_quiet(page)
    page.clock.fast_forward(65_000)
    expect(page.get_by_role("heading", level=1)).to_have_text(ENGLISH_TITLE)
    is_in(page, "en")


@pytest.mark.drill
def test_while_the_kiosk_is_away_nothing_is_lost_and_finish_is_in_the_first_language(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    server = kiosk_server(tiny_site(tmp_path, FILES))
    page = visit(KIOSK).page
    opened(page, f"{server.url}/?page=people")
    person = Toucher(page)
    choose(person, page, "pl", "Polski")
    wait_quiet(page)  # a message that comes meanwhile would move what is touched next
    server.stop()
    person.choose(f"{said('pl', 'language')}, Polski")
    person.choose("اردو")
    expect(page.locator("#message")).to_have_text(said("pl", "no_change"))
    is_in(page, "pl")
    expect(page.get_by_role("dialog", name=said("pl", "choose_language"))).to_be_visible()
    person.choose(said("pl", "back"))
    expect(page.get_by_role("heading", level=1)).to_have_text("The people here")
    is_in(page, "pl")
    person.choose(said("pl", "finish"))
    heading(page, ENGLISH_TITLE)
    is_in(page, "en")


@pytest.mark.drill
def test_a_screen_that_had_time_has_all_languages_without_its_kiosk(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    server = kiosk_server(tiny_site(tmp_path, FILES))
    page = visit(TALL).page
    page.clock.install()
    opened(page, server.url)
    with page.expect_response("**/pages/ur"):  # the last of them
        page.clock.fast_forward(65_000)
    begin = page.locator("#kiosk-begin")
    expect(begin).to_be_visible()
    server.stop()
    begin.get_by_role("button", name="Polski", exact=True).click()
    heading(page, POLISH_TITLE)
    is_in(page, "pl")
    press(page, said("pl", "finish"))
    heading(page, ENGLISH_TITLE)


def test_answers_stay_when_somebody_changes_the_language_between_questions(
    visit: OpenVisit, kiosk: KioskServer, folder: Path
) -> None:
    page = opened(visit(KIOSK).page, f"{kiosk.url}/?page=think")
    person = Toucher(page)
    person.choose("Happy")
    person.choose("Next question")
    expect(page.get_by_role("heading", level=1)).to_have_text("Do you want to tell us more?")
    for letter in "OK":
        person.choose(letter)
    choose(person, page, "pl", "Polski")
    expect(page.get_by_role("heading", level=1)).to_have_text("Do you want to tell us more?")
    expect(page.locator("textarea")).to_have_value("Ok")
    person.choose(said("pl", "back"))
    expect(page.locator("[data-choice=happy]")).to_have_attribute("aria-pressed", "true")
    person.choose(said("pl", "next_question"))
    person.choose(said("pl", "send"))
    expect(page.locator(".result")).to_have_text(said("pl", "sent"))
    answer = kept(folder, "think")
    assert (answer["answers"], answer["language"]) == ({"feel": "happy", "words": "Ok"}, "pl")


# Todhri letters: in Unicode since 2024, and in no typeface of an ordinary computer.
TODHRI = "\U000105c0\U000105c2\U000105c3 \U000105d2\U000105c9"


@pytest.mark.usefixtures("urdu_letters")
def test_a_language_whose_letters_cannot_be_drawn_is_not_offered(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    files = FILES | {
        "kiosk.toml": languages("en", "ur", "sq"),
        "content/sq/home.md": HOME.replace(ENGLISH_TITLE, TODHRI),
    }
    server = kiosk_server(tiny_site(tmp_path, files))
    page = opened(visit().page, server.url)
    press(page, "Language, English")
    expect(page.locator(".tongues .step")).to_have_text(["English", "اردو"])
    # It is the only other one: then there is nothing to choose, also by its address.
    (tmp_path / "site" / "content" / "ur" / "home.md").unlink()
    (tmp_path / "site" / "kiosk.toml").write_text(languages("en", "sq"), encoding="utf-8")
    server.restart()
    opened(page, f"{server.url}/?lang=sq")
    expect(page.get_by_role("heading", level=1)).to_have_text(ENGLISH_TITLE)
    expect(page.get_by_role("button", name="Language")).to_have_count(0)


@pytest.mark.drill
def test_all_of_many_languages_can_be_chosen(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    codes = ["en", "pl", "ro", "cs", "de", "fr"]
    files = {f"content/{code}/home.md": HOME for code in codes}
    server = kiosk_server(tiny_site(tmp_path, files | {"kiosk.toml": languages(*codes)}))
    page = opened(visit().page, server.url)
    press(page, "Language, English")
    names = page.locator(".tongues .step")
    expect(names).to_have_text(["English", "Polski", "Română", "Čeština", "Deutsch", "Français"])
    names.last.click()
    is_in(page, "fr")


@pytest.mark.drill
def test_a_language_can_be_chosen_on_the_picture_that_invites(
    visit: OpenVisit, kiosk: KioskServer
) -> None:
    page = visit(TALL).page
    page.clock.install()
    opened(page, kiosk.url)
    page.clock.fast_forward(65_000)
    begin = page.locator("#kiosk-begin")
    expect(begin).to_be_visible()
    assert axe(page) == []
    begin.get_by_role("button", name="Polski", exact=True).click()
    heading(page, POLISH_TITLE)
    is_in(page, "pl")


def test_a_new_language_is_offered_on_an_open_screen(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    home = FILES["content/pl/home.md"]
    assert home is not None
    files = {"kiosk.toml": languages("en", "pl")}
    server = kiosk_server(tiny_site(tmp_path, files))
    page = opened(visit().page, server.url)
    expect(page.get_by_role("button", name="Language")).to_have_count(0)
    file = tmp_path / "site" / "content" / "pl" / "home.md"
    file.parent.mkdir()
    file.write_text(home, encoding="utf-8")
    expect(page.get_by_role("button", name="Language")).to_be_visible(timeout=20_000)
    choose(Toucher(page), page, "pl", "Polski")


@pytest.mark.parametrize(
    "screen", mostly_drill([KIOSK, TALL, PHONE], PHONE), ids=["wide", "tall", "phone"]
)
@pytest.mark.parametrize(
    "address",
    mostly_drill(
        ["languages&lang=en", "people&lang=ur", "plan&lang=ur", "languages&lang=ur"],
        "people&lang=ur",
    ),
)
def test_no_accessibility_rule_is_broken_in_any_language(
    visit: OpenVisit, kiosk: KioskServer, screen: Screen, address: str
) -> None:
    page = opened(visit(screen).page, f"{kiosk.url}/?page={address}")
    assert axe(page) == []
    assert page.evaluate("document.querySelector('#kiosk main').scrollWidth <= innerWidth")
