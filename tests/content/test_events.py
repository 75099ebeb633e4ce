from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.content.events import Event, coming_up, load_events
from kiosk.errors import ContentError
from kiosk.symbols import SymbolBook
from tests.tools.sites import KIOSK_TOML, tiny_site

ROOT = Path(__file__).resolve().parents[2]
GOOD = """\
# Workshops
- title: Plan the garden
  symbol: handshake
  date: 2026-12-03
  from: 10:00
  until: 12:30
  where: The library.
  who: Young people.
  travel: Bus 4 stops outside.
  quiet: There is a quiet room.
- title: Open day
  symbol: house
  date: 2026-11-30
  where: The town hall.
"""


def load(
    tmp_path: Path, text: str, toml: str = KIOSK_TOML
) -> tuple[tuple[Event, ...], tuple[ContentError, ...]]:
    root = tiny_site(tmp_path, {"content/events.yaml": text, "kiosk.toml": toml})
    site = load_site(root)
    return load_events(site, SymbolBook(site))


def test_events_are_read_with_the_soonest_first(tmp_path: Path) -> None:
    events, problems = load(tmp_path, GOOD)
    assert problems == ()
    assert [one.title for one in events] == ["Open day", "Plan the garden"]
    day, garden = events
    assert (day.has_times, day.has_end, garden.has_times, garden.has_end) == (False, False, 1, 1)
    assert (day.who, day.travel, day.quiet) == ("", "", "")
    assert (garden.where, garden.who) == ("The library.", "Young people.")
    assert (garden.travel, garden.quiet) == ("Bus 4 stops outside.", "There is a quiet room.")
    assert f"{garden.begins:%H:%M}-{garden.ends:%H:%M}" == "10:00-12:30"
    assert (garden.symbol.name, garden.language, garden.line) == ("handshake", "en", 2)


def test_no_file_and_an_empty_file_are_no_mistake(tmp_path: Path) -> None:
    assert load(tmp_path, "# Nothing yet\n") == ((), ())
    (tmp_path / "site" / "content" / "events.yaml").unlink()
    site = load_site(tmp_path / "site")
    assert load_events(site, SymbolBook(site)) == ((), ())


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2026-11-30T23:59:00+00:00", ["Open day", "Plan the garden"]),
        ("2026-12-01T00:00:00+00:00", ["Plan the garden"]),
        ("2026-12-03T12:29:00+00:00", ["Plan the garden"]),
        ("2026-12-03T12:30:00+00:00", []),
    ],
)
def test_an_event_drops_off_when_it_is_over(tmp_path: Path, now: str, left: list[str]) -> None:
    events, _ = load(tmp_path, GOOD)
    assert [one.title for one in coming_up(events, datetime.fromisoformat(now))] == left


def test_the_clock_of_the_site_decides_when_an_event_is_over(tmp_path: Path) -> None:
    toml = KIOSK_TOML.replace("Europe/London", "America/New_York")
    events, _ = load(tmp_path, GOOD, toml)
    five_hours_later = datetime(2026, 12, 3, 17, 29, tzinfo=UTC)
    assert [one.title for one in coming_up(events, five_hours_later)] == ["Plan the garden"]
    assert coming_up(events, datetime(2026, 12, 3, 17, 30, tzinfo=UTC)) == ()


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("symbol: house", "symbol: hause", ':12: I do not know the picture "hause".'),
        ("date: 2026-11-30", "date: 30/11/2026", ':13: "30/11/2026" is not a date.'),
        ("date: 2026-11-30", "date: 2026-11-31", ':13: "date"'),
        ("from: 10:00", "from: 25:00", ':5: "25:00" is not a time.'),
        ("until: 12:30", "until: 09:30", ':2: "until" must be later than "from".'),
        ("  from: 10:00\n", "", ':2: There is "until" and no "from".'),
        ("  where: The town hall.\n", "", ':11: "where" is missing.'),
        ("where: The town hall.", "where:", ':14: "where" is empty.'),
        ("where: The town hall.", "where: Here.\n  form: 9:00", 'Did you mean "from"?'),
        ("where: The town hall.", "where: Here.\n  language: ur", "It speaks: en."),
        ("- title: Open day", "- title: [a, b]", ':11: "title"'),
    ],
)
def test_a_slip_is_named_with_its_line_and_takes_no_other_event_with_it(
    tmp_path: Path, good: str, bad: str, said: str
) -> None:
    text = GOOD.replace(good, bad)
    assert text != GOOD
    events, problems = load(tmp_path, text)
    assert len(problems) == 1
    assert str(problems[0]).startswith("content/events.yaml:")
    assert said in str(problems[0])
    assert len(events) == 1


def test_a_file_that_is_not_yaml_names_its_line(tmp_path: Path) -> None:
    events, problems = load(tmp_path, "first:\n  second\n" + GOOD)
    assert events == ()
    assert str(problems[0]).startswith("content/events.yaml:4: ")


def test_a_file_that_is_no_list_says_how_to_begin_one(tmp_path: Path) -> None:
    events, problems = load(tmp_path, "title: Open day\n")
    assert events == ()
    assert "must be a list" in str(problems[0])


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_of_all_are_days(tmp_path: Path, day: str) -> None:
    events, problems = load(tmp_path, GOOD.replace("2026-11-30", day))
    assert problems == ()
    now = datetime(2026, 11, 1, tzinfo=UTC)
    assert ("Open day" in [one.title for one in coming_up(events, now)]) == (day[0] == "9")


def test_the_example_that_comes_with_the_site_is_good(tmp_path: Path) -> None:
    example = (ROOT / "content" / "events.example.yaml").read_text(encoding="utf-8")
    book = (ROOT / "content" / "symbols.yaml").read_text(encoding="utf-8")
    root = tiny_site(tmp_path, {"content/events.yaml": example, "content/symbols.yaml": book})
    site = load_site(root)
    events, problems = load_events(site, SymbolBook(site))
    assert problems == ()
    assert len(events) == 1
