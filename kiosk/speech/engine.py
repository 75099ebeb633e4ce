"""What an engine is, and what it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

# The voices of espeak-ng for the languages that councils ask for most. Settings go first.
DEFAULT_VOICES = {
    "bn": "inc/bn",
    "en": "gmw/en",
    "pl": "zlw/pl",
    "ro": "roa/ro",
    "ur": "inc/ur",
}
ANY_RATE = 130  # words a minute, where only a voice is meant and nothing is said
LONGEST_TEXT = 10_000  # characters: more is a mistake, and would not fit into a pipe at once


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice. name: as the engine calls it; rate: words a minute."""

    language: str
    name: str
    rate: int


@dataclass(frozen=True, slots=True)
class WordTime:
    """A stretch of the text, text[start:end], and when it is said: seconds into the clip."""

    start: int
    end: int
    starts_at: float
    ends_at: float


@dataclass(frozen=True, slots=True)
class Clip:
    """One sentence as sound: a whole WAV file, its length in seconds, its words in order."""

    wav: bytes
    seconds: float
    words: tuple[WordTime, ...]


class SpeechEngine(Protocol):
    """Something that can speak. `name` and `version` are part of the key of a kept clip."""

    name: str
    version: str

    def render(self, text: str, voice: Voice, *, within: float | None = None) -> Clip:
        """Speak `text`; the words are stretches of it as the engine counted them.

        within: seconds that this call may take; the engine's own limit holds too.
        Raises SpeechError, SpeechTimeout or VoiceMissing.
        """
        ...

    def close(self) -> None:
        """End what the engine started. The next `render` starts it again."""
        ...
