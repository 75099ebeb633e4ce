"""A list of sentences, read aloud: clips that are rendered once and kept on disk.

Where the disk takes no clip, the sound is held in memory, and made again when it has gone from
there: whoever was told of a clip can play it.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kiosk.errors import SpeechError, SpeechTimeout, VoiceMissing, VoiceStarting
from kiosk.speech.clips import MOST, Clips, Spoken, key_of
from kiosk.speech.engine import DEFAULT_VOICES, SpeechEngine, Voice, WordTime
from kiosk.speech.engines import Engines
from kiosk.speech.held import Held
from kiosk.speech.pronounce import SpokenText, spoken_text
from kiosk.speech.timing import word_times
from kiosk.speech.turns import Turns
from kiosk.speech.wav import LEAD_SECONDS, with_lead

__all__ = ["LEAD_SECONDS", "Narrator", "Progress", "Spoken", "Wanted"]

AHEAD = 0.9  # of the budget is filled ahead; the rest is for what is only made when asked for
_BACKGROUND_SECONDS = 2.0  # a hung render must leave a visitor, who waits for it, time enough
_SHARE = 0.5  # of a visitor's wait is for a voice that another one can speak for
_TOLD = 5_000  # so many clips that were told of last can be made again


@dataclass(frozen=True, slots=True)
class Progress:
    """How far `prepare` is.

    problem: why the last text has no clip, if the voice failed. kept: whether it has one; without
    a problem it has none because there is no room.
    """

    done: int
    total: int
    problem: SpeechError | None = None
    kept: bool = True


@dataclass(frozen=True, slots=True)
class FallenBack:
    """That a voice could not speak, which one speaks instead, why, and what staff can try."""

    voice: str
    instead: str
    why: str
    hint: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text, the voice that reads it, how it is said, and the key of its clip."""

    text: str
    voice: Voice
    said: SpokenText
    key: str


@dataclass(frozen=True, slots=True)
class Heard:
    """A text as it is heard. said: what the engine was given; words: ranges of the text."""

    said: str
    voice: Voice
    seconds: float
    words: tuple[WordTime, ...]
    wav: bytes


class Narrator:
    """Speaks for one site. Safe to share by threads.

    fallen_back: by language, of voices that have not spoken again since.

    folder: where clips are kept. voices: language -> the engine's name of its voice, before the
    defaults. second_voices: the same, of those that a visitor can choose instead. rates: speed
    ("slow", "normal", "quick") -> words a minute. within: the most seconds that a visitor waits for
    one call of `narrate`, whatever else is going on. most: bytes of the disk that all clips fill at
    most. floor: bytes of the disk that they leave free.
    """

    def __init__(
        self,
        engine: SpeechEngine | Engines,
        folder: Path,
        *,
        voices: Mapping[str, str],
        rates: Mapping[str, int],
        second_voices: Mapping[str, str] = MappingProxyType({}),
        within: float = 4.0,
        most: int = MOST,
        floor: int = 0,
    ) -> None:
        self._engines = engine if isinstance(engine, Engines) else Engines(engine)
        self.fallen_back: dict[str, FallenBack] = {}
        self._clips = Clips(folder, most=most, floor=floor)
        self._held = Held()
        self._told: OrderedDict[str, Wanted] = OrderedDict()
        self._told_lock = threading.Lock()
        self._voices = DEFAULT_VOICES | dict(voices)
        self._second_voices = second_voices
        self._rates = rates
        self._within = within
        self._turns = Turns()

    def narrate(
        self,
        texts: Sequence[str],
        *,
        language: str,
        speed: str,
        say: Mapping[str, str],
        second: bool = False,
    ) -> tuple[Spoken, ...]:
        """Return each text as a clip that `sound` has; one that is kept costs no rendering.

        second: by the language's second voice, where it has one.
        When the voice that the site names cannot speak, another one of its language says the rest.
        Raises VoiceMissing for a language without a voice, SpeechError when no voice can speak.
        """
        began = time.monotonic()
        voice = self._voice(language, speed, second)
        wanted: list[Wanted] = []
        spoken: list[Spoken] = []
        for text in texts:
            one = self._wanted(text, voice, say)
            try:
                made = self._for_visitor(one, began + self._share(voice))
            except SpeechError as error:
                voice = self._fall_back(voice, error)
                one = self._wanted(text, voice, say)
                made = self._for_visitor(one, began + self._within)
            wanted.append(one)
            spoken.append(made[0])
        with self._told_lock:
            for one in wanted:
                self._told[one.key] = one
                self._told.move_to_end(one.key)
            while len(self._told) > _TOLD:
                self._told.popitem(last=False)
        return tuple(spoken)

    def sound(self, key: str) -> bytes | None:
        """Return the WAV file of a clip that somebody was told of; None when nobody was.

        One that has gone meanwhile is rendered again. Raises SpeechError.
        """
        if wav := self._clips.sound(key):
            return wav
        if held := self._held.find(key):
            return held[1]
        with self._told_lock:
            one = self._told.get(key)
        if one is None:
            return None
        _, wav = self._for_visitor(one, time.monotonic() + self._within)
        return wav or self._clips.sound(key)

    def aloud(
        self, text: str, *, language: str, speed: str, say: Mapping[str, str], second: bool = False
    ) -> bytes:
        """Return a text as a WAV file that is kept nowhere: for what a visitor wrote.

        Raises VoiceMissing for a language without a voice, SpeechError when the voice cannot speak.
        """
        began = time.monotonic()
        voice = self._voice(language, speed, second)
        said = self._wanted(text, voice, say).said
        try:
            return self._aloud(said.text, voice, began + self._share(voice))
        except SpeechError as error:
            voice = self._fall_back(voice, error)
            return self._aloud(said.text, voice, began + self._within)

    def _aloud(self, said: str, voice: Voice, deadline: float) -> bytes:
        with self._turns.visitor(deadline):
            within = max(0.1, deadline - time.monotonic())
            return with_lead(self._engines.of(voice).render(said, voice, within=within).wav)

    def named(self, language: str, speed: str) -> Voice:
        """Return the voice that the site names for a language, or the one that is usual.

        Raises VoiceMissing for a language without a voice.
        """
        name = self._voices.get(language) or self._voices.get(language.split("-")[0])
        if not name:
            raise VoiceMissing(f'There is no voice for the language "{language}".')
        return Voice(language, name, self._rates[speed])

    def second(self, language: str, speed: str) -> Voice | None:
        """Return the voice that a visitor can choose instead; None where there is no other one."""
        other = self.second_named(language, speed)
        if other is None or self._engines.missing(other):
            return None
        first = self.named(language, speed)
        if self._engines.missing(first):
            first = self._engines.instead(first) or first
        return None if other == first else other

    def second_named(self, language: str, speed: str) -> Voice | None:
        """Return the second voice that is meant for a language, whether it can speak or not."""
        try:
            first = self.named(language, speed)
        except VoiceMissing:
            return None
        names = self._second_voices
        usual = self._engines.instead(first)
        name = names.get(language) or names.get(language.split("-")[0])
        name = name or (usual.name if usual else first.name)
        return None if name == first.name else Voice(language, name, first.rate)

    def missing(self, voice: Voice) -> VoiceMissing | None:
        """Return why a voice cannot speak here, as far as is known before it is asked."""
        return self._engines.missing(voice)

    def hear(self, text: str, *, language: str, speed: str, say: Mapping[str, str]) -> Heard:
        """Return how a text is said and heard; it is kept nowhere.

        Raises VoiceMissing for a language without a voice, SpeechError when the voice cannot speak.
        """
        voice = self._voice(language, speed)
        try:
            return self._heard(self._wanted(text, voice, say), self._share(voice))
        except SpeechError as error:
            voice = self._fall_back(voice, error)
            return self._heard(self._wanted(text, voice, say), self._within)

    def wanted(
        self,
        texts: Sequence[str],
        *,
        language: str,
        speed: str,
        say: Mapping[str, str],
        second: bool = False,
    ) -> list[Wanted]:
        """Return what `prepare` may be given, and with its keys `prune`; nothing is rendered.

        Raises VoiceMissing for a language without a voice.
        """
        voice = self._voice(language, speed, second)
        return [self._wanted(text, voice, say) for text in texts]

    def prepare(
        self, wanted: Sequence[Wanted], *, stop: threading.Event | None = None
    ) -> Iterator[Progress]:
        """Render what is not kept yet, one text at a time, and give way to visitors.

        wanted: what matters most comes first. Once the clips of the first ones fill AHEAD of the
        budget, or the disk takes no more, nothing more is rendered. Only clips that come later in
        the list, or are not in it, go for one that comes first: nothing is rendered in vain.
        Yields after every text, and goes on after one that failed; ends at once when `stop` is set.
        """
        stop = stop or threading.Event()
        ranks = {clip.key: place for place, clip in enumerate(wanted)}
        filled, full = 0, self._ahead() <= 0  # from now on the sizes of clips are known
        for done, clip in enumerate(wanted, start=1):
            problem: SpeechError | None = None
            kept = self._clips.find(clip.text, clip.key, use=False) is not None
            full = full or not (kept or filled < self._ahead())
            while not (kept or full or problem):
                with self._turns.background(stop) as has_turn:
                    if not has_turn:
                        return
                    try:
                        kept = self._render(clip, _BACKGROUND_SECONDS, ranks)[1] is None
                        full = not kept
                    except VoiceStarting:
                        continue
                    except SpeechError as error:
                        problem = error
            filled += self._clips.size(clip.key)
            yield Progress(done, len(wanted), problem, kept)
            if stop.is_set():
                return

    def give_room(self) -> int:
        """Delete clips when the disk has too little room for other things; return how many."""
        try:
            return self._clips.give_room()
        except OSError:
            return 0

    def prune(self, keep: Collection[str]) -> int:
        """Delete all kept clips but these; return how many went. Raises OSError."""
        return self._clips.prune(keep)

    def fill(self) -> int:
        """Return how many bytes of the disk the kept clips fill. Raises OSError."""
        return self._clips.fill()

    def _ahead(self) -> float:
        """Return how many bytes the clips may fill that nobody has asked for."""
        try:
            return AHEAD * self._clips.capacity()
        except OSError:
            return 0.0

    def _voice(self, language: str, speed: str, second: bool = False) -> Voice:
        """Return the voice that the site names, or the one instead of it if it is not here."""
        if second and (other := self.second(language, speed)):
            return other
        voice = self.named(language, speed)
        if missing := self._engines.missing(voice):
            return self._fall_back(voice, missing)
        return voice

    def _share(self, voice: Voice) -> float:
        """Return the seconds that a voice has: another one must have time enough to step in."""
        return self._within * (_SHARE if self._engines.instead(voice) else 1.0)

    def _fall_back(self, voice: Voice, error: SpeechError) -> Voice:
        """Return the voice that speaks instead, and note why. Raises the error if there is none."""
        other = self._engines.instead(voice) or self._first_instead(voice)
        if other is None:
            raise error
        self.fallen_back[voice.language] = FallenBack(
            voice.name, other.name, str(error), error.hint
        )
        return other

    def _first_instead(self, second: Voice) -> Voice | None:
        """Return the first voice of a language when the second one cannot speak."""
        name = self._voices.get(second.language) or self._voices.get(second.language.split("-")[0])
        first = Voice(second.language, name or second.name, second.rate)
        if first == second:
            return None
        return self._engines.instead(first) if self._engines.missing(first) else first

    def _wanted(self, text: str, voice: Voice, say: Mapping[str, str]) -> Wanted:
        said = spoken_text(text, voice.language, say)
        engine = self._engines.of(voice)
        key = key_of(engine.name, self._engines.version(voice), voice, text, said.text)
        return Wanted(text, voice, said, key)

    def _for_visitor(self, one: Wanted, deadline: float) -> tuple[Spoken, bytes | None]:
        if there := self._find(one):
            return there
        with self._turns.visitor(deadline):
            left = deadline - time.monotonic()
            if left <= 0:
                raise SpeechTimeout("The voice took too long. Please try again in a moment.")
            made, wav = self._render(one, left)
            if wav is not None:
                self._held.hold(made, wav)
            return made, wav

    def _find(self, one: Wanted) -> tuple[Spoken, bytes | None] | None:
        if kept := self._clips.find(one.text, one.key):
            return kept, None
        return self._held.find(one.key)

    def _render(
        self, one: Wanted, within: float, ranks: Mapping[str, int] | None = None
    ) -> tuple[Spoken, bytes | None]:
        """Return a sentence, and its sound if that could not be kept.

        ranks: it is made ahead, and what goes for it.
        """
        # Another thread may have wanted the same text, and had its turn first.
        if ranks is None:
            if there := self._find(one):
                return there
        elif kept := self._clips.find(one.text, one.key, use=False):
            return kept, None
        heard = self._heard(one, within)
        made = Spoken(one.text, one.key, heard.seconds, heard.words)
        try:
            is_kept = self._clips.keep(made, heard.wav, ranks=ranks)
        except BlockingIOError as error:
            if ranks is not None:  # there may be room: it is tried again later
                raise SpeechError(f"The sound cannot be kept now: {error}.") from error
            is_kept = False
        except OSError:
            is_kept = False  # a disk that is full, or read only: the sound is there all the same
        return made, None if is_kept else heard.wav

    def _heard(self, one: Wanted, within: float) -> Heard:
        clip = self._engines.of(one.voice).render(one.said.text, one.voice, within=within)
        noted = self.fallen_back.get(one.voice.language)
        if noted and noted.voice == one.voice.name:
            self.fallen_back.pop(one.voice.language, None)  # it speaks again
        events = [one.said.back(word) for word in clip.words]
        words = tuple(_later(word) for word in word_times(one.text, events, clip.seconds))
        seconds = round(clip.seconds + LEAD_SECONDS, 4)
        return Heard(one.said.text, one.voice, seconds, words, with_lead(clip.wav))


def _later(word: WordTime) -> WordTime:
    starts_at, ends_at = (round(at + LEAD_SECONDS, 4) for at in (word.starts_at, word.ends_at))
    return WordTime(word.start, word.end, starts_at, ends_at)
