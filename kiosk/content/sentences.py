"""Finds where a sentence ends inside a line."""

from __future__ import annotations

import re

# What ends a sentence in the scripts that we know. Some count a colon too, where that is an end.
ENDS = tuple(".?!…。！？۔।؟")  # noqa: RUF001

# A mark that ends a sentence, closing quotes or brackets, then a space. Also the full stops of
# Urdu, Bengali and Arabic; those of Chinese need no space.
_END = re.compile(r"(?:(?<![.!?…۔।؟])[.!?…۔।؟]+[\"'”’»)\]]*\s+|[。！？]+[”’」』）]*\s*)")  # noqa: RUF001

# After these a full stop never ends a sentence; "etc." and "p.m." may, before a capital letter.
_TITLES = ["mr", "mrs", "ms", "mx", "dr", "prof", "st", "sgt", "rev", "hon", "jr", "sr"]
_SHORT = ["e.g", "eg", "i.e", "ie", "vs", "approx", "rd", "ave", "tel", "ext", "fig"]
_NEVER = frozenset(_TITLES + _SHORT)
_NEAR = 50  # letters that are looked at beside the end of a sentence
_BEFORE_A_NUMBER = frozenset(["no", "nos", "p", "pp", "para", "sec", "ch"])


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence in a line, without the spaces between them.

    Together they cover all of the text but spaces. "2.5", "11.30am", "e.g. at school" and
    "Mr. Khan" stay whole.
    """
    spans: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for found in _END.finditer(text):
        if found.end() < len(text) and not _ends_here(text, start, found):
            continue
        end = found.start() + len(found[0].rstrip())
        spans.append((start, end))
        start = found.end()
    rest = text[start:].rstrip()
    if rest:
        spans.append((start, start + len(rest)))
    return spans


def _ends_here(text: str, start: int, found: re.Match[str]) -> bool:
    following = text[found.end() : found.end() + _NEAR].lstrip("\"'“‘«([")[:1]  # noqa: RUF001
    if not following or following.islower():
        return False
    if not found[0].startswith(".") or found[0].startswith(".."):
        return True
    before = text[max(start, found.start() - _NEAR) : found.start()]
    word = before.rpartition(" ")[2].strip("\"'“‘«([")  # noqa: RUF001
    small = word.casefold()
    if small in _NEVER:
        return False
    if small in _BEFORE_A_NUMBER and following.isdigit():
        return word == small and small == "no"
    if word.isdigit() and not text[start : found.start() - len(word)].strip():
        return False  # "1. Phone us." is one sentence with its number
    # An initial, as in "J. Smith"; "I" is a word.
    return not (len(word) == 1 and word.isupper() and word != "I")
