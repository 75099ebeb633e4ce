"""A recorded voice: the two forms that browsers make, without what else was in the file.

Only the sound is kept. Titles, tags, dates, attachments and the name of the program that recorded
it are overwritten, and a recording with a picture in it is refused. The forms are WebM (its
elements: RFC 8794 and https://www.matroska.org/technical/elements.html) and WAV (RIFF).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.errors import AnswerRefused
from kiosk.feedback.ulid import Ulid

WEBM, WAV = ".webm", ".wav"

_REFUSED = "That is not a recorded voice that we can keep."
_EBML, _SEGMENT, _CLUSTER, _VOID = 0x1A45DFA3, 0x18538067, 0x1F43B675, 0xEC
_INFO, _TRACKS, _TRACK, _TRACK_TYPE, _DOC_TYPE = 0x1549A966, 0x1654AE6B, 0xAE, 0x83, 0x4282
_AUDIO = 2
# What may stay inside each element. Void is not among them: it may hide something.
_KEPT = {
    _SEGMENT: {0x114D9B74, _INFO, _TRACKS, _CLUSTER, 0x1C53BB6B},  # also SeekHead and Cues
    _INFO: {0x2AD7B1, 0x4489},  # TimestampScale, Duration
    _TRACKS: {_TRACK},
    # TrackNumber, TrackUID, FlagLacing, CodecID, CodecPrivate, CodecDelay, SeekPreRoll,
    # DefaultDuration, Audio
    _TRACK: {0xD7, 0x73C5, _TRACK_TYPE, 0x9C, 0x86, 0x63A2, 0x56AA, 0x56BB, 0x23E383, 0xE1},
    _CLUSTER: {0xE7, 0xA3, 0xA0, 0xA7, 0xAB},  # Timestamp, blocks, Position, PrevSize
}
_NAMES_A_PROGRAM = {0x4D80, 0x5741}  # must be there, but may be blank
_MOST_ELEMENTS = 50_000  # in one place; a minute of sound has about 3,000
_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE


def recording_names(answer: Ulid, question: str) -> tuple[str, ...]:
    """Return the names that the file of a recorded voice may have: one for each form."""
    return tuple(f"{answer}.{question}{suffix}" for suffix in (WEBM, WAV))


def clean_recording(data: bytes) -> tuple[bytes, str]:
    """Return the sound without anything else, and the end of its file's name.

    AnswerRefused when it is no WebM or WAV with sound alone.
    """
    try:
        if data.startswith(_EBML.to_bytes(4, "big")):
            return _clean_webm(data), WEBM
        if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
            return _clean_wav(data), WAV
    except (IndexError, struct.error, _Broken):
        pass
    raise AnswerRefused(_REFUSED)


class _Broken(ValueError):
    """The bytes are not what their form asks for."""


@dataclass(frozen=True, slots=True)
class _Element:
    """One element of a WebM file. begin: of its id; inside, end: of what it holds."""

    id: int
    begin: int
    inside: int
    end: int


def _elements(data: bytes | bytearray, begin: int, end: int, parent: int) -> Iterator[_Element]:
    at, count = begin, 0
    while at < end:
        number, after = _number(data, at)
        if parent == _CLUSTER and number in _KEPT[_SEGMENT]:
            return  # a cluster of unknown size ends where the next thing of its level begins
        size, inside = _number(data, after)
        ones = (1 << 7 * (inside - after)) - 1
        stop = inside + (size & ones)
        if size & ones == ones and number == _SEGMENT:
            stop = end
        elif size & ones == ones and number == _CLUSTER:
            stop = max((one.end for one in _elements(data, inside, end, number)), default=inside)
        count += 1
        if stop > end or count > _MOST_ELEMENTS:
            raise _Broken
        yield _Element(number, at, inside, stop)
        at = stop


def _number(data: bytes | bytearray, at: int) -> tuple[int, int]:
    """Return a number of variable length with the bit that tells its length, and its end."""
    length = 9 - data[at].bit_length()
    if length > 8 or at + length > len(data):
        raise _Broken
    return int.from_bytes(data[at : at + length], "big"), at + length


def _clean_webm(data: bytes) -> bytes:
    kept = bytearray(data)
    top = list(_elements(data, 0, len(data), 0))
    if [one.id for one in top] != [_EBML, _SEGMENT]:
        raise _Broken
    kinds = [
        data[one.inside : one.end].rstrip(b"\0")
        for one in _elements(data, top[0].inside, top[0].end, _EBML)
        if one.id == _DOC_TYPE
    ]
    tracks: list[int] = []
    _clean_inside(kept, top[1], tracks)
    if kinds != [b"webm"] or not tracks or set(tracks) != {_AUDIO}:
        raise _Broken
    return bytes(kept)


def _clean_inside(data: bytearray, parent: _Element, tracks: list[int]) -> None:
    """Blank whatever may not stay; note the type of each track."""
    for one in list(_elements(data, parent.inside, parent.end, parent.id)):
        if one.id in _NAMES_A_PROGRAM and parent.id == _INFO:
            data[one.inside : one.end] = b" " * (one.end - one.inside)
        elif one.id not in _KEPT[parent.id]:
            _blank(data, one)
        elif one.id in _KEPT:
            _clean_inside(data, one, tracks)
        elif one.id == _TRACK_TYPE:
            tracks.append(int.from_bytes(data[one.inside : one.end], "big"))


def _blank(data: bytearray, one: _Element) -> None:
    length = one.end - one.begin
    if length < 9:
        data[one.begin : one.end] = bytes([_VOID, 0x80 | (length - 2)]) + bytes(length - 2)
    else:
        head = bytes([_VOID, 0x01]) + (length - 9).to_bytes(7, "big")
        data[one.begin : one.end] = head + bytes(length - 9)


def _clean_wav(data: bytes) -> bytes:
    parts: dict[bytes, bytes] = {}
    at = 12
    while at + 8 <= len(data) and b"data" not in parts:
        name, size = struct.unpack_from("<4sI", data, at)
        parts.setdefault(name, data[at + 8 : at + 8 + size])  # a stream may promise too much
        at += 8 + size + size % 2
    form, sound = parts.get(b"fmt ", b""), parts.get(b"data", b"")
    code, channels, rate, _, block, bits = struct.unpack_from("<HHIIHH", form)
    if code == _EXTENSIBLE:
        (code,) = struct.unpack_from("<H", form, 24)
    if code not in (_PCM, _FLOAT) or block != channels * bits // 8 or not block or not rate:
        raise _Broken
    sound = sound[: len(sound) // block * block]
    if not sound:
        raise _Broken
    form = struct.pack("<HHIIHH", code, channels, rate, rate * block, block, bits)
    sizes = 4 + 8 + len(form) + 8 + len(sound) + len(sound) % 2
    return b"".join(
        [
            struct.pack("<4sI4s4sI", b"RIFF", sizes, b"WAVE", b"fmt ", len(form)),
            form,
            struct.pack("<4sI", b"data", len(sound)),
            sound,
            b"\0" * (len(sound) % 2),
        ]
    )
