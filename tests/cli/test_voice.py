"""`kiosk voice`, and what `kiosk check` says of recordings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import soundfile

from kiosk.config import Site, load_site
from kiosk.content import Library
from kiosk.recorded.model import lines_of
from tests.recorded.readers import OTHER, read, say
from tests.tools.command import run
from tests.tools.recorded import AMIRA, read_aloud
from tests.tools.sites import PEOPLE, tiny_site


def test_without_a_yes_the_command_asks_and_refuses(tmp_path: Path) -> None:
    root = tiny_site(tmp_path)
    done = run("voice", "add", "people", "a.wav", "--site", str(root), typed="Amira\nparent\n")
    assert done.exit_code == 1
    assert "Who reads? A first name" in done.output
    assert "the voice is not kept" in done.output
    assert not list(root.rglob("*.voice"))
    done = run(
        *("voice", "add", "people", "a.wav", "--site", str(root), "--by", "Amira"),
        *("--agreed", "2026-11-20", "--agreed-by", "Mrs Khan"),
    )
    assert done.exit_code == 2
    assert "parent" in done.output
    assert not list(root.rglob("*.voice"))


def test_staff_see_who_reads_what_was_agreed_and_what_lights_as_a_whole(tmp_path: Path) -> None:
    root = tiny_site(tmp_path)
    assert "Nobody has read a page" in run("voice", "list", "--site", str(root)).output
    read_aloud(root, whole=[2], leave=[6])
    listed = run("voice", "list", "--site", str(root)).output
    assert listed.strip() == (
        "content/en/about/people.md: Amira, 5 of 6 sentences, "
        "agreed 2026-11-20 by parent, heard: screen"
    )
    sentences = run("voice", "list", "people", "--site", str(root)).output
    assert "2  as a whole    We use co-production." in sentences
    assert "6  not read      Bus 2" in sentences
    done = run("voice", "check", "--site", str(root))
    assert done.exit_code == 1
    assert (
        'people.md:15: Amira has not read "Bus 2": another voice does. '
        "Record it: kiosk voice add people FILE --sentence 6" in done.output
    )
    assert "light as a whole, as I am not sure of their words: 2." in done.output
    plan = run("voice", "list", "plan", "--site", str(root))
    assert "Nobody has read this page" in plan.output
    assert plan.exit_code == 1


@pytest.mark.drill
@pytest.mark.parametrize(
    ("before", "told"),
    [(True, "What was read before stays."), (False, "The kiosk's voice reads it.")],
)
def test_a_sentence_that_is_not_read_again_stays_as_it_was(
    tmp_path: Path, before: bool, told: str
) -> None:
    root = tiny_site(tmp_path)
    if before:
        read_aloud(root)
    lines = lines_of(Library(load_site(root)).languages["en"].pages["people"])
    texts = [one.text for at, one in enumerate(lines, 1) if at != 2]
    reading = read(say(texts, OTHER, {}))
    soundfile.write(tmp_path / "reading.wav", reading.samples, reading.rate)
    done = run(
        *("voice", "add", "people", str(tmp_path / "reading.wav"), "--site", str(root)),
        *("--by", "Amira", "--agreed", "2026-11-20", "--agreed-by", "parent"),
    )
    assert f'Not read: 2. "{lines[1].text}" {told}' in done.output


def test_check_names_an_edited_sentence_and_a_voice_that_is_over_but_lets_the_site_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Site, "today", lambda *_: date(2026, 11, 26))
    root = tiny_site(tmp_path)
    read_aloud(root)
    before = run("check", "--site", str(root))
    assert "Amira" not in before.output
    people = root / "content" / "en" / "about" / "people.md"
    people.write_text(PEOPLE.replace("come by bus", "come by train"), encoding="utf-8")
    done = run("check", "--site", str(root))
    assert done.exit_code == before.exit_code
    assert 'people.md:13: Amira has not read "You can come by train."' in done.output
    assert 'reads "You can come by bus.", which is not on the page any more' in done.output
    assert "--sentence 4" in done.output
    read_aloud(root, consent=replace(AMIRA, until=date(2026, 11, 25)))
    done = run("check", "--site", str(root))
    assert "Amira's voice is not heard. It was agreed until 2026-11-25." in done.output


def test_what_is_not_on_the_page_any_more_can_be_taken_away_alone(tmp_path: Path) -> None:
    root = tiny_site(tmp_path)
    folder = read_aloud(root)
    files = len(list(folder.iterdir()))
    people = root / "content" / "en" / "about" / "people.md"
    people.write_text(PEOPLE.replace("come by bus", "come by train"), encoding="utf-8")
    asked = ("voice", "remove", "people", "--site", str(root), "--old")
    assert run(*asked, typed="n\n").exit_code == 1
    assert len(list(folder.iterdir())) == files
    done = run(*asked, "--yes")
    assert done.exit_code == 0, done.output
    assert len(list(folder.iterdir())) == files - 2
    assert "backups" in done.output
    assert "Git" in done.output
    done = run("voice", "remove", "people", "--site", str(root), "--yes")
    assert done.exit_code == 0, done.output
    assert not folder.exists()
