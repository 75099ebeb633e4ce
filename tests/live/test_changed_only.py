"""Of a large site only what an edit has changed is read, rendered and sent, and all of that is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.config import load_site
from kiosk.content import library
from kiosk.content.page import read_source
from kiosk.live.kiosk import Kiosk
from kiosk.screen import served
from tests.tools.cases import examples
from tests.tools.sites import HOME, KIOSK_TOML, PEOPLE, PLAN, THINK, WORDS, tiny_site

Where = set[tuple[str, str]]  # language, page

WITH_LINK = PLAN.replace("Your plan", "A day").replace("order: 2", "order: 3") + (
    "\n:house: [They](people) help. It is a **big** day.\n"
)
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h{}v9z"/></svg>'
TOWN_HALL = "{town-hall: {words: The town hall, creator: Us, licence: Ours, url: ''}}\n"
SYMBOLS = "memo: {symbol: rainbow, words: A rainbow}\n"
BIG = "  big: {means: It is not small., symbol: elephant}\n"
NEWS = "- {symbol: ear, said: It is loud., did: We made it quiet., who: We, date: 2026-11-01}\n"
PLAN_FILE, DAY_FILE = "content/en/about/plan.md", "content/en/about/day.md"
FILES: dict[str, str | None] = {
    "kiosk.toml": KIOSK_TOML.replace('["en"]', '["en", "pl"]'),
    DAY_FILE: WITH_LINK,
    "content/pl/home.md": HOME.replace("What would you like to know?", "Co chcesz wiedzieć?"),
    "content/pl/about/people.md": PEOPLE.replace("The people here", "Ludzie"),
}
EVERY_PAGE = {"home", "people", "plan", "day", "you-said", "think", "not-here"}


class Desk:
    """A kiosk that looks at its files when a test says so."""

    def __init__(self, folder: Path) -> None:
        self.root = tiny_site(folder, FILES)
        self.kiosk = self.fresh()
        self._times = count(1)

    def fresh(self) -> Kiosk:
        """Return a kiosk that has just been started."""
        return Kiosk(load_site(self.root), report=lambda _: None)

    def put(self, name: str, text: str | None) -> None:
        """Write a file, or take it away, and let the kiosk look."""
        path = self.root / name
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            # Another time at every turn, also within one tick of the disk's clock.
            os.utime(path, (next(self._times), 0))
        self.kiosk._look()

    def rendered(self, name: str, text: str | None) -> Where:
        """Put a file, and return what was rendered anew; all of that is sent, and nothing else."""
        before = self.kiosk.served
        self.put(name, text)
        now = self.kiosk.served
        sent = {
            (code, page) for code in now.screens for page in now.html_since(before.version, code)
        }
        made = {
            (code, page)
            for code, screen in now.screens.items()
            for page, html in screen.html.items()
            if html is not before.screens[code].html.get(page)
        }
        assert sent <= made
        return made


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.kiosk.close()


@pytest.fixture
def read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the pages that were read since the kiosk has started."""
    found: list[str] = []

    def reading(text: str, **about: Any) -> Any:
        found.append(f"{about['language']} {about['page_id']}")
        return read_source(text, **about)

    monkeypatch.setattr(library, "read_source", reading)
    assert desk.kiosk.served.screens["en"].html.keys() >= EVERY_PAGE
    return found


def both(*pages: str) -> Where:
    return {(code, page) for code in ("en", "pl") for page in pages}


def test_an_edited_page_alone_is_read_and_rendered_where_it_is_shown(
    desk: Desk, read: list[str]
) -> None:
    assert desk.rendered(PLAN_FILE, PLAN.replace("Things", "All")) == both("plan")
    assert read == ["en plan"]
    people = PEOPLE.replace("The people here", "Oni")
    made = desk.rendered("content/pl/about/people.md", people.replace("order: 1", "order: 9"))
    assert made == {("pl", page) for page in ("home", "not-here", "people", "plan", "day")}
    assert read == ["en plan", "pl people"]


def test_a_file_that_is_saved_as_it_was_changes_nothing(desk: Desk, read: list[str]) -> None:
    version = desk.kiosk.served.version
    assert desk.rendered(PLAN_FILE, PLAN) == set()
    assert read == ["en plan"]
    assert desk.kiosk.served.version == version


def test_a_page_comes_and_goes_with_those_that_count_it(desk: Desk, read: list[str]) -> None:
    new = PLAN.replace("Your plan", "Zoo")
    lonely = "content/en/zoo.md"
    assert desk.rendered(lonely, new) == both("zoo")
    assert desk.rendered(lonely, None) == set()
    assert desk.rendered("content/en/other/zoo.md", new) == both("zoo")
    assert desk.rendered("content/en/about/last.md", new.replace("order: 2", "order: 8")) == both(
        "last", "people", "plan", "day"
    )
    assert set(read) == {"en zoo", "en last"}
    assert desk.rendered(PLAN_FILE, None) == both("people", "day", "last")
    assert set(read) == {"en zoo", "en last"}


def test_a_link_changes_with_the_page_that_it_leads_to(desk: Desk) -> None:
    made = desk.rendered("content/en/about/people.md", None)
    assert ("en", "day") in made
    assert 'data-page="people"' not in desk.kiosk.served.screens["en"].html["day"]


def test_a_hard_word_is_rendered_where_it_stands(desk: Desk, read: list[str]) -> None:
    words = "content/en/words.yaml"
    assert desk.rendered(words, WORDS.replace("say:", f"{BIG}say:")) == both("day")
    moved = WORDS.replace("explain:\n", f"explain:\n{BIG}")  # all others stand a line lower
    assert desk.rendered(words, moved) == set()
    say = moved.replace("E H C P", "plan")
    version = desk.kiosk.served.version
    assert desk.rendered(words, say) == set()
    assert desk.kiosk.served.version != version
    # The hard word of the Polish page is not explained in Polish.
    assert desk.rendered(words, say.replace("Families", "People")) == {("en", "people")}
    assert read == []


def test_a_picture_is_read_anew_by_the_pages_that_name_it(desk: Desk, read: list[str]) -> None:
    assert desk.rendered("content/symbols.yaml", SYMBOLS) == both("plan", "day", "people")
    assert read == ["en day", "en plan"]
    del read[:]
    plan = PLAN.replace(":memo:", ":town hall:")
    assert desk.rendered("assets/pictures/pictures.yaml", TOWN_HALL) == set()
    assert desk.rendered("assets/pictures/town-hall.svg", PICTURE.format(5)) == set()
    assert read == []
    assert desk.rendered(PLAN_FILE, plan) == both("plan")
    assert desk.rendered("assets/pictures/town-hall.svg", PICTURE.format(7)) == both("plan")
    assert read == ["en plan", "en plan"]
    shown = desk.kiosk.served.files.values()
    assert PICTURE.format(7).encode() in shown
    assert PICTURE.format(5).encode() not in shown


def test_home_and_surveys_are_rendered_alone(desk: Desk, read: list[str]) -> None:
    assert desk.rendered("content/en/home.md", HOME.replace("Welcome", "Hello")) == {("en", "home")}
    assert read == ["en home"]
    again = THINK.replace("We will read", "We read")
    assert desk.rendered("content/surveys/think.yaml", again) == both("think", "home")
    assert read == ["en home"]


def test_only_pages_beside_the_one_of_help_say_nothing_of_drafts(desk: Desk) -> None:
    def says_draft() -> bool:
        return "Draft" in desk.kiosk.served.screens["en"].html["plan"]

    assert says_draft()
    about = PLAN.replace("Your plan", "About")
    desk.put("content/en/help/about.md", about)
    assert says_draft()
    desk.put("content/en/help/about.md", None)
    # It stands where there was another one: how many there are is as before.
    desk.put(DAY_FILE, None)
    desk.put("content/en/about/day2.md", about)
    assert says_draft()
    (desk.root / "content/en/about/day2.md").rename(desk.root / "content/en/about/about.md")
    desk.kiosk._look()
    assert not says_draft()


def test_news_is_rendered_where_it_is_told(desk: Desk, read: list[str]) -> None:
    made = desk.rendered("content/you-said.yaml", NEWS)
    assert made == both("you-said", "think")
    assert desk.rendered("content/you-said.yaml", NEWS.replace("quiet", "calm")) == both("you-said")
    assert read == []


def test_a_screen_that_was_away_for_long_is_sent_all(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served, "EARLIER", 2)
    first = desk.kiosk.served
    everything = set(first.screens["en"].html)
    assert set(first.html_since("", "en")) == everything
    desk.put(PLAN_FILE, PLAN.replace("Things", "All"))
    assert set(desk.kiosk.served.html_since(first.version, "en")) == {"plan"}
    desk.put(PLAN_FILE, PLAN.replace("Things", "Some"))
    assert set(desk.kiosk.served.html_since(first.version, "en")) == everything
    desk.put(PLAN_FILE, PLAN)
    assert desk.kiosk.served.version == first.version
    assert desk.kiosk.served.html_since(first.version, "en") == {}


TURNS: dict[str, list[str | None]] = {
    PLAN_FILE: [PLAN, None, WITH_LINK, PLAN.replace("ready", "draft"), PLAN.replace("Your", "A")],
    DAY_FILE: [WITH_LINK, None, PLAN.replace("Your plan", "A day"), PLAN.replace("memo", "bus")],
    "content/en/help/first.md": [None, PLAN, PEOPLE],
    "content/en/about/about.md": [None, PLAN],
    "content/en/help/about.md": [None, PEOPLE],
    "content/en/about/people.md": [PEOPLE, None, PEOPLE.replace("order: 1", "order: 7")],
    "content/pl/about/people.md": [None, PEOPLE, PEOPLE.replace("The people", "Ludzie")],
    "content/en/home.md": [
        HOME,
        HOME.replace("Welcome", "Hello"),
        HOME.replace("part: about", "part: help"),
    ],
    "content/en/words.yaml": [WORDS, None, WORDS.replace("explain:\n", f"explain:\n{BIG}")],
    "content/pl/words.yaml": [None, WORDS],
    "content/symbols.yaml": [None, SYMBOLS],
    "content/pl/symbols.yaml": [None, "handshake: Dwie ręce\n"],
    "content/surveys/think.yaml": [THINK, None, THINK.replace("We will", "We")],
    "content/surveys/more.yaml": [None, THINK.replace("Tell us", "Say")],
    "content/pl/surveys/think.yaml": [None, THINK.replace("Thank you", "Dziękujemy")],
    "content/you-said.yaml": [None, NEWS],
    "assets/pictures/pictures.yaml": [None, TOWN_HALL.replace("town-hall", "memo")],
    "assets/pictures/memo.svg": [None, PICTURE.format(5), PICTURE.format(7)],
}
EDITS = [(name, text) for name, texts in TURNS.items() for text in texts]


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(st.sampled_from(EDITS), min_size=1, max_size=8))
def test_after_any_edits_all_is_as_after_a_fresh_start(edits: list[tuple[str, str | None]]) -> None:
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        has = {
            code: (desk.kiosk.served.version, dict(one.html))
            for code, one in desk.kiosk.served.screens.items()
        }
        for number, (name, text) in enumerate(edits):
            desk.put(name, text)
            if number % 2:  # a screen that comes late has missed something
                has = {code: renewed(desk.kiosk, code, *old) for code, old in has.items()}
        has = {code: renewed(desk.kiosk, code, *old) for code, old in has.items()}
        fresh = desk.fresh()
        try:
            assert shown(desk.kiosk) == shown(fresh)
            for code, (_, html) in has.items():
                assert html == fresh.served.screens[code].html
        finally:
            desk.kiosk.close()
            fresh.close()


def renewed(
    kiosk: Kiosk, code: str, version: str, had: dict[str, str]
) -> tuple[str, dict[str, str]]:
    """Return what a screen has once it has been sent what it lacks."""
    now = kiosk.served
    html = had | now.html_since(version, code)
    return now.version, {page: html[page] for page in now.screens[code].index}


def shown(kiosk: Kiosk) -> dict[str, object]:
    """Return all that a visitor or staff can see of a kiosk."""
    now = kiosk.served
    screens = {
        code: (one.html, one.narrations, one.index, one.interface, one.say, one.logo, one.symbols)
        for code, one in now.screens.items()
    }
    return {
        "version": now.version,
        "screens": screens,
        "surveys": list(now.surveys),
        "files": now.files,
        "letters": now.letters,
        "problems": kiosk.problems,
    }
