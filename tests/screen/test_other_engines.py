"""What two engines of accessibility rules that are not axe say of each kind of screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.tools.engines import broken_rules
from tests.tools.person import opened_by_streamlit, press, wait_quiet
from tests.tools.server import KioskServer
from tests.tools.visit import KIOSK, PHONE, OpenVisit, Screen

TALL = Screen(1080, 1920, touch=True)
KINDS = {"faces-5", "faces-3", "yes-no", "pictures", "scale", "words", "voice"}
SURVEYS = ("think", "kiosk", "what-matters")  # together they have every kind
IDLE, ANSWER, ATTRACT = 181_000, 61_000, 61_000  # ms: more than [visit] of the site


def test_a_page_and_a_question_break_no_rule(visit: OpenVisit, tiny_kiosk: KioskServer) -> None:
    page = opened_by_streamlit(visit(KIOSK).page, f"{tiny_kiosk.url}/?page=people")
    press(page, "co-production")
    assert broken_rules(page) == []
    page.get_by_role("link", name="Tell us what you think").click()
    press(page, "Sad")
    assert broken_rules(page) == []


def test_a_broken_rule_would_be_found(visit: OpenVisit, tiny_kiosk: KioskServer) -> None:
    page = visit(KIOSK).go(f"{tiny_kiosk.url}/nowhere")
    assert broken_rules(page) == []
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    found = broken_rules(page)
    assert {line.split(":")[0] for line in found} == {"Equal Access", "HTML CodeSniffer"}


@pytest.mark.drill
@pytest.mark.usefixtures("urdu_letters")
@pytest.mark.parametrize(
    ("screen", "language"),
    [(TALL, "en"), (TALL, "ur"), (KIOSK, "ur"), (PHONE, "en")],
    ids=["tall en", "tall ur", "wide ur", "phone en"],
)
def test_no_screen_breaks_a_rule(
    visit: OpenVisit, luton: KioskServer, screen: Screen, language: str
) -> None:
    person = visit(screen)
    seen, found = set(), []
    for name in every_screen(person.page, luton.url, language):
        seen.add(name)
        found += [f"{name}: {line}" for line in broken_rules(person.page)]
    assert seen >= KINDS
    assert found == []


def every_screen(page: Page, url: str, language: str) -> Iterator[str]:
    """Show one screen of each kind after the other, and yield what it is."""

    def show(name: str) -> None:
        opened_by_streamlit(page, f"{url}/?page={name}&lang={language}")

    def press_here(action: str) -> None:
        page.locator(f"[data-action={action}]:visible").click()

    page.clock.install()
    for name in ("home", "languages", "nowhere"):
        show(name)
        yield name
    press_here("help")
    yield "help"
    show("vision")
    yield "page"
    page.locator("#page .hard").first.click()
    expect(page.locator(".meaning:visible")).to_have_count(1)
    yield "hard word"
    press_here("settings")
    yield "settings"
    for survey in SURVEYS:
        show(survey)
        question = page.locator(".question:visible")
        while kind := question.get_attribute("data-kind"):
            choice = question.locator("[data-choice]").first
            has_choice = choice.is_visible()
            if has_choice:
                choice.click()
            yield kind
            known = question.get_attribute("data-question") or ""
            press_here("send" if has_choice else "skip")
            expect(question).not_to_have_attribute("data-question", known)
        yield f"thanks for {survey}"
    show("vision")
    press_here("home")
    page.locator("#page .choice:visible").last.click()
    nobody_comes(page, IDLE)
    expect(page.locator("#kiosk-still")).to_be_visible()
    yield "idle question"
    nobody_comes(page, ANSWER)
    expect(page.locator("#kiosk-still")).to_be_hidden()
    nobody_comes(page, ATTRACT)
    expect(page.locator("#kiosk-begin")).to_be_visible()
    yield "attract"
    page.goto(f"{url}/nowhere?lang={language}")
    yield "an address that is not here"


def nobody_comes(page: Page, milliseconds: int) -> None:
    wait_quiet(page)
    page.clock.fast_forward(milliseconds)
