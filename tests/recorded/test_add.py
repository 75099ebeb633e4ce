"""A reading becomes recordings beside its page, each word with its time; no consent, no voice."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
import soundfile

from kiosk.content import Library
from kiosk.errors import RecordingRefused
from kiosk.recorded.add import add
from kiosk.recorded.model import lines_of
from kiosk.recorded.read import Recordings
from kiosk.recorded.sound import CEILING, LOUDNESS, Unreadable, loudness, read_sound
from tests.recorded.readers import OTHER, read, say
from tests.tools.recorded import AMIRA, site_and_page
from tests.tools.sites import tiny_site

FLAT = "FLAC"


def test_a_reading_of_a_page_is_cut_its_words_are_found_and_what_was_not_read_is_named(
    tmp_path: Path,
) -> None:
    site, page = site_and_page(tiny_site(tmp_path), "people")
    language = Library(site).languages["en"]
    lines = lines_of(page)
    said = say([line.text for line in lines], OTHER, language.say)
    left = 3  # "You can come by bus."
    reading = read([one for at, one in enumerate(said) if at != left])
    file = tmp_path / "amira.flac"
    soundfile.write(file, reading.samples * 0.2, reading.rate, format=FLAT)
    added = add(site, language, page, file, AMIRA)
    assert [one.number for one in added.sentences if not one.is_read] == [left + 1]
    assert not [one.doubt for one in added.sentences if one.doubt]
    voice = Recordings(site).read([page]).value[page.path]
    assert [line.text for line in voice.lacking] == ["You can come by bus."]
    levels, apart = [], []
    for line, one in zip(lines, said, strict=True):
        if line in voice.lacking:
            continue
        recording = voice.recordings[line.text]
        sound, rate = soundfile.read(site.root / recording.path, dtype="float32")
        assert abs(len(sound) / rate - recording.seconds) < 0.01
        assert np.abs(sound).max() < 10 ** ((CEILING + 1) / 20)
        levels.append(loudness(sound, rate))
        # The first word, and all others from there, are where they were in the reading.
        truth = np.array([begins for begins, _ in one.words])
        found = np.array([word.starts_at for word in recording.words])
        apart += list(np.abs((found - found[0]) - (truth - truth[0])))
        assert found[0] == pytest.approx(0.12, abs=0.03)
    assert np.median(apart) < 0.03
    assert max(apart) < 0.2
    assert abs(float(np.median(levels)) - LOUDNESS) < 2
    # What was left out is read later, alone: all others stay byte for byte.
    folder = site.root / voice.folder
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    soundfile.write(file, said[left].samples, said[left].rate, format=FLAT)
    add(site, language, page, file, AMIRA, sentence=left + 1)
    voice = Recordings(site).read([page]).value[page.path]
    assert not voice.lacking
    assert {path.name: path.read_bytes() for path in folder.iterdir()}.items() >= before.items()
    assert json.loads((folder / f"{lines[left].hash}.json").read_text())["doubt"] == ""


@pytest.mark.parametrize(
    ("consent", "why"),
    [
        (replace(AMIRA, agreed=date.today() + timedelta(2)), "still to come"),  # noqa: DTZ011
        (replace(AMIRA, until=AMIRA.agreed), "that is over"),
        (replace(AMIRA, until=AMIRA.agreed - timedelta(1)), "before"),
        (replace(AMIRA, by=" "), "is empty"),
    ],
)
def test_nothing_is_written_without_an_agreement_that_holds(
    tmp_path: Path, consent: object, why: str
) -> None:
    site, page = site_and_page(tiny_site(tmp_path), "people")
    language = Library(site).languages["en"]
    with pytest.raises(RecordingRefused, match=why):
        add(site, language, page, tmp_path / "none.wav", consent)  # type: ignore[arg-type]
    assert not (site.root / page.path.with_suffix(".voice")).exists()


def test_what_cannot_be_a_reading_is_refused_in_plain_words_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    site, page = site_and_page(tiny_site(tmp_path), "plan")
    language = Library(site).languages["en"]
    silent = io.BytesIO()
    soundfile.write(silent, np.zeros(16_000), 16_000, format="WAV")
    for data, why in (
        (b"no sound at all", "WAV, MP3, OGG and FLAC"),
        (silent.getvalue(), "no sound"),
    ):
        file = tmp_path / "file.wav"
        file.write_bytes(data)
        with pytest.raises(RecordingRefused, match=why):
            add(site, language, page, file, AMIRA)
    with pytest.raises(RecordingRefused, match="no file"):
        add(site, language, page, tmp_path / "none.wav", AMIRA)
    with pytest.raises(RecordingRefused, match="first page"):
        add(site, language, language.home, file, AMIRA)
    assert not (site.root / page.path.with_suffix(".voice")).exists()


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("my voice.m4a", b"\0\0\0\x1cftypM4A \0\0\0\0isom", "It is M4A"),
        ("amira.webm", b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01", "It is WebM"),
        ("amira.amr", b"#!AMR\n", "It is AMR"),
        ("amira.wav", b"0&\xb2u\x8ef\xcf\x11", "It is WMA"),
    ],
)
def test_who_has_a_file_of_a_phone_is_told_how_to_turn_it_into_wav(
    tmp_path: Path, name: str, head: bytes, kind: str
) -> None:
    (tmp_path / name).write_bytes(head + bytes(5_000))
    with pytest.raises(Unreadable, match=kind) as refused:
        read_sound(tmp_path / name)
    command = re.search(
        r"ffmpeg -i ('my voice.m4a' 'my voice.wav'|amira\.\w+ \S+\.wav)\.", str(refused.value)
    )
    assert command
    assert "I take WAV, MP3, OGG and FLAC." in str(refused.value)
    assert "Use no website for that" in str(refused.value)
