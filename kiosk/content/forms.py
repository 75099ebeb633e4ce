"""The forms of a word: `outcomes` is `outcome`, `planned` is `plan`.

For English only; a word of another language has no other forms here. A rule of endings gives
more forms than there are words: it is for looking a word up, never for showing one.
"""

from __future__ import annotations

_HISSING = ("s", "x", "z", "ch", "sh", "o")


def base_forms(word: str, language: str) -> list[str]:
    """Return what a word in small letters, or the last word of several, may be a form of."""
    if language.partition("-")[0] != "en":
        return []
    word = word.removesuffix("'s").removesuffix("'")
    found = [word]
    if word.endswith("ies") and len(word) > 4:
        found.append(word[:-3] + "y")
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        found.append(word[:-1])
        if word.endswith("es") and word[:-2].endswith(_HISSING):
            found.append(word[:-2])
    elif word.endswith("ied") and len(word) > 4:
        found.append(word[:-3] + "y")
    elif word.endswith("ed") and len(word) > 4:
        found += [word[:-1], *_stem(word[:-2])]
    elif word.endswith("ing") and len(word) > 5:
        found += [word[:-3] + "e", *_stem(word[:-3])]
    return found


def _stem(stem: str) -> list[str]:
    """Return the stem, and `plan` too for `plann`."""
    doubled = len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "aeiou"
    return [stem, stem[:-1]] if doubled else [stem]
