"""Small recorded voices with more in them than sound."""

from __future__ import annotations

import io
import struct
import wave


def element(number: int, *parts: bytes) -> bytes:
    """Return one WebM element: its id, its size in eight bytes, what it holds."""
    inside = b"".join(parts)
    name = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return name + (len(inside) | 1 << 56).to_bytes(8, "big") + inside


def webm(*more: bytes, kind: int = 2, doc_type: bytes = b"webm", live: bool = False) -> bytes:
    """Return a small WebM file with a title, tags and the name of a person in many places."""
    info = element(
        0x1549A966,
        element(0x2AD7B1, b"\x0f\x42\x40"),
        element(0x7BA9, b"Ann's title"),
        element(0x4D80, b"Ann's phone"),
        element(0x5741, b"Ann"),
        element(0xBF, b"Ann!"),
    )
    track = element(
        0xAE, element(0xD7, b"\1"), element(0x83, bytes([kind])), element(0x536E, b"Ann's mic")
    )
    cluster = element(0x1F43B675, element(0xE7, b"\0"), element(0xA3, b"\x81\0\0\x80sound"))
    if live:
        cluster = cluster[:4] + b"\x01" + b"\xff" * 7 + cluster[12:]
    inside = (info, element(0x1654AE6B, track), cluster, *more)
    segment = element(0x18538067, *inside)
    if live:
        segment = segment[:4] + b"\x01" + b"\xff" * 7 + segment[12:]
    return element(0x1A45DFA3, element(0x4282, doc_type)) + segment


def wav(*more: tuple[bytes, bytes], sound: bytes = b"\1\0" * 800) -> bytes:
    """Return a WAV file; more: other parts, before the sound."""
    kept = io.BytesIO()
    with wave.open(kept, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        file.writeframes(sound)
    data = kept.getvalue()
    parts = b"".join(
        struct.pack("<4sI", name, len(inside)) + inside + b"\0" * (len(inside) % 2)
        for name, inside in more
    )
    return data[:36] + parts + data[36:]
