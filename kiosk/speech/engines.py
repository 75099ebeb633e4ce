"""The engines of a kiosk: which one speaks with a voice, and which voice speaks instead of it."""

from __future__ import annotations

from pathlib import Path

from kiosk.errors import VoiceMissing
from kiosk.speech.engine import DEFAULT_VOICES, SpeechEngine, Voice
from kiosk.speech.natural import PREFIX, VOICES, NaturalEngine
from kiosk.speech.process import Pyttsx3Engine

_ANY_RATE = 130  # words a minute: whether a voice is there does not depend on it


class Engines:
    """eSpeak NG, or a test's engine, and beside it the natural voices if there are any."""

    def __init__(self, plain: SpeechEngine, natural: NaturalEngine | None = None) -> None:
        self._plain = plain
        self._natural = natural

    def of(self, voice: Voice) -> SpeechEngine:
        """Return the engine of a voice."""
        if self._natural is not None and voice.name.startswith(PREFIX):
            return self._natural
        return self._plain

    def missing(self, voice: Voice) -> VoiceMissing | None:
        """Return why a natural voice cannot speak on this computer; None when it can.

        Whether a voice of the other engine is there, only that engine knows: it is asked.
        """
        if not voice.name.startswith(PREFIX):
            return None
        if self._natural is None:
            return VoiceMissing(f'The voice "{voice.name}" is not used here.')
        return self._natural.missing(voice)

    def instead(self, voice: Voice) -> Voice | None:
        """Return the voice that speaks when a natural one cannot; None when there is none."""
        if not voice.name.startswith(PREFIX):
            return None
        name = DEFAULT_VOICES.get(voice.language)
        name = name or DEFAULT_VOICES.get(voice.language.split("-")[0])
        return Voice(voice.language, name, voice.rate) if name else None

    def names(self, language: str) -> list[str]:
        """Return the voices that can speak a language here, the usual ones of eSpeak NG last."""
        found = [Voice(language, PREFIX + name, _ANY_RATE) for name in VOICES]
        there = [voice.name for voice in found if self.missing(voice) is None]
        usual = self.instead(Voice(language, PREFIX, _ANY_RATE))
        return [*there, usual.name] if usual else there

    def pid(self, voice: Voice) -> int | None:
        """Return the process id of the worker of a voice, while there is one."""
        engine = self.of(voice)
        return getattr(engine, "pid", None)

    def close(self) -> None:
        """End what the engines started."""
        self._plain.close()
        if self._natural is not None:
            self._natural.close()


def engines_of(root: Path, seconds: float) -> Engines:
    """Return the engines for the site in the folder `root`. seconds: the most for one sentence."""
    return Engines(Pyttsx3Engine(seconds), NaturalEngine(seconds, root / "voices"))
