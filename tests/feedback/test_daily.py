"""Old answers go by themselves, once a day, and never because a clock is wrong."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.config import Site, load_site
from kiosk.errors import FeedbackError
from kiosk.feedback.store.daily import FILE, purge_once_a_day
from kiosk.feedback.store.index import open_index
from kiosk.feedback.store.shelf import folder_of
from kiosk.feedback.store.store import AnswerStore
from tests.feedback.kept import NOON, keep, new_id, path_of, write
from tests.tools.sites import tiny_site

TODAY = date(2027, 11, 24)
DAY = timedelta(days=1)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return load_site(tiny_site(tmp_path))


def look(site: Site, today: date) -> str:
    return purge_once_a_day(site, AnswerStore(folder_of(site)), today)


def ids(site: Site) -> list[str]:
    return sorted(path.stem for path in folder_of(site).rglob("*.yaml"))


def test_what_is_too_old_goes_on_the_next_day_with_its_voice_and_out_of_the_index(
    site: Site,
) -> None:
    folder = folder_of(site)
    old = keep(folder, {"words": "Something private"}, at=NOON - DAY)
    voice = path_of(folder, old).with_name(f"{old}.say.webm")
    voice.write_bytes(b"sound")
    stays = keep(folder, {"words": "Something else"}, at=NOON + DAY)
    with open_index(site) as index:
        index.refresh()
    assert look(site, TODAY - DAY) == ""
    assert ids(site) == [old, stays]
    told = look(site, TODAY)
    assert told == "Answers deleted because they were older than keep_months = 12: 1."
    assert ids(site) == [stays]
    everything = b"".join(one.read_bytes() for one in site.data.rglob("*") if one.is_file())
    assert b"Something private" not in everything
    assert b"Something else" in everything
    assert not voice.exists()
    with open_index(site) as index:
        assert [one.id for one in index.answers()] == [stays]


def test_it_is_done_once_a_day_and_each_day(site: Site) -> None:
    look(site, TODAY)
    for day in range(3):
        old = keep(folder_of(site), at=NOON - timedelta(days=5))
        assert look(site, TODAY + timedelta(days=day)) == ""
        assert ids(site) == [old]
        assert look(site, TODAY + timedelta(days=day + 1)) != ""
        assert ids(site) == []


def test_a_kiosk_that_was_off_for_weeks_does_it_when_it_starts(site: Site) -> None:
    look(site, TODAY - timedelta(days=31))
    keep(folder_of(site), at=NOON - DAY)
    assert look(site, TODAY) != ""
    assert ids(site) == []


@pytest.mark.parametrize("leap", [32, 3_000, -1, -3_000])
def test_a_clock_that_leaps_deletes_nothing_and_is_told(site: Site, leap: int) -> None:
    kept = [keep(folder_of(site), at=NOON + timedelta(days=n)) for n in (0, 100, 300)]
    today = date(2026, 11, 25)
    look(site, today)
    leapt = today + timedelta(days=leap)
    told = look(site, leapt)
    assert told.startswith(f"The clock says {leapt}. The last day that was seen here was {today}.")
    look(site, today)  # somebody puts it right
    assert look(site, today + DAY) == ""
    assert ids(site) == kept


def test_a_clock_that_leaps_and_goes_on_is_believed_on_the_next_day(site: Site) -> None:
    keep(folder_of(site), at=NOON)
    look(site, NOON.date())
    assert look(site, TODAY + DAY).startswith("The clock says")
    assert look(site, TODAY + 2 * DAY).startswith("Answers deleted")
    assert ids(site) == []


def test_an_answer_from_before_this_program_was_given_by_a_wrong_clock_and_stays(
    site: Site,
) -> None:
    kept = keep(folder_of(site), at=NOON.replace(year=2001))
    look(site, TODAY - DAY)
    assert look(site, TODAY) == ""
    assert ids(site) == [kept]


def test_a_note_that_cannot_be_read_is_made_again(site: Site) -> None:
    keep(folder_of(site), at=NOON - DAY)
    (site.data / FILE).write_bytes(b"\xff\x00 yesterday")
    assert look(site, TODAY - DAY) == ""
    assert look(site, TODAY) != ""
    assert ids(site) == []


def test_a_broken_file_goes_by_the_day_in_its_id(site: Site) -> None:
    write(folder_of(site), new_id(NOON - DAY), "title: [")
    look(site, TODAY - DAY)
    assert look(site, TODAY) != ""
    assert ids(site) == []


def test_it_is_tried_again_on_the_same_day_when_the_disk_says_no(site: Site) -> None:
    look(site, TODAY - DAY)
    keep(folder_of(site), at=NOON - DAY)
    note = site.data / FILE
    note.unlink()
    (note / "in-the-way").mkdir(parents=True)
    with pytest.raises(FeedbackError, match="I cannot write"):
        look(site, TODAY)
    (note / "in-the-way").rmdir()
    note.rmdir()
    note.write_text(f"{TODAY - DAY}\n")
    assert look(site, TODAY) != ""
    assert ids(site) == []
