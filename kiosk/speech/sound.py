"""Sound that a model has made: where words are heard in it, and as a WAV file. For workers only."""

from __future__ import annotations

import io
import wave
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float32]
AUDIBLE = 0.01  # of full scale
_HEAD = 0.02  # seconds of quiet that are kept before the first sound


@dataclass(slots=True)
class SaidWord:
    """A word of the text, text[start:end], in samples; fresh: maybe it comes after silence."""

    start: int
    end: int
    begins: int
    ends: int
    fresh: bool


def heard_from(sound: Sound, word: SaidWord, rate: int) -> int:
    """Return where sound begins after quiet, nearest to where the model says that a word does."""
    step = rate // 200
    low = max(0, word.begins - int(0.15 * rate))
    high = min(word.ends, word.begins + int(0.2 * rate))
    best, quiet = None, 8 if low == 0 else 0
    for at in range(low, high, step):
        if np.abs(sound[at : at + step]).max(initial=0) <= AUDIBLE:
            quiet += 1
            continue
        if quiet >= 8 and (best is None or abs(at - word.begins) < abs(best - word.begins)):
            best = at
        quiet = 0
    return word.begins if best is None else best


def trimmed(sound: Sound, words: Sequence[SaidWord], rate: int) -> Sound:
    """Return the sound without the silence around it; the words move along."""
    loud = np.flatnonzero(np.abs(sound) > AUDIBLE)
    head = int(_HEAD * rate)
    first = max(0, int(loud[0]) - head) if loud.size else 0
    last = min(len(sound), int(loud[-1]) + head) if loud.size else len(sound)
    for word in words:
        word.begins = max(0, word.begins - first)
        word.ends = max(word.begins, min(word.ends, last) - first)
    return sound[first:last]


def wav_of(sound: Sound, rate: int) -> bytes:
    """Return a sound as a WAV file."""
    samples = (np.clip(sound, -1, 1) * 32_767).astype("<i2")
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return out.getvalue()
