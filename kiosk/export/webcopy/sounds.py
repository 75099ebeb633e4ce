"""The sounds of a web copy: each text once, at normal speed, as MP3."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import soundfile

from kiosk.config import Site
from kiosk.errors import SpeechError
from kiosk.export.mp3 import track
from kiosk.recorded.model import Recording
from kiosk.screen.interface_words import Utterance
from kiosk.screen.said import NORMAL, as_told, narrator_of, spoken_by, wanted_for
from kiosk.screen.screens import Screen
from kiosk.speech.engines import Engines
from kiosk.speech.narrator import Progress, Spoken

Told = dict[tuple[str, str], list[dict[str, Any] | None]]  # by language and page

PATIENCE = 60.0  # seconds: nobody stands there and waits


@dataclass(frozen=True, slots=True)
class Form:
    """How sounds are written. name: part of the name of each clip, so that another has others."""

    name: str
    suffix: str
    made_of: Callable[[bytes], bytes]


class Sounds:
    """Says what some screens say. `prepare` comes first; `clips` and `told` are quick then."""

    def __init__(
        self, site: Site, screens: Mapping[str, Screen], engine: Engines, form: Form | None = None
    ) -> None:
        self._form = form or MP3
        self._screens = screens
        self._site = site
        self._narrator = narrator_of(site, engine, PATIENCE)
        # What a person has read is said by them.
        self._theirs = {
            (code, page): {
                Utterance(text, voice.language): one for text, one in voice.heard().items()
            }
            for code, screen in screens.items()
            for page, voice in screen.voices.items()
        }
        self._all = list(
            dict.fromkeys(
                one
                for code, screen in screens.items()
                for page, narration in screen.narrations.items()
                for one in narration.texts
                if one not in self._theirs.get((code, page), ())
            )
        )
        self._spoken: dict[Utterance, Spoken] = {}
        wanted = wanted_for(self._narrator, screens, self._all, NORMAL)
        self._wanted = list({one.key: one for one in wanted}.values())

    @property
    def count(self) -> int:
        """How many clips there are."""
        return len(self._wanted)

    def prepare(self) -> Iterator[Progress]:
        """Make the kiosk's own clips that are not kept yet; yields after each.

        A busy computer may need longer for one than the kiosk would wait: it is asked once more.
        Raises SpeechError when a voice cannot speak.
        """
        texts = {one.text: one for one in self._all}
        for one in self._narrator.prepare(self._wanted):
            if one.problem:
                spoken_by(
                    self._narrator, self._screens, [texts[self._wanted[one.done - 1].text]], NORMAL
                )
            yield one
        self._spoken = spoken_by(self._narrator, self._screens, self._all, NORMAL)

    def fallen_back(self) -> list[str]:
        """Return, for people, which voices could not speak, and which did instead."""
        return [
            f"{one.voice} cannot speak, so {one.instead} does. {one.why} {one.hint}".strip()
            for one in self._narrator.fallen_back.values()
        ]

    def voices(self) -> set[str]:
        """Return the names of the voices that are heard."""
        found = set()
        for code in {one.language for one in self._spoken}:
            noted = self._narrator.fallen_back.get(code)
            found.add(noted.instead if noted else self._narrator.named(code, NORMAL).name)
        return found

    def clips(self) -> dict[str, Spoken]:
        """Return every clip by the name of its file."""
        return {self._name(one): one for one in self._spoken.values()}

    def sound(self, one: Spoken) -> bytes:
        """Return the sound of a clip. Raises SpeechError."""
        wav = self._narrator.sound(one.key)
        if wav is None:
            raise SpeechError("A sound went away while it was copied. Please try again.")
        return self._form.made_of(wav)

    def recorded(self) -> dict[str, Recording]:
        """Return what people have read, by the names of its files."""
        return {self._named(one): one for all_ in self._theirs.values() for one in all_.values()}

    def recording(self, one: Recording) -> bytes:
        """Return the sound of what a person has read."""
        samples, rate = soundfile.read(self._site.root / one.path, dtype="int16", always_2d=True)
        made = io.BytesIO()
        soundfile.write(made, samples[:, 0], rate, format="WAV", subtype="PCM_16")
        return self._form.made_of(made.getvalue())

    def told(self) -> Told:
        """Return what each page says: None where its language has no voice."""
        made = {
            said: as_told(one, f"clips/{self._name(one)}") | {"seconds": round(one.seconds, 3)}
            for said, one in self._spoken.items()
        }
        theirs = {
            place: {said: one.clip(f"clips/{self._named(one)}") for said, one in read.items()}
            for place, read in self._theirs.items()
        }
        return {
            (code, page): [
                theirs.get((code, page), {}).get(one) or made.get(one) for one in narration.texts
            ]
            for code, screen in self._screens.items()
            for page, narration in screen.narrations.items()
        }

    def _name(self, one: Spoken) -> str:
        return self._hashed(one.key)

    def _named(self, one: Recording) -> str:
        return self._hashed(one.sha256)

    def _hashed(self, key: str) -> str:
        told = f"{self._form.name} {key}"
        return f"{hashlib.sha256(told.encode()).hexdigest()[:32]}{self._form.suffix}"


def _mp3(wav: bytes) -> bytes:
    return track([wav]).mp3


MP3 = Form("mp3 1", ".mp3", _mp3)
