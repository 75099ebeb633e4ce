"""The engines of a kiosk: which one speaks with a voice, and which voice speaks instead of it."""

from __future__ import annotations

from pathlib import Path

from kiosk.errors import VoiceMissing
from kiosk.speech import natural, piper
from kiosk.speech.engine import ANY_RATE, DEFAULT_VOICES, SpeechEngine, Voice
from kiosk.speech.natural import NaturalEngine
from kiosk.speech.piper import PiperEngine
from kiosk.speech.process import Pyttsx3Engine
from kiosk.speech.resting import ModelEngine

_MODELS = (natural.PREFIX, piper.PREFIX)  # how the names of voices begin that are models


class Engines:
    """eSpeak NG, or a test's engine, and beside it those whose voices are models, if any."""

    def __init__(self, plain: SpeechEngine, *models: ModelEngine) -> None:
        self._plain = plain
        self._models = {one.prefix: one for one in models}

    def of(self, voice: Voice) -> SpeechEngine:
        """Return the engine of a voice."""
        return self.model_of(voice) or self._plain

    def model_of(self, voice: Voice) -> ModelEngine | None:
        """Return the engine of a voice that is a model; None when it is none, or not used here."""
        return self._models.get(_prefix(voice))

    def missing(self, voice: Voice) -> VoiceMissing | None:
        """Return why a voice that is a model cannot speak on this computer; None when it can.

        Whether a voice of the other engine is there, only that engine knows: it is asked.
        """
        if not _prefix(voice):
            return None
        engine = self.model_of(voice)
        if engine is None:
            return VoiceMissing(f'The voice "{voice.name}" is not used here.')
        return engine.missing(voice)

    def version(self, voice: Voice) -> str:
        """Return what the sound of a voice depends on, as a part of the name of its clips."""
        engine = self.model_of(voice)
        return engine.version_of(voice) if engine else self._plain.version

    def instead(self, voice: Voice) -> Voice | None:
        """Return the voice that speaks when a model cannot; None when there is none."""
        if not _prefix(voice):
            return None
        name = DEFAULT_VOICES.get(voice.language)
        name = name or DEFAULT_VOICES.get(voice.language.split("-")[0])
        return Voice(voice.language, name, voice.rate) if name else None

    def names(self, language: str) -> list[str]:
        """Return the voices that can speak a language here, the usual one of eSpeak NG last."""
        found = [name for engine in self._models.values() for name in engine.names(language)]
        usual = self.instead(Voice(language, natural.PREFIX, ANY_RATE))
        return [*found, usual.name] if usual else found

    def pid(self, voice: Voice) -> int | None:
        """Return the process id of the worker of a voice, while there is one."""
        engine = self.of(voice)
        return getattr(engine, "pid", None)

    def close(self) -> None:
        """End what the engines started."""
        for engine in (self._plain, *self._models.values()):
            engine.close()


def _prefix(voice: Voice) -> str:
    return next((one for one in _MODELS if voice.name.startswith(one)), "")


def engines_of(root: Path, seconds: float) -> Engines:
    """Return the engines for the site in the folder `root`. seconds: the most for one sentence."""
    folder = root / "voices"
    return Engines(
        Pyttsx3Engine(seconds), NaturalEngine(seconds, folder), PiperEngine(seconds, folder)
    )
