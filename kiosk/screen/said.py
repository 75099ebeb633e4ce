"""What screens say, as clips: each text by the voice of its own language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kiosk.config import Site
from kiosk.errors import VoiceMissing
from kiosk.screen.interface_words import Utterance
from kiosk.screen.screens import Screen
from kiosk.speech.engines import Engines
from kiosk.speech.narrator import Narrator, Spoken, Wanted

SPEEDS = ("slow", "normal", "quick")
NORMAL = "normal"
SLOWEST, QUICKEST = 0.75, 1.5  # of a recording: beyond, it does not sound like a person
# Bytes of the disk above the floor of the answers: they go on coming while nobody looks.
MARGIN = 20_000_000
_MB = 1_000_000
WITHIN = 4.0  # seconds: a visitor waits

Screens = Mapping[str, Screen]


def rates_of(site: Site) -> dict[str, int]:
    """Return the words a minute of each speed."""
    return {speed: getattr(site.settings.speech, speed) for speed in SPEEDS}


def clips_folder(site: Site) -> Path:
    """Return where the clips of a site are kept."""
    return site.data / "clips"


def narrator_of(site: Site, engine: Engines, within: float = WITHIN) -> Narrator:
    """Return the voice of a site, with its kept clips. within: seconds that one wish may take."""
    speech, feedback = site.settings.speech, site.settings.feedback
    return Narrator(
        engine,
        clips_folder(site),
        voices=speech.voices,
        second_voices=speech.second_voices,
        rates=rates_of(site),
        within=within,
        most=speech.clips_mb * _MB,
        floor=feedback.free_space_floor_mb * _MB + MARGIN,
    )


def spoken_by(
    narrator: Narrator,
    screens: Screens,
    told: Iterable[Utterance],
    speed: str,
    *,
    second: bool = False,
) -> dict[Utterance, Spoken]:
    """Return a clip for each of these texts; none where its language has no voice.

    second: by the second voice of a language, where it has one. Raises SpeechError when no voice
    can speak.
    """
    found: dict[Utterance, Spoken] = {}
    for code, texts in by_language(told).items():
        try:
            spoken = narrator.narrate(
                texts, language=code, speed=speed, say=how_to_say(screens, code), second=second
            )
        except VoiceMissing:
            continue
        found |= {Utterance(one.text, code): one for one in spoken}
    return found


def wanted_for(
    narrator: Narrator, screens: Screens, told: Iterable[Utterance], speed: str
) -> list[Wanted]:
    """Return what `prepare` of the narrator makes for these texts; none without a voice."""
    found: list[Wanted] = []
    for code, texts in by_language(told).items():
        try:
            say = how_to_say(screens, code)
            found += narrator.wanted(texts, language=code, speed=speed, say=say)
        except VoiceMissing:
            continue
    return found


def as_told(one: Spoken, file: str) -> dict[str, Any]:
    """Return a clip as the screen is told of it. file: the address of its sound."""
    return {
        "text": one.text,
        "file": file,
        "seconds": one.seconds,
        "words": [[w.start, w.end, w.starts_at, w.ends_at] for w in one.words],
    }


def recorded_by(
    site: Site, screens: Screens, language: str, page: str, speed: str
) -> dict[Utterance, dict[str, Any]]:
    """Return what a person has read of a page, as the screen is told of it: theirs goes first.

    There is one recording for all speeds; it is played slower or quicker.
    """
    voice = screens[language].voices.get(page)
    if voice is None:
        return {}
    rates = rates_of(site)
    pace = round(min(max(rates[speed] / rates[NORMAL], SLOWEST), QUICKEST), 3)
    return {
        Utterance(text, voice.language): one.clip(f"voices/{one.name}", pace)
        for text, one in voice.heard().items()
    }


def how_to_say(screens: Screens, language: str) -> dict[str, str]:
    """Return how words of a language are said at this site."""
    screen = screens.get(language)
    return screen.say if screen else {}


def by_language(told: Iterable[Utterance]) -> dict[str, list[str]]:
    """Return the texts of each language, in their order."""
    found: dict[str, list[str]] = {}
    for one in told:
        found.setdefault(one.language, []).append(one.text)
    return found
