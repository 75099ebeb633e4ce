"""Every kind of screen, and a press on everything on it: the policy that is shipped allows all.

What a visit counts as an error is any refusal by the policy, any line in the browser's list of
errors, and any exception that nobody catches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.screen.test_question_kinds import SURVEY
from tests.tools.cases import mostly_drill
from tests.tools.person import listen_in, opened, opened_by_streamlit, wait_quiet
from tests.tools.presses import is_by_design
from tests.tools.server import KioskServer
from tests.tools.sites import FACTS, HOME, KIOSK_TOML, tiny_site
from tests.tools.sweep import BUTTONS, press_everything
from tests.tools.visit import KIOSK, PHONE, OpenVisit, Screen

ROOT = Path(__file__).resolve().parents[2]
SPEED = 16

ABOUT = f"""\
---
title: How this works
symbol: house
order: 1
{FACTS}---
:house: Press Listen. I read to you.
"""
CARDS = f"""\
---
title: Many things
symbol: memo
order: 3
{FACTS}choices:
  - {{title: One, symbol: house, colour: blue, to: people}}
  - {{title: Two, symbol: memo, colour: green, to: plan}}
  - {{title: Three, symbol: bus, colour: pink, survey: all}}
---
:memo: Choose one.
"""
PRIVACY = ABOUT.replace("How this works", "Private").replace("order: 1", "order: 2")
SAID = """\
- symbol: ear
  said: It is too loud.
  did: We made a quiet corner.
  who: The SEND team
  date: 2026-12-03
"""
SITE = {
    "kiosk.toml": KIOSK_TOML.replace('["en"]', '["en", "pl"]')
    + "\n[visit]\nidle_seconds = 600\nanswer_seconds = 600\nattract_seconds = 600\n"
    # A busy machine's late voice is a line in the browser's list of errors, and not our question.
    "[speech]\ntime_limit_seconds = 30\n",
    "content/en/home.md": HOME,
    "content/en/about/cards.md": CARDS,
    "content/en/help/about.md": ABOUT,
    "content/en/help/privacy.md": PRIVACY,
    "content/surveys/all.yaml": SURVEY,
    "content/you-said.yaml": SAID,
}
KINDS = ["faces-5", "faces-3", "yes-no", "pictures", "quiz", "scale", "words", "voice"]
# What stands on every screen. It is pressed on one page and one question.
SHELL = [
    *("home", "back", "listen", "again", "next", "help"),
    *("language", "settings", "finish"),
]
AROUND = {f'[data-action="{name}"]' for name in SHELL}

Reach = Callable[[Page, str], object]


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KioskServer]:
    folder = tmp_path_factory.mktemp("sweep")
    server = KioskServer(tiny_site(folder, SITE), folder / "data", shared="tiny")
    yield server
    server.close()


def page_of(name: str, language: str = "en") -> Reach:
    return lambda page, url: opened(page, f"{url}/?page={name}&lang={language}")


def question(number: int, survey: str = "all", language: str = "en") -> Reach:
    """Reach a question of a survey; the one after the last is its thank-you."""

    def reach(page: Page, url: str) -> None:
        opened(page, f"{url}/?page={survey}&lang={language}")
        for place in range(number):
            expect(page.locator(".question").nth(place)).to_be_visible()
            page.locator('[data-action="skip"]').filter(visible=True).click()
        expect(page.locator(".question").nth(number)).to_be_visible()

    return reach


def thanked(page: Page, url: str) -> None:
    """Reach the thank-you of somebody whose answer is saved."""
    opened(page, f"{url}/?page=think&lang=en")
    page.locator('[data-choice="happy"]').click()
    page.locator('[data-action="send"]').filter(visible=True).click()
    page.locator('[data-action="skip"]').filter(visible=True).click()
    expect(page.locator(".thanks .result")).to_be_visible()


def after(seconds: int, name: str, dialog: str) -> Reach:
    """Reach what comes over a page when nobody has touched the screen for so long."""

    def reach(page: Page, url: str) -> None:
        page.clock.install()
        opened_by_streamlit(page, f"{url}/?page={name}&lang=en")
        wait_quiet(page)
        page.clock.fast_forward(seconds * 1000)
        expect(page.locator(dialog)).to_be_visible()

    return reach


def settings(page: Page, url: str) -> None:
    """Reach the sheet of the settings."""
    opened(page, f"{url}/?page=people&lang=en")
    page.locator('[data-action="settings"]').click()
    expect(page.locator(".sheet")).to_be_visible()


def status(page: Page, url: str) -> None:
    page.goto(f"{url}/status")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


SCREENS: dict[str, Reach] = {
    "home": page_of("home"),
    "a page of cards": page_of("cards"),
    "a page": page_of("plan"),
    "a page with a hard word": page_of("people"),
    "a question": question(0, "think"),
    **{f"a question: {kind}": question(place) for place, kind in enumerate(KINDS)},
    "thank you, nothing was sent": question(len(KINDS)),
    "thank you": thanked,
    "what was done": page_of("you-said"),
    "languages": page_of("languages"),
    "settings": settings,
    "help": page_of("about"),
    "privacy": page_of("privacy"),
    "in another language": page_of("people", "pl"),
    "are you still there": after(601, "people", "#kiosk-still"),
    "touch the screen": after(601, "home", "#kiosk-begin"),
}
WHOLE = ("a page with a hard word", "a question")  # there the shell is pressed too


def sweep(here: OpenVisit, kiosk: KioskServer, reach: Reach, screen: Screen, whole: bool) -> int:
    """Press everything on a screen, and return how many things that were."""
    person = here(screen)
    listen_in(person.page, SPEED)
    # A survey begins at its first question, also where a reload would go on at a later one.
    person.page.add_init_script("sessionStorage.clear()")
    pressed = press_everything(
        person.page,
        lambda: reach(person.page, kiosk.url),
        leave_out=() if whole else AROUND,
    )
    assert [one for one in person.errors if not is_by_design(one)] == []
    assert person.requests_beyond(kiosk.url) == []
    return len(pressed)


@pytest.mark.parametrize("name", mostly_drill(SCREENS, "a question: voice"))
def test_each_screen_does_what_it_does_under_the_policy(
    visit: OpenVisit, kiosk: KioskServer, name: str
) -> None:
    count = sweep(visit, kiosk, SCREENS[name], KIOSK, name in WHOLE)
    assert count >= (len(SHELL) if name in WHOLE else 0)


def test_the_page_for_staff_needs_nothing_that_the_policy_forbids(
    visit: OpenVisit, kiosk: KioskServer
) -> None:
    person = visit()
    status(person.page, kiosk.url)
    for thing in person.page.evaluate(BUTTONS):
        status(person.page, kiosk.url)
        person.page.locator(thing).first.click()
    assert person.errors == []
    assert person.requests_beyond(kiosk.url) == []


@pytest.mark.drill
@pytest.mark.parametrize("screen", [KIOSK, PHONE], ids=["kiosk", "phone"])
@pytest.mark.parametrize("name", SCREENS)
def test_all_of_each_screen_does_what_it_does_under_the_policy(
    visit: OpenVisit, kiosk: KioskServer, name: str, screen: Screen
) -> None:
    sweep(visit, kiosk, SCREENS[name], screen, whole=True)


PAGES = [path.stem for path in sorted((ROOT / "content" / "en").rglob("*.md"))]
SURVEYS = [path.stem for path in sorted((ROOT / "content" / "surveys").glob("*.yaml"))]


@pytest.mark.drill
@pytest.mark.parametrize("screen", [KIOSK, PHONE], ids=["kiosk", "phone"])
@pytest.mark.parametrize("language", ["en", "pl", "ro", "ur"])
@pytest.mark.parametrize("name", [*PAGES, "you-said", "languages"])
@pytest.mark.usefixtures("urdu_letters")
def test_each_page_of_this_site_does_what_it_does_under_the_policy(
    visit: OpenVisit, luton: KioskServer, name: str, language: str, screen: Screen
) -> None:
    sweep(visit, luton, page_of(name, language), screen, whole=name == "home")


@pytest.mark.drill
@pytest.mark.parametrize("screen", [KIOSK, PHONE], ids=["kiosk", "phone"])
@pytest.mark.parametrize("language", ["en", "pl", "ro", "ur"])
@pytest.mark.parametrize("name", SURVEYS)
@pytest.mark.usefixtures("urdu_letters")
def test_each_survey_of_this_site_does_what_it_does_under_the_policy(
    visit: OpenVisit, luton: KioskServer, name: str, language: str, screen: Screen
) -> None:
    page = opened_by_streamlit(visit(screen).page, f"{luton.url}/?page={name}&lang={language}")
    count = page.locator(".question").count()
    assert count > 1
    for number in range(count):
        sweep(visit, luton, question(number, name, language), screen, whole=False)
