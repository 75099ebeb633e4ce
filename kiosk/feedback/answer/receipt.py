"""What a person is told so that they can have their answer deleted: a code and two pictures.

All of it is in the answer's id, so nothing more is kept. The code is the last 6 characters, and the
two pictures stand for the 2 before them. `receipt.json` has a picture for each of the 32 characters
of an id, for the screen as well: chosen to look different, and to sound different when spoken.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kiosk.feedback.answer.ulid import ALPHABET, Ulid
from kiosk.located import Mistake, did_you_mean
from kiosk.symbols import Symbol, fold, openmoji

CODE_CHARACTERS = 6
_BETWEEN = re.compile(r"[,،]|\b(?:and|i|și|اور)\b")
_MISREAD = str.maketrans("OIL", "011")  # letters that no id has


@dataclass(frozen=True, slots=True)
class ReceiptPicture:
    """The picture that stands for one character of an id; word: what a person calls it."""

    letter: str
    word: str
    symbol: Symbol


@dataclass(frozen=True, slots=True)
class Receipt:
    """Deletion code that a person keeps, as it is shown, "7K4 M2Q", and two pictures."""

    code: str
    pictures: tuple[ReceiptPicture, ReceiptPicture]

    def __str__(self) -> str:
        """`7K4 M2Q, cat and umbrella`, as it is spoken."""
        return f"{self.code}, {self.pictures[0].word} and {self.pictures[1].word}"


def receipt_of(answer: Ulid, language: str = "en") -> Receipt:
    """Return the receipt of an answer."""
    code = answer.text[-CODE_CHARACTERS:]
    pictures = receipt_pictures(language)
    pair = answer.text[-CODE_CHARACTERS - 2 : -CODE_CHARACTERS]
    return Receipt(f"{code[:3]} {code[3:]}", (pictures[pair[0]], pictures[pair[1]]))


@cache
def receipt_pictures(language: str = "en") -> dict[str, ReceiptPicture]:
    """Return the picture of each character; its word is English where there is no other."""
    pictures = {}
    for letter, one in _told().items():
        symbol = openmoji.find(fold(one["symbol"]))
        if symbol is None:
            raise LookupError(f'receipt.json: there is no picture "{one["symbol"]}".')
        words = one["words"]
        pictures[letter] = ReceiptPicture(letter, words.get(language, words["en"]), symbol)
    return pictures


@cache
def _told() -> dict[str, Any]:
    """Return the symbol and the words of each character, in the order of the alphabet."""
    found = json.loads(
        (files("kiosk.feedback.answer") / "receipt.json").read_text(encoding="utf-8")
    )
    return {letter: found[letter] for letter in ALPHABET}


def read_code(text: str) -> str:
    """Return the code that a person says or types: "7k4-m2q" is 7K4M2Q. Raises Mistake."""
    code = re.sub(r"[\s-]", "", text).upper().translate(_MISREAD)
    if len(code) != CODE_CHARACTERS or not set(code) <= set(ALPHABET):
        raise Mistake(f'"{text[:40]}" is not a code.', 'A code is 6 characters, such as "7K4 M2Q".')
    return code


def read_pictures(words: str) -> str:
    """Return the two characters that "cat, umbrella" stands for. Raises Mistake.

    The words may be those of any language: people say them as they saw them on the screen.
    """
    known = {word: letter for letter, one in _told().items() for word in one["words"].values()}
    given = []
    for part in _BETWEEN.split(words.casefold()):
        name = " ".join(part.split())
        given += [name] if name in known else name.split()
    for one in given:
        if one not in known:
            near = did_you_mean(one, known)
            english = ", ".join(picture.word for picture in receipt_pictures().values())
            hint = f'Did you mean "{near[0]}"?' if near else f"They are: {english}."
            raise Mistake(f'There is no picture "{one}" on a receipt.', hint)
    if len(given) != 2:
        raise Mistake("A receipt has two pictures.", 'Write them as "cat, umbrella".')
    return "".join(known[one] for one in given)
