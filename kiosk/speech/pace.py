"""How fast each engine must be told to speak, so that people hear the words a minute of a setting.

An engine's own numbers are no words a minute: eSpeak NG at "130" says 166 English words in one, and
113 Polish ones. `python -m tests.speech.heard` measured these tables on the pages that are shipped:
of all sentences together, from the first word's start to the last word's end. A test hears them.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

Curve = tuple[tuple[float, float], ...]  # (what the engine is told, words a minute that are heard)

_SLOWEST, _QUICKEST = 80, 450  # what eSpeak NG takes as its rate: below, nothing changes any more


@dataclass(frozen=True, slots=True)
class _Espeak:
    """plain: by its rate. gap: the same with the shortest silence between words. gaps: by silence.

    Where the slowest rate is still too quick, silence between the words does the rest.
    """

    plain: Curve
    gap: Curve
    gaps: Curve


_ESPEAK = {
    "en": _Espeak(
        plain=(
            (80, 108.9),
            (85, 109.5),
            (90, 115.8),
            (100, 128.3),
            (115, 146.6),
            (130, 165.7),
            (150, 189.5),
            (175, 220.3),
            (200, 250.7),
            (250, 308.9),
        ),
        gap=(
            (80, 96.2),
            (85, 96.9),
            (90, 102.6),
            (100, 114.1),
        ),
        gaps=(
            (1, 96.2),
            (2, 92.4),
            (4, 85.5),
            (6, 79.5),
            (10, 69.8),
            (15, 60.5),
        ),
    ),
    "pl": _Espeak(
        plain=(
            (80, 74.1),
            (85, 74.6),
            (90, 79.0),
            (100, 87.5),
            (115, 100.2),
            (130, 113.4),
            (150, 129.9),
            (175, 152.2),
            (200, 173.3),
            (250, 215.3),
        ),
        gap=(
            (80, 68.8),
            (85, 69.3),
            (90, 73.4),
            (100, 81.6),
        ),
        gaps=(
            (1, 69.1),
            (2, 67.3),
            (4, 63.7),
            (6, 60.4),
            (10, 54.7),
            (15, 49.0),
        ),
    ),
    "ro": _Espeak(
        plain=(
            (80, 86.1),
            (85, 87.1),
            (90, 91.9),
            (100, 102.2),
            (115, 117.4),
            (130, 133.4),
            (150, 153.9),
            (175, 180.2),
            (200, 206.0),
            (250, 257.8),
        ),
        gap=(
            (80, 78.1),
            (85, 78.7),
            (90, 83.5),
            (100, 93.0),
        ),
        gaps=(
            (1, 77.4),
            (2, 75.0),
            (4, 70.5),
            (6, 66.4),
            (10, 59.5),
            (15, 52.6),
        ),
    ),
    "ur": _Espeak(
        plain=(
            (80, 89.7),
            (85, 90.4),
            (90, 96.0),
            (100, 107.1),
            (115, 124.0),
            (130, 141.9),
            (150, 164.3),
            (175, 194.2),
            (200, 224.5),
            (250, 282.6),
        ),
        gap=(
            (80, 78.4),
            (85, 79.1),
            (90, 84.0),
            (100, 94.3),
        ),
        gaps=(
            (1, 78.2),
            (2, 75.7),
            (4, 71.0),
            (6, 66.8),
            (10, 59.6),
            (15, 52.6),
        ),
    ),
}
# A language that no page is shipped in: Romanian words are as long as most.
_OTHER = "ro"
# Silence after a sentence, in seconds, by the words a minute of the setting.
_PAUSES: Curve = ((80, 0.886), (100, 0.71), (130, 0.485), (160, 0.39), (250, 0.25))

# The other natural voices are of the same maker, and learned the lengths of their sounds alike.
# By `speed`, the number that the model of a natural voice takes.
_NATURAL: dict[str, Curve] = {
    "heart": (
        (0.35, 83.2),
        (0.45, 106.4),
        (0.55, 129.5),
        (0.65, 152.1),
        (0.8, 186.6),
        (1.1, 253.0),
    ),
}
_NATURAL_OTHER = "heart"
# Words a minute: at fewer, a recogniser hears more than 2 in 100 words more wrongly than at 130.
# English eSpeak NG goes as slow as it is told to: of 730 words of the pages, whisper-tiny mishears
# 7.5% at 130 and 6.4% at 100. (pocketsphinx mishears 39% of them already at 130: it is no judge.)
# Of Polish, Romanian and Urdu nobody knows: for them there is no recogniser to install.
SLOWEST_NATURAL = 110
# Piper: of 277 words of one voice, joe, pocketsphinx mishears none at 130, and 4.7% at 100.
SLOWEST_PIPER = {"en": 110}
MEASURED = ("en",)  # the languages of which it is known whether slow is as clear as normal
_USUAL_SENTENCE = 7.1  # words: the mean of the English pages that are shipped


@dataclass(frozen=True, slots=True)
class NaturalPace:
    """What a natural voice is told. pause: seconds of silence after the last word."""

    speed: float
    pause: float


@dataclass(frozen=True, slots=True)
class EspeakPace:
    """What eSpeak NG is told. pause: seconds of silence after the last word."""

    rate: int
    gap: int
    pause: float


def espeak_pace(language: str, words: int) -> EspeakPace:
    """Return what eSpeak NG is told for so many words a minute of a language."""
    known = _ESPEAK.get(language.split("-")[0], _ESPEAK[_OTHER])
    gap, rate = 0, _told(known.plain, words)
    if words < known.plain[0][1]:
        gap, rate = 1, _told(known.gap, words)
        if words < known.gap[0][1]:
            gap, rate = round(_told(known.gaps, words)), _SLOWEST
    return EspeakPace(round(min(max(rate, _SLOWEST), _QUICKEST)), gap, pause_after(words))


def natural_speed(name: str, words: int) -> float:
    """Return what the model of a natural voice is told for so many words a minute."""
    curve = _NATURAL.get(name, _NATURAL[_NATURAL_OTHER])
    return round(min(max(_told(curve, words), 0.3), 3.0), 3)


def natural_pace(name: str, words: int) -> NaturalPace:
    """Return what a natural voice is told for so many words a minute: never slower than is clear.

    What is then missing of the time that a sentence takes is silence after it.
    """
    clear = max(words, SLOWEST_NATURAL)
    return NaturalPace(natural_speed(name, clear), _pause_instead(words, clear))


def piper_pace(language: str, words: int) -> EspeakPace:
    """Return what a Piper voice is timed by: never slower than is clear, as natural voices."""
    clear = max(words, slowest_piper(language))
    return replace(espeak_pace(language, clear), pause=_pause_instead(words, clear))


def slowest_piper(language: str) -> int:
    """Return the fewest words a minute of Piper voices in a language; 0: as few as is told."""
    return SLOWEST_PIPER.get(language.split("-")[0], 0)


def is_measured(language: str) -> bool:
    """Return whether it is known of a language if slow is as clear as normal."""
    return language.split("-")[0] in MEASURED


def _pause_instead(words: int, clear: int) -> float:
    """Return the silence after a sentence that is said quicker than it was to be."""
    lacking = _USUAL_SENTENCE * 60 * (1 / words - 1 / clear)
    return round(pause_after(words) + lacking, 3)


def pause_after(words: int) -> float:
    """Return the seconds of silence after a sentence that is said at so many words a minute."""
    return round(_heard(_PAUSES, words), 3)


def stamp_of(engine: str) -> str:
    """Return a name for the tables of an engine: other tables make other sounds."""
    natural = (_NATURAL, SLOWEST_NATURAL, _USUAL_SENTENCE)
    piper = (_ESPEAK, SLOWEST_PIPER, _USUAL_SENTENCE)
    tables = {"espeak": _ESPEAK, "natural": natural, "piper": piper}[engine]
    return f"{zlib.crc32(repr((tables, _PAUSES)).encode()):08x}"


def _heard(curve: Curve, told: float) -> float:
    """Return what is heard, between and beyond the measured points."""
    return _between([one for one, _ in curve], [two for _, two in curve], told)


def _told(curve: Curve, heard: float) -> float:
    """Return what the engine must be told for that to be heard."""
    points = sorted((two, one) for one, two in curve)
    return _between([two for two, _ in points], [one for _, one in points], heard)


def _between(xs: Sequence[float], ys: Sequence[float], x: float) -> float:
    at = min(max(bisect_left(xs, x), 1), len(xs) - 1)
    part = (x - xs[at - 1]) / (xs[at] - xs[at - 1])
    return ys[at - 1] + part * (ys[at] - ys[at - 1])
