"""Answers that are not saved yet: each is sent by itself until it is, whatever happens."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page, Playwright, Route, expect

from tests.feedback.sounds import wav
from tests.tools.cases import mostly_drill
from tests.tools.own_browser import OwnBrowser
from tests.tools.own_store import kept_in, wait_sent
from tests.tools.person import heading, listen_in, opened, press
from tests.tools.server import KioskServer, StartKiosk
from tests.tools.sites import FOUND, tiny_site
from tests.tools.ulids import UlidMaker
from tests.tools.visit import OpenVisit
from tests.tools.waiting import wait_until

WAITING = "Your answer is not saved yet. I will keep trying."
REFUSED = (
    "Your answer is not saved yet. Something is wrong here. I will keep your answer and try again."
)
SAVED = "Your answer is saved."
TALK = (
    """\
title: Talk to us
symbol: speech balloon
questions:
"""
    + FOUND
    + """\
  - {id: say, kind: voice, ask: Do you want to say more?, symbol: microphone, most_seconds: 30}
thanks: Thank you.
"""
)
make = UlidMaker()


SITE = {"content/surveys/talk.yaml": TALK}


@pytest.fixture
def page(visit: OpenVisit) -> Page:
    """A page whose clock can be moved on, and whose voice is quick."""
    page = visit().page
    page.clock.install()
    listen_in(page, 16)
    return page


def later(page: Page) -> None:
    """Let a first pause go by, and what is due be sent."""
    page.clock.fast_forward(6000)


def kept(folder: Path) -> dict[str, Any]:
    """Return every answer on disk by its id."""
    files = (folder / "data" / "feedback").rglob("*.yaml")
    return {one.stem: yaml.safe_load(one.read_text(encoding="utf-8")) for one in files}


def give(page: Page, server: KioskServer, face: str = "Happy") -> None:
    """Answer the first question of `think`, and leave the second one out."""
    opened(page, f"{server.url}/?page=think")
    press(page, face)
    press(page, "Next question")
    press(page, "Skip")


def sent_id(route: Route) -> str:
    return str(json.loads(route.request.post_data or "")["id"])


def record(page: Page) -> None:
    press(page, "Record")
    press(page, "Stop")
    expect(page.get_by_role("button", name="Hear my recording")).to_be_visible()


def gone(server: KioskServer) -> None:
    server.kill9()
    wait_until(lambda: server.left_behind() == [], 15, "the end of the worker")


def test_one_that_is_stuck_holds_up_no_other(page: Page, server: KioskServer, folder: Path) -> None:
    stuck: list[str] = []

    def never_the_first(route: Route) -> None:
        stuck[:] = stuck or [sent_id(route)]
        if sent_id(route) in stuck:
            route.abort()  # as if the kiosk were away, for this one alone
        else:
            route.continue_()

    page.route("**/api/feedback", never_the_first)
    give(page, server, "Sad")
    expect(page.locator(".result")).to_have_text(WAITING, timeout=15_000)
    press(page, "Finish")
    heading(page, "What would you like to know?")
    give(page, server)
    expect(page.locator(".result")).to_have_text(SAVED, timeout=15_000)
    assert [one["id"] for one in kept_in(page)] == stuck
    page.unroute_all()
    later(page)
    wait_sent(page)
    assert stuck[0] in kept(folder)


@pytest.mark.parametrize("status", mostly_drill([400, 403, 404, 413, 415, 422], 422))
def test_what_is_refused_is_told_and_stays_and_the_next_one_goes_on(
    page: Page, server: KioskServer, folder: Path, status: int
) -> None:
    asked: list[str] = []

    def refuse_the_first(route: Route) -> None:
        asked.append(sent_id(route))
        if asked[-1] == asked[0]:
            route.fulfill(status=status, json={"error": "There is no such survey."})
        else:
            route.continue_()

    page.route("**/api/feedback", refuse_the_first)
    give(page, server, "Sad")
    expect(page.locator(".result")).to_have_text(REFUSED, timeout=15_000)
    expect(page.locator(".receipt")).to_be_hidden()
    give(page, server)
    expect(page.locator(".result")).to_have_text(SAVED, timeout=15_000)
    assert [one["id"] for one in kept_in(page)] == [asked[0]]
    assert asked[0] not in kept(folder)
    page.unroute_all()
    later(page)
    wait_sent(page)
    assert kept(folder)[asked[0]]["answers"] == {"feel": "sad"}


@pytest.mark.drill
def test_a_refused_answer_is_sent_as_soon_as_the_site_is_mended(
    page: Page, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    server = kiosk_server()
    page.route("**/api/feedback", lambda route: route.fulfill(status=422, json={"error": "No."}))
    give(page, server)
    expect(page.locator(".result")).to_have_text(REFUSED, timeout=15_000)
    for _ in range(6):  # its pause grows to minutes
        with page.expect_response("**/api/feedback"):
            page.clock.fast_forward(400_000)
    page.unroute_all()
    file = tmp_path / "site" / "content" / "surveys" / "think.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("Thank you.", "Thanks."))
    wait_sent(page)
    assert [one["answers"] for one in kept(tmp_path).values()] == [{"feel": "happy"}]


def test_a_voice_goes_as_it_is_under_the_policy_that_ships(
    visit: OpenVisit, server: KioskServer, folder: Path
) -> None:
    context = visit().browser.new_context()  # nothing is bypassed here
    page = context.new_page()
    listen_in(page, 16)
    refused: list[str] = []
    page.on("console", lambda one: refused.append(one.text) if one.type == "error" else None)
    opened(page, f"{server.url}/?page=talk")
    press(page, "Skip")
    record(page)
    press(page, "Hear my recording")
    page.wait_for_function("() => document.getElementById('voice').currentTime > 0")
    press(page, "Send")
    expect(page.locator(".result")).to_have_text(SAVED, timeout=15_000)
    code = page.locator(".code").inner_text().replace(" ", "")
    (one,) = (one for one in kept(folder) if one.endswith(code))
    assert len(list((folder / "data").rglob(f"{one}.say.*"))) == 1
    assert refused == []
    context.close()


def test_a_voice_that_is_refused_takes_nothing_else_with_it_and_comes_later(
    page: Page, server: KioskServer, folder: Path
) -> None:
    page.route("**/api/voice/**", lambda route: route.fulfill(status=415, json={"error": "No."}))
    opened(page, f"{server.url}/?page=talk")
    press(page, "Yes")
    press(page, "Next question")
    record(page)
    press(page, "Send")
    told = "Your answer is saved. Your recording is not saved yet. I will keep trying."
    expect(page.locator(".result")).to_have_text(told, timeout=15_000)
    code = page.locator(".code").inner_text().replace(" ", "")
    (first,) = (one for one in kept(folder) if one.endswith(code))
    assert kept(folder)[first]["answers"] == {"found": "yes"}
    (apart,) = kept_in(page)
    assert list(apart["voices"]) == ["say"]
    assert apart["id"][-8:] == first[-8:]  # staff find both by the one code
    page.unroute_all()
    later(page)
    wait_sent(page)
    voice = kept(folder)[apart["id"]]
    assert list(voice["answers"]) == ["say"]
    assert len(list((folder / "data").rglob(voice["answers"]["say"]))) == 1


def test_a_voice_that_the_kiosk_has_lost_is_sent_again(page: Page, server: KioskServer) -> None:
    voices: list[str] = []
    page.on("request", lambda one: voices.append(one.url) if "/api/voice/" in one.url else None)
    lost = {"error": "Send the voice again.", "missing": "say"}
    page.route("**/api/feedback", lambda one: one.fulfill(status=409, json=lost), times=1)
    opened(page, f"{server.url}/?page=talk")
    press(page, "Skip")
    record(page)
    press(page, "Send")
    expect(page.locator(".result")).to_have_text(WAITING, timeout=15_000)
    later(page)
    wait_sent(page)
    expect(page.locator(".result")).to_have_text(SAVED, timeout=15_000)
    assert len(voices) == 2


@pytest.mark.drill
def test_a_damaged_entry_harms_no_other(page: Page, server: KioskServer) -> None:
    page.route("**/api/feedback", lambda route: route.abort(), times=1)
    give(page, server)
    expect(page.locator(".result")).to_have_text(WAITING, timeout=15_000)
    page.evaluate(
        """async (id) => {
          const asked = indexedDB.open("kiosk-answers");
          await new Promise((done) => (asked.onsuccess = done));
          const step = asked.result.transaction("waiting", "readwrite");
          step.objectStore("waiting").put({ id, answer: null, voices: 7 });
          await new Promise((done) => (step.oncomplete = done));
          asked.result.close();
        }""",
        str(make()),
    )
    later(page)
    expect(page.locator(".result")).to_have_text(SAVED, timeout=15_000)
    assert [one["answer"] for one in kept_in(page)] == [None]  # never deleted either


def test_only_the_kiosks_own_word_counts_as_saved(page: Page, server: KioskServer) -> None:
    page.route("**/api/feedback", lambda one: one.fulfill(status=200, body="Welcome!"), times=1)
    give(page, server)
    expect(page.locator(".result")).to_have_text(WAITING, timeout=15_000)
    later(page)
    expect(page.locator(".result")).to_have_text(SAVED, timeout=15_000)


@pytest.mark.drill
@pytest.mark.parametrize("store", ["missing", "full"])
def test_without_room_in_the_browser_it_waits_in_the_page_and_the_person_is_told(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path, store: str
) -> None:
    server = kiosk_server()
    page = visit().page
    page.add_init_script(
        "Object.defineProperty(window, 'indexedDB', { value: undefined })"
        if store == "missing"
        else "IDBObjectStore.prototype.put = () => {"
        " throw new DOMException('full', 'QuotaExceededError'); }"
    )
    opened(page, f"{server.url}/?page=think")
    gone(server)
    press(page, "Happy")
    press(page, "Next question")
    press(page, "Skip")
    expect(page.locator(".result")).to_have_text(f"{WAITING} Please leave this page open.")
    server.restart()
    expect(page.locator(".result")).to_have_text(SAVED, timeout=20_000)
    assert [one["answers"] for one in kept(tmp_path).values()] == [{"feel": "happy"}]


def test_what_an_old_version_left_is_taken_over_once(
    visit: OpenVisit, server: KioskServer, folder: Path
) -> None:
    page = opened(visit().page, server.url)
    sound = page.evaluate("(bytes) => btoa(String.fromCharCode(...bytes))", list(wav()))
    old = [
        {
            "answer": {
                "id": str(make()),
                "survey": "talk",
                "page": "home",
                "language": "en",
                "visit": str(make()),
                "answers": {"found": "no"},
            },
            "voices": {"say": f"data:audio/wav;base64,{sound}"},
        },
        "nobody can read this",
    ]
    page.evaluate("(text) => localStorage.setItem('kiosk-outbox', text)", json.dumps(old))
    page.reload()
    one = old[0]["answer"]["id"]  # type: ignore[index]
    wait_until(lambda: one in kept(folder), 20, "the old answer")
    assert kept(folder)[one]["answers"] == {"found": "no", "say": f"{one}.say.mp3"}
    assert json.loads(page.evaluate("localStorage.getItem('kiosk-outbox')")) == [old[1]]
    wait_sent(page)


@pytest.mark.drill
def test_without_a_reply_nobody_waits_and_no_other_window_sends_it_as_well(
    visit: OpenVisit, server: KioskServer
) -> None:
    person = visit()
    page = person.page
    held: list[Route] = []
    person.context.route("**/api/feedback", lambda route: held.append(route))
    give(page, server)
    expect(page.locator(".result")).to_have_text(WAITING, timeout=15_000)
    (one,) = kept_in(page)  # it is still under way
    other = opened(person.context.new_page(), server.url)
    other.wait_for_function("() => performance.now() > 4000")  # it has looked for what is due
    assert [sent_id(route) for route in held] == [one["id"]]
    held[0].continue_()
    expect(page.locator(".result")).to_have_text(SAVED, timeout=15_000)
    wait_sent(page)


@pytest.mark.parametrize("trouble", mostly_drill(["reload", "crash", "kill -9"], "kill -9"))
def test_a_waiting_answer_and_its_voice_outlive(
    playwright: Playwright,
    chromium: Path,
    kiosk_server: StartKiosk,
    tmp_path: Path,
    trouble: str,
) -> None:
    site = tiny_site(tmp_path, {"content/surveys/talk.yaml": TALK})
    server = kiosk_server(site)
    browser = OwnBrowser(playwright, chromium, tmp_path / "profile")
    try:
        listen_in(browser.page, 16)
        page = opened(browser.page, f"{server.url}/?page=talk")
        press(page, "No")
        press(page, "Next question")
        record(page)
        gone(server)
        press(page, "Send")
        expect(page.locator(".result")).to_have_text(WAITING, timeout=15_000)
        if trouble == "kill -9":
            browser.kill9()  # at once
            server.restart()
            browser = OwnBrowser(playwright, chromium, tmp_path / "profile")
            page = opened(browser.page, server.url)
        elif trouble == "crash":
            browser.crash()
            server.restart()
            page = opened(browser.page, server.url)
        else:
            server.restart()
            page.reload()
        wait_sent(page)
        ((one, saved),) = kept(tmp_path).items()
        assert saved["answers"]["found"] == "no"
        assert (tmp_path / "data").joinpath("feedback").exists()
        assert len(list((tmp_path / "data").rglob(f"{one}.say.*"))) == 1
    finally:
        browser.kill9()
