"""MP3: small, and played by everything that people have at home.

An encoder puts silence before the sound, and after it. The first frame that is written here tells
players how much, so that they leave it out: each word stays where it is in the kiosk's own sound.
"""

from __future__ import annotations

import io
import wave
from collections.abc import Iterable
from dataclasses import dataclass

import lameenc
import numpy as np
from numpy.typing import NDArray

_KBIT = 48  # a second, of one channel: a voice loses nothing that people hear
_QUALITY = 7  # of 2 to 7, the quickest: a whole site is an hour of sound
_FRAME = 576  # samples of one frame at the sampling rates that voices have
_DELAY = 576  # samples of silence that LAME puts first
_VERSION = b"LAME3.100"
_INFO_KBIT = 64  # of the first frame, which needs more room than 48 give
_RATES = {22_050: 0, 24_000: 1, 16_000: 2}  # of MPEG-2, as a frame's header counts them
_KBITS = {_KBIT: 6, _INFO_KBIT: 8}  # likewise

Samples = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Track:
    """Several clips as one sound. begins: of each clip, seconds from the start; seconds: of all."""

    mp3: bytes
    seconds: float
    begins: tuple[float, ...]


def track(wavs: Iterable[bytes]) -> Track:
    """Join WAV files, one after the other, as one MP3 file. All have one channel of 16 bits."""
    read = [_samples(wav) for wav in wavs]
    rate = next((rate for _, rate in read if rate in _RATES), 24_000)
    parts = [_at_rate(samples, own, rate) for samples, own in read]
    begins, reached = [], 0
    for part in parts:
        begins.append(reached / rate)
        reached += len(part)
    sound = np.concatenate(parts) if parts else np.zeros(0, np.int16)
    return Track(_encoded(sound, rate), reached / rate, tuple(begins))


def _samples(wav: bytes) -> tuple[Samples, int]:
    with wave.open(io.BytesIO(wav)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2"), file.getframerate()


def _at_rate(samples: Samples, own: int, rate: int) -> Samples:
    """Return the same sound with other samples a second: no pitch changes, none is added."""
    if own == rate or not len(samples):
        return samples
    count = round(len(samples) * rate / own)
    waves = np.fft.rfft(samples.astype(np.float64))
    kept = np.zeros(count // 2 + 1, np.complex128)
    both = min(len(waves), len(kept))
    kept[:both] = waves[:both]
    sound = np.fft.irfft(kept, count) * (count / len(samples))
    return np.clip(np.round(sound), -32_768, 32_767).astype(np.int16)


def _encoded(samples: Samples, rate: int) -> bytes:
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(_KBIT)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(rate)
    encoder.set_channels(1)
    encoder.set_quality(_QUALITY)
    frames = bytes(encoder.encode(samples.astype("<i2").tobytes()) + encoder.flush())
    return _info(rate, frames, len(samples)) + frames


def _info(rate: int, frames: bytes, samples: int) -> bytes:
    """Return the frame before all others: it is silent, and tells how many there are."""
    count = _count(frames, rate)
    after = max(0, count * _FRAME - _DELAY - samples)
    frame = bytearray(_size(_INFO_KBIT, rate))
    frame[:4] = bytes([0xFF, 0xF3, _KBITS[_INFO_KBIT] << 4 | _RATES[rate] << 2, 0xC4])
    told = b"".join(
        (
            b"Info",
            (0x3).to_bytes(4, "big"),  # what follows: the number of frames, and of bytes
            count.to_bytes(4, "big"),
            (len(frames) + len(frame)).to_bytes(4, "big"),
            _VERSION,
            bytes([1]),  # each frame is as long as the others
            bytes(10),  # nothing is known of its loudness
            bytes([_KBIT]),
            (_DELAY << 12 | min(after, 0xFFF)).to_bytes(3, "big"),
            bytes(12),
        )
    )
    begin = 4 + 9  # after the header and what a frame of one channel tells of itself
    frame[begin : begin + len(told)] = told
    return bytes(frame)


def _size(kbit: int, rate: int) -> int:
    return 72 * kbit * 1000 // rate


def _count(frames: bytes, rate: int) -> int:
    """Return how many frames there are: some have a byte more, so that the rate is kept."""
    count = at = 0
    while at + 4 <= len(frames):
        padding = frames[at + 2] >> 1 & 1
        at += _size(_KBIT, rate) + padding
        count += 1
    return count
