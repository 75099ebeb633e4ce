"""A recorded voice is kept small, and is kept also where that cannot be done."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import pytest

from kiosk.feedback.answer import small
from kiosk.feedback.answer.recording import Sound, clean_recording
from kiosk.feedback.answer.small import made_small
from tests.feedback.sounds import tone, wav
from tests.tools.hearing import hear


def test_a_voice_takes_less_than_a_quarter_of_its_size_and_sounds_the_same() -> None:
    sound = Sound(16_000, tone(10, pitch=440))
    kept, suffix = made_small(sound)
    assert suffix == ".mp3"
    assert len(kept) < len(sound.wav()) / 4
    heard = hear(kept)
    assert (heard.rate, heard.seconds) == (16_000, 10)
    assert abs(heard.pitch - 440) < 1
    assert heard.loud.all()


@pytest.mark.parametrize("rate", [8_000, 11_025, 22_050, 44_100, 48_000])
def test_sounds_of_other_rates_are_made_small_too(rate: int) -> None:
    kept, suffix = made_small(Sound(rate, tone(1)))
    assert suffix == ".mp3"
    assert hear(kept).rate == rate


@pytest.mark.parametrize(
    "samples",
    [
        b"\1\0",
        bytes(200_000),
        b"\xff\x7f\x00\x80" * 50_000,
        b"Ann!" * 50_000,
        b"".join(hashlib.sha256(bytes([i])).digest() for i in range(200)),
    ],
    ids=["one", "silence", "as loud as can be", "letters", "noise"],
)
def test_any_samples_of_a_stranger_can_be_made_small(samples: bytes) -> None:
    sound = clean_recording(wav(sound=samples))
    kept, suffix = made_small(sound)
    assert suffix == ".mp3"
    assert b"Ann" not in kept
    assert hear(kept).seconds == len(samples) / 2 / 16_000


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("import soundfile_that_is_missing", "No module named 'soundfile_that_is_missing'"),
        ("import os; os.abort()", "exit code -6"),
        ("while True: pass", "TimeoutExpired"),
        ("", "exit code 0"),
        ("import sys; sys.stdin.close(); print(1, flush=True); sys.exit(3)", "exit code 3"),
    ],
    ids=["no library", "it crashes", "it hangs", "it says nothing", "it reads nothing"],
)
def test_a_voice_is_kept_as_it_came_when_it_cannot_be_made_small(
    program: str,
    reason: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    worker = tmp_path / "worker.py"
    worker.write_text(program)
    monkeypatch.setattr(small, "_WORKER", worker)
    monkeypatch.setattr(small, "_SECONDS", 3)
    begun = time.monotonic()
    assert made_small(clean_recording(wav(sound=tone(5)))) == (wav(sound=tone(5)), ".wav")
    assert time.monotonic() - begun < 60
    (line,) = capfd.readouterr().err.splitlines()
    assert line.startswith("A recorded voice is kept as WAV, which is large: ")
    assert line.endswith(reason)


def test_a_rate_that_mp3_does_not_know_is_kept_as_it_came() -> None:
    sound = Sound(12_345, tone(1))
    assert made_small(sound) == (sound.wav(), ".wav")
