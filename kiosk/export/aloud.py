"""Sound for what goes home: the kiosk's own clips, and those that it has not made yet."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import soundfile

from kiosk.config import Site
from kiosk.content import Page
from kiosk.errors import SpeechError, VoiceMissing
from kiosk.export.mp3 import Track
from kiosk.recorded.model import PageVoice, Recording
from kiosk.recorded.read import may_be_heard
from kiosk.screen.interface_words import Utterance
from kiosk.screen.said import NORMAL, narrator_of
from kiosk.speech.clips import Spoken
from kiosk.speech.engines import Engines, engines_of

_PATIENCE = 60.0  # seconds for one sentence: nobody stands at a screen and waits

Clip = tuple[Spoken, bytes]


class Aloud:
    """Says the texts of one site as its kiosk does, at the normal speed: players have their own.

    how: language -> how staff say words in it. tracks: what was joined already, by its clips.
    left_out: for staff, which people's voices may not be in a book, and why. recorded: the sums of
    the recordings that were used.
    """

    def __init__(self, site: Site, engine: Engines, how: Mapping[str, Mapping[str, str]]) -> None:
        self.tracks: dict[tuple[str, ...], Track] = {}
        self.left_out: list[str] = []
        self.recorded: set[str] = set()
        self._site = site
        self._people: dict[Path, PageVoice | None] = {}
        self._how = how
        # With the clips of the kiosk, so that people hear the same at home.
        self._narrator = narrator_of(site, engine, _PATIENCE)

    def readers(self, pages: Iterable[Page]) -> dict[Path, str]:
        """Return the names of the people who read these pages, and agreed to be in a book."""
        asked = [page for page in pages if page.path not in self._people]
        voices, left_out = may_be_heard(self._site, asked, "book")
        self.left_out += left_out
        for page in asked:
            self._people[page.path] = voices.get(page.path)
        people = ((page.path, self._people[page.path]) for page in pages)
        return {path: one.consent.by for path, one in people if one and one.consent}

    def clip(self, said: Utterance, page: Path | None = None) -> Clip | None:
        """Return a text as a clip with its sound, a WAV file; None in a language without a voice.

        page: the file of the page in a book that it stands on: who agreed to that in `readers`
        reads it. Raises SpeechError when the voice cannot speak.
        """
        person = self._people.get(page) if page else None
        if person and person.language == said.language:
            recording = person.heard().get(said.text)
            if recording:
                self.recorded.add(recording.sha256)
                return _recorded(self._site, recording)
        try:
            (spoken,) = self._narrator.narrate(
                [said.text],
                language=said.language,
                speed=NORMAL,
                say=self._how.get(said.language, {}),
            )
        except VoiceMissing:
            return None
        wav = self._narrator.sound(spoken.key)
        if wav is None:
            raise SpeechError("The sound went away while it was read.")
        return spoken, wav

    def voice(self, language: str) -> str:
        """Return the name of the voice that reads a language now, "" for none."""
        noted = self._narrator.fallen_back.get(language)
        if noted:
            return noted.instead
        try:
            return self._narrator.named(language, NORMAL).name
        except VoiceMissing:
            return ""

    def fallen_back(self) -> list[str]:
        """Return, for people, which voices could not speak, which did instead, and what to try."""
        return [
            f"{one.voice} cannot speak, so {one.instead} does. {one.why} Try: {one.hint}"
            for one in self._narrator.fallen_back.values()
        ]


def _recorded(site: Site, one: Recording) -> Clip:
    try:
        sound, rate = soundfile.read(site.root / one.path, dtype="int16", always_2d=True)
    except (soundfile.LibsndfileError, OSError) as error:
        raise SpeechError(f"{one.path} cannot be read: {error}.") from None
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(sound.mean(1).astype(np.int16).tobytes())
    return Spoken(one.text, one.sha256, one.seconds, one.words), written.getvalue()


@contextmanager
def aloud_for(site: Site, how: Mapping[str, Mapping[str, str]]) -> Iterator[Aloud]:
    """Begin to speak for a site; its voices start when they are first needed, and end here."""
    engine = engines_of(site.root, _PATIENCE)
    try:
        yield Aloud(site, engine, how)
    finally:
        engine.close()
