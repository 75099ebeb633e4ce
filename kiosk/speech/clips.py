"""Clips on disk: `<key>.wav` is the sound, `<key>.json` its length and the times of its words.

It is a cache: what is missing or damaged is rendered again, and all of it may be deleted.
"""

from __future__ import annotations

import array
import hashlib
import io
import json
import math
import os
import tempfile
import wave
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kiosk.speech.engine import Voice, WordTime

LEAD_SECONDS = 0.12  # silence before the first word: loudspeakers swallow the first moment
_FORMAT = 2  # part of every key: a higher number forgets all kept clips
_UNFINISHED = ".clip-"


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence that can be played. key: names its clip; words: ranges of `text`, seconds."""

    text: str
    key: str
    seconds: float
    words: tuple[WordTime, ...]


def key_of(engine: str, version: str, voice: Voice, text: str, said: str) -> str:
    """Return the name of a clip: another voice, speed, text or engine has another name."""
    parts = [_FORMAT, engine, version, voice.name, voice.rate, text, said]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


class Clips:
    """The folder of the kept clips. Safe to share by threads and by processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # Sound that was read through once: its time and size then. A stat is enough after that.
        self._checked: dict[str, tuple[int, int]] = {}

    def path(self, key: str) -> Path:
        """Where the sound of this key is kept."""
        return self._folder / f"{key}.wav"

    def find(self, text: str, key: str) -> Spoken | None:
        """Return the kept clip; None when there is none, or when it is damaged."""
        try:
            told = json.loads((self._folder / f"{key}.json").read_text(encoding="utf-8"))
            words = tuple(
                WordTime(int(a), int(b), float(c), float(d)) for a, b, c, d in told["words"]
            )
            if not self._is_whole(key, told["sound"]):
                return None
            return Spoken(text, key, float(told["seconds"]), words)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, spoken: Spoken, wav: bytes) -> None:
        """Write a clip; a reader sees all of it or nothing. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        told = {
            "seconds": spoken.seconds,
            "sound": hashlib.sha256(wav).hexdigest(),
            "words": [[one.start, one.end, one.starts_at, one.ends_at] for one in spoken.words],
        }
        # The sound first: whoever finds the times finds the sound too.
        self._write(self.path(spoken.key), wav)
        self._write(self._folder / f"{spoken.key}.json", json.dumps(told).encode())

    def prune(self, keep: Collection[str]) -> int:
        """Delete every clip whose key is not in `keep`; return how many there were.

        Only for a moment when nothing is rendered: it takes unfinished files away too.
        """
        gone = set()
        for path in self._folder.glob("*"):
            ours = path.suffix in {".wav", ".json"} and path.stem not in keep
            if ours or path.name.startswith(_UNFINISHED):
                with suppress(OSError):
                    path.unlink()
                    gone.add(path.stem)
        return len(gone)

    def _is_whole(self, key: str, sound: str) -> bool:
        path = self.path(key)
        about = path.stat()
        now = (about.st_mtime_ns, about.st_size)
        if self._checked.get(key) != now:
            if hashlib.sha256(path.read_bytes()).hexdigest() != sound:
                return False
            self._checked[key] = now
        return True

    def _write(self, path: Path, data: bytes) -> None:
        # No fsync: what a power cut takes is rendered again.
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=_UNFINISHED)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


def with_lead(wav: bytes) -> bytes:
    """Return the WAV file with LEAD_SECONDS of silence before it."""
    out = io.BytesIO()
    with wave.open(io.BytesIO(wav)) as source, wave.open(out, "wb") as target:
        target.setparams(source.getparams())
        silent = int(source.getframerate() * LEAD_SECONDS)
        target.writeframes(bytes(silent * source.getsampwidth() * source.getnchannels()))
        target.writeframes(source.readframes(source.getnframes()))
    return out.getvalue()


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
