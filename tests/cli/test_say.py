"""`kiosk say`: what is said, by which voice, and when each word is heard."""

# ruff: noqa: RUF001 - dashes and signs are what is tested
from __future__ import annotations

import json
import wave
from pathlib import Path
from typing import Any

import pytest

from kiosk.speech.timing import visible_words
from tests.tools.command import run
from tests.tools.sites import tiny_site

WORDS = "say:\n  EHCP: E H C P\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_site(tmp_path_factory.mktemp("say"), {"content/en/words.yaml": WORDS})


def told(site: Path, *arguments: str) -> dict[str, Any]:
    done = run("say", *arguments, "--site", str(site), "--format", "json")
    assert done.exit_code == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_it_tells_what_is_said_by_which_voice_and_the_time_of_each_word(site: Path) -> None:
    text = "Your EHCP costs £1.50 – ring 999."
    answer = told(site, text)
    assert list(answer) == ["text", "said", "voice", "language", "seconds", "words"]
    assert answer["text"] == text
    assert answer["said"] == "Your E-H-C-P costs 1 pound 50 – ring 9 9 9."
    assert (answer["voice"], answer["language"]) == ("gmw/en", "en")
    assert [(start, end) for start, end, _, _ in answer["words"]] == visible_words(text)
    times = [at for _, _, starts_at, ends_at in answer["words"] for at in (starts_at, ends_at)]
    assert times == sorted(times)
    assert 0 < times[0] < times[-1] <= answer["seconds"]


def test_another_language_speed_and_voice_can_be_asked_for(site: Path) -> None:
    polish = told(site, "To 1,50 zł.", "--language", "pl", "--speed", "slow")
    assert polish["said"] == "To 1 złoty 50 groszy."
    assert polish["voice"] == "zlw/pl"
    named = told(site, "Hello.", "--voice", "gmw/en-GB-x-rp")
    assert named["voice"] == "gmw/en-GB-x-rp"
    assert told(site, "Hello.", "--speed", "slow")["seconds"] > told(site, "Hello.")["seconds"]


def test_the_sound_is_written_where_one_wants_it(site: Path, tmp_path: Path) -> None:
    file = tmp_path / "hello.wav"
    seconds = told(site, "Hello there.", "--wav", str(file))["seconds"]
    with wave.open(str(file)) as sound:
        assert sound.getnframes() / sound.getframerate() == pytest.approx(seconds, abs=0.01)


def test_people_read_it_in_lines(site: Path) -> None:
    done = run("say", "Ages 5-11.", "--site", str(site))
    assert "Said:  Ages 5 to 11." in done.stdout
    assert "Voice: gmw/en, 130 words a minute" in done.stdout
    assert done.stdout.splitlines()[-1].endswith("  5-11.")


def test_nothing_is_left_in_the_site(site: Path) -> None:
    before = sorted(site.rglob("*"))
    told(site, "Hello.")
    assert sorted(site.rglob("*")) == before


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["Hello.", "--voice", "gmw/nobody"], 'There is no voice "gmw/nobody".'),
        (["Hello.", "--language", "xx"], 'There is no voice for the language "xx".'),
        (["Hello.", "--wav", "/nowhere/hello.wav"], "I cannot write /nowhere/hello.wav:"),
        (["–"], "There is no word and no number in it."),
        ([""], "There is no word and no number in it."),
        (["a" * 10_001], "10001 characters is too long"),
        (["Hello.", "--speed", "fast"], "'fast' is not one of 'slow', 'normal', 'quick'."),
    ],
)
def test_what_cannot_be_said_is_told_in_a_line(
    site: Path, arguments: list[str], reason: str
) -> None:
    done = run("say", *arguments, "--site", str(site))
    assert done.exit_code in (1, 2)
    assert reason in done.stderr
    assert "Traceback" not in done.output


def test_a_folder_that_is_no_site_is_told(tmp_path: Path) -> None:
    done = run("say", "Hello.", "--site", str(tmp_path))
    assert done.exit_code == 2
    assert "There is no kiosk.toml" in done.stderr
