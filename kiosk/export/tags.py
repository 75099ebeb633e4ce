"""What an MP3 file tells of itself (ID3 2.3, which every player reads), and its chapters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import langcodes

_SPEECH = "(101)Speech"  # the kind of sound, as the standard counts them
_UTF_16 = b"\x01"
_NO_PLACE = b"\xff" * 4  # chapters are found by their time
_CONTENTS = b"toc\0"
_TOP_AND_IN_ORDER = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter: its title, and where it is, in seconds."""

    title: str
    begins: float
    ends: float


@dataclass(frozen=True, slots=True)
class Tags:
    """title, of: of the sound, and of what it is a part of. year: of its facts; about: the rest."""

    title: str
    of: str
    maker: str
    language: str
    year: int
    about: str
    seconds: float
    marks: tuple[Mark, ...]


def id3(tags: Tags) -> bytes:
    """Return what stands before the sound in an MP3 file."""
    language = langcodes.get(tags.language).to_alpha3()
    frames = [
        _words("TIT2", tags.title),
        _words("TALB", tags.of),
        _words("TPE1", tags.maker),
        _words("TCON", _SPEECH),
        _words("TLAN", language),
        _words("TYER", str(tags.year)),
        _words("TLEN", str(_milliseconds(tags.seconds))),
        _frame("COMM", _UTF_16 + language.encode() + _text("") + b"\0\0" + _text(tags.about)),
        *_chapters(tags),
    ]
    data = b"".join(frames)
    return b"ID3\x03\x00\x00" + _seven_bits(len(data)) + data


def _chapters(tags: Tags) -> Iterable[bytes]:
    names = [f"chapter-{number}".encode() + b"\0" for number in range(1, len(tags.marks) + 1)]
    if not names or len(names) > 255:  # more cannot be counted
        return
    head = _CONTENTS + bytes([_TOP_AND_IN_ORDER, len(names)])
    yield _frame("CTOC", head + b"".join(names) + _words("TIT2", tags.title))
    for name, mark in zip(names, tags.marks, strict=True):
        times = [_milliseconds(one).to_bytes(4, "big") for one in (mark.begins, mark.ends)]
        told = b"".join((name, *times, _NO_PLACE, _NO_PLACE, _words("TIT2", mark.title)))
        yield _frame("CHAP", told)


def _words(name: str, text: str) -> bytes:
    return _frame(name, _UTF_16 + _text(text))


def _text(text: str) -> bytes:
    return b"\xff\xfe" + text.encode("utf-16-le")


def _frame(name: str, data: bytes) -> bytes:
    return name.encode() + len(data).to_bytes(4, "big") + b"\0\0" + data


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


def _seven_bits(size: int) -> bytes:
    """Return a number in four bytes of seven bits: none of them looks like the sound's begin."""
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
