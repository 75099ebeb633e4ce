"""What became of what people said, and what is coming up, on the screen."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.content.names import YOU_SAID
from kiosk.screen.interface_words import interface_of
from kiosk.screen.languages import clock_in_words, day_in_words, weekday_in_words
from kiosk.screen.listened import load_listened, with_listened
from kiosk.symbols import SymbolBook
from tests.tools.axe import axe
from tests.tools.cases import mostly_drill
from tests.tools.clocks import HOUR, ServerClock
from tests.tools.person import (
    heading,
    heard,
    listen_in,
    opened,
    press,
    wait_quiet,
)
from tests.tools.persons import Listener, OneSwitch, Person, SixKeys, Toucher
from tests.tools.server import KioskServer, StartKiosk
from tests.tools.sites import FACTS, HOME, KIOSK_TOML, tiny_site
from tests.tools.visit import KIOSK, LAPTOP, PHONE, OpenVisit, Screen
from tests.tools.waiting import wait_until

TITLE = "You said, we did"
PART = f"""\
---
title: Get involved
symbol: raising hands
order: 1
{FACTS}---
:raising hands: You can take part.
"""
TO_PART = """\
  - title: Get involved
    symbol: raising hands
    colour: green
    part: get-involved
---
"""
QUIET_CORNER = """\
- symbol: ear
  said: It is too loud. We cannot hear you.
  did: We made a quiet corner.
  who: The SEND team
  date: 2026-12-03
"""
NEW_SIGN = """\
- symbol: door
  said: We cannot find the door.
  did: There is a new sign.
  who: Staff
  date: 2026-11-30
"""
EVENTS = """\
- title: Old meeting
  symbol: calendar
  date: 2020-01-01
  where: It was here.
- title: Plan the garden
  symbol: seedling
  date: 2098-12-04
  where: Garden.
- title: Plan the new sensory room
  symbol: handshake
  date: 2098-12-03
  from: 10:00
  until: 12:00
  where: The library. It is in Main Street.
  who: Young people and their families.
  travel: Bus 4 stops outside.
  quiet: There is a quiet room next door.
- title: Talk about trips
  symbol: bus
  date: 2098-12-05
  from: 14:30
  where: Here.
- title: Much later
  symbol: calendar
  date: 2099-01-01
  where: Here.
"""
SITE = {
    "kiosk.toml": f"{KIOSK_TOML}\n[switch]\nseconds = 0.5\n",
    "content/en/home.md": HOME.replace("---\n:", f"{TO_PART}:"),
    "content/en/get-involved/join.md": PART,
    "content/you-said.yaml": NEW_SIGN + QUIET_CORNER,
    "content/events.yaml": EVENTS,
}
WITHOUT_NEWS = {
    **SITE,
    "content/you-said.yaml": f"{QUIET_CORNER}  status: draft\n",
    "content/events.yaml": None,
    "content/en/about.md": PART.replace("Get involved", "How this works"),
}


@pytest.fixture(scope="module")
def kiosk(folder: Path) -> Iterator[KioskServer]:
    server = KioskServer(tiny_site(folder, SITE), folder / "data", shared="tiny")
    yield server
    server.close()


@pytest.fixture(scope="module")
def kiosk_without_news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KioskServer]:
    folder = tmp_path_factory.mktemp("without-news")
    server = KioskServer(tiny_site(folder, WITHOUT_NEWS), folder / "data", shared="tiny")
    yield server
    server.close()


def rows(page: Page) -> list[list[str]]:
    """Return the sentences of each idea that is shown."""
    return [one.locator(".sentence").all_inner_texts() for one in page.locator(".idea").all()]


@pytest.mark.parametrize("screen", mostly_drill([KIOSK, PHONE], PHONE))
def test_what_was_done_is_shown_newest_first(
    visit: OpenVisit, kiosk: KioskServer, screen: Screen
) -> None:
    here = visit(screen)
    page = opened(here.page, f"{kiosk.url}/?page=you-said")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert rows(page) == [
        [
            "You said: It is too loud.",
            "We cannot hear you.",
            "We did: We made a quiet corner.",
            "The SEND team, 3 December 2026.",
        ],
        [
            "You said: We cannot find the door.",
            "We did: There is a new sign.",
            "Staff, 30 November 2026.",
        ],
    ]
    assert page.locator(".idea img").first.get_attribute("alt") == "Ear"
    expect(page.locator(".note, .source")).to_have_count(0)
    assert axe(page) == []
    assert here.errors == []


@pytest.mark.parametrize("screen", mostly_drill([KIOSK, PHONE], PHONE))
def test_the_next_three_events_are_shown(
    visit: OpenVisit, kiosk: KioskServer, screen: Screen
) -> None:
    here = visit(screen)
    page = opened(here.page, f"{kiosk.url}/?page=join")
    expect(page.get_by_role("heading", level=2)).to_have_text(["Meetings and workshops"])
    assert rows(page) == [
        ["You can take part."],
        [
            "Plan the new sensory room",
            "When: Wednesday 3 December 2098, 10am to 12 noon.",
            "Where: The library.",
            "It is in Main Street.",
            "Who it is for: Young people and their families.",
            "How to get there: Bus 4 stops outside.",
            "Quiet room: There is a quiet room next door.",
        ],
        ["Plan the garden", "When: Thursday 4 December 2098.", "Where: Garden."],
        [
            "Talk about trips",
            "When: Friday 5 December 2098, from 2:30pm.",
            "Where: Here.",
        ],
    ]
    assert axe(page) == []
    assert here.errors == []


@pytest.mark.parametrize("name", mostly_drill(["you-said", "join"], "you-said"))
def test_all_of_it_is_read_aloud_and_each_sentence_is_lit(
    visit: OpenVisit, kiosk: KioskServer, name: str
) -> None:
    page = visit(KIOSK).page
    listen_in(page, 16)
    page.add_init_script(
        """window.lit = [];
        document.addEventListener("kiosk:spoken", () => requestAnimationFrame(() =>
          window.lit.push(document.querySelector(".sentence-read, .being-read .band")?.innerText)));
        """
    )
    opened(page, f"{kiosk.url}/?page={name}")
    press(page, "Listen")
    wait_until(lambda: heard(page), 30, "the voice")
    wait_quiet(page, 60)
    shown = page.locator(".idea .sentence").all_inner_texts()
    assert shown
    assert [one for one in heard(page) if one in shown] == shown
    assert set(shown) <= set(page.evaluate("window.lit"))


@pytest.mark.drill
@pytest.mark.parametrize("person", [Toucher, SixKeys, OneSwitch, Listener])
def test_it_is_reached_from_get_involved_and_back_leads_there(
    visit: OpenVisit, kiosk: KioskServer, person: type
) -> None:
    page = visit(KIOSK if person is Toucher else LAPTOP).page
    listen_in(page, 16)
    opened(page, f"{kiosk.url}/?page=join")
    somebody: Person = person(page)
    if isinstance(somebody, OneSwitch):
        somebody.keypad.press("switch")
        wait_until(lambda: heard(page), 10, "the voice")
    if isinstance(somebody, Listener):
        somebody.press("speech")
    somebody.choose(TITLE)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    if isinstance(somebody, Listener):
        assert somebody.press("down") == [
            "You said: It is too loud.",
            "We cannot hear you.",
            "We did: We made a quiet corner.",
            "The SEND team, 3 December 2026.",
            "Picture: Ear.",
            "Part 1 of 2.",
        ]
    somebody.choose("Back")
    expect(page.get_by_role("heading", level=1)).to_have_text("Get involved")


@pytest.mark.drill
def test_the_thank_you_screen_leads_to_it_and_back_is_where_one_was(
    visit: OpenVisit, kiosk: KioskServer, folder: Path
) -> None:
    page = opened(visit(KIOSK).page, f"{kiosk.url}/?page=join")
    person = Toucher(page)
    person.choose(TITLE)
    person.choose("Tell us what you think")
    person.choose("Happy")
    person.choose("Next question")
    heading(page, "Do you want to tell us more?")
    person.choose("Skip")
    heading(page, "Thank you")
    expect(page.locator(".result")).to_have_text("Your answer is saved.")
    assert axe(page) == []
    (file,) = (folder / "data" / "feedback").rglob("*.yaml")
    assert yaml.safe_load(file.read_text(encoding="utf-8"))["page"] == "you-said"
    person.choose(TITLE)
    heading(page, TITLE)
    person.choose("Back")
    heading(page, "Get involved")
    person.choose("Back")
    heading(page, "What would you like to know?")


@pytest.mark.drill
def test_back_from_help_in_a_survey_leads_through_the_survey_to_where_one_was(
    visit: OpenVisit, kiosk_without_news: KioskServer
) -> None:
    page = opened(visit(KIOSK).page, f"{kiosk_without_news.url}/?page=plan")
    for name, title in [
        ("Tell us what you think", "How do you feel about this page?"),
        ("Help", "How this works"),
        ("Back", "How do you feel about this page?"),
        ("Back", "Your plan"),
    ]:
        Toucher(page).choose(name)
        heading(page, title)


def test_without_news_nothing_leads_to_it_and_its_address_says_so_kindly(
    visit: OpenVisit, kiosk_without_news: KioskServer
) -> None:
    kiosk = kiosk_without_news
    page = opened(visit(KIOSK).page, f"{kiosk.url}/?page=join")
    assert rows(page) == [["You can take part."]]
    expect(page.get_by_role("heading", level=2)).to_have_count(0)
    expect(page.get_by_text(TITLE)).to_have_count(0)
    opened(page, f"{kiosk.url}/?page=think")
    expect(page.locator(".thanks a", has_text=TITLE)).to_have_count(0)
    opened(page, f"{kiosk.url}/?page=you-said")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert rows(page) == [
        ["We have no news yet.", "This page is for what you said and what we did."]
    ]
    assert axe(page) == []


def write_zone(folder: Path, offset: timedelta) -> None:
    """Write a time zone "Soon" that is always this far from UTC, to the second (RFC 9636)."""
    head = struct.pack(">4s1s15x6l", b"TZif", b"\0", 0, 0, 0, 0, 1, 5)
    kind = struct.pack(">lbb", int(offset.total_seconds()), 0, 0)
    (folder / "Soon").write_bytes(head + kind + b"SOON\0")


@pytest.mark.drill
def test_an_event_that_is_over_goes_away_by_itself(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    """The clock of this place is some seconds before a full minute when the kiosk starts."""
    now = datetime.now(UTC).replace(microsecond=0)
    noon = now.replace(hour=12, minute=0, second=0)
    write_zone(tmp_path, noon - timedelta(seconds=15) - now)
    today = noon.date()  # the day is the same there: it is 11:59 of this day
    events = "".join(
        f'- {{title: "Until {clock}", symbol: bus, date: {today}, from: "10:00", '
        f'until: "{clock}", where: Here.}}\n'
        for clock in ("12:00", "12:01", "12:02", "12:03")
    )
    toml = KIOSK_TOML.replace("Europe/London", "Soon")
    site = tiny_site(tmp_path, {**SITE, "kiosk.toml": toml, "content/events.yaml": events})
    kiosk = kiosk_server(site, environment={"PYTHONTZPATH": str(tmp_path)})
    page = opened(visit(KIOSK).page, f"{kiosk.url}/?page=join")
    first, second, third = (row[0] for row in rows(page)[1:])
    expect(page.locator(".idea").nth(1)).to_contain_text(second, timeout=70_000)
    left = [row[0] for row in rows(page)]
    assert left[1:3] == [second, third]
    assert first not in left


@pytest.mark.drill
def test_an_event_comes_back_when_a_clock_that_was_wrong_is_set_right(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    noon = now.replace(hour=12, minute=0, second=0)
    write_zone(tmp_path, noon - now)  # so that an hour later is the same day
    event = (
        f'- {{title: "Soon over", symbol: bus, date: {noon.date()}, from: "10:00", '
        'until: "12:30", where: Here.}\n'
    )
    toml = KIOSK_TOML.replace("Europe/London", "Soon")
    site = tiny_site(tmp_path, {**SITE, "kiosk.toml": toml, "content/events.yaml": event})
    clock = ServerClock(tmp_path / "clock")
    kiosk = kiosk_server(site, environment={**clock.environment, "PYTHONTZPATH": str(tmp_path)})
    page = opened(visit(KIOSK).page, f"{kiosk.url}/?page=join")
    expect(page.get_by_text("Soon over")).to_have_count(1)
    clock.shift(HOUR)
    expect(page.get_by_text("Soon over")).to_have_count(0, timeout=20_000)
    clock.shift(0)
    expect(page.get_by_text("Soon over")).to_have_count(1, timeout=20_000)


@pytest.mark.drill
def test_a_broken_file_is_told_and_its_last_good_version_stays_until_it_is_mended(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    site = tiny_site(tmp_path, SITE)
    kiosk = kiosk_server(site)
    page = opened(visit(KIOSK).page, f"{kiosk.url}/?page=you-said")
    mended = QUIET_CORNER.replace(": ear", ": our corner").replace("corner.", "room.")
    (site / "content/you-said.yaml").write_text(mended, encoding="utf-8")
    garden = EVENTS.replace("where: Garden", "wher: Garden")
    (site / "content/events.yaml").write_text(garden, encoding="utf-8")
    for told in (
        'content/you-said.yaml:1: I do not know the picture "our corner".',
        'content/events.yaml:8: I do not know the key "wher". Did you mean "where"?',
    ):
        wait_until(lambda told=told: told in kiosk.stderr_text(), 20, told)  # type: ignore[misc]
    opened(page, f"{kiosk.url}/?page=join")
    assert [row[0] for row in rows(page)][2] == "Plan the garden"
    opened(page, f"{kiosk.url}/?page=you-said")
    assert rows(page)[0][2] == "We did: We made a quiet corner."
    (site / "content/symbols.yaml").write_text("our corner: house\n", encoding="utf-8")
    expect(page.locator(".idea")).to_contain_text(["We made a quiet room."], timeout=20_000)


def test_twelve_are_shown_at_most(tmp_path: Path) -> None:
    many = "".join(NEW_SIGN.replace("11-30", f"11-{day:02}") for day in range(1, 15))
    site = load_site(tiny_site(tmp_path, {"content/you-said.yaml": many}))
    library = Library(site)
    listened, _ = load_listened(site, library.symbols)
    english, words = library.languages["en"], {"en": interface_of("en")}
    page = with_listened(english, listened, words, datetime.now(UTC)).pages[YOU_SAID]
    whom = [idea.sentences[-1].text for idea in page.ideas]
    assert whom == [f"Staff, {day} November 2026." for day in range(14, 2, -1)]


def test_each_language_has_its_own(tmp_path: Path) -> None:
    toml = KIOSK_TOML.replace('["en"]', '["en", "pl"]')
    polish = QUIET_CORNER + "  language: pl\n"
    files = {"kiosk.toml": toml, "content/you-said.yaml": polish}
    site = load_site(tiny_site(tmp_path, files))
    listened, problems = load_listened(site, SymbolBook(site))
    assert problems == ()
    assert (listened.has_news("pl"), listened.has_news("en")) == (True, False)


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        (time(0, 0), "12 midnight"),
        (time(0, 15), "12:15am"),
        (time(10, 0), "10am"),
        (time(11, 59), "11:59am"),
        (time(12, 0), "12 noon"),
        (time(12, 30), "12:30pm"),
        (time(14, 5), "2:05pm"),
        (time(23, 0), "11pm"),
    ],
)
def test_a_time_is_written_as_it_is_said(clock: time, words: str) -> None:
    assert clock_in_words(clock) == words


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        (time(0, 0), "رات 12 بجے"),
        (time(4, 30), "صبح 4:30 بجے"),
        (time(10, 0), "صبح 10 بجے"),
        (time(12, 0), "دوپہر 12 بجے"),
        (time(16, 0), "شام 4 بجے"),
        (time(20, 5), "رات 8:05 بجے"),
    ],
)
def test_a_time_in_urdu_tells_the_part_of_the_day(clock: time, words: str) -> None:
    assert clock_in_words(clock, "ur") == words


def test_no_comma_breaks_a_day_in_two() -> None:
    day = date(2026, 12, 3)
    assert day_in_words(day, "ur") == "3 دسمبر 2026"
    assert weekday_in_words(day, "ur") == "جمعرات 3 دسمبر 2026"
