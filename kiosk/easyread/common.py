"""Which words are common: among the most frequent of their language, or everyday words.

They are read when they are first asked for: a kiosk that only shows pages does not read them.
"""

from __future__ import annotations

from functools import lru_cache

from kiosk.content.forms import base_forms
from kiosk.frequent import most_frequent


@lru_cache(maxsize=4)
def frequent_words(language: str, count: int) -> frozenset[str]:
    """Return the `count` most frequent words of a language, in small letters."""
    return frozenset(most_frequent(language.partition("-")[0], count))


# Endings that leave a common word easy: quieter, quietest, quietly, happier, happily.
_ENDINGS = [("ier", "y"), ("iest", "y"), ("ily", "y"), ("er", ""), ("er", "e"), ("est", "")]
_ENDINGS += [("est", "e"), ("ly", ""), ("n't", "")]
_SHORT = ("'s", "'re", "'ve", "'ll", "'d", "'m")


def easy_forms(low: str, language: str) -> list[str]:
    """Return what an English word may come from, so that it is as easy as that word."""
    for ending in _SHORT:
        low = low.removesuffix(ending)
    found = [low, *base_forms(low, language)]
    for ending, instead in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) > 2:
            stem = low[: -len(ending)] + instead
            found.append(stem)
            if stem[-1] == stem[-2]:
                found.append(stem[:-1])  # bigger
    if low.startswith("un") and len(low) > 5:
        found += [form.removeprefix("un") for form in list(found)]
    return found
