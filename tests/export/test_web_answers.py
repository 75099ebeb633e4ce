"""A copy on the web that takes answers: two origins, a real browser, and the kiosk behind them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page, Route, expect

from kiosk.cli.export_web import answers_go
from kiosk.config import load_site
from kiosk.content import Library
from kiosk.export.webcopy.copied import copied, screens_of
from kiosk.export.webcopy.folder import CopyFolder
from kiosk.export.webcopy.sounds import Told
from tests.tools.own_store import kept_in, wait_sent
from tests.tools.person import press
from tests.tools.server import KioskServer, free_port
from tests.tools.sites import KIOSK_TOML, tiny_site
from tests.tools.static_site import StaticSite, served
from tests.tools.visit import PHONE, OpenVisit
from tests.tools.waiting import wait_until

SAVED = "Your answer is saved."
WAITS = "Your answer is not saved yet. I will keep trying."
LATER = "Your answer waits here. Please open this page again later."
POSTED = """async (to) => {
  const body = JSON.stringify({id: "01KB2C3D4E5F6G7H8J9K0M1N2P", survey: "think", page: "plan",
    language: "en", answers: {feel: "happy"}});
  const asked = {method: "POST", body, headers: {"Content-Type": "application/json"}};
  return fetch(`${to}/api/feedback`, asked).then((one) => one.status, () => "no reply");
}"""


@dataclass(frozen=True, slots=True)
class Place:
    """A kiosk, the copy that sends to it, and the same files at an origin that nobody has named."""

    kiosk: KioskServer
    copy: StaticSite
    elsewhere: StaticSite
    answers: Path

    def kept(self) -> list[dict[str, Any]]:
        """Return every answer on disk."""
        return [
            yaml.safe_load(one.read_text(encoding="utf-8"))
            for one in sorted(self.answers.glob("2*/*/*/*.yaml"))
        ]


def write_copy(site: Path, folder: Path, *, offline: bool) -> None:
    """Write the copy of a site, as it is where nothing can be said."""
    loaded = load_site(site)
    screens = screens_of(loaded, Library(loaded))
    told: Told = {
        (code, page): [None for _ in narration.texts]
        for code, screen in screens.items()
        for page, narration in screen.narrations.items()
    }
    CopyFolder(folder).put_all(copied(loaded, screens, told, [], offline=offline).files)


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Give all of it; the copy has its worker where the test asks for that."""
    folder = tmp_path / "copy"
    folder.mkdir()
    with ExitStack() as opened:
        copy, elsewhere = (opened.enter_context(served(folder)) for _ in range(2))
        port = free_port()
        lines = f'from_web = ["{copy.url}"]\nweb_sends_to = "http://127.0.0.1:{port}"\n'
        site = tiny_site(tmp_path, {"kiosk.toml": KIOSK_TOML + lines})
        write_copy(site, folder, offline=getattr(request, "param", False))
        kiosk = KioskServer(site, tmp_path / "data", shared="tiny", port=port)
        opened.callback(kiosk.close)
        yield Place(kiosk, copy, elsewhere, tmp_path / "data" / "feedback")


def ready(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector("#kiosk[data-ready]")


def answer(page: Page) -> None:
    press(page, "Happy")
    press(page, "Next question")
    press(page, "Skip")


def test_the_command_says_where_answers_go_and_from_where(tmp_path: Path) -> None:
    lines = 'from_web = ["https://send.example.org"]\nweb_sends_to = "https://kiosk.example.org/"\n'
    address = 'timezone = "Europe/London"\nweb_address = "https://www.example.org/send/"'
    toml = KIOSK_TOML.replace('timezone = "Europe/London"', address) + lines
    assert answers_go(load_site(tiny_site(tmp_path, {"kiosk.toml": toml}))) == [
        "Its answers go to https://kiosk.example.org/ from https://send.example.org alone. [site]"
        " web_address is https://www.example.org/send/, which is not there: write it into from_web"
        " as well."
    ]


def test_an_answer_from_home_is_saved_and_one_from_elsewhere_is_not(
    visit: OpenVisit, place: Place
) -> None:
    person = visit(PHONE)
    page = person.page
    ready(page, f"{place.copy.url}/?page=think")
    answer(page)
    expect(page.locator(".result")).to_have_text(SAVED)
    wait_sent(page)
    (kept,) = place.kept()
    assert (kept["came"], kept["answers"]) == ("web", {"feel": "happy"})
    assert person.errors == []
    page.goto(f"{place.elsewhere.url}/credits.txt")  # its page has no policy that would forbid it
    assert page.evaluate(POSTED, place.kiosk.url) == "no reply"
    assert len(place.kept()) == 1


@pytest.mark.drill
@pytest.mark.parametrize("place", [True], indirect=True, ids=["with its worker"])
def test_an_answer_without_a_network_waits_and_is_sent_once(visit: OpenVisit, place: Place) -> None:
    person = visit(PHONE)
    page = person.page
    ready(page, f"{place.copy.url}/?page=think")
    page.wait_for_function("() => Boolean(navigator.serviceWorker.controller)")
    place.kiosk.stop()
    answer(page)
    expect(page.locator(".result")).to_have_text(WAITS)
    expect(page.locator(".can-go")).to_have_text(LATER)
    (waiting,) = kept_in(page)
    page.close()
    # The copy is opened again, and the reply to what it sends is lost on the way.
    place.kiosk.restart()
    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        route.fetch()
        lost.append(route.request.url)
        route.abort()

    again = person.context.new_page()
    again.route("**/api/feedback", lose)
    ready(again, f"{place.copy.url}/")
    wait_sent(again, 60)
    assert lost
    (kept,) = place.kept()
    assert (kept["id"], kept["came"]) == (waiting["id"], "web")


@pytest.mark.drill
def test_where_the_kiosk_names_another_origin_all_answers_wait(
    visit: OpenVisit, place: Place
) -> None:
    page = visit(PHONE).page
    ready(page, f"{place.elsewhere.url}/?page=think")
    answer(page)
    expect(page.locator(".result")).to_have_text(WAITS)
    assert len(kept_in(page)) == 1
    assert place.kept() == []


@pytest.mark.drill
def test_two_copies_of_one_origin_know_nothing_of_each_others_answers(
    visit: OpenVisit, place: Place, tmp_path: Path
) -> None:
    shutil.copytree(tmp_path / "copy", tmp_path / "copy" / "other")
    page = visit(PHONE).page
    ready(page, f"{place.elsewhere.url}/?page=think")
    answer(page)
    expect(page.locator(".result")).to_have_text(WAITS)
    ready(page, f"{place.elsewhere.url}/?page=think")
    press(page, "Happy")
    press(page, "Next question")  # this one is not finished, and a reload would go on with it
    assert (len(kept_in(page)), len(kept_in(page, "drafts"))) == (1, 1)
    ready(page, f"{place.elsewhere.url}/other/?page=think")
    expect(page.get_by_text("Question 1 of 2")).to_be_visible()
    assert (kept_in(page), kept_in(page, "drafts")) == ([], [])
    ready(page, f"{place.elsewhere.url}/")
    wait_until(lambda: len(kept_in(page)) == 2, 20, "both answers where they were given")
