from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import soundfile
from mutagen.mp3 import MP3

from kiosk.export.aloud import Aloud
from kiosk.export.audio import audio
from kiosk.export.chapters import chapters_of
from kiosk.export.sound import wavs_of
from tests.export.papers import chosen_from

A_MOMENT = 0.06  # seconds


@pytest.fixture(scope="session")
def made(told_site: Path, aloud: Aloud) -> bytes:
    return audio(*chosen_from(told_site, "about"), aloud)


def tags(data: bytes) -> Any:
    """Return what another library reads."""
    read: Any = MP3  # it carries no types
    return read(io.BytesIO(data))


def test_a_part_is_as_long_as_what_the_kiosk_says_and_has_a_chapter_for_each_page(
    told_site: Path, aloud: Aloud, made: bytes
) -> None:
    site, chosen = chosen_from(told_site, "about")
    chapters = chapters_of(site, chosen, None)
    seconds = [
        sum(spoken.seconds for _, spoken, _ in wavs_of(chapter, aloud)) for chapter in chapters
    ]
    with soundfile.SoundFile(io.BytesIO(made)) as file:
        assert len(file) / file.samplerate == pytest.approx(sum(seconds), abs=A_MOMENT)
    told = tags(made)
    assert told.info.length == pytest.approx(sum(seconds), abs=A_MOMENT)
    found = told.tags.getall("CHAP")
    assert [str(one.sub_frames["TIT2"]) for one in found] == [
        *("The people here", "Your plan", "Hard words", "About this recording")
    ]
    reached = 0.0
    for one, long in zip(found, seconds, strict=True):
        assert one.start_time / 1000 == pytest.approx(reached, abs=A_MOMENT)
        reached += long
        assert one.end_time / 1000 == pytest.approx(reached, abs=A_MOMENT)
    (contents,) = told.tags.getall("CTOC")
    assert contents.child_element_ids == [one.element_id for one in found]


def test_its_tags_say_what_it_is_in_which_language_and_who_made_it(made: bytes) -> None:
    told = tags(made).tags
    assert {key: str(told[key]) for key in ("TIT2", "TALB", "TPE1", "TLAN", "TCON", "TDRC")} == {
        "TIT2": "The people here",
        "TALB": "A tiny place",
        "TPE1": "A tiny place",
        "TLAN": "eng",
        "TCON": "Speech",
        "TDRC": "2026",
    }
    (comment,) = told.getall("COMM")
    assert comment.lang == "eng"
    for part in ("It is not an official document.", "The tests, 23", "Draft", "eSpeak NG. The"):
        assert part in str(comment)


def test_the_same_part_gives_the_same_bytes(told_site: Path, aloud: Aloud, made: bytes) -> None:
    assert audio(*chosen_from(told_site, "about"), aloud) == made
