"""What a sentence is about: its words in their plain forms, how rare each is, and what it denies.

For English. In another language every word stands for itself, and a name that is written the same
is still found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kiosk.frequent import frequency
from kiosk.symbols.model import fold
from kiosk.symbols.tables import lines

NO_WEIGHT = frozenset(word for line in lines("light.txt") for word in line.split())
_NEGATIONS = re.compile(
    r"no|not|never|without|nobody|none|nothing|cannot|neither|nor|nowhere"
    r"|\w+n['\u2019]t|dont|cant|wont|isnt|arent|doesnt|didnt",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_CLAUSE_END = re.compile("[.,;:!?]")
_VOWEL = re.compile("[aeiouy]")
_JOINERS = ("and", "but", "or")
_RAREST, _COMMONEST, _MIDDLE = 7.2, 0.4, 4.0


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence.

    text: folded. forms: the text, then the plain forms that it may have come from. weight: 0 for
    words that carry no picture, otherwise more the rarer it is. denied: it stands after "not".
    """

    text: str
    forms: tuple[str, ...]
    weight: float
    denied: bool


def words_of(sentence: str, language: str = "en") -> list[Word]:
    """Take a sentence apart."""
    words = []
    denied = False
    reached = 0
    for found in _WORD.finditer(sentence):
        text = fold(found[0])
        if text in _JOINERS or _CLAUSE_END.search(sentence, reached, found.start()):
            denied = False
        reached = found.end()
        denied = denied or is_negation(found[0])
        words.append(Word(text, forms(text, language), _weight(text, language), denied))
    return words


def negation_in(sentence: str) -> str:
    """Return the first word of a sentence that denies something, or ""."""
    return next((one[0] for one in _WORD.finditer(sentence) if is_negation(one[0])), "")


def is_negation(word: str) -> bool:
    """Tell whether this word says that something is not so."""
    return _NEGATIONS.fullmatch(word) is not None


def forms(word: str, language: str = "en") -> tuple[str, ...]:
    """Return a folded word and the plain forms that it may have come from, likeliest first."""
    if not language.startswith("en") or " " in word:
        return (word,)
    found = [word]
    known = _irregular().get(word)
    if known:
        found.append(known)
    if word.endswith("ies") and len(word) > 4:
        found.append(word[:-3] + "y")
    elif re.search(r"(?:s|x|z|ch|sh)es$", word):
        found += [word[:-2], word[:-1]]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        found.append(word[:-1])
    if word.endswith("ied") and len(word) > 4:
        found.append(word[:-3] + "y")
    elif word.endswith("ed"):
        found += _stems(word[:-2])
    elif word.endswith("ing"):
        found += _stems(word[:-3])
    elif word.endswith("ly") and len(word) > 5:  # "early" does not come from "ear"
        found.append(word[:-2])
    return tuple(dict.fromkeys(one for one in found if len(one) > 2 or one == word))


def _stems(stem: str) -> list[str]:
    if len(stem) < 3 or not _VOWEL.search(stem):
        return []
    undoubled = [stem[:-1]] if len(stem) > 3 and stem[-1] == stem[-2] else []
    return [stem, *undoubled, stem + "e"]


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    return dict(line.split() for line in lines("forms.txt"))


def _weight(word: str, language: str) -> float:
    if len(word) < 2 or word in NO_WEIGHT or is_negation(word):
        return 0.0
    try:
        common = frequency(word, language) if word.isalpha() else _MIDDLE
    except LookupError:  # a language without a list
        common = _MIDDLE
    return max(_COMMONEST, _RAREST - common)
