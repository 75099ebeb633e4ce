"""A recording as samples: read, brought to one rate and one level, cut, and written. numpy only.

Samples are mono, from -1 to 1.
"""

from __future__ import annotations

import io
import math
import shlex
from functools import cache
from pathlib import Path

import numpy as np
import soundfile
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from kiosk.recorded.features import Floats

KEPT_RATE = 24_000  # samples a second of what is kept
LOUDNESS = -21.5  # LUFS: between eSpeak NG (-20) and the natural voice (-22.5)
CEILING = -1.0  # dB: no sample is louder
MOST_SECONDS = 300.0
FADE = 0.01  # seconds at each end of what is cut

_HEAD = 16  # bytes of a file that tell its kind
_KINDS = (  # where a mark stands, the mark, and what people call the kind
    (4, b"ftyp", "M4A, as many phones record"),
    (0, b"\x1aE\xdf\xa3", "WebM, as browsers record"),
    (0, b"0&\xb2u", "WMA"),
    (0, b"#!AMR", "AMR, as old phones record"),
)
_TAKEN = "I take WAV, MP3, OGG and FLAC"
# 66 kbit/s: half as many take 2.5 times as long to make, as Opus then models a throat.
_COMPRESSION = 0.75
_TAPS = 24  # zero crossings of the low pass to each side
_SECONDS = 20  # are worked on at once: a whole reading would take half a gigabyte


class Unreadable(Exception):
    """What is wrong with a file, in plain words."""


def read_sound(path: Path) -> tuple[Floats, int]:
    """Return the samples of a file and their rate. Raises Unreadable."""
    try:
        with soundfile.SoundFile(path) as file:
            rate = int(file.samplerate)
            if file.frames > MOST_SECONDS * rate:
                minutes = int(MOST_SECONDS // 60)
                raise Unreadable(f"It is too long: {minutes} minutes is the most.")
            both = file.read(dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, OSError, RuntimeError):
        raise Unreadable(_why_not(path)) from None
    samples = np.asarray(both.mean(1), np.float32)
    if not len(samples) or not np.isfinite(samples).all() or np.abs(samples).max() < 1e-4:
        raise Unreadable("There is no sound in it. Was the microphone on?")
    return samples - samples.mean(), rate


def _why_not(path: Path) -> str:
    """Return what a person can do with a file that cannot be read."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        return f"I cannot read it: {error.strerror}."
    kind = next((kind for at, mark, kind in _KINDS if head[at:].startswith(mark)), "")
    if not kind:
        return f"I cannot read this sound. {_TAKEN}: save it as one of these, and try again."
    command = shlex.join(["ffmpeg", "-i", path.name, f"{path.stem}.wav"])
    return (
        f"It is {kind}. {_TAKEN}. Turn it into WAV: with Audacity (open, then export), or with "
        f"{command}. Use no website for that: it would have the voice. Or let the phone record "
        "WAV or MP3."
    )


def resampled(samples: Floats, rate: int, to: int) -> Floats:
    """Return the same sound at another rate, by a windowed sinc for each place between samples."""
    if rate == to:
        return samples
    common = math.gcd(rate, to)
    ups, downs = to // common, rate // common
    cut = 0.95 * min(1.0, to / rate)
    half = math.ceil(_TAPS / cut)
    taps = np.arange(-half + 1, half + 1)
    apart = taps[None] - np.arange(ups)[:, None] / ups
    window = np.cos(np.pi / 2 * np.clip(apart / half, -1, 1)) ** 2
    filters = (cut * np.sinc(cut * apart) * window).astype(np.float32)
    found = np.zeros(len(samples) * to // rate, np.float32)
    windows = sliding_window_view(np.pad(samples, (half - 1, half)), len(taps))
    # All places that lie alike between two samples have one filter; nothing of them is copied.
    for place in range(min(ups, len(found))):
        before, phase = divmod(place * downs, ups)
        part = found[place::ups]
        np.einsum("ij,j->i", windows[before::downs][: len(part)], filters[phase], out=part)
    return found


def loudness(samples: Floats, rate: int) -> float:
    """Return how loud people find it, in LUFS (ITU-R BS.1770, mono); -70 for what is silent."""
    tenths: list[NDArray[np.float64]] = []
    step, before = rate // 10, rate // 2  # what is heard before it rings on for a moment
    for begin in range(0, len(samples), _SECONDS * rate):
        from_ = max(0, begin - before)
        part = samples[from_ : begin + _SECONDS * rate]
        size = 1 << max(1, len(part) - 1).bit_length()
        spectrum = np.fft.rfft(part, size) * _weights(size, rate)
        weighted = np.fft.irfft(spectrum, size)[begin - from_ : len(part)] ** 2
        count = len(weighted) // step
        tenths.append(weighted[: count * step].reshape(count, step).mean(1, dtype=np.float64))
        if len(samples) < 4 * step:  # shorter than one block of the standard
            return _gated(np.array([weighted.mean(dtype=np.float64)]))
    return _gated(np.convolve(np.concatenate(tenths), np.ones(4) / 4, "valid"))


def _gated(power: NDArray[np.float64]) -> float:
    def lufs(values: NDArray[np.float64]) -> float:
        return float(-0.691 + 10 * np.log10(values.mean() + 1e-12)) if len(values) else -70.0

    heard = power[-0.691 + 10 * np.log10(power + 1e-12) > -70]
    return lufs(heard[-0.691 + 10 * np.log10(heard + 1e-12) > lufs(heard) - 10])


@cache
def _weights(size: int, rate: int) -> NDArray[np.complex64]:
    """Return how much each frequency counts: the standard's two filters, given for 48 kHz."""
    hz = np.fft.rfftfreq(size, 1 / rate)
    turn = np.exp(-2j * np.pi * hz / 48_000)
    shelf = (1.53512485958697 - 2.69169618940638 * turn + 1.19839281085285 * turn**2) / (
        1 - 1.69065929318241 * turn + 0.73248077421585 * turn**2
    )
    low_cut = (1 - 2 * turn + turn**2) / (1 - 1.99004745483398 * turn + 0.99007225036621 * turn**2)
    return np.asarray(shelf * low_cut, np.complex64)


def levelled(samples: Floats, rate: int) -> Floats:
    """Return the sound at LOUDNESS; what would be louder than CEILING is turned down for a moment.

    A sound that is nearly silent gets 30 dB at most: more would be only noise.
    """
    gain = min(10 ** ((LOUDNESS - loudness(samples, rate)) / 20), 10 ** (30 / 20))
    louder = samples * np.float32(gain)
    most = 10 ** (CEILING / 20)
    peak = np.abs(louder)
    if peak.max() <= most:
        return louder
    near = max(1, rate // 200)  # 5 ms to each side
    blocks = np.pad(peak, (0, -len(peak) % near)).reshape(-1, near).max(1)
    around = np.maximum.reduce([np.pad(blocks, 2)[by : by + len(blocks)] for by in range(5)])
    turned = np.minimum(1.0, most / np.maximum(around, 1e-9))
    smooth = np.convolve(np.pad(turned, 1, mode="edge"), np.ones(3) / 3, "valid")
    at = (np.arange(len(blocks)) + 0.5) * near
    for begin in range(0, len(louder), _SECONDS * rate):
        part = louder[begin : begin + _SECONDS * rate]
        part *= np.interp(np.arange(begin, begin + len(part)), at, smooth).astype(np.float32)
    return np.clip(louder, -most, most, out=louder)


def cut(samples: Floats, rate: int, begin: float, end: float, lead: float) -> Floats:
    """Return a stretch, faded at its ends, with silence before it. begin, end, lead: seconds."""
    part = samples[max(0, int(begin * rate)) : int(end * rate)].copy()
    soft = min(len(part) // 2, int(FADE * rate))
    if soft:
        ramp = np.linspace(0, 1, soft, dtype=np.float32)
        part[:soft] *= ramp
        part[-soft:] *= ramp[::-1]
    return np.concatenate([np.zeros(int(lead * rate), np.float32), part])


def as_ogg(samples: Floats, rate: int) -> bytes:
    """Return it as OGG Opus: a sixth of WAV, and no moment is moved."""
    file = io.BytesIO()
    soundfile.write(
        file, samples, rate, format="OGG", subtype="OPUS", compression_level=_COMPRESSION
    )
    return file.getvalue()
