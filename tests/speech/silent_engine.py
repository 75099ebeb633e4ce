"""An engine that always works: silence as long as the words would take, with a time for each."""

from __future__ import annotations

import io
import wave

from kiosk.speech.engine import Clip, Voice, WordTime
from kiosk.speech.timing import visible_words

_SAMPLES_A_SECOND = 8_000
_LETTERS_A_WORD = 5  # what "words a minute" counts, spaces left out


class SilentEngine:
    """Speaks nothing, in time: for tests that ask what is spoken and when, not how it sounds."""

    name = "silent"
    version = "1"

    def render(self, text: str, voice: Voice, *, within: float | None = None) -> Clip:  # noqa: ARG002 - it takes no time
        """Return silence; each word gets its share by its length."""
        second_a_letter = 60 / voice.rate / _LETTERS_A_WORD
        words: list[WordTime] = []
        reached = 0.0
        for start, end in visible_words(text):
            begins, reached = reached, reached + (end - start) * second_a_letter
            words.append(WordTime(start, end, begins, reached))
        samples = int(reached * _SAMPLES_A_SECOND) + 1
        file = io.BytesIO()
        with wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(_SAMPLES_A_SECOND)
            out.writeframes(bytes(2 * samples))
        return Clip(file.getvalue(), samples / _SAMPLES_A_SECOND, tuple(words))

    def close(self) -> None:
        """Nothing was started."""
