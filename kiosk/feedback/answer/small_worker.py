"""A program of its own: samples come in, an MP3 goes out. See small.py.

It imports nothing of ours, so it starts in a fifth of a second.
"""

from __future__ import annotations

import io
import sys
from contextlib import suppress

import soundfile

_QUALITY = 0.6  # from 0, the best, to 1: about 30 kilobits a second for speech
_PIECE = 32_000  # bytes at once: long pieces have made such encoders fail
_MEMORY = 1 << 30  # of addresses, most of them never used
_CPU_SECONDS = 15


def limit() -> None:
    """Let the system end us when we take too much, where it can."""
    # Windows has no such module, and some systems not each of these limits.
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def encoded(samples: bytes, rate: int) -> bytes:
    """Return the MP3 of one channel of 16 bit samples."""
    made = io.BytesIO()
    with soundfile.SoundFile(
        made,
        "w",
        samplerate=rate,
        channels=1,
        format="MP3",
        subtype="MPEG_LAYER_III",
        bitrate_mode="VARIABLE",
        compression_level=_QUALITY,
    ) as file:
        for at in range(0, len(samples), _PIECE):
            file.buffer_write(samples[at : at + _PIECE], dtype="int16")
    return made.getvalue()


if __name__ == "__main__":
    limit()
    sys.stdout.buffer.write(encoded(sys.stdin.buffer.read(), int(sys.argv[1])))
