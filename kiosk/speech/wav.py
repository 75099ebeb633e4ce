"""Sound as WAV files: silence before a sentence, and a click."""

from __future__ import annotations

import array
import io
import math
import wave

LEAD_SECONDS = 0.12  # silence before the first word: loudspeakers swallow the first moment


def with_lead(wav: bytes) -> bytes:
    """Return the WAV file with LEAD_SECONDS of silence before it."""
    out = io.BytesIO()
    with wave.open(io.BytesIO(wav)) as source, wave.open(out, "wb") as target:
        target.setparams(source.getparams())
        silent = int(source.getframerate() * LEAD_SECONDS)
        target.writeframes(bytes(silent * source.getsampwidth() * source.getnchannels()))
        target.writeframes(source.readframes(source.getnframes()))
    return out.getvalue()


def length(wav: bytes) -> float:
    """Return how many seconds a WAV file is long."""
    with wave.open(io.BytesIO(wav)) as file:
        return float(file.getnframes() / file.getframerate())


def tick() -> bytes:
    """Return a WAV file with a soft click: a switch user hears that the frame has moved."""
    rate, seconds, pitch = 22_050, 0.05, 880
    count = int(rate * seconds)
    samples = array.array(
        "h",
        (
            int(9_000 * (1 - at / count) * math.sin(2 * math.pi * pitch * at / rate))
            for at in range(count)
        ),
    )
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return out.getvalue()
