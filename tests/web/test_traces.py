"""What the locked browser throws away when nobody is there: its store, if nothing waits in it."""

from __future__ import annotations

import http.client
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, Route, expect

from kiosk.config import Site, load_site
from kiosk.lockdown.key import new_key
from tests.tools.own_store import kept_in, wait_sent
from tests.tools.person import heading, listen_in, opened, press, wait_quiet
from tests.tools.server import KioskServer
from tests.tools.sites import tiny_site
from tests.tools.visit import OpenVisit
from tests.tools.waiting import wait_until

TRACES = "/alive/traces"
STORES = "async () => (await indexedDB.databases()).map((one) => one.name)"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[KioskServer, Site]]:
    folder = tmp_path_factory.mktemp("traces")
    site, data = tiny_site(folder), folder / "data"
    server = KioskServer(site, data, shared="tiny")
    yield server, load_site(site, data)
    server.close()


@pytest.fixture
def page(visit: OpenVisit, place: tuple[KioskServer, Site]) -> Page:
    """Give the page of the locked browser."""
    server, site = place
    page = visit().page
    page.clock.install()
    listen_in(page, 16)
    return opened(page, f"{server.url}/locked/{new_key(site)}")


def nobody(page: Page) -> None:
    """Let the time go by until the screen waits for somebody."""
    wait_quiet(page)
    page.clock.fast_forward(65_000)
    page.clock.run_for(2000)
    expect(page.locator("#kiosk-begin")).to_be_visible()


def to_the_survey(page: Page) -> None:
    page.get_by_role("link", name="Tell us what you think").first.click()


def give(page: Page, face: str) -> None:
    to_the_survey(page)
    press(page, face)
    press(page, "Next question")
    press(page, "Skip")


def finish(page: Page) -> None:
    press(page, "Finish")
    heading(page, "What would you like to know?")


def begin(page: Page) -> None:
    """Touch the screen that waits for somebody."""
    page.locator("#kiosk-begin [data-word=begin]").click()


def saved(site: Site) -> int:
    return len(list((site.data / "feedback").glob("[0-9]*/**/*.yaml")))


def is_traces(request: Request) -> bool:
    return request.url.endswith(TRACES)


def test_nothing_is_left_when_all_is_sent_and_the_next_answer_is_kept_as_ever(
    page: Page, place: tuple[KioskServer, Site]
) -> None:
    before = saved(place[1])
    for count in (1, 2):
        give(page, "Happy")
        wait_sent(page)
        # It goes with all that the browser keeps; the page soon opens a new, empty store.
        page.evaluate("localStorage.setItem('trace', 'of a visit')")
        with page.expect_request_finished(is_traces, timeout=30_000):
            finish(page)
            nobody(page)
        assert page.evaluate("localStorage.length") == 0
        assert saved(place[1]) == before + count
        begin(page)


def test_what_waits_is_never_thrown_away(page: Page, place: tuple[KioskServer, Site]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route("**/api/feedback", lambda route: route.fulfill(status=503, json={"error": "Full."}))
    before = saved(place[1])
    give(page, "Sad")
    finish(page)
    nobody(page)
    (waiting,) = kept_in(page)
    assert not [url for url in asked if url.endswith(TRACES)]
    page.unroute_all()
    page.clock.fast_forward(400_000)  # the longest pause is over
    wait_sent(page, 60)
    wait_until(lambda: saved(place[1]) == before + 1, 20, "the answer")
    assert waiting["answer"]["answers"] == {"feel": "sad"}
    begin(page)
    with page.expect_request_finished(is_traces, timeout=30_000):
        nobody(page)


@pytest.mark.drill
@pytest.mark.parametrize("is_slow", [False, True], ids=["quick", "slow"])
def test_what_is_given_while_it_is_thrown_away_is_not_lost(
    page: Page, place: tuple[KioskServer, Site], is_slow: bool
) -> None:
    held: list[Route] = []
    page.route(f"**{TRACES}", lambda route: held.append(route))
    before = saved(place[1])
    with page.expect_request(is_traces, timeout=30_000):
        nobody(page)
    begin(page)
    to_the_survey(page)
    press(page, "Happy")
    press(page, "Next question")  # it is to be kept now
    wait_until(lambda: bool(held), 10, "the request")
    press(page, "Home")
    if is_slow:  # longer than the store is waited for: the answer goes out from memory
        wait_until(lambda: saved(place[1]) == before + 1, 20, "the answer")
    held[0].continue_()
    wait_until(lambda: saved(place[1]) == before + 1, 20, "the answer")
    wait_until(lambda: page.evaluate(STORES) == ["kiosk-answers"], 20, "the store")
    wait_sent(page)


def test_no_other_browser_is_told_to_throw_anything_away(place: tuple[KioskServer, Site]) -> None:
    server, site = place
    for cookie, status in ((f"kiosk-lock={new_key(site)}", 204), ("kiosk-lock=wrong", 403)):
        line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=15)
        line.request("POST", TRACES, b"", {"Cookie": cookie})
        reply = line.getresponse()
        assert reply.status == status
        assert reply.getheader("Clear-Site-Data") == ('"storage"' if status == 204 else None)


@pytest.mark.drill
def test_a_page_in_another_browser_does_not_ask(
    visit: OpenVisit, place: tuple[KioskServer, Site]
) -> None:
    page = visit().page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.install()
    opened(page, place[0].url)
    with page.expect_request(lambda request: "/en/plan/" in request.url, timeout=30_000):
        nobody(page)  # it was looked already whether anything is to be thrown away
    assert not [url for url in asked if url.endswith(TRACES)]
