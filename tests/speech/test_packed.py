"""Sound that is kept small: every sample comes back, so every word is lit in time."""

from __future__ import annotations

import array
import io
import subprocess
import sys
import wave
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.speech import packed as module
from kiosk.speech.engine import Voice
from kiosk.speech.packed import packed, unpacked
from kiosk.speech.process import Pyttsx3Engine
from kiosk.speech.wav import with_lead


def wav_of(samples: list[int], rate: int, channels: int = 1) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(array.array("h", samples).tobytes())
    return out.getvalue()


@given(
    st.lists(st.integers(-32_768, 32_767), max_size=3000),
    st.sampled_from([8_000, 22_050, 24_000, 48_000]),
)
def test_every_sample_comes_back(samples: list[int], rate: int) -> None:
    wav = wav_of(samples, rate)
    assert unpacked(packed(wav)) == wav


def test_a_sentence_fills_little_more_than_half(engine: Pyttsx3Engine) -> None:
    voice = Voice("en", "gmw/en", 130)
    wav = with_lead(engine.render("I want to tell people what I think.", voice).wav)
    assert len(packed(wav)) < 0.6 * len(wav)
    assert unpacked(packed(wav)) == wav


def test_what_is_no_sound_is_kept_as_it_is_and_damage_is_told() -> None:
    for data in (b"", b"text", b"RIFF", bytes(50)):
        assert unpacked(packed(data)) == data
    flac = packed(wav_of([at * at % 9_001 for at in range(50_000)], 22_050))
    assert flac.startswith(b"fLaC")
    for size in (5, 60, len(flac) // 2):
        with pytest.raises(OSError, match="damaged"):
            unpacked(flac[:size])


def test_a_kiosk_needs_no_numpy_for_it() -> None:
    program = "import sys; from kiosk.speech import packed as p; p.packed(sys.stdin.buffer.read())"
    program += "; assert p._library(); print('numpy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=wav_of([1] * 99, 8_000),
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == b"False\n"


def test_every_call_gives_back_what_it_opened() -> None:
    wav = wav_of([at % 300 for at in range(900)], 24_000, channels=2)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(50):
        assert unpacked(packed(wav)) == wav
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_without_the_library_sounds_are_kept_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    wav = wav_of([1, 2, 3], 8_000)
    flac = packed(wav)
    monkeypatch.setattr(module, "_library", lambda: None)
    assert packed(wav) == wav == unpacked(wav)
    with pytest.raises(OSError, match="not here"):
        unpacked(flac)
