"""How common words are: the lists that stand in the wheel of wordfreq.

They are read without wordfreq's own code: that loads what cuts every script of the world into
words, which takes ten times as long as one list, and we ask for single words.
"""

from __future__ import annotations

import gzip
import re
from functools import lru_cache
from importlib.util import find_spec
from itertools import chain, islice
from pathlib import Path

import msgpack

_PACKAGE, _HEADER = "wordfreq", {"format": "cB", "version": 1}
_NUMBER = re.compile(r"\d[\d.,]+")  # with a 0 for every digit: it stands for many numbers
_LANGUAGES_KEPT = 4
_CENTIBELS = 100  # in one step of the scale of Zipf
_ZIPF_OF_ALL = 9.0  # a word that all words are: 10 to the power of 9 in 10 to the power of 9


def most_frequent(language: str, count: int) -> tuple[str, ...]:
    """Return so many words of a language such as `en`, in small letters, the commonest first.

    Raises LookupError for a language without a list.
    """
    words = chain.from_iterable(_list_of(language))
    return tuple(islice((one for one in words if not _NUMBER.match(one)), count))


def frequency(word: str, language: str) -> float:
    """Return how frequent a word in small letters is: 0 for unknown, 1.5 for rare, to about 7.8.

    It is the scale of Zipf: each step is ten times as often. Raises LookupError for a language
    without a list.
    """
    return _frequencies(language).get(word, 0.0)


@lru_cache(maxsize=_LANGUAGES_KEPT)
def _frequencies(language: str) -> dict[str, float]:
    return {
        word: round(_ZIPF_OF_ALL - place / _CENTIBELS, 2)
        for place, words in enumerate(_list_of(language))
        for word in words
    }


@lru_cache(maxsize=_LANGUAGES_KEPT)
def _list_of(language: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of each frequency: at place 300 those of one in a thousand, at 200 less."""
    file = _folder() / f"small_{language}.msgpack.gz"
    if not language.isalpha() or not file.is_file():
        raise LookupError(f"There is no list of words for the language {language!r}.")
    with gzip.open(file, "rb") as packed:
        header, *lists = msgpack.load(packed, raw=False)
    if header != _HEADER:
        raise LookupError(f"wordfreq has another format now: {header!r}.")
    return tuple(map(tuple, lists))


@lru_cache(maxsize=1)
def _folder() -> Path:
    spec = find_spec(_PACKAGE)  # finds it, and does not run it
    if spec is None or not spec.submodule_search_locations:
        raise LookupError("wordfreq is not installed.")
    return Path(spec.submodule_search_locations[0]) / "data"
