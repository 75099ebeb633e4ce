from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.health import browser, machine, show, speak
from kiosk.health.examine import examine
from kiosk.health.verdict import Verdict
from kiosk.live.kiosk import Kiosk
from kiosk.lockdown.chromium import OLDEST, version_of
from kiosk.screen.letters import beyond_source_sans
from kiosk.speech import natural
from kiosk.speech.narrator import Narrator
from tests.tools.piper_model import write_voice
from tests.tools.recorded import read_aloud
from tests.tools.sites import HOME, KIOSK_TOML, PEOPLE, PLAN, tiny_site

ROOT = Path(__file__).resolve().parents[2]
MEASURED = KIOSK_TOML + "\n[display]\npixel_pitch_mm = 0.3\n"
CREDITS = PLAN.replace("Your plan", "The pictures").replace("order: 2", "order: 3")
GOOD = {"kiosk.toml": MEASURED, "content/en/about/pictures.md": CREDITS}


def answers(site: Path, about: str) -> list[Verdict]:
    """The answers about one thing; the browser, last of all, is not waited for."""
    found = []
    for one in examine(load_site(site)):
        if one.about == about:
            found.append(one)
        if one.about == "Voice" and about != "Voice":
            break
    return found


def the_one(site: Path, about: str) -> Verdict:
    (one,) = answers(site, about)
    return one


def a_program(folder: Path, name: str, prints: str) -> None:
    """Put a program on the PATH that prints something."""
    file = folder / name
    file.write_text(f"#!/bin/sh\nprintf '%s' '{prints}'\n")
    file.chmod(0o755)


def doctor(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kiosk", "doctor", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_ready_computer_is_good_in_every_point(chromium: Path, tmp_path: Path) -> None:
    del chromium  # only to be sure that there is one
    done = doctor("--site", str(tiny_site(tmp_path, GOOD)))
    lines = done.stdout.splitlines()
    assert [one for one in lines if not one.startswith("good: ")] == []
    assert [one.split(": ")[1] for one in lines] == [
        "Data",
        "Disk",
        "Clock",
        "Pages",
        "Pictures",
        "Letters",
        "Sizes",
        "Voice",
        "Sounds",
        "Browser",
    ]
    assert done.stderr == "All is good.\n"
    assert done.returncode == 0
    left = [path for path in (tmp_path / "site" / "data").rglob("*") if path.is_file()]
    assert left == []


@pytest.mark.drill
def test_one_thing_to_look_at_ends_with_1_and_says_what_to_try(tmp_path: Path) -> None:
    done = doctor("--site", str(tiny_site(tmp_path, GOOD | {"kiosk.toml": KIOSK_TOML})))
    (line,) = [one for one in done.stdout.splitlines() if one.startswith("look: ")]
    assert line.startswith("look: Sizes: ")
    assert line.endswith("But nobody has measured this screen. Try: kiosk doctor --screen")
    assert done.stderr == "There is one thing to look at.\n"
    assert done.returncode == 1


def test_a_data_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    (site / "data").write_text("a file where the folder should be")
    assert str(the_one(site, "Data")).startswith("look: Data: Nothing can be saved in data. Try: ")


def test_a_disk_without_the_room_that_answers_need_is_told(tmp_path: Path) -> None:
    setting = KIOSK_TOML.replace("[feedback]", "[feedback]\nfree_space_floor_mb = 1000000")
    one = the_one(tiny_site(tmp_path, {"kiosk.toml": setting}), "Disk")
    assert "Below 1 TB the kiosk takes no answers." in one.says
    assert not one.good


def test_who_reads_aloud_is_told_and_what_was_edited_since(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)

    def told() -> list[Verdict]:
        kiosk = Kiosk(load_site(site), report=lambda _: None)
        try:
            return list(speak.own_voices(kiosk))
        finally:
            kiosk.close()

    assert told() == []
    read_aloud(site)
    assert told() == [Verdict("Own voices", "A person reads 1 page aloud.")]
    people = site / "content" / "en" / "about" / "people.md"
    people.write_text(PEOPLE.replace("come by bus", "come by train"), encoding="utf-8")
    (one,) = told()
    assert str(one) == (
        "look: Own voices: content/en/about/people.md: Amira has not read "
        '"You can come by train.": another voice does. There is more to look at: 1 thing. '
        "Try: kiosk voice check"
    )


@pytest.mark.parametrize(
    ("count", "said"),
    [(10, "less than 1 MB"), (50_000_000, "50 MB"), (1_600_000_000, "2 GB"), (10**13, "10 TB")],
)
def test_room_is_told_as_people_say_it(count: int, said: str) -> None:
    assert machine.amount(count) == said


def test_a_clock_before_the_last_page_is_told(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    later = 4_000_000_000  # in the year 2096
    os.utime(site / "content" / "en" / "home.md", (later, later))
    one = the_one(site, "Clock")
    assert "before the day when a page was saved (2096-10-02)" in one.says
    assert one.hint


@pytest.mark.parametrize(("says", "good"), [("yes", True), ("no", False), ("", True)])
def test_a_clock_that_nothing_sets_right_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: str, good: bool
) -> None:
    a_program(tmp_path, "timedatectl", says)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert the_one(tiny_site(tmp_path), "Clock").good is good


def test_mistakes_in_the_files_are_counted(tmp_path: Path) -> None:
    one = the_one(tiny_site(tmp_path, {"content/en/about/plan.md": "nothing"}), "Pages")
    assert str(one) == "look: Pages: The files of the site have one mistake. Try: kiosk check"


def test_a_language_without_pages_is_told(tmp_path: Path) -> None:
    setting = KIOSK_TOML.replace('["en"]', '["en", "ur"]')
    one = answers(tiny_site(tmp_path, {"kiosk.toml": setting}), "Pages")[0]
    assert '"ur" has no home page' in one.says


def test_pictures_that_nobody_is_thanked_for_are_told(tmp_path: Path) -> None:
    one = the_one(tiny_site(tmp_path), "Pictures")
    assert 'No page in "en" says who made the pictures.' in one.says
    assert "pictures.md" in one.hint


def test_a_picture_that_shows_nothing_is_told(tmp_path: Path) -> None:
    empty = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"></svg>'
    about = "town-hall: {words: The hall, creator: Luton, licence: Ours}\n"
    changes = GOOD | {
        "assets/pictures/town-hall.svg": empty,
        "assets/pictures/pictures.yaml": about,
        "content/en/about/plan.md": PLAN.replace(":memo:", ":town-hall:"),
    }
    one = the_one(tiny_site(tmp_path, changes), "Pictures")
    assert one.says == 'I cannot draw "town-hall".'


URDU = {
    "kiosk.toml": MEASURED.replace('["en"]', '["en", "ur"]'),
    "content/ur/home.md": HOME.split("choices:")[0]
    + "choices:\n  - {title: ہمیں بتائیں, symbol: house, colour: blue, survey: think}\n"
    + "---\n:waving hand: خوش آمدید\n",
}


@pytest.mark.parametrize(
    ("installed", "good", "said"),
    [
        ("Noto Nastaliq Urdu", True, "Noto Nastaliq Urdu has what Source Sans does not have."),
        ("Noto Naskh Arabic", False, "people read it in Noto Nastaliq Urdu. That is not here."),
        ("", False, "People would see boxes."),
        (None, False, "does not tell which other typefaces"),
    ],
)
def test_letters_that_the_screens_typeface_lacks_must_be_in_another(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    installed: str | None,
    good: bool,
    said: str,
) -> None:
    if installed is not None:
        a_program(tmp_path, "fc-list", installed)
    monkeypatch.setenv("PATH", str(tmp_path))
    english, urdu = answers(tiny_site(tmp_path, URDU), "Letters")
    assert english.good
    assert urdu.good is good
    assert said in urdu.says
    assert ("fonts-noto-core" in urdu.hint) is (installed is not None and not good)


def test_source_sans_is_asked_letter_by_letter() -> None:
    assert beyond_source_sans(["aZéłșЖΩ", "بب"]) == ["ب"]


def test_each_language_speaks_or_says_why_not(tmp_path: Path) -> None:
    setting = KIOSK_TOML.replace('["en"]', '["en", "xx"]')
    changes = {"kiosk.toml": setting, "content/xx/home.md": URDU["content/ur/home.md"]}
    english, unknown = answers(tiny_site(tmp_path, changes), "Voice")
    assert english.says.startswith('en: it can say "What would you like to know?". It took ')
    assert unknown.says == "xx: there is no voice for this language."
    assert "[speech.voices]" in unknown.hint


def test_a_language_whose_slow_speed_nobody_has_measured_is_told(tmp_path: Path) -> None:
    both = {
        "kiosk.toml": KIOSK_TOML.replace('["en"]', '["en", "pl"]'),
        "content/pl/home.md": HOME,
    }
    english, polish = answers(tiny_site(tmp_path, both), "Voice")
    unknown = "Nobody has measured whether 100 words a minute are as clear as more: listen."
    assert unknown in polish.says
    assert unknown not in english.says


NATURAL = {
    "kiosk.toml": KIOSK_TOML
    + '\n[speech]\ntime_limit_seconds = 30\n\n[speech.voices]\nen = "natural/heart"\n'
}


@pytest.mark.natural
def test_a_natural_voice_tells_what_it_is_and_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speak, "_SOON", 0.0)  # no computer is so quick
    monkeypatch.setattr(speak, "Narrator", partial(Narrator, within=60.0))  # and some are busy
    known, english, other = answers(tiny_site(tmp_path, NATURAL), "Voice")
    assert other.says == "en: visitors can choose the voice gmw/en too."
    assert "a woman with an American accent. Licence: Apache-2.0." in known.says
    assert re.search(r"It takes \d+\.\d\d seconds for 12 words, and \d+ MB of memory\.", known.says)
    assert "Slow is 110 words a minute, not 100: slower, it is harder to understand." in known.says
    assert known.hint == "run `kiosk speak` before opening."
    assert english.good


def test_a_natural_voice_that_is_not_installed_is_told_and_another_speaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(natural, "find_spec", lambda _: None)
    english, missing = answers(tiny_site(tmp_path, NATURAL), "Voice")
    assert english.good
    assert missing.says.startswith("en: natural/heart cannot speak now, and gmw/en does.")
    assert "sh .setup/kiosk" in missing.hint


PIPER = {"kiosk.toml": KIOSK_TOML + '\n[speech.voices]\nen = "piper/tone"\n'}


@pytest.mark.natural
def test_a_voice_that_the_site_brings_is_told_and_when_its_file_is_damaged(tmp_path: Path) -> None:
    site = tiny_site(tmp_path, PIPER)
    model = write_voice(site / "voices", "tone", tells=False)
    known, english, other = answers(site, "Voice")
    assert known.says.startswith('en: piper/tone speaks. It speaks "en-us", in x_low quality.')
    assert "their times are estimates." in known.says
    assert english.good
    assert other.says == "en: visitors can choose the voice gmw/en too."
    os.truncate(model, 1_000)
    english, damaged = answers(site, "Voice")
    assert english.good
    assert damaged.says.startswith("en: piper/tone cannot speak now, and gmw/en does.")
    assert "put tone.onnx and tone.onnx.json into the folder voices" in damaged.hint


def test_a_second_voice_that_is_not_there_is_told(tmp_path: Path) -> None:
    setting = KIOSK_TOML + '\n[speech.second_voices]\nen = "gmw/nobody"\n'
    english, second = answers(tiny_site(tmp_path, {"kiosk.toml": setting}), "Voice")
    assert english.good
    assert second.says.startswith("en: gmw/nobody cannot speak now, and gmw/en does.")
    assert "[speech.voices]" in second.hint


def test_the_browsers_version_is_its_own(chromium: Path) -> None:
    version = version_of(chromium)
    assert version is not None
    assert version >= OLDEST


@pytest.mark.parametrize(
    ("prints", "said"),
    [
        ("", "chromium is here but does not start."),
        ("Chrome/88.0", "chromium is version 88. That is too old."),
        (None, "There is no Chrome, Chromium or Edge."),
    ],
)
def test_a_browser_that_cannot_be_the_screen_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prints: str | None, said: str
) -> None:
    if prints is not None:
        a_program(tmp_path, "chromium", prints)
    monkeypatch.setenv("PATH", f"{tmp_path}")
    (one,) = browser.browser()
    assert one.says == said
    assert not one.good


def test_a_picture_of_each_kind_can_be_drawn(tmp_path: Path) -> None:
    kiosk = Kiosk(load_site(tiny_site(tmp_path)))
    assert all(show.can_be_drawn(one) for one in kiosk.served.screens["en"].symbols)


def test_the_conformance_report_is_shown_as_a_table_and_as_data() -> None:
    done = doctor("--site", str(ROOT), "--conformance")
    assert done.returncode == 0
    assert [one[:3] for one in done.stdout.splitlines() if one.startswith("K")] == [
        f"K{number:02}" for number in range(1, 31)
    ]
    told = json.loads(doctor("--site", str(ROOT), "--conformance", "--format", "json").stdout)
    for row in told["rows"]:
        row.pop("on_the_spot", None)  # of this computer, and no part of the report
    written = ROOT / "kiosk" / "health" / "conformance" / "conformance.json"
    assert told == json.loads(written.read_text(encoding="utf-8"))
