from __future__ import annotations

import io
import wave

import numpy as np
import pytest
import soundfile

from kiosk.export.mp3 import Samples, track


def wav(samples: Samples, rate: int) -> bytes:
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.astype("<i2").tobytes())
    return written.getvalue()


def voice(rate: int, seconds: float) -> Samples:
    """Return a tone that rises, swells and falls: no two places of it are alike."""
    at = np.arange(int(rate * seconds)) / rate
    tone = np.sin(2 * np.pi * (200 + 150 * at) * at) * np.abs(np.sin(5 * at))
    return (tone * 9000).astype(np.int16)


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000])
def test_each_sample_stays_where_it_was(rate: int) -> None:
    first, second = voice(rate, 1.2), voice(rate, 0.7)
    made = track([wav(first, rate), wav(second, rate)])
    assert made.begins == (0.0, len(first) / rate)
    sound, found = soundfile.read(io.BytesIO(made.mp3))
    before = np.concatenate([first, second]) / 32_768
    assert (found, len(sound)) == (rate, len(before))
    assert made.seconds == len(before) / rate
    middle = slice(4000, 12_000)
    off_by = [np.dot(before[middle], np.roll(sound, by)[middle]) for by in range(-600, 601)]
    assert abs(int(np.argmax(off_by)) - 600) <= 1
    assert np.corrcoef(before, sound)[0, 1] > 0.99


def test_a_voice_of_another_rate_keeps_its_length_and_its_pitch() -> None:
    made = track([wav(voice(22_050, 0.5), 22_050), wav(voice(24_000, 1.0), 24_000)])
    sound, rate = soundfile.read(io.BytesIO(made.mp3))
    assert rate == 22_050
    assert len(sound) / rate == pytest.approx(1.5, abs=0.001)
    second = sound[int(made.begins[1] * rate) :]
    assert np.corrcoef(second, voice(rate, 1.0)[: len(second)])[0, 1] > 0.99


def test_no_clip_is_a_sound_of_no_length() -> None:
    assert track([]).seconds == 0
