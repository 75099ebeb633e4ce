from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import commands
from tests.feedback.kept import NOON, keep, new_id, path_of, write
from tests.tools.sites import tiny_site


class Place:
    """A tiny site with a folder for answers, and the command run on it."""

    def __init__(self, tmp_path: Path) -> None:
        self.site = tiny_site(tmp_path)
        self.folder = self.site / "data" / "feedback"

    def run(self, *arguments: str, code: int = 0) -> Result:
        done = CliRunner().invoke(commands, ["feedback", *arguments, "--site", str(self.site)])
        assert done.exit_code == code, done.output
        return done


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_list_has_one_line_for_each_answer(place: Place) -> None:
    first = keep(place.folder, {"feel": "happy", "words": "One\ntwo \x1b[2J\u202e" + "x" * 500})
    second = keep(place.folder, at=NOON + timedelta(days=1), marked="bashing")
    done = place.run("list")
    lines = done.stdout.splitlines()
    begins = f"{first}  2026-11-24 12:00  think  "
    assert lines[0].startswith(f"{begins}feel: happy | words: One two [2Jx")
    assert len(lines[0]) == len(begins) + 100
    assert lines[1] == f"{second}  2026-11-25 12:00  think  (bashing) feel: happy"
    assert done.stderr == "2 answers.\n"


def test_list_takes_days_by_the_clock_of_the_site(place: Place) -> None:
    summer = NOON.replace(month=7, day=1, hour=23, minute=30)  # half past midnight in London
    name = keep(place.folder, at=summer)
    assert name in place.run("list", "--from", "2026-07-02", "--until", "2026-07-02").stdout
    assert place.run("list", "--until", "2026-07-01").stdout == ""
    assert place.run("list", "--survey", "other").stderr == "0 answers.\n"
    assert "Write it as 2026-11-23." in place.run("list", "--from", "24/11/2026", code=2).output


def test_a_file_that_cannot_be_read_is_told_and_stops_nothing(place: Place) -> None:
    keep(place.folder)
    bad = write(place.folder, new_id(), "a: &a [*a]")
    done = place.run("list")
    assert done.stderr == "1 answer.\n1 file cannot be read: see `kiosk feedback verify`.\n"
    done = place.run("verify", code=1)
    shown = bad.relative_to(place.site)
    assert done.stdout.startswith(f'{shown}:1: A value cannot begin with "*" or "&".')
    bad.unlink()
    assert place.run("verify").stderr == "1 answer. Every one of them can be read.\n"


def test_show_takes_an_id_or_a_receipt(place: Place) -> None:
    name = keep(place.folder, {"words": "Hello"})
    shown = place.run("show", name).stdout
    assert "words: Hello" in shown
    assert str(path_of(place.folder, name).relative_to(place.site)) in shown
    assert place.run("show", name[-6:]).stdout == shown
    assert 'There is no answer "NOBODY".' in place.run("show", "NOBODY", code=1).stderr
