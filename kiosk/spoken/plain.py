"""The same text in few signs: one digit of each kind, one space, one hyphen; no place moves."""

# ruff: noqa: RUF001 - dashes, quotes and signs that look alike are what is told apart
from __future__ import annotations

import re
import unicodedata

_HYPHENS = "‐‑‒−－"
_SPACES = "\u00a0\u2007\u2009\u200a\u202f"
_OTHERS = {"٪": "%", "٫": ".", "٬": ",", "／": "/", "＋": "+", "＆": "&", "％": "%"}
_CIRCLED = range(0x2460, 0x2469)  # 1 to 9, in circles

# Pictures, with what joins and colours them, flags and the frame of a key: one picture each.
_ONE_PICTURE = (
    "[\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001faff]"
)
_OF_PICTURES = "[\ufe00-\ufe0f\u20e3\u200d\U000e0020-\U000e007f]"
PICTURE = rf"{_ONE_PICTURE}(?:{_ONE_PICTURE}|{_OF_PICTURES})*|{_OF_PICTURES}+"
# Nobody sees these, and the voice must not stumble over them inside a word or a number.
UNSEEN = "[\u00ad\u200b\u200e\u200f\u2060-\u2064\u2066-\u2069\u202a-\u202e\ufeff]"


_TABLE = str.maketrans(
    dict.fromkeys(_HYPHENS, "-")
    | dict.fromkeys(_SPACES, " ")
    | _OTHERS
    | {chr(place): str(number) for number, place in enumerate(_CIRCLED, start=1)}
)
_DIGIT = re.compile(r"(?![0-9])\d")


def plain(text: str) -> str:
    """Return a text of the same length, in the signs that the rules and the voice know."""
    if text.isascii():
        return text
    return _DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text.translate(_TABLE))


def is_unseen(text: str) -> bool:
    """Tell whether a stretch has only signs that nobody sees."""
    return re.fullmatch(f"{UNSEEN}+", text) is not None


SIGN = re.compile(r"[^\w\s.,;:!?'’\"“”()\[\]…۔،؛؟-]|[_½¼¾⅓⅔²³]")
# One sign, or one picture with all that belongs to it. Dashes and quotes are heard as a pause.
NOT_SAID = re.compile(rf"{PICTURE}|(?![–—―‹›«»`‘„‚])(?![_½¼¾⅓⅔²³]){SIGN.pattern}|[_²³]")
