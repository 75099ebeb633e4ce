"""A list of sentences, read aloud: clips that are rendered once and kept on disk."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tempfile
import wave
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from kiosk.errors import VoiceMissing
from kiosk.speech.engine import Clip, SpeechEngine, Voice, WordTime
from kiosk.speech.pronounce import spoken_text
from kiosk.speech.timing import word_times

LEAD_SECONDS = 0.12  # silence before the first word: loudspeakers swallow the first moment
_FORMAT = 1  # part of every key: a higher number forgets all kept clips


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence that can be played. key: names its clip; words: ranges of `text`, seconds."""

    text: str
    key: str
    seconds: float
    words: tuple[WordTime, ...]


class Narrator:
    """Speaks for one site.

    folder: where clips are kept. voices: language -> the engine's name of its voice.
    rates: speed ("slow", "normal", "quick") -> words a minute.
    """

    def __init__(
        self,
        engine: SpeechEngine,
        folder: Path,
        *,
        voices: Mapping[str, str],
        rates: Mapping[str, int],
    ) -> None:
        self._engine = engine
        self._folder = folder
        self._voices = voices
        self._rates = rates

    def narrate(
        self, texts: Sequence[str], *, language: str, speed: str, say: Mapping[str, str]
    ) -> tuple[Spoken, ...]:
        """Return each text as a clip that is on disk; one that is kept costs no rendering.

        Raises VoiceMissing for a language without a voice, SpeechError when the voice cannot speak.
        """
        if language not in self._voices:
            raise VoiceMissing(f'There is no voice for the language "{language}".')
        voice = Voice(language, self._voices[language], self._rates[speed])
        return tuple(self._one(text, voice, say) for text in texts)

    def clip_path(self, key: str) -> Path:
        """Where the clip of this key is kept."""
        return self._folder / f"{key}.wav"

    def _one(self, text: str, voice: Voice, say: Mapping[str, str]) -> Spoken:
        spoken = spoken_text(text, voice.language, say)
        parts = [_FORMAT, self._engine.name, self._engine.version, voice.name, voice.rate]
        key = hashlib.sha256(
            json.dumps([*parts, text, spoken.text]).encode("utf-8", "surrogatepass")
        ).hexdigest()
        kept = self._kept(text, key)
        if kept is not None:
            return kept
        clip = self._engine.render(spoken.text, voice)
        events = [spoken.back(word) for word in clip.words]
        times = word_times(text, events, clip.seconds)
        made = Spoken(
            text,
            key,
            round(clip.seconds + LEAD_SECONDS, 4),
            tuple(
                WordTime(
                    one.start,
                    one.end,
                    round(one.starts_at + LEAD_SECONDS, 4),
                    round(one.ends_at + LEAD_SECONDS, 4),
                )
                for one in times
            ),
        )
        self._keep(made, clip)
        return made

    def _kept(self, text: str, key: str) -> Spoken | None:
        """Return the kept clip; None when there is none, or when it is damaged."""
        try:
            told = json.loads((self._folder / f"{key}.json").read_text(encoding="utf-8"))
            words = tuple(WordTime(**word) for word in told["words"])
            if self.clip_path(key).stat().st_size != told["bytes"]:
                return None
            return Spoken(text, key, float(told["seconds"]), words)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _keep(self, made: Spoken, clip: Clip) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        wav = _with_lead(clip.wav)
        words = [asdict(word) for word in made.words]
        told = {"seconds": made.seconds, "bytes": len(wav), "words": words}
        # The sound first: whoever finds the times finds the sound too.
        _write(self.clip_path(made.key), wav)
        _write(self._folder / f"{made.key}.json", json.dumps(told).encode())


def _with_lead(wav: bytes) -> bytes:
    out = io.BytesIO()
    with wave.open(io.BytesIO(wav)) as source, wave.open(out, "wb") as target:
        target.setparams(source.getparams())
        silent = int(source.getframerate() * LEAD_SECONDS)
        target.writeframes(bytes(silent * source.getsampwidth() * source.getnchannels()))
        target.writeframes(source.readframes(source.getnframes()))
    return out.getvalue()


def _write(path: Path, data: bytes) -> None:
    """Write so that a reader sees the whole file or none; a cache needs no fsync."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".clip-")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).replace(path)
