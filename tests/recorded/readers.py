"""Recordings whose truth is known: another voice of eSpeak NG reads a page into one file."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from kiosk.speech.engines import engines_of
from kiosk.speech.narrator import Narrator

Samples = NDArray[np.float32]
OTHER = "gmw/en-US"  # than the one that recordings are compared with


@dataclass(frozen=True, slots=True)
class Read:
    """A reading. truth: by sentence, when each of its words begins, in seconds.

    also: by sentence, when those of its words begin a second time that are said twice.
    """

    samples: Samples
    rate: int
    truth: list[list[float]]
    also: list[dict[int, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a voice says it. words: when each begins and ends, in seconds.

    also: when those begin a second time that are said twice, by the place of the word.
    """

    samples: Samples
    rate: int
    words: list[tuple[float, float]]
    also: dict[int, float] = field(default_factory=dict)


def say(
    texts: Sequence[str], voice: str, respelled: Mapping[str, str], rate: int = 130
) -> list[Sentence]:
    """Return what a voice says. rate: words a minute."""
    engine = engines_of(Path(), 60)
    narrator = Narrator(engine, Path(), voices={"en": voice}, rates={"normal": rate}, within=60)
    found = []
    try:
        for text in texts:
            heard = narrator.hear(text, language="en", speed="normal", say=respelled)
            samples, at = soundfile.read(io.BytesIO(heard.wav), dtype="float32")
            found.append(Sentence(samples, at, [(w.starts_at, w.ends_at) for w in heard.words]))
    finally:
        engine.close()
    return found


def read(sentences: Sequence[Sentence], *, seed: int = 0, quiet: float = 0.001) -> Read:
    """Return the sentences one after the other, as somebody reads them into a microphone.

    quiet: how loud the room is.
    """
    chance = np.random.default_rng(seed)
    parts: list[Samples] = []
    truth: list[list[float]] = []
    also: list[dict[int, float]] = []
    at = 0.0
    rate = sentences[0].rate
    for one in sentences:
        pause = np.zeros(int(rate * (0.4 + 0.5 * chance.random())), np.float32)
        truth.append([begins + at for begins, _ in one.words])
        also.append({place: begins + at for place, begins in one.also.items()})
        parts += [one.samples, pause]
        at += (len(one.samples) + len(pause)) / rate
    samples = np.concatenate(parts)
    noise = quiet * chance.standard_normal(len(samples))
    return Read((samples + noise).astype(np.float32), rate, truth, also)
