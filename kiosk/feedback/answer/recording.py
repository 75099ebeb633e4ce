"""A recorded voice: what every browser of ours sends, and nothing of its file but the sound.

That is WAV (RIFF) with one channel of 16 bit PCM. Only the samples and how many there are in a
second are taken from it, so no title, date, name of a program or second sound is ever kept.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kiosk.errors import AnswerRefused
from kiosk.feedback.answer.ulid import PATTERN, Ulid
from kiosk.feedback.survey.kinds import KINDS
from kiosk.feedback.survey.question import LONGEST_VOICE_SECONDS
from kiosk.feedback.survey.survey import Survey

MP3, WAV = ".mp3", ".wav"
RATE = 16_000  # samples a second that the screen records
SLOWEST, QUICKEST = 8_000, 48_000  # that are taken
SAMPLE = 2  # bytes

_WEBM = ".webm"  # as browsers once sent it; what was kept so is still named so
_ROOM = 1_000  # bytes of a file beside its sound
_REFUSED = "That is not a recorded voice that we can keep."
_PCM, _EXTENSIBLE = 1, 0xFFFE
# The sixteen bytes by which an extensible header says "PCM".
_PCM_ID = bytes.fromhex("0100000000001000800000aa00389b71")
_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
_MOST_PARTS = 100
_NAME = re.compile(rf"({PATTERN})\.[a-z0-9-]{{1,64}}\.[a-z0-9]{{1,8}}")


def recording_names(answer: Ulid, question: str) -> tuple[str, ...]:
    """Return the names that the file of a recorded voice may have, the usual one first."""
    return tuple(f"{answer}.{question}{suffix}" for suffix in (MP3, WAV, _WEBM))


def voice_id(name: str) -> str | None:
    """Return the id of the answer that a recorded voice belongs to, by the name of its file."""
    found = _NAME.fullmatch(name)
    return found[1] if found else None


def most_bytes(question: str, surveys: Iterable[Survey]) -> int:
    """Return how large the file of a recorded voice may be, by the seconds that it may take.

    When no survey asks this question now, it is what any survey may ask for.
    """
    asked = (one for survey in surveys for one in survey.questions if one.id == question)
    seconds = [one.most_seconds for one in asked if KINDS[one.kind].gives == "recording"]
    return max(seconds, default=LONGEST_VOICE_SECONDS) * RATE * SAMPLE + _ROOM


@dataclass(frozen=True, slots=True)
class Sound:
    """One channel of 16 bit samples, little end first; rate: how many there are in a second."""

    rate: int
    samples: bytes

    def wav(self) -> bytes:
        """Return it as a WAV file with the shortest header there is."""
        size, form = len(self.samples), (self.rate, self.rate * SAMPLE, SAMPLE, 8 * SAMPLE)
        head = (b"RIFF", _HEADER.size - 8 + size, b"WAVE", b"fmt ", 16, _PCM, 1, *form)
        return _HEADER.pack(*head, b"data", size) + self.samples


def clean_recording(data: bytes) -> Sound:
    """Return the sound of a WAV file. AnswerRefused when it is none that we keep."""
    try:
        return _sound(data)
    except (struct.error, _Broken):
        raise AnswerRefused(_REFUSED) from None


class _Broken(ValueError):
    """The bytes are not what their form asks for."""


def _sound(data: bytes) -> Sound:
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise _Broken
    rate = 0
    for name, inside in _parts(memoryview(data)):
        if name == b"fmt " and not rate:
            rate = _rate(inside)
        elif name == b"data" and rate and inside and len(inside) % SAMPLE == 0:
            return Sound(rate, bytes(inside))
        elif name == b"data":
            break
    raise _Broken


def _parts(data: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    at = 12
    for _ in range(_MOST_PARTS):
        name, size = struct.unpack_from("<4sI", data, at)
        inside = data[at + 8 : at + 8 + size]
        if len(inside) != size:  # it was cut off, or hides what comes after the sound in it
            raise _Broken
        yield name, inside
        at += 8 + size + size % 2


def _rate(form: memoryview) -> int:
    code, channels, rate, _, block, bits = struct.unpack_from("<HHIIHH", form)
    if code == _EXTENSIBLE and form[24:40] == _PCM_ID:
        code = _PCM
    if (code, channels, block, bits) != (_PCM, 1, SAMPLE, 8 * SAMPLE):
        raise _Broken
    if not SLOWEST <= rate <= QUICKEST:
        raise _Broken
    return int(rate)
