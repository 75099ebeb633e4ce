"""What is in a recorded voice: how long it is, and where a note of what pitch sounds in it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

# What the pretended microphones of the browsers give.
CHROMIUM_PITCH, CHROMIUM_BEEP = 400, 0.5  # in Hz, and how many seconds there are between two
FIREFOX_PITCH = 1000

_LOUD = 0.02
_STEP = 0.01  # seconds


@dataclass(frozen=True, slots=True)
class Heard:
    """A sound. rate: samples a second. samples: from -1 to 1."""

    rate: int
    samples: NDArray[np.float64]

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.samples) / self.rate

    @property
    def pitch(self) -> float:
        """The pitch of the loudest note, in Hz."""
        loudness = np.abs(np.fft.rfft(self.samples * np.hanning(len(self.samples))))
        return float(np.argmax(loudness) * self.rate / len(self.samples))

    @property
    def loud(self) -> NDArray[np.bool_]:
        """For each hundredth of a second, whether something is heard."""
        step = round(self.rate * _STEP)
        rows = self.samples[: len(self.samples) // step * step].reshape(-1, step)
        return np.asarray(np.sqrt((rows**2).mean(axis=1)) > _LOUD)

    def between_beeps(self) -> list[float]:
        """Return the seconds from the beginning of each beep to that of the next."""
        loud = self.loud
        begins = np.flatnonzero(loud[1:] & ~loud[:-1]) * _STEP
        return [float(after - before) for before, after in pairwise(begins)]


def hear(sound: Path | bytes) -> Heard:
    """Read a sound file of any kind that is kept."""
    data = sound if isinstance(sound, bytes) else sound.read_bytes()
    samples, rate = soundfile.read(io.BytesIO(data), dtype="float64")
    return Heard(int(rate), samples)
