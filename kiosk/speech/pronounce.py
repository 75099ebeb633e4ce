"""How a text is said: staff's respellings and a few rules, with the way back to what is seen.

A stretch of the visible text is replaced by what is said for it, and the pieces remember where
each came from, so that times found in the spoken text can be carried back to the visible words.
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kiosk.speech.engine import WordTime
from kiosk.spoken import Part, changes, inflections, is_unseen, named_letters, plain

_LONE_LETTERS = re.compile(r"\b[A-Z](?: [A-Z])+\b")


@dataclass(frozen=True, slots=True)
class _Piece:
    """The stretch of the spoken text that is said for text[start:end]."""

    spoken_start: int
    spoken_end: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SpokenText:
    """text: what the engine reads. pieces: where each stretch of it comes from, in order.

    before: the text that it was made from, if that was itself made from what is seen.
    """

    text: str
    pieces: tuple[_Piece, ...]
    before: SpokenText | None = None

    def back(self, word: WordTime) -> WordTime:
        """Return the same time with the range of the visible text that it belongs to."""
        if not self.pieces:
            return word
        index = bisect_right([piece.spoken_start for piece in self.pieces], word.start) - 1
        piece = self.pieces[max(0, index)]
        # In equal texts this is a shift; in a respelled one the places keep their proportion.
        offset = min(max(0, word.start - piece.spoken_start), piece.spoken_end - piece.spoken_start)
        long, said_long = piece.end - piece.start, piece.spoken_end - piece.spoken_start
        place = piece.start + min(offset * long // said_long, long - 1)
        found = WordTime(place, piece.end, word.starts_at, word.ends_at)
        return self.before.back(found) if self.before else found


def _respellings(text: str, say: Mapping[str, str], language: str) -> list[Part]:
    """Find staff's words: whole words; a key with a capital in it is taken as it is written."""
    found: list[Part] = []
    for written, said in say.items():
        if not written.strip():
            continue
        flags = 0 if any(map(str.isupper, written)) else re.IGNORECASE
        # In "E H C P" a lone A would be the article: letters that hang together are named.
        named = _LONE_LETTERS.sub(
            lambda match: named_letters(match[0].replace(" ", ""), language), said
        )
        whole = re.compile(rf"(?<!\w){re.escape(written)}(?!\w)", flags)
        found += [(match.start(), match.end(), named) for match in whole.finditer(text)]
    return sorted(found, key=lambda one: (one[0], -one[1]))


def spoken_text(text: str, language: str, say: Mapping[str, str]) -> SpokenText:
    """Return how `text` is said: as staff say in `say`, and else as the language's table says."""
    said = _said(text, language, say)
    instead = inflections(said.text, language)
    return dataclasses.replace(_join(said.text, instead), before=said) if instead else said


def _said(text: str, language: str, say: Mapping[str, str]) -> SpokenText:
    shown = plain(text)
    of_table = changes(shown, language)
    if not say:
        return _join(shown, of_table)
    found = _respellings(text, say, language)
    if not found:
        return _join(shown, of_table)
    taken = bytearray(len(text))
    chosen = []
    for start, end, said in (*found, *of_table):  # staff know best, so theirs come first
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            chosen.append((start, end, said))
    return _join(shown, sorted(chosen))


def _join(text: str, instead: Sequence[Part]) -> SpokenText:
    if not instead:
        return SpokenText(text, (_Piece(0, len(text), 0, len(text)),) if text else ())
    parts: list[str] = []
    pieces: list[_Piece] = []
    spoken = reached = 0
    last = " "
    for start, end, said in (*instead, (len(text), len(text), "")):
        for words, begins, ends in ((text[reached:start], reached, start), (said, start, end)):
            if not words:
                continue
            if last.isalnum() and words[0].isalnum():  # "16+" is two words when it is said
                parts.append(" ")
                spoken += 1
            pieces.append(_Piece(spoken, spoken + len(words), begins, ends))
            parts.append(words)
            spoken += len(words)
            last = words[-1]
        reached = end
        if not said and is_unseen(text[start:end]):  # in the middle of a word
            last = " "
    return SpokenText("".join(parts), tuple(pieces))
