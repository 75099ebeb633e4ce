"""What people do when they read: they wait, say "um", say a word twice, leave out, add, change.

Each way takes sentences whose words are known, and gives a reading whose words are known.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import soundfile

from tests.recorded.readers import Read, Samples, Sentence

_SOFT = 0.008  # seconds: a voice does not begin or end at once


def as_mp3(reading: Read, quality: float = 0.9) -> Read:
    """Return the reading as a telephone keeps it. quality: 1 is the smallest file."""
    file = io.BytesIO()
    soundfile.write(
        file,
        reading.samples * 0.5,
        reading.rate,
        format="MP3",
        compression_level=quality,
    )
    file.seek(0)
    samples, rate = soundfile.read(file, dtype="float32")
    return replace(reading, samples=samples, rate=rate)


def hesitating(sentences: Sequence[Sentence], um: Sentence, seed: int = 0) -> list[Sentence]:
    """Return the sentences, half of them as somebody says them who is not sure how to go on.

    By turns: a pause, an "um" between pauses, a cough, and a word that is said twice.
    """
    chance = np.random.default_rng(seed)
    found, turn = [], 0
    for at, one in enumerate(sentences):
        if at % 2 or len(one.words) < 3:
            found.append(one)
            continue
        place = int(chance.integers(1, len(one.words)))
        cut = one.words[place][0]
        rate = one.rate
        quiet = np.zeros(int(rate * chance.uniform(0.5, 2.0)), np.float32)
        what = ("pause", "um", "cough", "twice")[turn % 4]
        turn += 1
        if what == "pause":
            more = quiet
        elif what == "um":
            more = np.concatenate([quiet, _bare(um), quiet[: rate // 2]])
        elif what == "cough":
            more = np.concatenate([quiet, _cough(rate, chance), quiet[: rate // 2]])
        else:
            begins, ends = one.words[place - 1]
            said = _part(one, begins, min(ends, cut))
            short = quiet[: int(0.3 * rate)]
            longer = _with(one, place - 1, begins, np.concatenate([said, short]))
            found.append(replace(longer, also={place - 1: begins}))
            continue
        found.append(_with(one, place, cut, more))
    return found


def begun_twice(one: Sentence) -> Sentence:
    """Return a sentence whose first half is said, and then all of it."""
    half = len(one.words) // 2
    first = _part(one, 0, one.words[half][0])
    wait = np.zeros(int(0.5 * one.rate), np.float32)
    also = {place: begins for place, (begins, _) in enumerate(one.words[:half])}
    return replace(_with(one, 0, 0, np.concatenate([first, wait])), also=also)


def in_a_room(reading: Read) -> Read:
    """Return it as a telephone in a room hears it: an echo of 60 ms, and noise at -20 dB."""
    samples, rate = reading.samples, reading.rate
    chance = np.random.default_rng(3)
    count = int(0.35 * rate)
    echo = 0.08 * chance.standard_normal(count) * np.exp(-np.arange(count) / (0.06 * rate))
    echo[0] = 1.0
    size = 1 << (len(samples) + count).bit_length()
    wet = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(echo, size), size)
    wet = wet[: len(samples)]
    level = float(np.sqrt((samples[np.abs(samples) > 0.01] ** 2).mean())) * 10 ** (-20 / 20)
    noisy = wet + level * chance.standard_normal(len(samples))
    return replace(reading, samples=noisy.astype(np.float32))


def _bare(one: Sentence) -> Samples:
    return _part(one, one.words[0][0], one.words[-1][1])


def _part(one: Sentence, begins: float, ends: float) -> Samples:
    part = one.samples[int(begins * one.rate) : int(ends * one.rate)].copy()
    soft = min(len(part) // 2, int(_SOFT * one.rate))
    ramp = np.linspace(0, 1, soft, dtype=np.float32)
    part[:soft] *= ramp
    part[len(part) - soft :] *= ramp[::-1]
    return part


def _with(one: Sentence, place: int, at: float, more: Samples) -> Sentence:
    """Return the sentence with more sound at a moment: its words from `place` on come later."""
    before = _part(one, 0, at) if at else np.zeros(0, np.float32)
    after = _part(one, at, len(one.samples) / one.rate)
    late = len(more) / one.rate
    words = [*one.words[:place], *((a + late, b + late) for a, b in one.words[place:])]
    return Sentence(np.concatenate([before, more, after]), one.rate, words)


def _cough(rate: int, chance: np.random.Generator) -> Samples:
    count = int(0.3 * rate)
    fade = np.exp(-np.arange(count) / (0.08 * rate))
    return (0.2 * fade * chance.standard_normal(count)).astype(np.float32)
