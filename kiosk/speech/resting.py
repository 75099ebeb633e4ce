"""The parent's side of a voice that is a model, in a worker of its own: slow to start, may fail."""

from __future__ import annotations

import time
from pathlib import Path

from kiosk.errors import SpeechError, VoiceMissing, VoiceStarting
from kiosk.speech.engine import Clip, Voice
from kiosk.speech.process import WorkerEngine

_START_SECONDS = 30.0
_TRIES = 3  # so many failures one after the other, and it is left alone ...
_REST_SECONDS = 60.0  # ... for so long: nobody waits for it in vain, page after page


class ModelEngine(WorkerEngine):
    """Voices whose names begin with `prefix`. folder: where a site keeps their files."""

    prefix: str
    _start_seconds = _START_SECONDS

    def __init__(self, seconds: float = 3.0, folder: Path | None = None) -> None:
        super().__init__(seconds)
        self._folder = folder or Path("voices")
        self._failures = 0
        self._failed_at = 0.0

    def names(self, language: str) -> list[str]:
        """Return the voices that can speak a language here."""
        raise NotImplementedError

    def missing(self, voice: Voice) -> VoiceMissing | None:
        """Return why a voice cannot speak on this computer, and what to try; None when it can."""
        raise NotImplementedError

    def slowest_of(self, language: str) -> int:
        """Return the fewest words a minute that it says: slower, it is harder to understand.

        It pauses longer instead.
        """
        raise NotImplementedError

    def version_of(self, voice: Voice) -> str:
        """Return what a kept clip of a voice depends on: other files make other sounds."""
        raise NotImplementedError

    def about(self, voice: Voice) -> str:
        """Return what staff should know of a voice that is not missing, in sentences."""
        raise NotImplementedError

    def render(self, text: str, voice: Voice, *, within: float | None = None) -> Clip:
        """Speak; after some failures one after the other it rests for a while, and says so."""
        if missing := self.missing(voice):
            raise missing
        if self._failures >= _TRIES and time.monotonic() - self._failed_at < _REST_SECONDS:
            raise SpeechError(f'The voice "{voice.name}" failed {self._failures} times, and rests.')
        try:
            clip = super().render(text, voice, within=within)
        except VoiceStarting:
            raise
        except SpeechError:
            self._failures += 1
            self._failed_at = time.monotonic()
            raise
        self._failures = 0
        return clip

    def _short(self, voice: Voice) -> str:
        return voice.name.removeprefix(self.prefix)
