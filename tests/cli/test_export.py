from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools.clocks import HOUR, ServerClock
from tests.tools.command import run
from tests.tools.sites import HOME, KIOSK_TOML, PLAN, tiny_site


def test_files_are_made_and_named_and_come_again_the_same(tmp_path: Path) -> None:
    site, to = tiny_site(tmp_path), tmp_path / "to"
    done = run("export", "board", "--all", "--site", str(site), "--to", str(to))
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [f"1 file in {to}:", "  board-about-en.obz"]
    first = (to / "board-about-en.obz").read_bytes()
    told = (to / "credits.txt").read_text(encoding="utf-8")
    assert "- OpenMoji. OpenMoji, openmoji.org. CC BY-SA 4.0." in told
    assert "    in board-about-en.obz\n" in told
    assert (to / "licences" / "cc-by-sa-4.0.txt").is_file()
    run("export", "board", "about", "--site", str(site), "--to", str(to))
    assert (to / "board-about-en.obz").read_bytes() == first


def test_a_mistake_ends_with_1_its_place_and_no_file(tmp_path: Path) -> None:
    site = tiny_site(tmp_path, {"content/en/about/plan.md": PLAN.replace("title: Your plan\n", "")})
    to = tmp_path / "to"
    done = run("export", "leaflet", "plan", "--site", str(site), "--to", str(to))
    assert done.exit_code == 1
    assert done.stderr.startswith("content/en/about/plan.md:")
    assert not to.exists()


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    (tmp_path / "to").write_text("")
    to = tmp_path / "to" / "below"
    done = run("export", "board", "about", "--site", str(site), "--to", str(to))
    assert done.exit_code == 1
    assert "cannot be written" in done.stderr


def test_no_workshops_is_said_and_is_no_mistake(tmp_path: Path) -> None:
    done = run("export", "calendar", "--site", str(tiny_site(tmp_path)), "--to", str(tmp_path))
    assert (done.exit_code, done.stdout) == (0, "There is nothing to export.\n")


@pytest.mark.parametrize(
    "asked",
    [
        (),
        ("leaflet",),
        ("leaflet", "plan", "--all"),
        ("board", "about", "--fold"),
        ("calendar", "plan"),
    ],
)
def test_what_is_not_clear_is_asked_for(tmp_path: Path, asked: tuple[str, ...]) -> None:
    done = run("export", *asked, "--site", str(tiny_site(tmp_path)))
    assert done.exit_code == 2
    assert "Usage" in done.stderr


@pytest.mark.drill
def test_the_same_site_gives_the_same_bytes_on_another_day_and_by_another_clock(
    tmp_path: Path,
) -> None:
    events = "- title: A day\n  symbol: handshake\n  date: 2027-03-27\n  where: The library.\n"
    settings = KIOSK_TOML.replace("[site]", '[site]\nweb_address = "https://example.org/"')
    site = tiny_site(tmp_path, {"content/events.yaml": events, "kiosk.toml": settings})
    found = []
    for number, (days, zone) in enumerate([(0, "Europe/London"), (400, "Pacific/Auckland")]):
        clock = ServerClock(tmp_path / f"clock-{number}")
        clock.shift(days * 24 * HOUR)
        to = tmp_path / str(number)
        done = subprocess.run(
            [sys.executable, "-m", "kiosk", "export", "--all", "--site", site, "--to", to],
            env=os.environ | clock.environment | {"TZ": zone},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found.append({one.relative_to(to): one.read_bytes() for one in to.rglob("*.*")})
    assert found[0].keys() == found[1].keys()
    assert [name for name, data in found[0].items() if found[1][name] != data] == []
    kinds = ("pdf", "png", "svg", "obz", "epub", "mp3", "ics", "txt")
    assert {name.suffix for name in found[0]} >= {f".{kind}" for kind in kinds}


@pytest.mark.drill
def test_all_makes_every_kind(tmp_path: Path) -> None:
    to = tmp_path / "to"
    done = run("export", "--all", "--site", str(tiny_site(tmp_path)), "--to", str(to))
    assert done.exit_code == 0, done.output
    assert {one.name for one in to.iterdir()} == {
        *(f"leaflet-{name}-en.pdf" for name in ("about", "people", "plan")),
        *(f"audio-{name}-en.mp3" for name in ("about", "people", "plan")),
        *("poster-about-en.pdf", "poster-about-en.png", "board-about-en.obz"),
        *("book-about-en.epub", "book-en.epub", "credits.txt", "licences", "web"),
    }


def test_a_page_that_no_voice_can_read_ends_with_1_and_its_place(tmp_path: Path) -> None:
    page = PLAN.replace("An EHCP", "Cynllun yw EHCP")
    site = tiny_site(
        tmp_path,
        {
            "kiosk.toml": KIOSK_TOML.replace('"en"', '"cy"'),
            "content/cy/home.md": HOME,
            "content/cy/about/plan.md": page,
        },
    )
    done = run("export", "book", "plan", "--site", str(site), "--to", str(tmp_path / "to"))
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-1].startswith(
        'content/cy/about/plan.md:1: There is no voice for the language "cy"'
    )
    assert not (tmp_path / "to").exists()


def test_each_page_is_a_step_of_a_recording_and_a_voice_that_cannot_speak_is_told(
    tmp_path: Path,
) -> None:
    settings = KIOSK_TOML + '[speech.voices]\nen = "natural/nobody"\n'
    site, to = tiny_site(tmp_path, {"kiosk.toml": settings}), tmp_path / "to"
    done = run("export", "audio", "plan", "--site", str(site), "--to", str(to))
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [f"1 file in {to}:", "  audio-plan-en.mp3"]
    assert "natural/nobody cannot speak, so gmw/en does." in done.stderr
