"""A recorded voice is kept without anything else that was in its file."""

from __future__ import annotations

import io
import struct
import wave
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.errors import AnswerRefused
from kiosk.feedback.answer.recording import clean_recording, most_bytes, recording_names
from tests.feedback.sounds import EXTENSIBLE, FLOAT, form, part, riff, wav
from tests.feedback.surveys import loaded, site_with
from tests.tools.ulids import UlidMaker

FMT, DATA = part(b"fmt ", form()), part(b"data", b"\1\0" * 800)
PCM_ID = bytes.fromhex("0100000000001000800000aa00389b71")
NAME = b"Ann!"
NAMES = NAME * 20
# Every place of a file where a text can stand beside the sound, all at once.
FULL_OF_NAMES = riff(
    part(b"Ann!", NAMES),
    part(b"LIST", b"INFO" + part(b"IART", NAMES) + part(b"ISFT", NAMES)),
    part(b"bext", NAMES + b"!", pad=b"A"),
    part(b"fmt ", form(speed=int.from_bytes(NAME, "little"), more=struct.pack("<H", 80) + NAMES)),
    part(b"fmt ", NAMES),
    part(b"fact", NAME),
    part(b"iXML", b"<name>Ann!</name>"),
    part(b"JUNK", NAMES),
    part(b"data", b"\1\0" * 800),
    part(b"data", NAMES),
    part(b"LIST", b"adtl" + part(b"labl", NAMES)),
    part(b"id3 ", b"ID3" + NAMES),
    NAMES,
    size=NAME,
)


def test_a_name_in_every_place_of_the_file_but_the_sound_is_gone() -> None:
    assert FULL_OF_NAMES.count(NAME) > 150
    assert clean_recording(FULL_OF_NAMES).wav() == wav()


def test_what_is_kept_is_a_plain_file_that_any_program_can_read() -> None:
    sound = b"\x12\x34" * 777
    kept = clean_recording(wav(sound=sound)).wav()
    with wave.open(io.BytesIO(kept)) as file:
        assert file.getparams()[:4] == (1, 2, 16000, 777)
        assert file.readframes(777) == sound
    assert len(kept) == 44 + len(sound)


@pytest.mark.parametrize(
    "fmt",
    [
        form(rate=8000),
        form(rate=48000),
        form(EXTENSIBLE, more=struct.pack("<HHI", 22, 16, 4) + PCM_ID),
    ],
)
def test_other_rates_and_the_long_header_are_taken(fmt: bytes) -> None:
    kept = clean_recording(riff(part(b"fmt ", fmt), DATA)).wav()
    with wave.open(io.BytesIO(kept)) as file:
        assert (file.getframerate(), file.getnframes()) == (struct.unpack("<I", fmt[4:8])[0], 800)
    assert clean_recording(kept).wav() == kept


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"RIFF",
        b"RIFF\0\0\0\0WAVE",
        b"\x1a\x45\xdf\xa3" * 100,
        b"OggS" + bytes(100),
        b"\0\0\0\x18ftypmp42" + bytes(100),
        b"ID3" + bytes(100),
        b"fLaC" + bytes(100),
        b"<html><script>alert(1)</script></html>",
        b"RIFX" + wav()[4:],
        b"RF64" + wav()[4:],
        riff(FMT),
        riff(DATA),
        riff(DATA, FMT),
        riff(FMT, part(b"data", b"")),
        riff(FMT, part(b"data", b"odd")),
        riff(FMT, part(b"data", b""), DATA),
        riff(part(b"fmt ", form()[:15]), DATA),
        riff(part(b"fmt ", form(rate=0)), DATA),
        riff(part(b"fmt ", form(rate=7999)), DATA),
        riff(part(b"fmt ", form(rate=48_001)), DATA),
        riff(part(b"fmt ", form(rate=2**32 - 1)), DATA),
        riff(part(b"fmt ", form(channels=0)), DATA),
        riff(part(b"fmt ", form(channels=2)), DATA),
        riff(part(b"fmt ", form(channels=65535)), DATA),
        riff(part(b"fmt ", form(bits=8)), DATA),
        riff(part(b"fmt ", form(bits=24)), DATA),
        riff(part(b"fmt ", form(FLOAT, bits=32)), DATA),
        riff(part(b"fmt ", form(0x55)), DATA),
        riff(part(b"fmt ", form(EXTENSIBLE, more=bytes(24))), DATA),
        riff(part(b"fmt ", form(EXTENSIBLE)), DATA),
        wav()[:-1],
        wav()[:36],
        # A sound that promises more than there is would take what stands behind it for sound.
        wav()[:40] + b"\xff\xff\xff\xff" + wav()[44:] + NAMES,
        riff(*[part(b"JUNK", b"")] * 250_000, FMT, DATA),
        riff(FMT, *[part(b"fmt ", b"")] * 250_000, DATA),
    ],
)
def test_anything_else_is_refused_in_plain_words(data: bytes) -> None:
    with pytest.raises(AnswerRefused, match=r"^That is not a recorded voice that we can keep\.$"):
        clean_recording(data)


def taken(data: bytes) -> bytes | None:
    try:
        return clean_recording(data).wav()
    except AnswerRefused:
        return None


@given(st.binary(max_size=400))
@example(wav())
def test_any_bytes_are_refused_or_kept_clean(data: bytes) -> None:
    for sent in (data, riff(data), riff(FMT, data), riff(data, FMT, DATA)):
        kept = taken(sent)
        assert kept is None or (taken(kept) == kept and len(kept) <= len(sent))


@given(
    at=st.integers(0, len(FULL_OF_NAMES) - 1),
    byte=st.integers(0, 255),
    cut=st.integers(1, len(FULL_OF_NAMES)),
)
def test_a_damaged_file_is_refused_or_kept_clean(at: int, byte: int, cut: int) -> None:
    data = bytearray(FULL_OF_NAMES)
    data[at] = byte
    kept = taken(bytes(data[:cut]))
    assert kept is None or taken(kept) == kept


def test_how_large_a_file_may_be_follows_from_the_seconds_of_its_question(tmp_path: Path) -> None:
    surveys = list(loaded(site_with(tmp_path)).values())
    (question,) = [one for survey in surveys for one in survey.questions if one.kind == "voice"]
    whole = wav(sound=bytes(question.most_seconds * 32_000))
    assert len(whole) <= most_bytes(question.id, surveys) < len(whole) + 2000
    # What no survey asks now may be an answer to one that was: the longest there can be.
    assert most_bytes("gone", surveys) == most_bytes("face", surveys) == 120 * 32_000 + 1000


def test_a_file_that_was_kept_as_browsers_once_sent_it_still_has_its_name() -> None:
    one = UlidMaker()()
    names = recording_names(one, "say")
    assert names == (f"{one}.say.mp3", f"{one}.say.wav", f"{one}.say.webm")
