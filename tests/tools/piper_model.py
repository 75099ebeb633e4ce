"""A voice in the format of Piper, made here: with its inputs and outputs, and tones for speech.

Each sound of speech lasts so many frames, as in a real model; a vowel and a consonant are a tone, a
mark and the space between words are silence. So where a word is in the sound is known exactly.
"""

# ruff: noqa: RUF001 - sounds of speech look like other letters
from __future__ import annotations

import json
import math
import struct
from collections.abc import Sequence
from pathlib import Path

from kiosk.speech.onnx import field_of

FRAME = 256  # samples
RATE = 22_050
_SPECIAL = "_^$ "
_MARKS = ",.:;?!"
_VOWELS = "aeiouyæɐɑɒɔəɚɛɜɪʊʌᵻɨœ"
_CONSONANTS = "bcdfhjklmnpqrstvwxzçðŋɡɟɕʑɲʎɫɬɹɾʁʂʐʃʒθβʰʲχħʔʈɖɳɭɦʋ"
_OTHERS = "ˈˌːˑ\u0303\u0329"
IDS = {one: at for at, one in enumerate(_SPECIAL + _MARKS + _VOWELS + _CONSONANTS + _OTHERS)}
_FLOAT, _INT64 = 1, 7  # kinds of numbers in onnx.proto


def _frames(one: str) -> float:
    """Return how long a sound lasts: each its own, or all would be rounded up to more at once."""
    if one in _MARKS:
        return 30.5
    if one in _VOWELS:
        return 4.9 + 0.13 * (_VOWELS.index(one) % 7)
    if one in _CONSONANTS:
        return 3.2 + 0.11 * (_CONSONANTS.index(one) % 8)
    return {"_": 0.05, " ": 2.4, "^": 0.9, "$": 0.9}.get(one, 0.7)


def write_voice(
    folder: Path, name: str, *, language: str = "en-us", tells: bool = True, loud: float = 0.3
) -> Path:
    """Write NAME.onnx and NAME.onnx.json into a folder, and return the model.

    tells: it rounds the lengths of sounds as all models of Piper do, so that they can be found.
    """
    folder.mkdir(parents=True, exist_ok=True)
    model = folder / f"{name}.onnx"
    model.write_bytes(_model(tells, loud))
    told = {
        "audio": {"sample_rate": RATE, "quality": "x_low"},
        "espeak": {"voice": language},
        "inference": {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_id_map": {one: [number] for one, number in IDS.items()},
        "num_speakers": 1,
    }
    (folder / f"{name}.onnx.json").write_text(json.dumps(told), encoding="utf-8")
    return model


def _model(tells: bool, loud: float) -> bytes:
    sounding = set(_VOWELS + _CONSONANTS)
    tone = [math.sin(2 * math.pi * 4 * (at + 0.5) / FRAME) for at in range(FRAME)]
    constants = [
        _tensor("lasts", _FLOAT, [len(IDS)], [_frames(one) for one in IDS]),
        _tensor("louds", _FLOAT, [len(IDS)], [loud * (one in sounding) for one in IDS]),
        _tensor("tone", _FLOAT, [1, FRAME], tone),
        _tensor("nothing", _FLOAT, [], [0.0]),
        _tensor("one", _FLOAT, [], [1.0]),
        _tensor("nearly", _FLOAT, [], [0.99999]),
        _tensor("second", _INT64, [], [1]),
        _tensor("axis", _INT64, [], [2]),
        _tensor("axes", _INT64, [1], [1]),
        _tensor("down", _INT64, [2], [-1, 1]),
        _tensor("across", _INT64, [2], [1, -1]),
        _tensor("shape", _INT64, [4], [1, 1, 1, -1]),
    ]
    rounds = [("Ceil", ["exact"], "w")]
    if not tells:
        rounds = [("Add", ["exact", "nearly"], "more"), ("Floor", ["more"], "w")]
    nodes = [
        ("Gather", ["lasts", "input"], "each"),
        ("Gather", ["scales", "second"], "length"),
        ("Mul", ["each", "length"], "scaled"),
        ("Unsqueeze", ["scaled", "axes"], "exact"),
        *rounds,
        ("ReduceSum", ["w"], "sum"),
        ("Reshape", ["sum", "scalar"], "total"),
        ("Max", ["total", "one"], "count"),
        ("CumSum", ["w", "axis"], "ends"),
        ("Sub", ["ends", "w"], "begins"),
        ("Range", ["nothing", "count", "one"], "times"),
        ("Reshape", ["times", "down"], "rows"),
        ("Reshape", ["ends", "across"], "before"),
        ("Reshape", ["begins", "across"], "after"),
        ("Less", ["rows", "before"], "is_before"),
        ("Less", ["rows", "after"], "is_not_after"),
        ("Not", ["is_not_after"], "is_after"),
        ("And", ["is_before", "is_after"], "is_now"),
        ("Where", ["is_now", "one", "nothing"], "path"),
        ("Gather", ["louds", "input"], "loudness"),
        ("Reshape", ["loudness", "down"], "column"),
        ("MatMul", ["path", "column"], "frames"),
        ("Mul", ["frames", "tone"], "sound"),
        ("Reshape", ["sound", "shape"], "output"),
    ]
    constants.append(_tensor("scalar", _INT64, [0], []))
    graph = b"".join(field_of(1, _node(*one)) for one in nodes)
    graph += field_of(2, b"voice") + b"".join(field_of(5, one) for one in constants)
    for name, kind, shape in (
        ("input", _INT64, ["batch", "sounds"]),
        ("input_lengths", _INT64, ["batch"]),
        ("scales", _FLOAT, [3]),
    ):
        graph += field_of(11, _value(name, kind, shape))
    graph += field_of(12, _value("output", _FLOAT, ["batch", 1, 1, "time"]))
    opset = field_of(1, b"") + _number(2, 17)
    return _number(1, 8) + field_of(8, opset) + field_of(7, graph)


def _number(field: int, value: int) -> bytes:
    return bytes([field << 3]) + _varint(value)


def _varint(value: int) -> bytes:
    value %= 1 << 64
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def _node(kind: str, takes: Sequence[str], gives: str) -> bytes:
    made = b"".join(field_of(1, one.encode()) for one in takes)
    return made + field_of(2, gives.encode()) + field_of(4, kind.encode())


def _tensor(name: str, kind: int, shape: Sequence[int], values: Sequence[float]) -> bytes:
    code = "f" if kind == _FLOAT else "q"
    raw = struct.pack(f"<{len(values)}{code}", *values)
    sizes = b"".join(_number(1, one) for one in shape)
    return sizes + _number(2, kind) + field_of(8, name.encode()) + field_of(9, raw)


def _value(name: str, kind: int, shape: Sequence[int | str]) -> bytes:
    sizes = b"".join(
        field_of(1, _number(1, one) if isinstance(one, int) else field_of(2, one.encode()))
        for one in shape
    )
    tensor = _number(1, kind) + field_of(2, sizes)
    return field_of(1, name.encode()) + field_of(2, field_of(1, tensor))
