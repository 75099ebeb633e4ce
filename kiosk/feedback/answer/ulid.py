"""The id of an answer: a ULID, 26 characters that sort by the time they were made.

The screen makes the id once, so an answer that is sent twice is still one answer. The day inside
the id names the folder of the answer, so a second try after midnight meets the first.
Format: https://github.com/ulid/spec (48 bits of milliseconds, then 80 random bits, in Crockford's
base 32).

The package python-ulid would not make this shorter: it also takes small letters, UUIDs and times
after the year 9999, all of which `parse` must refuse.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
PATTERN = "[0-7][0-9A-HJKMNP-TV-Z]{25}"
_SHAPE = re.compile(PATTERN)
_TIME_CHARACTERS = 10
FIRST_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_MILLISECOND = 253_402_300_799_999  # the end of the year 9999, the last that a date can hold


@dataclass(frozen=True, slots=True, order=True)
class Ulid:
    """One id, known to be good: make it with `parse`."""

    text: str

    def __str__(self) -> str:
        return self.text

    @property
    def made(self) -> datetime:
        """When the id was made, to the millisecond, in UTC, by the clock of whoever made it."""
        return _EPOCH + timedelta(milliseconds=_milliseconds(self.text))

    @property
    def day(self) -> date:
        """The UTC day inside the id."""
        return self.made.date()


def parse(text: object) -> Ulid:
    """Return the id that `text` is; ValueError, in a plain sentence, when it is none.

    Only the one canonical spelling is taken. If small letters were taken too, one answer could
    have two file names.
    """
    if not isinstance(text, str):
        raise ValueError("An id must be text.")  # noqa: TRY004 - one error for every bad id
    if not _SHAPE.fullmatch(text):
        raise ValueError(
            "An id is 26 characters: numbers and capital letters without I, L, O and U. "
            "The first is 0 to 7."
        )
    if _milliseconds(text) > _LAST_MILLISECOND:
        raise ValueError("The time inside an id must be before the year 10000.")
    return Ulid(text)


def is_in_time(answer: Ulid, now: datetime) -> bool:
    """Whether the time inside an id can be right: one of a box without a clock is far away.

    No answer is older than this program, and a screen may be ahead of us by a day.
    """
    return answer.made >= FIRST_MOMENT and answer.made - now <= timedelta(days=1)


def same_at(answer: Ulid, moment: datetime) -> Ulid:
    """Return the id with another time inside; its code and its pictures stay."""
    value = (moment - _EPOCH) // timedelta(milliseconds=1)
    letters = [ALPHABET[(value >> shift) & 31] for shift in range(45, -1, -5)]
    return parse("".join(letters) + random_part(answer))


def random_part(answer: Ulid) -> str:
    """Return what stays of an id whose time was put right: nothing else has the same."""
    return answer.text[_TIME_CHARACTERS:]


def _milliseconds(text: str) -> int:
    value = 0
    for letter in text[:_TIME_CHARACTERS]:
        value = value * 32 + _VALUES[letter]
    return value
