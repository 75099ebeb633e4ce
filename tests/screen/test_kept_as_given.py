"""What a visitor confirmed is kept, however the visit ends; what was only touched is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.tools.cases import mostly_drill
from tests.tools.given import Given
from tests.tools.own_browser import OwnBrowser
from tests.tools.own_store import kept_in, wait_sent
from tests.tools.person import heading, heard, listen_in, opened, press, wait_quiet
from tests.tools.persons import Listener
from tests.tools.server import KioskServer
from tests.tools.sites import FACTS, FOUND
from tests.tools.visit import OpenVisit, Visit
from tests.tools.waiting import wait_until

HELP = f"""\
---
title: How this works
symbol: information
{FACTS}---
:speaker high volume: Press Listen.
"""
# Three questions: faces, a voice, and a face again.
LONG = (
    """\
title: Three questions
symbol: speech balloon
questions:
"""
    + FOUND
    + """\
  - {id: say, kind: voice, ask: Do you want to speak?, symbol: microphone, most_seconds: 30}
  - id: again
    kind: yes-no
    ask: Will you come again?
    symbol: house
    answers:
      - {id: yes, words: Yes, symbol: check mark button}
      - {id: no, words: No, symbol: cross mark}
      - {id: not-sure, words: I am not sure, symbol: person shrugging}
thanks: Thank you for your answer.
"""
)
ONE = """\
title: One question
symbol: speech balloon
questions:
  - {id: words, kind: words, ask: What is on your mind?, symbol: pencil}
thanks: Thank you.
"""
SITE = {
    "content/en/about.md": HELP,
    "content/surveys/long.yaml": LONG,
    "content/surveys/one.yaml": ONE,
}
MORE = "Do you want to tell us more?"
SPEAK = "Do you want to speak?"
COME = "Will you come again?"
START = "What would you like to know?"


@pytest.fixture
def person(visit: OpenVisit) -> Visit:
    """Somebody whose voice is quick."""
    person = visit()
    listen_in(person.page, 16)
    return person


@pytest.fixture
def posted(person: Visit) -> list[dict[str, Any]]:
    """Every answer that the screen has posted, in order."""
    found: list[dict[str, Any]] = []
    person.context.on(
        "request",
        lambda one: (
            found.append(json.loads(one.post_data or "{}"))
            if one.url.endswith("/api/feedback")
            else None
        ),
    )
    return found


def sad(page: Page, server: KioskServer) -> None:
    """Confirm a first answer in `think`, and stand before the second question."""
    opened(page, f"{server.url}/?page=think")
    press(page, "Sad")
    press(page, "Next question")
    heading(page, MORE)


def drafts(page: Page) -> list[dict[str, Any]]:
    """Return what is confirmed and may still be changed, once it is there."""
    return wait_until(lambda: kept_in(page, "drafts"), 10, "the draft")


def record(page: Page) -> None:
    press(page, "Record")
    press(page, "Stop")
    expect(page.get_by_role("button", name="Hear my recording")).to_be_visible()


@pytest.mark.parametrize("way", mostly_drill(["Home", "Finish"], "Finish"))
def test_an_answer_is_kept_as_it_is_when_the_visit_leaves_the_survey(
    person: Visit, server: KioskServer, posted: list[dict[str, Any]], given: Given, way: str
) -> None:
    page = person.page
    sad(page, server)
    assert posted == []
    (draft,) = drafts(page)
    assert draft["answer"]["answers"] == {"feel": "sad"}
    page.get_by_role("textbox").fill("strawberry")  # typed, and not confirmed
    press(page, way)
    heading(page, START)
    wait_until(given.files, 20, "the answer")
    wait_sent(page)
    assert [one["answers"] for one in given.read()] == [{"feel": "sad"}]
    assert [(one["complete"], one["answers"]) for one in posted] == [(False, {"feel": "sad"})]
    assert posted[0]["id"] == draft["id"]
    assert kept_in(page, "drafts") == []
    if way == "Finish":
        assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_nobody_there_any_more_is_an_end_as_well(
    person: Visit, server: KioskServer, posted: list[dict[str, Any]], given: Given
) -> None:
    page = person.page
    page.clock.install()
    sad(page, server)
    for seconds in (185, 65):
        wait_quiet(page)
        page.clock.fast_forward(seconds * 1000)
        page.clock.run_for(2000)
    expect(page.get_by_role("heading", level=1)).to_have_text(START)
    wait_until(given.files, 20, "the answer")
    wait_sent(page)
    assert [(one["complete"], one["answers"]) for one in posted] == [(False, {"feel": "sad"})]


@pytest.mark.drill
def test_changed_twice_before_leaving_it_is_the_last_one_and_it_is_posted_once(
    person: Visit, server: KioskServer, posted: list[dict[str, Any]], given: Given
) -> None:
    page = person.page
    sad(page, server)
    for face in ("Happy", "Very sad"):
        press(page, "Back")
        press(page, face)
        press(page, "Next question")
        heading(page, MORE)
    press(page, "Home")
    wait_until(given.files, 20, "the answer")
    wait_sent(page)
    assert [one["answers"] for one in given.read()] == [{"feel": "very-sad"}]
    assert len(posted) == 1


def test_what_was_only_touched_or_taken_back_is_never_kept(
    person: Visit, server: KioskServer, posted: list[dict[str, Any]], given: Given
) -> None:
    page = person.page
    opened(page, f"{server.url}/?page=think")
    press(page, "Sad")
    press(page, "Finish")  # touched
    heading(page, START)
    sad(page, server)
    press(page, "Back")
    press(page, "Skip")  # confirmed, then left out after all
    page.get_by_role("textbox").fill("strawberry")
    wait_until(lambda: not kept_in(page, "drafts"), 10, "no draft")
    press(page, "Home")
    heading(page, START)
    page.get_by_role("link", name="Tell us what you think").click()
    expect(page.locator("[aria-pressed=true]")).to_have_count(0)  # the survey begins anew
    press(page, "Next question")
    expect(page.locator("#message")).to_be_visible()
    assert (kept_in(page), kept_in(page, "drafts"), posted, given.read()) == ([], [], [], [])


def test_a_survey_that_is_done_is_complete_and_the_key_is_not_there(
    person: Visit, server: KioskServer, posted: list[dict[str, Any]]
) -> None:
    page = person.page
    sad(page, server)
    press(page, "Skip")
    expect(page.locator(".result")).to_have_text("Your answer is saved.", timeout=15_000)
    expect(page.locator(".thanks h1")).to_have_text("Thank you.")
    assert ["complete" in one for one in posted] == [False]
    wait_sent(page)
    assert kept_in(page, "drafts") == []


def test_help_a_reload_and_back_keep_answers_voice_and_place(
    person: Visit, server: KioskServer, posted: list[dict[str, Any]], given: Given
) -> None:
    page = person.page
    opened(page, f"{server.url}/?page=people")
    page.goto(f"{server.url}/?page=long")
    page.wait_for_selector("#kiosk[data-ready]")
    press(page, "No")
    press(page, "Next question")
    heading(page, SPEAK)
    record(page)  # not confirmed yet
    press(page, "Help")
    heading(page, "How this works")
    press(page, "Back")
    expect(page.get_by_role("heading", level=1)).to_have_text(SPEAK)
    press(page, "Next question")
    heading(page, COME)
    page.reload()
    page.wait_for_selector("#kiosk[data-ready]")
    expect(page.get_by_role("heading", level=1)).to_have_text(COME)
    press(page, "Back")
    expect(page.get_by_role("button", name="Hear my recording")).to_be_visible()
    press(page, "Back")
    expect(page.get_by_role("button", name="No", exact=True, pressed=True)).to_be_visible()
    press(page, "Back")  # out of the survey, and in again
    heading(page, START)
    assert posted == []
    page.go_back()
    expect(page.get_by_role("button", name="No", exact=True, pressed=True)).to_be_visible()
    press(page, "Next question")
    press(page, "Next question")
    press(page, "Yes")
    press(page, "Send")
    expect(page.locator(".result")).to_have_text("Your answer is saved.", timeout=15_000)
    (one,) = given.read()
    assert (one["answers"]["found"], one["answers"]["again"]) == ("no", "yes")
    assert "say" in one["answers"]
    assert len(posted) == 1


def test_a_voice_is_safe_as_soon_as_the_next_question_stands_there(
    person: Visit, server: KioskServer
) -> None:
    page = person.page
    opened(page, f"{server.url}/?page=long")
    press(page, "No")
    press(page, "Next question")
    heading(page, SPEAK)
    record(page)
    page.evaluate(
        """heading => {
            // A kiosk that is busy: the voice comes to the store a moment later.
            const bytes = Blob.prototype.arrayBuffer;
            Blob.prototype.arrayBuffer = async function () {
                await new Promise((end) => setTimeout(end, 200));
                return bytes.call(this);
            };
            const main = document.querySelector("#kiosk main");
            const asked = () => main.querySelector(".question:not([hidden]) h1")?.textContent;
            const reload = () => asked() === heading && location.reload();
            new MutationObserver(reload).observe(main, { attributes: true, subtree: true });
        }""",
        COME,
    )
    with page.expect_navigation():
        press(page, "Next question")
    expect(page.get_by_role("heading", level=1)).to_have_text(COME)
    press(page, "Back")
    expect(page.get_by_role("button", name="Hear my recording")).to_be_visible()


@pytest.mark.drill
def test_another_page_that_is_opened_after_going_back_is_an_end(
    person: Visit, server: KioskServer, posted: list[dict[str, Any]], given: Given
) -> None:
    page = person.page
    opened(page, f"{server.url}/?page=people")
    page.get_by_role("link", name="Tell us what you think").click()
    press(page, "Sad")
    press(page, "Next question")
    press(page, "Back")
    press(page, "Back")
    heading(page, "The people here")
    assert posted == []
    press(page, "Next")
    heading(page, "Your plan")
    wait_until(given.files, 20, "the answer")
    wait_sent(page)
    assert [(one["complete"], one["page"]) for one in posted] == [(False, "people")]


@pytest.mark.drill
def test_a_voice_that_is_taken_away_is_gone_from_what_was_confirmed(
    person: Visit, server: KioskServer, given: Given
) -> None:
    page = person.page
    opened(page, f"{server.url}/?page=long")
    press(page, "Yes")
    press(page, "Next question")
    record(page)
    press(page, "Next question")
    heading(page, COME)
    wait_until(lambda: list(drafts(page)[0]["voices"]) == ["say"], 10, "the voice")
    press(page, "Back")
    press(page, "Delete my recording")
    wait_until(lambda: kept_in(page, "drafts")[0]["voices"] == {}, 10, "no voice")
    press(page, "Home")
    wait_until(given.files, 20, "the answer")
    assert given.read()[0]["answers"] == {"found": "yes"}


@pytest.mark.drill
@pytest.mark.parametrize("trouble", ["crash", "kill -9"])
def test_after_a_crash_or_a_power_cut_what_was_confirmed_goes_out(
    playwright: Playwright,
    chromium: Path,
    server: KioskServer,
    given: Given,
    tmp_path: Path,
    trouble: str,
) -> None:
    browser = OwnBrowser(playwright, chromium, tmp_path / "profile")
    try:
        sad(browser.page, server)
        drafts(browser.page)
        if trouble == "kill -9":
            browser.kill9()  # at once
            browser = OwnBrowser(playwright, chromium, tmp_path / "profile")
        else:
            browser.crash()
        page = opened(browser.page, server.url)
        wait_until(given.files, 20, "the answer")
        wait_sent(page)
        assert [one["answers"] for one in given.read()] == [{"feel": "sad"}]
        assert kept_in(page, "drafts") == []
    finally:
        browser.kill9()


@pytest.mark.drill
def test_a_second_window_leaves_the_draft_of_the_first_alone(
    person: Visit, server: KioskServer, posted: list[dict[str, Any]], given: Given
) -> None:
    page = person.page
    sad(page, server)
    other = opened(person.context.new_page(), f"{server.url}/?page=think")
    press(other, "Happy")
    press(other, "Next question")
    heading(other, MORE)
    assert posted == []
    press(other, "Skip")
    expect(other.locator(".result")).to_have_text("Your answer is saved.", timeout=15_000)
    assert [one["answers"] for one in posted] == [{"feel": "happy"}]
    page.close()  # its person has gone: the other window lets the draft go out
    other.reload()
    wait_until(lambda: len(given.files()) == 2, 20, "both answers")


@pytest.mark.drill
def test_the_first_question_says_what_is_kept_and_who_reads_it_in_sight_and_aloud(
    person: Visit, server: KioskServer
) -> None:
    next_question = "When you press Next question, we keep your answer."
    send = "When you press Send, we keep your answer."
    who = "Staff can read or hear it."
    page = person.page
    for name, words in (("think", next_question), ("one", send)):
        opened(page, f"{server.url}/?page={name}")
        expect(page.locator(".keeps")).to_be_visible()
        expect(page.locator(".keeps")).to_have_text(f"{words} {who}")
        press(page, "Listen")
        wait_until(lambda words=words: {words, who} <= set(heard(page)), 30, words)  # type: ignore[misc]
    opened(page, f"{server.url}/?page=think")
    assert f"{next_question} {who}" in Listener(page).press("speech")


def test_the_heading_of_the_thank_you_goes_by_the_result(
    person: Visit, server: KioskServer
) -> None:
    page = person.page
    page.clock.install()
    page.route("**/api/feedback", lambda route: route.abort(), times=1)
    sad(page, server)
    press(page, "Skip")
    title = page.locator(".thanks h1")
    expect(title).to_have_text("Not saved yet", timeout=15_000)
    wait_until(lambda: "Not saved yet" in heard(page), 20, "the heading")
    assert "Thank you." not in heard(page)
    page.clock.fast_forward(6000)  # its first pause is over
    expect(title).to_have_text("Thank you.", timeout=15_000)
    wait_until(lambda: "Thank you." in heard(page), 20, "the heading")


def test_a_double_press_on_send_gives_one_answer(
    person: Visit, server: KioskServer, given: Given
) -> None:
    page = opened(person.page, f"{server.url}/?page=one")
    page.get_by_role("textbox").fill("strawberry")
    page.evaluate(
        "() => { const send = document.querySelector('.question:not([hidden]) [data-action=send]');"
        " send.click(); send.click(); }"
    )
    expect(page.locator(".result")).to_have_text("Your answer is saved.", timeout=15_000)
    wait_sent(page)
    assert [one["answers"] for one in given.read()] == [{"words": "strawberry"}]
    assert kept_in(page, "drafts") == []
