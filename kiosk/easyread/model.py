"""What is checked, word by word, and what is found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from kiosk.content import Sentence, sentence_spans

Severity = Literal["E", "W"]
Kind = Literal["sentence", "item", "title", "label"]

LONGEST = 2000  # letters of a sentence; it is told to be too long, and its end is not looked at
LOADING = "ER00"  # not a rule: a file that cannot be used as it is
TRANSLATION = "TR00"  # not a rule: a translation that does not follow the first language

# Apostrophes join a word, hyphens too: "don't", "co-production". A dash does not.
_WORD = re.compile(r"[^\W_]+(?:['\u2019\u2011-][^\W_]+)*")
# The lengths have bounds, so that no page can keep the checker busy for long.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,64}\.\w[\w.-]{1,200}", re.I)
_STRAIGHT = str.maketrans("\u2018\u2019\u201b\u2011", "'''-")
_CURLY_DOUBLE = str.maketrans("\u201c\u201d\u201e\u201f", '""""')


def straight(words: str) -> str:
    """Return the words with plain quotes and hyphens; each letter stays in its place."""
    return words.translate(_STRAIGHT).translate(_CURLY_DOUBLE)


@dataclass(frozen=True, slots=True)
class Fix:
    """An exact replacement: text[start:end] of a line, counted from 0, becomes `text`.

    line: from 1. old: what stands there, with plain quotes. safe: it cannot change the meaning.
    """

    line: int
    start: int
    end: int
    old: str
    text: str
    safe: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule finds.

    code: the rule, ER00 for a file that cannot be used, or TR00 for a stale translation. path: as
    staff know it. line, column: from 1. severity: "E" (an error) or "W" (a warning). problem,
    hint: plain sentences. fix: what mends it. once: what need be told only once in a run, such as
    a hard word; "" for what is told each time.
    """

    code: str
    path: Path
    line: int
    column: int
    severity: Severity
    problem: str
    hint: str = ""
    fix: Fix | None = None
    once: str = ""

    def __str__(self) -> str:
        """`file:line:column: ER05 W problem hint`; without a rule `file:line: problem`."""
        said = f"{self.problem} {self.hint}".rstrip()
        if self.code in (LOADING, TRANSLATION):
            return f"{self.path}:{self.line}: {said}"
        return f"{self.path}:{self.line}:{self.column}: {self.code} {self.severity} {said}"


@dataclass(frozen=True, slots=True)
class Text:
    """Words of a file that is not a page, such as a question.

    column: where they begin. label: it is a name or a button, so it needs no full stop. language: a
    code, or "" for the first language of the site.
    """

    path: Path
    line: int
    words: str
    column: int = 1
    label: bool = False
    language: str = ""

    def passages(self) -> list[Passage]:
        """Return its sentences."""
        if self.label:
            return [Passage(self.path, Sentence(self.words, (), self.line, self.column), "label")]
        return [
            Passage(
                self.path,
                Sentence(self.words[start:end], (), self.line, self.column + start),
                "sentence",
            )
            for start, end in sentence_spans(self.words)
        ]


@dataclass(frozen=True, slots=True)
class Token:
    """One word.

    start, end: its place in the passage. low: in small letters. letters: what is in capitals, as in
    NHS or CQC's; "" when it is written in the usual way.
    """

    start: int
    end: int
    word: str
    low: str
    letters: str


_MIXED = re.compile(r"[A-Z][a-z]{1,2}[A-Z]+")  # DfE, PfA


def _letters(word: str) -> str:
    if word.islower():
        return ""
    stem = word.removesuffix("'s").removesuffix("s")
    if len(stem) < 2 or not stem[-1].isupper():
        return ""
    return stem if (stem.isupper() and stem.isalpha()) or _MIXED.fullmatch(stem) else ""


class Passage:
    """A sentence, list item, title or label, with its words cut apart.

    text: as the rules see it, with plain quotes. pieces: for a sentence that goes on in the next
    line of its file: (offset in the sentence where the line begins, the line).
    """

    def __init__(
        self,
        path: Path,
        sentence: Sentence,
        kind: Kind,
        pieces: tuple[tuple[int, Sentence], ...] = (),
    ) -> None:
        self.path = path
        self.sentence = sentence
        self.kind = kind
        self.pieces = pieces
        self.text = straight(sentence.text[:LONGEST])
        self.kept: tuple[tuple[int, int], ...] = ()  # where official wording stands
        # Words of a full form, such as Parent Carer Forum (PCF), by their number.
        self.named: frozenset[int] = frozenset()
        self.brackets: frozenset[int] = frozenset()  # brackets that explain: where they open

    @cached_property
    def words(self) -> list[Token]:
        """All words, in their order."""
        return [
            Token(found.start(), found.end(), found[0], found[0].casefold(), _letters(found[0]))
            for found in _WORD.finditer(self.text)
        ]

    @cached_property
    def keys(self) -> list[str]:
        """Each word as phrases are looked up by it: in small letters, unless it is an NHS."""
        return [one.letters or one.low for one in self.words]

    @property
    def free(self) -> list[Token]:
        """The words that are not official wording."""
        if not self.kept:
            return self.words
        return [one for one in self.words if not self.is_kept(one.start)]

    @cached_property
    def addresses(self) -> list[tuple[int, int]]:
        """Where there are web and e-mail addresses."""
        if "@" not in self.text and "." not in self.text:
            return []
        return [one.span() for one in _ADDRESS.finditer(self.text)]

    def is_kept(self, offset: int) -> bool:
        """Tell whether this place stands in official wording."""
        if not self.kept:
            return False
        return any(start <= offset < end for start, end in self.kept)

    def is_bold(self, start: int, end: int) -> bool:
        """Tell whether text[start:end] lies in bold words."""
        return any(
            one.kind in ("bold", "hard") and one.start <= start and end <= one.end
            for one in self.sentence.marks
        )

    def between(self, left: Token, right: Token) -> str:
        """Return what stands between two words."""
        return self.text[left.end : right.start]

    def hit(
        self,
        start: int,
        severity: Severity,
        problem: str,
        hint: str = "",
        *,
        fix: Fix | None = None,
        once: str = "",
    ) -> Hit:
        """Return what a rule has seen at text[start]."""
        piece, column = self._place(start)
        return Hit(self.path, piece.line, column, severity, problem, hint, fix, once)

    def fix(self, start: int, end: int, text: str, *, safe: bool = True) -> Fix | None:
        """Return a fix that writes `text` instead of text[start:end].

        None where that goes over a line's end, or where a star stands in between.
        """
        last = max(end - 1, start)
        if end > len(self.text):
            return None
        first_piece, first = self._place(start)
        last_piece, column = self._place(last)
        after = column if end > start else column - 1
        if first_piece is not last_piece or after - (first - 1) != end - start:
            return None
        old = self.text[start:end]
        return Fix(first_piece.line, first - 1, after, old, text, safe)

    def put_after(self, end: int, text: str, *, safe: bool = True) -> Fix | None:
        """Return a fix that writes `text` after text[end - 1]."""
        if not 0 < end <= len(self.text):
            return None
        piece, column = self._place(end - 1)
        last = self.text[end - 1]
        return Fix(piece.line, column - 1, column, last, last + text, safe)

    def _place(self, offset: int) -> tuple[Sentence, int]:
        begins, piece = 0, self.sentence
        for at, line in self.pieces:
            if at <= offset:
                begins, piece = at, line
        return piece, piece.column_at(offset - begins)


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule has seen: a finding that does not know its rule yet."""

    path: Path
    line: int
    column: int
    severity: Severity
    problem: str
    hint: str = ""
    fix: Fix | None = None
    once: str = ""
