"""Folds together what looks or sounds the same, so that one pattern finds every spelling of it.

Digits of every script and "oh seven seven oh oh" become "07700"; "ann (at) example kropka com"
becomes "ann @ example . com"; accents and letters that take no room go; letters that look Latin
are. A map leads back to the words as they were written: only those are ever changed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

KINDS = ("email", "web", "nhs", "phone", "postcode", "name")
TAKEN = "\ue000"  # stands for a kind in square brackets: no pattern reaches across it


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded words. The letter at i came from the written words[begins[i]:ends[i]]."""

    text: str
    begins: list[int]
    ends: list[int]

    def written(self, begin: int, end: int) -> tuple[int, int]:
        """Return where in the written words a part of the folded text stands."""
        return self.begins[begin], self.ends[end - 1]


def fold(words: str) -> Folded:
    """Return the words folded, with the way back."""
    letters: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    for at, letter in enumerate(words):
        plain = letter if letter.isascii() and letter.isprintable() else _plain(letter)
        if plain == "" and ends and unicodedata.category(letter)[0] == "M":
            ends[-1] = at + 1  # an accent, or the frame around a digit: it goes with its letter
        for one in plain:
            letters.append(one)
            begins.append(at)
            ends.append(at + 1)
    return _replace_words(Folded("".join(letters), begins, ends))


def _replace_words(folded: Folded) -> Folded:
    """Replace "at" in brackets, "dot" and digits in words by their signs."""
    parts: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    reached = 0
    for found in _SPELLED.finditer(folded.text):
        begin, end = found.span()
        sign = _sign(found)
        parts += [folded.text[reached:begin], sign]
        begins += [*folded.begins[reached:begin], *[folded.begins[begin]] * len(sign)]
        ends += [*folded.ends[reached:begin], *[folded.ends[end - 1]] * len(sign)]
        reached = end
    parts.append(folded.text[reached:])
    return Folded("".join(parts), begins + folded.begins[reached:], ends + folded.ends[reached:])


def _sign(found: re.Match[str]) -> str:
    if found["taken"]:
        return TAKEN
    if found["at"]:
        return "@"
    if found["dot"]:
        return "."
    many = {"double": 2, "triple": 3}.get((found["many"] or "").lower(), 1)
    return _DIGITS[found["digit"].lower()] * many + ("00" if found["hundred"] else "")


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    """Return what a letter looks like, in ASCII where there is that; "" if it takes no room."""
    if letter in _LOOKS_LIKE:
        return _LOOKS_LIKE[letter]
    kind = unicodedata.category(letter)
    if letter in "\n\r\x0b\x0c\x85\u2028\u2029":
        return "\n"
    if letter.isspace():
        return " "
    if kind in ("Cf", "Cc") or _MARK.match(letter):
        return ""
    if kind == "Pd":
        return "-"
    if letter.isdecimal():
        return str(unicodedata.digit(letter))
    parts = unicodedata.normalize("NFKD", letter)
    if parts == letter or len(parts) > _MOST_PARTS:
        return letter
    return "".join(_plain(one) for one in parts)


_MOST_PARTS = 4  # a sign that stands for a whole sentence hides nothing
# Accents, the vowel signs of Arabic letters, and what says how a letter is to be drawn.
_MARK = re.compile(
    "[\u0300-\u036f\u064b-\u065f\u0670\u20d0-\u20f0\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_CYRILLIC = (
    "\u0430\u0432\u0441\u0435\u04bb\u0456\u0458\u043a\u043c\u043d\u043e\u0440"
    "\u0455\u0442\u0443\u0445\u0410\u0412\u0421\u0415\u041d\u0406\u0408\u041a"
    "\u041c\u041e\u0420\u0405\u0422\u0423\u0425"
)  # those that look like the Latin ones below
_GREEK = (
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf"
)
_LOOKS_LIKE = {
    **dict(zip(_CYRILLIC, "abcehijkmhopstyxABCEHIJKMOPSTYX", strict=True)),
    **dict(zip(_GREEK, "ABEZHIKMNOPTYXo", strict=True)),
    **dict.fromkeys("\u0142", "l"),
    **dict.fromkeys("\u0141", "L"),
    **dict.fromkeys("\u0131", "i"),
    **dict.fromkeys("\u24d0\u24b6", "@"),  # a letter a in a circle
    **dict.fromkeys("\u3002\uff61\u06d4\u00b7\u2022\u2219\u22c5", "."),
    **dict.fromkeys("\u060c\u3001", ","),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032\u00b4`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
    **dict.fromkeys("\u2212", "-"),
    **dict.fromkeys("\u064a\u0649", "\u06cc"),  # the Arabic letters for the Urdu ones
    **dict.fromkeys("\u0643", "\u06a9"),
    **dict.fromkeys("\u2800\u3164\u115f\u1160\uffa0", " "),  # letters that are blank
}
# The digits in the languages of the screen, from 0 on.
_DIGIT_WORDS = (
    "zero one two three four five six seven eight nine",
    "oh",
    "nought",
    "zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć",
    "zero unu doi trei patru cinci șase șapte opt nouă",
    "صفر ایک دو تین چار پانچ چھ سات آٹھ نو",
)


def _folded_word(word: str) -> str:
    return "".join(_plain(letter) for letter in word)


_DIGITS = {
    _folded_word(word): str(digit)
    for words in _DIGIT_WORDS
    for digit, word in enumerate(words.split())
}
_DIGIT = "|".join(sorted(map(re.escape, _DIGITS), key=len, reverse=True))
_AT = "|".join(map(_folded_word, ("małpa", "arond", "arobaz", "ایٹ")))
_DOT = "|".join(map(_folded_word, ("dot", "kropka", "punkt", "punct", "ڈاٹ")))
_OPEN, _CLOSE = r"[(\[<{|*_-]", r"[)\]>}|*_-]"
_SPELLED = re.compile(
    rf"(?P<taken>\[(?:{'|'.join(KINDS)})\])"
    rf"|(?P<at>{_OPEN}\s?(?:at|{_AT})\s?{_CLOSE}|(?<!\w)(?:{_AT})(?!\w))"
    rf"|(?P<dot>{_OPEN}\s?(?:{_DOT})\s?{_CLOSE}|(?<!\w)(?:{_DOT})(?!\w))"
    rf"|(?<![^\W_])(?:(?P<many>double|triple)\s)?(?P<digit>{_DIGIT})(?P<hundred>\shundred)?(?![^\W_])",
    re.I,
)
