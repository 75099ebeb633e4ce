"""Sound for what goes home: the kiosk's own clips, and those that it has not made yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from kiosk.config import Site
from kiosk.errors import SpeechError, VoiceMissing
from kiosk.export.mp3 import Track
from kiosk.screen.interface_words import Utterance
from kiosk.screen.said import narrator_of
from kiosk.speech.engines import Engines, engines_of
from kiosk.speech.narrator import Spoken

SPEED = "normal"  # who listens at home has a player that goes slower or quicker
_PATIENCE = 60.0  # seconds for one sentence: nobody stands at a screen and waits

Clip = tuple[Spoken, bytes]


class Aloud:
    """Says the texts of one site as its kiosk does. Safe to share by threads.

    how: language -> how staff say words in it. tracks: what was joined already, by its clips.
    """

    def __init__(self, site: Site, engine: Engines, how: Mapping[str, Mapping[str, str]]) -> None:
        self.tracks: dict[tuple[str, ...], Track] = {}
        self._how = how
        # Its clips are those of the kiosk, so that people hear the same at home.
        self._narrator = narrator_of(site, engine, _PATIENCE)

    def clip(self, said: Utterance) -> Clip | None:
        """Return a text as a clip with its sound, a WAV file; None in a language without a voice.

        Raises SpeechError when the voice cannot speak.
        """
        try:
            (spoken,) = self._narrator.narrate(
                [said.text],
                language=said.language,
                speed=SPEED,
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
            return self._narrator.named(language, SPEED).name
        except VoiceMissing:
            return ""

    def fallen_back(self) -> list[str]:
        """Return, for people, which voices could not speak, which did instead, and what to try."""
        return [
            f"{one.voice} cannot speak, so {one.instead} does. {one.why} Try: {one.hint}"
            for one in self._narrator.fallen_back.values()
        ]


@contextmanager
def aloud_for(site: Site, how: Mapping[str, Mapping[str, str]]) -> Iterator[Aloud]:
    """Begin to speak for a site; its voices start when they are first needed, and end here."""
    engine = engines_of(site.root, _PATIENCE)
    try:
        yield Aloud(site, engine, how)
    finally:
        engine.close()
