"""Natural voices: text to a WAV file with the time of every word. Loaded in their worker only.

The models (hibari-tts, on ONNX Runtime) compute inside how long each sound of speech lasts. We let
them tell it, so a word's time is the model's own and no guess. They also round it to whole frames,
each sound alone: half of the sounds last one frame or two, so at most speeds all of those would be
rounded the same way, and no speed between 122 and 140 words a minute could be had. So we ask twice:
first for the lengths, which costs little; then with a speed for each sound, which makes its length
a whole number of frames, so that the frames left over by one go to the next.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import hibari
import numpy as np
import onnxruntime
from hibari import dsp
from hibari.g2p import G2P

from kiosk.speech.onnx import telling
from kiosk.speech.sound import SaidWord, Sound, heard_from, trimmed, wav_of

_Times = list[tuple[int, int, float, float]]

# The model's tensors: frames of each sound of speech, before and after speed and rounding.
_LENGTHS, _DURATIONS = "/Sub_output_0", "/Clip_output_0"
_AT_ONCE = 1000.0  # a speed at which every sound has one frame, so there is little to compute
_QUIET = 8  # frames of silence before and after that are enough: the rest is cut off
_FRAME = 600  # samples
_EARLY = 2.1  # frames at speed 1: the model's sound comes so much earlier than its frames say
# Behind a pause less early. Between other words one frame more, at every speed: so much sooner two
# ways of finding words, that are not like each other, find them, and in eSpeak NG's sound they do
# not err.
_EARLY_FRESH = 1.5
_RATE = dsp.SR
_GAIN = 1.6  # as loud as eSpeak NG: a fall-back must not startle
_INNER_PAUSE = 0.7  # of the pause after a text: between two sentences in it
_LONGEST = 400  # sounds of speech that the model takes at a time
_MARKS = frozenset(';:,.!?—…"“”() ')
_ENDS = frozenset(".!?…")
# Brackets begin a command to the package; what cannot be said is a space. No place in it moves.
_UNSPEAKABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\\[\\]]")


@dataclass(frozen=True, slots=True)
class _Token:
    """A stretch of the text, and how it is said; space: whether one comes after it."""

    start: int
    end: int
    sounds: str
    space: bool

    @property
    def is_said(self) -> bool:
        return any(one not in _MARKS for one in self.sounds)


def with_speeds(model: bytes) -> bytes:
    """Return a model that takes a speed for each sound of speech: its input may have any length.

    `dim_value: 1` in the declaration of the input becomes an empty note, as long in bytes.
    """
    at = model.rindex(b"\x0a\x05speed")
    place = model.index(b"\x0a\x02\x08\x01", at, at + 32) + 2
    return model[:place] + b"\x1a\x00" + model[place + 2 :]


@cache
def _vocabulary() -> dict[str, int]:
    path = Path(hibari.__file__).parent / "assets" / "vocab.json"
    known: dict[str, int] = json.loads(path.read_text(encoding="utf-8"))
    return known


@cache
def _reader(british: bool) -> Any:
    return G2P(british=british)


@cache
def _session(model: str) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    known = with_speeds(Path(model).read_bytes())
    known = telling(telling(known, _LENGTHS), _DURATIONS)
    return onnxruntime.InferenceSession(known, options, providers=["CPUExecutionProvider"])


class Renderer:
    """Speaks English with the models that it is told of."""

    def render(
        self, text: str, model: str, british: bool, speed: float, pause: float
    ) -> tuple[bytes, _Times]:
        """Return the WAV file and (start, end, starts_at, ends_at) of each word of the text.

        model: the path of a file. speed: see `pace.py`. pause: seconds of silence after it. The
        same text always gives the same bytes.
        """
        session = _session(model)
        parts: list[Sound] = []
        times: _Times = []
        reached = 0
        tokens = _tokens(_UNSPEAKABLE.sub(" ", text), british)
        chunks = list(_chunks(tokens))
        for number, chunk in enumerate(chunks, start=1):
            sound, words = _speak(session, chunk, speed)
            quiet = pause if number == len(chunks) else pause * _INNER_PAUSE
            parts += [sound, np.zeros(int(quiet * _RATE), np.float32)]
            for word in words:
                begins, ends = (
                    (reached + at) / _RATE for at in (word.begins, min(word.ends, len(sound)))
                )
                times.append((word.start, word.end, begins, ends))
            reached += len(parts[-2]) + len(parts[-1])
        whole = np.concatenate(parts) if parts else np.zeros(int(pause * _RATE), np.float32)
        return wav_of(whole, _RATE), times


def _tokens(text: str, british: bool) -> list[_Token]:
    reader = _reader(british)
    found, reached = [], 0
    for one in reader.phonemize_tokens(reader.tokenize(text)):
        start = max(text.find(one.text, reached), reached)
        reached = min(start + len(one.text), len(text))
        known = "".join(sound for sound in one.phonemes or "" if sound in _vocabulary())
        found.append(_Token(start, reached, known, bool(one.whitespace)))
    return found


def _chunks(tokens: list[_Token]) -> Iterator[list[_Token]]:
    """Cut after each sentence, and where there are more sounds than the model takes at a time."""
    chunk: list[_Token] = []
    count, over = 0, False
    for token in tokens:
        size = len(token.sounds) + token.space
        if chunk and token.is_said and (over or count + size > _LONGEST):
            yield chunk
            chunk, count = [], 0
        chunk.append(token)
        count += size
        over = bool(token.sounds) and token.sounds[-1] in _ENDS and token.space
    if any(token.is_said for token in chunk):
        yield chunk


def _speak(session: Any, tokens: list[_Token], speed: float) -> tuple[Sound, list[SaidWord]]:
    """Return the sound of a chunk without the silence around it, and its words."""
    sounds = "".join(token.sounds + " " * token.space for token in tokens)[:_LONGEST]
    known = _vocabulary()
    ids = np.asarray([[0, *(known[one] for one in sounds), 0]], np.int64)
    at_once = np.asarray([_AT_ONCE], np.float32)
    (lengths,) = session.run([_LENGTHS], {"ids": ids, "speed": at_once})
    speeds = _speeds(lengths.ravel(), speed)
    *spectrum, _, durations = session.run(None, {"ids": ids, "speed": speeds})
    # The noise in a voice is seeded: the same text sounds the same, byte for byte.
    sound = dsp.synth(*(one[0] for one in spectrum), np.random.default_rng(0)).ravel() * _GAIN
    ends = np.cumsum(durations.ravel())
    edges = [0, *(max(0, int((at - _EARLY / speed) * _FRAME)) for at in ends)]
    words = _words(tokens, edges)
    later = int((_EARLY - _EARLY_FRESH) / speed * _FRAME)
    for place, word in enumerate(words):
        if word.fresh:
            word.begins = min(word.begins + later, word.ends)
            word.begins = heard_from(sound, word, _RATE)
        else:
            before = words[place - 1]
            word.begins = max(before.begins, word.begins - _FRAME)
            before.ends = min(before.ends, word.begins)
    return trimmed(sound, words, _RATE), words


def _speeds(lengths: Sound, speed: float) -> Sound:
    """Return the speed of each sound at which they have whole frames, and `speed` all together."""
    wanted = np.maximum(lengths, 0.3) / speed
    wanted[0], wanted[-1] = min(wanted[0], _QUIET), min(wanted[-1], _QUIET)
    frames = np.diff(np.round(np.cumsum(wanted)), prepend=0.0)
    speeds: Sound = (lengths / np.maximum(frames, 1)).astype(np.float32)
    return np.maximum(speeds, 0.01)


def _words(tokens: list[_Token], edges: list[int]) -> list[SaidWord]:
    words: list[SaidWord] = []
    place, fresh, last = 1, True, len(edges) - 2
    for token in tokens:
        said = [at for at, one in enumerate(token.sounds) if one not in _MARKS]
        if said:
            # Marks that belong to a token are a pause and no part of the word.
            fresh = fresh or said[0] > 0
            begins, ends = (min(place + at, last) for at in (said[0], said[-1] + 1))
            words.append(SaidWord(token.start, token.end, edges[begins], edges[ends], fresh))
        after = token.sounds[said[-1] + 1 :] if said else token.sounds
        fresh = any(one != " " for one in after) or (fresh and not said)
        place += len(token.sounds) + token.space
    return words
