"""Puts the words of a page in step with a person's recording of it. numpy only.

The page is spoken by a voice that knows its own word times. Both sounds become mel-cepstra, and
the cheapest way through them says when each word is heard. Three things make it stand real
readers: long pauses are taken out of both first; what is too much or missing may be left out; and
the noise of the recording's own room is added to the page before the two are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kiosk.recorded.features import (
    BANDS,
    FRAMES,
    HOP,
    Bools,
    Floats,
    Stretches,
    features,
    mel_power,
    speech_in,
    stretched,
)
from kiosk.recorded.path import Way, find_way

_SAID = 0.5  # of its frames must be found for a word that was said
_SLOWEST, _QUICKEST = 2.2, 0.5  # the page is stretched to the reader's pace within these
_NEAR = 15  # frames before a pause: a word that begins there may belong after it


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence, spoken by a voice. samples: at RATE; words: when each is heard, in seconds."""

    samples: Floats
    words: Sequence[tuple[float, float]]


@dataclass(slots=True)
class Word:
    """When a word is heard in the recording, in seconds; -1: it was not found."""

    starts_at: float = -1.0
    ends_at: float = -1.0


@dataclass(slots=True)
class Found:
    """A sentence in the recording. words: as many as it has.

    starts_at, ends_at: in seconds; -1 when it was not read. pace: how many frames it takes for one
    of the page; far from 1, words are missing, or it is not this sentence. extra: seconds inside it
    that are no words of it.
    """

    words: list[Word]
    starts_at: float = -1.0
    ends_at: float = -1.0
    pace: float = 0.0
    extra: float = 0.0

    @property
    def heard(self) -> list[Word]:
        """Its words that were found."""
        return [one for one in self.words if one.starts_at >= 0]


@dataclass(frozen=True, slots=True)
class Alignment:
    """What was found of a page in a recording.

    left_out: what the recording has beside the page: (from, to, place of the sentence before which
    it stands), in seconds.
    """

    sentences: list[Found]
    left_out: list[tuple[float, float, int]]


@dataclass(slots=True)
class _Page:
    """The page as it was spoken: the frames that are compared, and those of each word."""

    power: Floats
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    sentence: NDArray[np.int64]


@dataclass(slots=True)
class _Recording:
    """The recording: which frames are compared, and what these are."""

    kept: NDArray[np.int64]
    power: Floats
    noise: Floats
    loud: Bools
    pauses: Stretches = field(default_factory=list)

    def seconds(self, frame: float) -> float:
        """Return when a frame that is compared is heard."""
        return float(self.kept[min(len(self.kept) - 1, max(0, int(frame)))]) / FRAMES


def align(samples: Floats, page: Sequence[Spoken]) -> Alignment:
    """Return when each word of a page is heard in a recording. samples: at RATE."""
    empty = [Found([Word() for _ in one.words]) for one in page]
    recording = _recording(samples)
    spoken = _page(page)
    if len(recording.kept) < 3 or len(spoken.power) < 3 or not len(spoken.first):
        return Alignment(empty, [])
    factor = min(_SLOWEST, max(_QUICKEST, len(recording.kept) / len(spoken.power)))
    power = stretched(spoken.power, factor)
    levels = (np.median(np.log(one.mean(1) + 1e-9)) for one in (recording.power, power))
    power = power * np.exp(next(levels) - next(levels)) + recording.noise
    first = np.minimum(len(power) - 1, np.rint(spoken.first * factor).astype(int))
    last = np.minimum(len(power), np.maximum(first + 1, np.rint(spoken.last * factor).astype(int)))
    floor = 1e-3 * float(np.median(recording.power.mean(1)))
    of_page, of_recording = features(power, floor), features(recording.power, floor)
    pauses = np.flatnonzero(np.diff(recording.kept) > 1) + 1
    sentences = first[np.diff(spoken.sentence, prepend=-1) > 0]
    way = find_way(of_page, of_recording, np.unique(first), sentences, pauses)
    found = _found(empty, way, recording, spoken.sentence, first, last)
    _at_pauses(found, recording.pauses)
    _judge(found, way, spoken.sentence, first, last)
    left_out = [
        (recording.seconds(a), recording.seconds(b), _before(row, first, spoken.sentence, found))
        for row, (a, b) in sorted(way.left_out.items())
    ]
    return Alignment(found, left_out)


def _before(
    row: int, first: NDArray[np.int64], sentence: NDArray[np.int64], found: list[Found]
) -> int:
    word = int(np.searchsorted(first, row))
    return int(sentence[word]) if word < len(sentence) else len(found)


def _recording(samples: Floats) -> _Recording:
    power = mel_power(samples)
    kept, loud, pauses = speech_in(samples)
    count = min(len(power), len(kept))
    power, kept, loud = power[:count], kept[:count], loud[:count]
    quiet = power[~loud]
    noise = np.median(quiet, 0) if len(quiet) > 20 else np.full(BANDS, 1e-6)
    at = np.flatnonzero(kept)
    return _Recording(at, power[at], noise.astype(np.float32), loud, pauses)


def _page(page: Sequence[Spoken]) -> _Page:
    powers: list[Floats] = [np.zeros((0, BANDS), np.float32)]
    first: list[int] = []
    last: list[int] = []
    sentence: list[int] = []
    base = 0
    for number, one in enumerate(page):
        power = mel_power(one.samples)
        kept, _, _ = speech_in(np.concatenate([one.samples, np.zeros(HOP, np.float32)]))
        count = min(len(power), len(kept))
        places = np.concatenate([[0], np.cumsum(kept[:count])])
        for begins, ends in one.words:
            at = base + int(places[min(count, round(begins * FRAMES))])
            first.append(at)
            last.append(max(at + 1, base + int(places[min(count, round(ends * FRAMES))])))
            sentence.append(number)
        powers.append(power[:count][kept[:count]])
        base += len(powers[-1])
    return _Page(np.concatenate(powers), np.array(first), np.array(last), np.array(sentence))


def _found(
    found: list[Found],
    way: Way,
    recording: _Recording,
    sentence: NDArray[np.int64],
    first: NDArray[np.int64],
    last: NDArray[np.int64],
) -> list[Found]:
    for number, one in enumerate(found):
        places = np.flatnonzero(sentence == number)
        for word, place in zip(one.words, places, strict=True):
            frames = way.frames[first[place] : last[place]]
            said = frames[frames >= 0]
            if len(said) and len(said) >= _SAID * len(frames):
                word.starts_at = recording.seconds(said[0])
                word.ends_at = recording.seconds(said[-1] + 1)
        if not one.heard:
            continue
        begin, end = first[places[0]], last[places[-1]]
        inside = (pair for row, pair in way.left_out.items() if begin < row < end)
        one.extra = sum(b - a for a, b in inside) / FRAMES
    return found


def _at_pauses(found: list[Found], pauses: Stretches) -> None:
    """Let no word hang over a pause: it begins after it, if most of it lies there."""
    for one in found:
        words = one.heard
        for word in words:
            begins, ends = word.starts_at * FRAMES, word.ends_at * FRAMES
            for a, b in pauses:
                more_after = ends - b >= a - begins
                hangs = a - _NEAR <= begins < b < ends and (begins >= a - 3 or more_after)
                if hangs or b <= begins <= b + 9:
                    word.starts_at = b / FRAMES
                elif begins < a < ends and not more_after:
                    word.ends_at = a / FRAMES
            word.ends_at = max(word.ends_at, word.starts_at + 0.03)
        for word, following in pairwise(words):
            if following.starts_at > word.starts_at:
                word.ends_at = max(word.starts_at + 0.02, min(word.ends_at, following.starts_at))
        if words:
            one.starts_at = words[0].starts_at
            end = words[-1].ends_at * FRAMES
            silent = next((a for a, _ in pauses if a >= end - 8), None)
            near = silent is not None and silent - end < 45
            one.ends_at = silent / FRAMES if near and silent else words[-1].ends_at
    read = [one for one in found if one.starts_at >= 0]
    for one, after in pairwise(read):
        if after.starts_at > one.starts_at:
            one.ends_at = min(one.ends_at, after.starts_at)


def _judge(
    found: list[Found],
    way: Way,
    sentence: NDArray[np.int64],
    first: NDArray[np.int64],
    last: NDArray[np.int64],
) -> None:
    """Say of each sentence at what pace it was read."""
    for number, one in enumerate(found):
        places = np.flatnonzero(sentence == number)
        if one.starts_at < 0:
            continue
        begin, end = int(first[places[0]]), int(last[places[-1]])
        at = way.frames[begin:end]
        at = at[at >= 0]
        if len(at):
            one.pace = float(at[-1] + 1 - at[0]) / max(1, end - begin)
