"""How a text is said: staff's respellings and a few rules, with the way back to what is seen.

Every visible word is replaced on its own, so each word of the spoken text belongs to exactly one
visible word, and times found in the spoken text can be carried back.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.speech.engine import WordTime

_SPELLED = re.compile(r"\b(EHCP|ICB|ASD|ADHD|BLMK)(s?)\b")
_RANGE = re.compile(r"\b(\d{1,2})[-–](\d{1,2})\b(?![-–\d])")  # noqa: RUF001 - en dash
_RATIO = re.compile(r"\b(\d):(\d)\b(?!\d)")
_PHONE = re.compile(r"\b0[\d ]{8,13}\d\b")


@dataclass(frozen=True, slots=True)
class SpokenText:
    """text: what the engine reads. pieces: (start in it, start and end of the visible stretch)."""

    text: str
    pieces: tuple[tuple[int, int, int], ...]

    def back(self, word: WordTime) -> WordTime:
        """Return the same time with the range of the visible text that it belongs to."""
        index = max(0, bisect_right([piece[0] for piece in self.pieces], word.start) - 1)
        spoken_start, start, end = self.pieces[index]
        shift = min(word.start - spoken_start, max(0, end - start - 1))
        place = start + max(0, shift)
        return WordTime(place, end, word.starts_at, word.ends_at)


def _digits(match: re.Match[str]) -> str:
    return ", ".join(" ".join(group) for group in match[0].split())


def _respelled(say: Mapping[str, str]) -> re.Pattern[str] | None:
    if not say:
        return None
    longest_first = sorted(say, key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)")


def spoken_text(text: str, language: str, say: Mapping[str, str]) -> SpokenText:
    """Return how `text` is said. The rules of ours are for English; `say` is for any language."""
    found: list[tuple[int, int, str]] = []
    pattern = _respelled(say)
    if pattern:
        found += [(m.start(), m.end(), say[m[0]]) for m in pattern.finditer(text)]
    if language.split("-")[0] == "en":
        found += [(m.start(), m.end(), _digits(m)) for m in _PHONE.finditer(text)]
        found += [(m.start(), m.end(), f"{m[1]} to {m[2]}") for m in _RANGE.finditer(text)]
        found += [(m.start(), m.end(), f"{m[1]} to {m[2]}") for m in _RATIO.finditer(text)]
        found += [
            (m.start(), m.end(), " ".join(m[1]) + ("'s" if m[2] else ""))
            for m in _SPELLED.finditer(text)
        ]
    parts: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    spoken = reached = 0

    def add(said: str, start: int, end: int) -> None:
        nonlocal spoken
        if said:
            pieces.append((spoken, start, end))
            parts.append(said)
            spoken += len(said)

    for start, end, said in sorted(found, key=lambda one: (one[0], -one[1])):
        if start < reached:
            continue
        add(text[reached:start], reached, start)
        add(said, start, end)
        reached = end
    add(text[reached:], reached, len(text))
    return SpokenText("".join(parts), tuple(pieces))
