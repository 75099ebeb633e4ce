"""A list of sentences, read aloud: clips that are rendered once and kept on disk."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import SpeechError, SpeechTimeout, VoiceMissing
from kiosk.speech.clips import LEAD_SECONDS, Clips, Spoken, key_of, with_lead
from kiosk.speech.engine import DEFAULT_VOICES, SpeechEngine, Voice, WordTime
from kiosk.speech.pronounce import SpokenText, spoken_text
from kiosk.speech.timing import word_times
from kiosk.speech.turns import Turns

__all__ = ["LEAD_SECONDS", "Narrator", "Progress", "Spoken"]

_BACKGROUND_SECONDS = 2.0  # a hung render must leave a visitor, who waits for it, time enough


@dataclass(frozen=True, slots=True)
class Progress:
    """How far `prepare` is. problem: why the last text has no clip, if it has none."""

    done: int
    total: int
    problem: SpeechError | None = None


@dataclass(frozen=True, slots=True)
class _Task:
    """A text, the voice that reads it, how it is said, and the key of its clip."""

    text: str
    voice: Voice
    said: SpokenText
    key: str


class Narrator:
    """Speaks for one site. Safe to share by threads.

    folder: where clips are kept. voices: language -> the engine's name of its voice, before the
    defaults. rates: speed ("slow", "normal", "quick") -> words a minute. within: the most seconds
    that a visitor waits for one call of `narrate`, whatever else is going on.
    """

    def __init__(
        self,
        engine: SpeechEngine,
        folder: Path,
        *,
        voices: Mapping[str, str],
        rates: Mapping[str, int],
        within: float = 4.0,
    ) -> None:
        self._engine = engine
        self._clips = Clips(folder)
        self._voices = DEFAULT_VOICES | dict(voices)
        self._rates = rates
        self._within = within
        self._turns = Turns()

    def narrate(
        self, texts: Sequence[str], *, language: str, speed: str, say: Mapping[str, str]
    ) -> tuple[Spoken, ...]:
        """Return each text as a clip that is on disk; one that is kept costs no rendering.

        Raises VoiceMissing for a language without a voice, SpeechError when the voice cannot speak.
        """
        deadline = time.monotonic() + self._within
        voice = self._voice(language, speed)
        return tuple(self._for_visitor(self._task(text, voice, say), deadline) for text in texts)

    def aloud(self, text: str, *, language: str, speed: str, say: Mapping[str, str]) -> bytes:
        """Return a text as a WAV file that is kept nowhere: for what a visitor wrote.

        Raises VoiceMissing for a language without a voice, SpeechError when the voice cannot speak.
        """
        deadline = time.monotonic() + self._within
        task = self._task(text, self._voice(language, speed), say)
        with self._turns.visitor(deadline):
            within = max(0.1, deadline - time.monotonic())
            return with_lead(self._engine.render(task.said.text, task.voice, within=within).wav)

    def prepare(
        self,
        texts: Sequence[str],
        *,
        language: str,
        speed: str,
        say: Mapping[str, str],
        stop: threading.Event | None = None,
    ) -> Iterator[Progress]:
        """Render what is not kept yet, one text at a time, and give way to visitors.

        Yields after every text, and goes on after one that failed; ends at once when `stop` is set.
        Raises VoiceMissing for a language without a voice.
        """
        stop = stop or threading.Event()
        voice = self._voice(language, speed)
        for done, text in enumerate(texts, start=1):
            problem = None
            task = self._task(text, voice, say)
            if self._clips.find(task.text, task.key) is None:
                with self._turns.background(stop) as has_turn:
                    if not has_turn:
                        return
                    try:
                        self._render(task, _BACKGROUND_SECONDS)
                    except SpeechError as error:
                        problem = error
            yield Progress(done, len(texts), problem)
            if stop.is_set():
                return

    def key(self, text: str, *, language: str, speed: str, say: Mapping[str, str]) -> str:
        """Return the key of a text's clip, rendered or not: what `prune` may be told to keep."""
        return self._task(text, self._voice(language, speed), say).key

    def clip_path(self, key: str) -> Path:
        """Where the clip of this key is kept."""
        return self._clips.path(key)

    def prune(self, keep: Collection[str]) -> int:
        """Delete all kept clips but these; return how many went."""
        with self._turns.visitor(time.monotonic() + self._within):
            return self._clips.prune(keep)

    def _voice(self, language: str, speed: str) -> Voice:
        name = self._voices.get(language) or self._voices.get(language.split("-")[0])
        if not name:
            raise VoiceMissing(f'There is no voice for the language "{language}".')
        return Voice(language, name, self._rates[speed])

    def _task(self, text: str, voice: Voice, say: Mapping[str, str]) -> _Task:
        said = spoken_text(text, voice.language, say)
        key = key_of(self._engine.name, self._engine.version, voice, text, said.text)
        return _Task(text, voice, said, key)

    def _for_visitor(self, task: _Task, deadline: float) -> Spoken:
        if kept := self._clips.find(task.text, task.key):
            return kept
        with self._turns.visitor(deadline):
            left = deadline - time.monotonic()
            if left <= 0:
                raise SpeechTimeout("The voice took too long. Please try again in a moment.")
            return self._render(task, left)

    def _render(self, task: _Task, within: float) -> Spoken:
        # Another thread may have wanted the same text, and had its turn first.
        if kept := self._clips.find(task.text, task.key):
            return kept
        clip = self._engine.render(task.said.text, task.voice, within=within)
        events = [task.said.back(word) for word in clip.words]
        words = tuple(_later(one) for one in word_times(task.text, events, clip.seconds))
        made = Spoken(task.text, task.key, round(clip.seconds + LEAD_SECONDS, 4), words)
        try:
            self._clips.keep(made, with_lead(clip.wav))
        except OSError as error:
            raise SpeechError(f"The sound cannot be kept: {error.strerror or error}.") from error
        return made


def _later(word: WordTime) -> WordTime:
    starts_at, ends_at = (round(at + LEAD_SECONDS, 4) for at in (word.starts_at, word.ends_at))
    return WordTime(word.start, word.end, starts_at, ends_at)
