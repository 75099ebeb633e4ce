from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Timezone

from kiosk.config import load_site
from kiosk.content.events import load_events
from kiosk.export.calendar import calendar
from kiosk.symbols import SymbolBook
from tests.tools.sites import KIOSK_TOML, tiny_site

LONDON = ZoneInfo("Europe/London")

EVENTS = """\
- title: Before the clock changes
  symbol: handshake
  date: 2027-03-27
  from: 10:00
  until: 12:00
  where: The library, in Main Street; it has a lift.
  who: It is for young people and families.
- title: After the clock changes, a workshop with a name that is longer than one line may be
  symbol: handshake
  date: 2027-03-28
  from: 10:00
  where: The library.
- title: All day
  symbol: handshake
  date: 2027-10-31
  where: The park.
"""


def written(folder: Path, events: str, language: str = "en", zone: str = "") -> bytes | None:
    changes: dict[str, str | None] = {"content/events.yaml": events}
    if zone:
        changes["kiosk.toml"] = KIOSK_TOML.replace("Europe/London", zone)
    site = load_site(tiny_site(folder, changes))
    found, wrong = load_events(site, SymbolBook(site))
    assert wrong == ()
    return calendar(site, found, language)


def test_workshops_are_read_back_at_their_hours_on_both_sides_of_the_clock_change(
    tmp_path: Path,
) -> None:
    file = written(tmp_path, EVENTS)
    assert file is not None
    before, after, whole = Calendar.from_ical(file).walk("VEVENT")
    assert before.decoded("DTSTART") == datetime(2027, 3, 27, 10, tzinfo=LONDON)
    assert before.decoded("DTEND") == datetime(2027, 3, 27, 12, tzinfo=LONDON)
    assert after.decoded("DTSTART") == datetime(2027, 3, 28, 10, tzinfo=LONDON)
    between = after.decoded("DTSTART").timestamp() - before.decoded("DTSTART").timestamp()
    assert between == 23 * 3600
    assert whole.decoded("DTSTART") == date(2027, 10, 31)
    assert before["LOCATION"] == "The library, in Main Street; it has a lift."
    assert "Who it is for: It is for young people and families." in str(before["DESCRIPTION"])
    assert "It is not an official document." in str(before["DESCRIPTION"])
    assert str(after["SUMMARY"]).endswith("longer than one line may be")


@pytest.mark.parametrize(
    "name", ["Europe/London", "Europe/Warsaw", "America/New_York", "Asia/Karachi"]
)
def test_the_time_zone_in_the_file_is_that_of_the_place(tmp_path: Path, name: str) -> None:
    file = written(tmp_path, EVENTS, zone=name)
    assert file is not None
    (told,) = Calendar.from_ical(file).walk("VTIMEZONE")
    assert isinstance(told, Timezone)
    rebuilt, real = told.to_tz(lookup_tzid=False), ZoneInfo(name)
    for month in range(1, 13):
        for day in (1, 15, 28):
            noon = datetime(2027, month, day, 12)  # noqa: DTZ001 - the zones are compared
            assert rebuilt.utcoffset(noon) == noon.replace(tzinfo=real).utcoffset(), noon


def test_no_line_is_longer_than_75_bytes_and_the_same_file_comes_again(tmp_path: Path) -> None:
    file = written(tmp_path, EVENTS.replace("All day", "ورکشاپ " * 12))
    assert file is not None
    assert max(len(line) for line in file.split(b"\r\n")) <= 75
    (tmp_path / "again").mkdir()
    assert file == written(tmp_path / "again", EVENTS.replace("All day", "ورکشاپ " * 12))


def test_without_workshops_there_is_no_file(tmp_path: Path) -> None:
    assert written(tmp_path, "[]\n") is None
