"""Small recorded voices, with more in them than sound when a test asks for it."""

from __future__ import annotations

import math
import struct

from kiosk.feedback.answer.recording import MP3, clean_recording
from kiosk.feedback.answer.small import made_small

PCM, FLOAT, EXTENSIBLE = 1, 3, 0xFFFE
RATE = 16_000


def form(
    code: int = PCM,
    channels: int = 1,
    rate: int = RATE,
    bits: int = 16,
    more: bytes = b"",
    speed: int | None = None,
) -> bytes:
    """Return what stands in the part "fmt "."""
    block = channels * bits // 8 % 2**16
    speed = rate * block % 2**32 if speed is None else speed
    return struct.pack("<HHIIHH", code, channels, rate, speed, block, bits) + more


def part(name: bytes, inside: bytes, pad: bytes = b"\0") -> bytes:
    """Return one part of a RIFF file."""
    return struct.pack("<4sI", name, len(inside)) + inside + pad * (len(inside) % 2)


def riff(*parts: bytes, size: bytes | None = None) -> bytes:
    """Return a RIFF file of the kind WAVE."""
    inside = b"WAVE" + b"".join(parts)
    return b"RIFF" + (size or struct.pack("<I", len(inside))) + inside


def wav(*more: tuple[bytes, bytes], sound: bytes = b"\1\0" * 800) -> bytes:
    """Return a WAV file as the screen sends it; more: other parts, before the sound."""
    return riff(part(b"fmt ", form()), *(part(*one) for one in more), part(b"data", sound))


def tone(seconds: float, pitch: float = 400) -> bytes:
    """Return the samples of a note."""
    turn = 2 * math.pi * pitch / RATE
    samples = (round(20_000 * math.sin(turn * at)) for at in range(round(seconds * RATE)))
    return b"".join(struct.pack("<h", one) for one in samples)


def small(sound: bytes) -> bytes:
    """Return a recorded voice as it is kept."""
    data, end = made_small(clean_recording(sound))
    assert end == MP3
    return data
