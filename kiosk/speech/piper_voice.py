"""Voices in the format of Piper: text to a WAV file with word times. Loaded in their worker only.

`voices/NAME.onnx` is the model, `voices/NAME.onnx.json` says how it is used. The sounds of speech
come from eSpeak NG, as these models have learned. A model computes inside how long each of them
lasts: it is made to tell that, so a word's time is its own. One that does not tell it gets times by
the count of sounds: an estimate.

How fast a voice is, its maker chose. So eSpeak NG says each text too, unheard: how fast people hear
that is known (`pace.py`), and the voice takes as long.
"""

from __future__ import annotations

import ctypes
import difflib
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from kiosk.speech import driver  # first: it is what pyttsx3 finds its library by
from kiosk.speech.onnx import nodes_of, telling
from kiosk.speech.sound import AUDIBLE, SaidWord, Sound, heard_from, trimmed, wav_of
from kiosk.speech.timing import visible_words

from pyttsx3.drivers import _espeak as espeak  # isort: skip

_Times = list[tuple[int, int, float, float]]

_ROUNDS = "Ceil"  # the kind of node that rounds up how long each sound lasts, to whole frames
_BEGIN, _END, _PAD, _SPACE = "^", "$", "_", " "
_IPA, _UTF8 = 0x02, 1  # espeakPHONEMES_IPA, espeakCHARS_UTF8 in speak_lib.h
# A length at which every sound has no frame at all: nothing is computed but how long they would be.
_UNHEARD = -1e-3
_HALVINGS = 20
_SLOWEST, _QUICKEST = 3.0, 0.3  # of its own length: beyond, a model makes noise
_LOUD = 0.09  # of full scale, as eSpeak NG speaks: a fall-back must not startle
_INNER_PAUSE = 0.7  # of the pause after a text: between two sentences in it
_PAUSE_SOUNDS = 4  # as long as so many sounds is a pause, where the model does not tell
_MARKS = frozenset(",.:;?!")
_TAKES = {"input", "input_lengths", "scales"}
_ALSO_MARKS = {"…": ".", "،": ",", "؛": ";", "۔": ".", "؟": "?", "–": ",", "—": ","}  # noqa: RUF001
# A piece up to a mark that comes before a space or at the end.
_PIECE = re.compile(r"(?P<words>.+?)(?:(?P<mark>[,.:;?!…،؛۔؟–—]+)[\"'”’)]*(?=\s|$)|$)", re.DOTALL)  # noqa: RUF001
_SPEAKS_OTHER = re.compile(r"\([\w-]+\)")  # eSpeak NG tells where it turns to another language
_STRESS = re.compile("[ˈˌ\u200d ]")
_UNSPEAKABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

driver.library.espeak_TextToPhonemes.restype = ctypes.c_char_p
driver.library.espeak_TextToPhonemes.argtypes = [
    ctypes.POINTER(ctypes.c_char_p),
    ctypes.c_int,
    ctypes.c_int,
]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words up to a mark: their ranges in the text, and the sounds of each, in order."""

    words: tuple[tuple[int, int], ...]
    sounds: tuple[str, ...]
    mark: str


@dataclass(frozen=True, slots=True)
class _Model:
    """A loaded voice. ids: of each sound. tells: whether the model gives durations."""

    session: Any
    rate: int  # samples a second
    ids: dict[str, list[int]]
    language: str
    noise: float
    length: float
    noise_lengths: float
    speaker: bool
    tells: bool


class Renderer:
    """Speaks with the models that it is told of."""

    def __init__(self) -> None:
        self._espeak = driver.Renderer()

    def render(
        self, text: str, model: str, timed_by: str, rate: int, gap: int, pause: float
    ) -> tuple[bytes, _Times]:
        """Return the WAV file and (start, end, starts_at, ends_at) of each word of the text.

        model: the path of a file. timed_by: the voice of eSpeak NG whose speed is known; "": that
        of the model's own sounds. rate, gap: what it is told for the same speed. pause: seconds of
        silence after it.
        """
        known = _loaded(model)
        text = _UNSPEAKABLE.sub(" ", text)
        own = _espeak_voice(known.language)
        timed_by = timed_by or own
        _, events = self._espeak.render(text, timed_by, rate, gap, 0.0)
        wanted = events[-1][3] - events[0][2] if events else 0.0
        espeak.SetVoiceByName(own.encode())
        try:
            chunks = list(_chunks(text))
        finally:
            espeak.SetVoiceByName(timed_by.encode())  # the driver believes that it still speaks
        length = _length_for(known, chunks, wanted)
        parts: list[Sound] = []
        times: _Times = []
        reached = 0
        for number, chunk in enumerate(chunks, start=1):
            sound, words = _speak(known, chunk, length)
            quiet = pause if number == len(chunks) else pause * _INNER_PAUSE
            parts += [sound, np.zeros(int(quiet * known.rate), np.float32)]
            for word in words:
                begins, ends = (
                    (reached + at) / known.rate for at in (word.begins, min(word.ends, len(sound)))
                )
                times.append((word.start, word.end, begins, ends))
            reached += len(parts[-2]) + len(parts[-1])
        whole = np.concatenate(parts) if parts else np.zeros(int(pause * known.rate), np.float32)
        return wav_of(whole, known.rate), times


@cache
def _loaded(model: str) -> _Model:
    path = Path(model)
    told = json.loads(path.with_name(f"{path.name}.json").read_text(encoding="utf-8"))
    data = path.read_bytes()
    found = nodes_of(data, _ROUNDS)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Only one: else nobody knows which of them is the length of sounds.
    tells = len(found) == 1
    known = telling(telling(data, found[0][0]), found[0][1]) if tells else data
    try:
        session = onnxruntime.InferenceSession(known, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ValueError(f"{path.name} is no model that can be run here.") from error
    takes = {one.name for one in session.get_inputs()}
    if not takes >= _TAKES:
        raise ValueError(f"{path.name} is no model of a voice as Piper has them.")
    inference = told.get("inference", {})
    return _Model(
        session,
        int(told["audio"]["sample_rate"]),
        told["phoneme_id_map"],
        str(told["espeak"]["voice"]),
        float(inference.get("noise_scale", 0.667)),
        float(inference.get("length_scale", 1.0)),
        float(inference.get("noise_w", 0.8)),
        "sid" in takes,
        tells,
    )


@cache
def _espeak_voice(language: str) -> str:
    """Return the name of a voice of eSpeak NG for a language as Piper names it."""
    if espeak.SetVoiceByName(language.encode()) != 0:
        raise LookupError(f'eSpeak NG does not know the language "{language}".')
    name: str = espeak.GetCurrentVoice().contents.identifier.decode()
    return name


def _chunks(text: str) -> Iterator[list[_Piece]]:
    """Yield the pieces of each sentence: the models have learned one sentence at a time."""
    chunk: list[_Piece] = []
    for found in _PIECE.finditer(text):
        start = found.start("words")
        spoken = found["words"]
        words = tuple((start + a, start + b) for a, b in visible_words(spoken))
        mark = (found["mark"] or "")[-1:]
        mark = _ALSO_MARKS.get(mark, mark)
        if words:
            chunk.append(_Piece(words, _sounds(text, words, spoken), mark))
        if chunk and mark in tuple(".?!"):
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _sounds(text: str, words: Sequence[tuple[int, int]], spoken: str) -> tuple[str, ...]:
    """Return the sounds of each word as they are said together: "of the" is one word there."""
    together = _ipa(spoken).split()
    if len(together) == len(words):
        return tuple(together)
    return tuple(_shared(" ".join(together), [_ipa(text[a:b]) for a, b in words]))


def _shared(together: str, alone: Sequence[str]) -> Iterator[str]:
    """Cut what is said together where each word ends, by what the words are alone."""
    plain = [_STRESS.sub("", one) for one in alone]
    places = [at for at, one in enumerate(together) if not _STRESS.match(one)]
    letters = "".join(together[at] for at in places)
    blocks = difflib.SequenceMatcher(None, "".join(plain), letters, autojunk=False).get_opcodes()
    cuts, reached = [0], 0
    for one in plain:
        reached += len(one)
        cuts.append(_moved(reached, blocks, len(letters)))
    for begins, ends in pairwise(cuts):
        # A stress stands before its sound: it belongs to the word that begins.
        first = places[begins - 1] + 1 if begins else 0
        last = places[ends - 1] + 1 if ends < len(places) and ends else len(together)
        yield together[first : max(first, last)].strip()


def _moved(at: int, blocks: Sequence[tuple[str, int, int, int, int]], last: int) -> int:
    for _, a, a_end, b, b_end in blocks:
        if a < at <= a_end:
            return b + round((at - a) * (b_end - b) / (a_end - a))
    return 0 if at == 0 else last


def _ipa(text: str) -> str:
    """Return the sounds of a text in the language of the voice that spoke last."""
    at = ctypes.c_char_p(text.encode())
    found = []
    while at.value:
        said = driver.library.espeak_TextToPhonemes(ctypes.byref(at), _UTF8, _IPA)
        found.append(said.decode() if said else "")
    said = _SPEAKS_OTHER.sub("", " ".join(found)).replace("\u200d", "")
    return unicodedata.normalize("NFD", said)


def _ids(known: _Model, chunk: Sequence[_Piece]) -> tuple[list[int], list[SaidWord]]:
    """Return what the model is given, and its words: begins and ends are places in that."""
    pad = known.ids[_PAD]
    ids = [*known.ids[_BEGIN], *pad]
    words: list[SaidWord] = []
    fresh = True

    def add(sounds: str) -> None:
        for one in sounds:
            if one in known.ids:
                ids.extend([*known.ids[one], *pad])

    for number, piece in enumerate(chunk):
        for place, ((start, end), sounds) in enumerate(zip(piece.words, piece.sounds, strict=True)):
            if place or number:
                add(_SPACE)
            begins = len(ids)
            add(sounds)
            if len(ids) > begins:
                words.append(SaidWord(start, end, begins, len(ids), fresh))
                fresh = False
        add(piece.mark)
        fresh = fresh or piece.mark in _MARKS
    return [*ids, *known.ids[_END]], words


def _run(known: _Model, ids: Sequence[int], length: float) -> list[NDArray[np.float32]]:
    given: dict[str, NDArray[Any]] = {
        "input": np.asarray([ids], np.int64),
        "input_lengths": np.asarray([len(ids)], np.int64),
        "scales": np.asarray([known.noise, length, known.noise_lengths], np.float32),
    }
    if known.speaker:
        given["sid"] = np.asarray([0], np.int64)
    names = [one.name for one in known.session.get_outputs()]
    return [one.ravel() for one in known.session.run(names, given)]


def _length_for(known: _Model, chunks: Sequence[Sequence[_Piece]], wanted: float) -> float:
    """Return how much longer than by itself each sound lasts, so that all together last `wanted`.

    wanted: seconds from the first word to the last one.
    """
    lengths: list[NDArray[np.float32]] = []
    frame = alone = 0.0
    for chunk in chunks:
        ids, words = _ids(known, chunk)
        if not words:
            continue
        if known.tells:
            sound, exact, _ = _run(known, ids, _UNHEARD)
            frame = len(sound) / known.rate
            lengths.append(exact[words[0].begins : words[-1].ends] / np.float32(_UNHEARD))
        else:
            alone += len(_speak(known, chunk, known.length)[0]) / known.rate
    if not wanted:
        return known.length
    least, most = _QUICKEST * known.length, _SLOWEST * known.length
    if not lengths:
        return min(max(known.length * wanted / alone, least), most) if alone else known.length
    exact = np.concatenate(lengths)
    # Each sound is rounded up to whole frames, so twice the length is not twice as long.
    for _ in range(_HALVINGS):
        middle = (least + most) / 2
        if float(np.ceil(exact * middle).sum()) * frame < wanted:
            least = middle
        else:
            most = middle
    return (least + most) / 2


def _speak(known: _Model, chunk: Sequence[_Piece], length: float) -> tuple[Sound, list[SaidWord]]:
    """Return the sound of a chunk without the silence around it, and its words."""
    ids, words = _ids(known, chunk)
    if not words:
        return np.zeros(0, np.float32), []
    sound, *told = _run(known, ids, length)
    sounding = np.abs(sound) > AUDIBLE
    loud = float(np.sqrt(np.square(sound[sounding]).mean())) if sounding.any() else 1.0
    sound = sound * min(_LOUD / loud, 1 / max(float(np.abs(sound).max(initial=0.0)), 1e-6))
    lasts = told[-1] if known.tells else _guessed(known, ids)
    edges = np.concatenate([[0.0], np.cumsum(lasts)]) * len(sound) / max(float(lasts.sum()), 1.0)
    for word in words:
        word.begins, word.ends = int(edges[word.begins]), int(edges[word.ends])
        if word.fresh:
            word.begins = heard_from(sound, word, known.rate)
    return trimmed(sound, words, known.rate), words


def _guessed(known: _Model, ids: Sequence[int]) -> NDArray[np.float32]:
    """Return how long each sound may last, where the model does not tell: an estimate."""
    silent = {one for name in (_PAD, _BEGIN, _END) for one in known.ids[name]}
    pauses = {one for mark in _MARKS for one in known.ids.get(mark, [])}
    lasts = [0.0 if one in silent else _PAUSE_SOUNDS if one in pauses else 1.0 for one in ids]
    return np.asarray(lasts, np.float32)
