"""The screen without a server: nothing but files, at any address, and the same visit as ever."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Response, expect

from kiosk.config import load_site
from kiosk.screen.interface_words import interface_of
from tests.screen.conftest import choose_setting
from tests.tools import clips
from tests.tools.cases import mostly_drill
from tests.tools.lit import check_lit, moments_of_the_voice
from tests.tools.own_store import kept_in
from tests.tools.person import heading, heard, listen_in, press
from tests.tools.sites import HOME, KIOSK_TOML, PLAN, tiny_site
from tests.tools.static_site import served, write_site
from tests.tools.visit import OpenVisit, Visit
from tests.tools.waiting import wait_until

ENGLISH = "What would you like to know?"
POLISH = "Co chcesz wiedzieć?"
SAFE = PLAN.replace("Your plan", "I am safe").replace("order: 2", "order: 3")
FILES: dict[str, str | None] = {
    "kiosk.toml": KIOSK_TOML.replace('["en"]', '["en", "pl"]'),
    "content/en/about/safe.md": SAFE,
    "content/pl/home.md": HOME.replace(ENGLISH, POLISH),
    "content/pl/about/safe.md": SAFE.replace("I am safe", "Jestem bezpieczny"),
}


@dataclass
class Copy:
    """A copy of a site at an address, and one who visits it."""

    address: str
    folder: Path
    person: Visit
    failed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Note from now on what fails."""
        listen_in(self.page)
        self.page.on("response", self._answered)

    def _answered(self, reply: Response) -> None:
        if reply.status >= 400:
            self.failed.append(f"{reply.status} {reply.url}")

    @property
    def page(self) -> Page:
        """The window."""
        return self.person.page

    def open(self, asked: str = "") -> Page:
        """Open an address below the folder."""
        self.page.goto(self.address + asked)
        self.page.wait_for_selector("#kiosk[data-ready]")
        return self.page

    def narration(self, language: str, page: str) -> list[dict[str, Any]]:
        """Return what a page says, from its file."""
        (file,) = (self.folder / "narration").glob(f"*/{language}/{page}.json")
        told: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
        return told

    def check(self) -> None:
        """Check that all that was asked for lies in the folder, and that nothing broke."""
        asked = [one for one in self.person.requests if not one.startswith(("data:", "blob:"))]
        assert [one for one in asked if not one.startswith(self.address)] == []
        assert self.failed == []
        assert self.person.errors == []


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in two languages as files."""
    place = tmp_path_factory.mktemp("copy")
    site = load_site(tiny_site(place, FILES), data=place / "data")
    clips.lend("tiny", site.data)
    write_site(site, place / "files")
    return place / "files"


@pytest.fixture(
    params=mostly_drill(["", "a/sub/folder/"], "a/sub/folder/"),
    ids=["at the top", "below a folder"],
)
def copy(
    request: pytest.FixtureRequest, folder: Path, tmp_path: Path, visit: OpenVisit
) -> Iterator[Copy]:
    place = tmp_path / "served" / request.param
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(folder)
    with served(tmp_path / "served") as top:
        yield Copy(f"{top.url}/{request.param}", folder, visit())


def said(code: str, key: str) -> str:
    return interface_of(code).words[key]


def test_a_visit_reads_lights_and_changes_the_language(copy: Copy) -> None:
    page = copy.open()
    expect(page.get_by_role("heading", level=1, name=ENGLISH)).to_be_visible()
    page.get_by_role("link", name="About us").click()
    heading(page, "The people here")
    assert page.url == f"{copy.address}?page=people&lang=en"
    images = page.locator("#page img")
    assert images.count() > 2
    drawn = "(all) => all.every((one) => one.naturalWidth > 0)"
    wait_until(lambda: images.evaluate_all(drawn), 10, "the pictures")
    assert page.evaluate("document.fonts.check('20px \"Source Sans\"')")
    narration = copy.narration("en", "people")
    press(page, "Listen")
    read = check_lit(moments_of_the_voice(page, 20, 5), narration)
    assert len(read) > 1  # one sentence after the other
    press(page, "Pause")
    in_order = [one["text"] for one in narration]
    assert heard(page)[0] == "We use co-production." == in_order[1]  # not its title
    last = heard(page)[-1]
    press(page, "Again")
    wait_until(lambda: heard(page)[-2:] == [last, last], 10, "the last words again")
    choose_setting(page, "Speed", 1)
    press(page, "Language, English")
    page.get_by_role("radio", name="Polski").click()
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    expect(page.get_by_role("button", name=said("pl", "listen"), exact=True)).to_be_visible()
    own = said("pl", "now_speaks").format(own="polski")
    wait_until(lambda: heard(page)[-1:] == [own], 10, "the Polish voice")
    press(page, said("pl", "home"))
    heading(page, POLISH)
    copy.check()


def test_an_address_names_a_page_and_a_language(copy: Copy) -> None:
    page = copy.open("?page=safe&lang=pl")
    expect(page.get_by_role("heading", level=1, name="Jestem bezpieczny")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "pl"
    assert page.title() == "Jestem bezpieczny"
    expect(page.get_by_role("button", name=said("pl", "home"), exact=True)).to_be_visible()
    press(page, said("pl", "listen"))
    wait_until(lambda: heard(page), 10, "the page")
    page.reload()
    expect(page.get_by_role("heading", level=1, name="Jestem bezpieczny")).to_be_visible()
    page = copy.open("?page=plan")
    expect(page.get_by_role("heading", level=1, name="Your plan")).to_be_visible()
    for unknown in ("?page=nothing&lang=xx", "?page=__proto__", "?page="):
        page = copy.open(unknown)
        title = said("en", "not_here")
        expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
        assert page.evaluate("document.documentElement.lang") == "en"
    copy.check()


@pytest.mark.drill
def test_questions_are_shown_and_no_answer_is_taken_or_pretended(copy: Copy) -> None:
    page = copy.open()
    page.get_by_role("link", name="Tell us what you think").click()
    no_answers = said("en", "no_answers")
    expect(page.locator(".keeps")).to_have_text(no_answers)
    press(page, "Happy")
    wait_until(lambda: heard(page)[-1:] == ["Happy"], 10, "what was chosen")
    press(page, "Next question")
    press(page, "A")
    press(page, "Read my words")  # only a kiosk can say what nobody knew before
    expect(page.locator("#message")).to_have_text(said("en", "no_voice"))
    press(page, "Send")
    expect(page.locator(".result")).to_have_text(no_answers)
    expect(page.get_by_role("heading", level=1)).to_have_text(said("en", "nothing_title"))
    wait_until(lambda: heard(page)[-1:] == [no_answers], 10, "what became of the answer")
    assert page.locator(".receipt").count() == 0
    # Whoever leaves the questions half answered leaves nothing either.
    press(page, "Home")
    page.get_by_role("link", name="Tell us what you think").click()
    press(page, "Happy")
    press(page, "Next question")
    expect(page.get_by_role("heading", level=1)).to_have_text("Do you want to tell us more?")
    press(page, "Finish")
    heading(page, ENGLISH)
    assert kept_in(page, "waiting") == kept_in(page, "drafts") == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    copy.check()
