"""What a sound is compared by: its mel-cepstra, and where somebody speaks. numpy only.

A frame is 10 ms. Samples are at RATE, from -1 to 1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

RATE = 16_000  # samples a second
HOP = 160  # samples of a frame
FRAMES = RATE // HOP  # a second
BANDS = 26
PAUSE = 20  # frames: a shorter silence may be the closure of a p, t or k
KEPT = 6  # frames of a pause that stay at each side of it

_WINDOW, _SIZE, _COEFFICIENTS = 400, 512, 13
_LOWEST, _HIGHEST = 120.0, 7000.0  # Hz

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]
Stretches = list[tuple[int, int]]


def _mel_bank() -> Floats:
    """Return the weights of each frequency in each band, [_SIZE / 2 + 1, BANDS]."""
    low, high = (2595 * np.log10(1 + hz / 700) for hz in (_LOWEST, _HIGHEST))
    hz = 700 * (10 ** (np.linspace(low, high, BANDS + 2) / 2595) - 1)
    edges = np.floor((_SIZE + 1) * hz / RATE).astype(int)
    bank = np.zeros((_SIZE // 2 + 1, BANDS), np.float32)
    for band, (a, b, c) in enumerate(zip(edges[:-2], edges[1:-1], edges[2:], strict=True)):
        bank[a:b, band] = (np.arange(a, b) - a) / max(1, b - a)
        bank[b:c, band] = (c - np.arange(b, c)) / max(1, c - b)
    return bank


_BANK = _mel_bank()
_COSINES = np.cos(
    np.pi / BANDS * (np.arange(BANDS) + 0.5)[:, None] * np.arange(_COEFFICIENTS)[None]
).astype(np.float32)
_HAMMING = np.hamming(_WINDOW).astype(np.float32)


def mel_power(samples: Floats) -> Floats:
    """Return how much power each frame has in each band, [frames, BANDS].

    It is worked out in blocks: three minutes would take 500 MB at once.
    """
    padded = np.concatenate([np.zeros(_WINDOW // 2), samples, np.zeros(_WINDOW)]).astype(np.float32)
    padded = np.append(padded[0], padded[1:] - 0.97 * padded[:-1])
    count = (len(padded) - _WINDOW) // HOP
    power = np.empty((count, BANDS), np.float32)
    for begin in range(0, count, 2000):
        frames = np.arange(begin, min(count, begin + 2000))[:, None] * HOP + np.arange(_WINDOW)
        spectrum = np.abs(np.fft.rfft(padded[frames] * _HAMMING, _SIZE)) ** 2
        power[begin : begin + 2000] = spectrum.astype(np.float32) @ _BANK
    return power


def speech_in(samples: Floats) -> tuple[Bools, Bools, Stretches]:
    """Return of each frame whether to compare it, whether it is loud, and where the pauses are.

    A pause is PAUSE frames of silence or more, or what comes before and after all speech.
    """
    count = len(samples) // HOP
    if not count:
        return np.zeros(0, bool), np.zeros(0, bool), []
    rows = samples[: count * HOP].reshape(count, HOP).astype(np.float64)
    level = 10 * np.log10((rows**2).mean(1) + 1e-10)
    level = np.convolve(np.pad(level, 2, mode="edge"), np.ones(5) / 5, "valid")
    floor, top = np.percentile(level, 8), np.percentile(level, 92)
    least = floor + max(4.0, min(12.0, 0.30 * (top - floor)))
    loud = level > max(least, top - 45)
    for begin, end in stretches(loud):
        if end - begin < 4:  # a click is no speech
            loud[begin:end] = False
    kept = np.ones(count, bool)
    pauses: Stretches = []
    for begin, end in stretches(~loud):
        if end - begin >= PAUSE or begin == 0 or end == count:
            last = max(0, end - KEPT) if end < count else end
            kept[(begin + KEPT if begin else 0) : last] = False
            pauses.append((begin, end))
    return kept, loud, pauses


def stretches(flags: Bools) -> Stretches:
    """Return where flags are set: (first, the one after the last)."""
    steps = np.diff(np.concatenate([[0], flags.astype(np.int8), [0]]))
    return list(
        zip(np.flatnonzero(steps == 1).tolist(), np.flatnonzero(steps == -1).tolist(), strict=True)
    )


def features(power: Floats, floor: float) -> Floats:
    """Return mel-cepstra less their mean, and their slopes, [frames, 26].

    They are not divided by their spread: that would make the high ones, which tell speakers apart,
    as loud as the low ones, and cost half of what is right.
    """
    cepstra = np.log(power + floor) @ _COSINES
    cepstra = cepstra - cepstra.mean(0)
    padded, count = np.pad(cepstra, ((3, 3), (0, 0)), mode="edge"), len(cepstra)
    slopes = sum(
        by * (padded[3 + by : 3 + by + count] - padded[3 - by : 3 - by + count]) for by in (1, 2, 3)
    )
    return np.concatenate([cepstra, 2 * slopes / 28], 1).astype(np.float32)


def stretched(power: Floats, factor: float) -> Floats:
    """Return the frames at another pace. factor: 2 gives twice as many."""
    count = max(2, int(len(power) * factor))
    at = np.linspace(0, len(power) - 1, count)
    below = at.astype(int)
    weight = (at - below)[:, None].astype(np.float32)
    above = np.minimum(below + 1, len(power) - 1)
    return np.asarray(power[below] * (1 - weight) + power[above] * weight, np.float32)
