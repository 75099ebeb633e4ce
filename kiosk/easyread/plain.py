"""Checks any Markdown or text file, without a site.

Pictures, facts and sizes of a kiosk page are not asked for. A paragraph is a block; a heading is a
heading; tables, code and HTML comments are passed over.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kiosk.config import EasyRead
from kiosk.content import Mark, Sentence, Words, sentence_spans
from kiosk.content.inline import Line, read_line
from kiosk.content.sentences import ENDS
from kiosk.easyread.checker import (
    CheckResult,
    check_sheet,
    in_order,
    learn,
    make_context,
    notes,
    told_by,
)
from kiosk.easyread.language_pack import load_language_pack
from kiosk.easyread.model import LOADING, Finding, Kind, Passage
from kiosk.easyread.reading import summarise
from kiosk.easyread.rule import Block, Sheet
from kiosk.errors import ContentError
from kiosk.located import Mistake, read_text

ENDINGS = (".md", ".markdown", ".txt")

_HEADING = re.compile(r"\s*(#{1,6})\s+(.*?)(?:\s+#+)?\s*")
_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s+(?=\S)")
_UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,})\s*")
_PICTURE = re.compile(r"\s*(?::[^:\s][^:]*:\s*|!\[[^\]]*\]\([^)]*\)\s*)(?=\S|$)")
_QUOTE = re.compile(r"\s*>\s?")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_SLANTED = re.compile(r"<(u|i|em|ins)\b[^>]{0,300}>(.{0,300}?)</\1>", re.I)
_TAG = re.compile(r"</?[A-Za-z][^>]{0,300}>")
_CODE = re.compile(r"`[^`]*`|(?:https?://|www\.)\S*[^\s.,;:!?)]")
_LINK = re.compile(r"!?\[([^\]]{0,300})\]\([^)]{0,500}\)|<(?:https?|mailto):[^>\s]{0,500}>")
_ENDS = (*ENDS, ":")


def check_files(files: Iterable[Path], settings: EasyRead, language: str) -> CheckResult:
    """Check files that belong to no site; a path is shown as it was given."""
    # No rule that runs here looks at the day.
    context = make_context(settings, load_language_pack(language), Words(), date.min)
    findings: list[Finding] = []
    sheets = []
    for path in files:
        try:
            text = read_text(path.absolute(), shown=path.absolute())
        except ContentError as error:
            findings.append(Finding(LOADING, path, error.line, 1, "E", error.problem, error.hint))
            continue
        sheets.append(read_plain(text, path, language, settings.title_words))
    told = [told_by(sheet, context) for sheet in sheets]
    taught = learn(context, told)
    for sheet, one in zip(sheets, told, strict=True):
        findings += check_sheet(sheet, taught, one)
    checked = {one.path for one in sheets} | {one.path for one in findings}
    return CheckResult(
        in_order(findings),
        tuple(map(summarise, sheets)),
        frozenset(checked),
        tuple(notes([context])),
    )


def find_plain(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files, and the Markdown and text files in the folders."""
    for path in paths:
        if path.is_dir():
            yield from sorted(
                one for one in path.rglob("*") if one.suffix.casefold() in ENDINGS and one.is_file()
            )
        else:
            yield path


def read_plain(text: str, path: Path, language: str, title_words: int) -> Sheet:
    """Read a text.

    title_words: a line of its own that has no more words, and no end mark, is a title.
    """
    reader = _Reader(path, title_words)
    lines = text.rstrip().split("\n")
    for number, line in enumerate(_without_facts(lines), 1):
        reader.read(line, number)
    reader.end()
    return Sheet(path, language, tuple(reader.titles), tuple(reader.blocks))


def _without_facts(lines: list[str]) -> list[str]:
    """Return the lines with those of a first part between two lines of --- left empty."""
    if lines[0].rstrip() == "---":
        for index, line in enumerate(lines[1:], 1):
            if line.rstrip() == "---":
                return [""] * (index + 1) + lines[index + 1 :]
    return lines


@dataclass
class _Reader:
    path: Path
    title_words: int
    titles: list[tuple[int, Passage]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    _lines: list[tuple[int, Line]] = field(default_factory=list)
    _kind: Kind = "sentence"
    _in_code: bool = False
    _in_comment: bool = False

    def read(self, line: str, number: int) -> None:
        if _FENCE.match(line):
            self.end()
            self._in_code = not self._in_code
            return
        if self._in_code or self._is_comment(line):
            return
        past = 0
        while found := _QUOTE.match(line, past):
            past = found.end()
        if not line[past:].strip() or line[past:].lstrip().startswith("|"):
            self.end(is_last=False)
            return
        if (heading := _HEADING.fullmatch(line, past)) is not None:
            self.end()
            self._title(len(heading[1]), heading[2], number, heading.start(2) + 1)
            return
        if _UNDERLINE.fullmatch(line, past):
            self._underlined(1 if "=" in line else 2)
            return
        if (item := _ITEM.match(line, past)) is not None:
            self.end()
            self._kind = "item"
            past = item.end()
        if (picture := _PICTURE.match(line, past)) is not None:
            past = picture.end()
        if line[past:].strip():
            words = line[past:]
            column = past + 1 + len(words) - len(words.lstrip())
            self._lines.append((number, _read(words.strip(), column)))

    def _is_comment(self, line: str) -> bool:
        before = self._in_comment
        if "<!--" in line:
            self._in_comment = True
        if "-->" in line:
            self._in_comment = False
            return True
        return before or self._in_comment

    def _underlined(self, level: int) -> None:
        """Make a heading of the line above ===; a line alone only parts two paragraphs."""
        if len(self._lines) == 1 and self._kind == "sentence":
            number, line = self._lines.pop()
            self.titles.append((level, Passage(self.path, line.whole(number), "title")))
        else:
            self.end()

    def _title(self, level: int, words: str, number: int, column: int) -> None:
        line = _read(words, column)
        if line.text:
            self.titles.append((level, Passage(self.path, line.whole(number), "title")))

    def end(self, *, is_last: bool = True) -> None:
        """Close the paragraph or list item that is being read."""
        lines, self._lines = self._lines, []
        kind, self._kind = self._kind, "sentence"
        if not lines:
            return
        first, line = lines[0]
        short = len(lines) == 1 and len(line.text.split()) <= self.title_words
        if kind == "sentence" and short and not is_last and not line.text.endswith(_ENDS):
            self.titles.append(
                (
                    self.titles[-1][0] if self.titles else 1,
                    Passage(self.path, line.whole(first), "title"),
                )
            )
            return
        passages = tuple(self._passages(lines, kind))
        if kind == "item":
            self.blocks.append(Block(first, (), passages))
        else:
            self.blocks.append(Block(first, passages, ()))

    def _passages(self, lines: list[tuple[int, Line]], kind: Kind) -> Iterator[Passage]:
        """Cut a paragraph into sentences that know on which line each word stands."""
        text = ""
        pieces: list[tuple[int, Sentence]] = []
        for number, line in lines:
            text += " " if text else ""
            pieces.append((len(text), line.whole(number)))
            text += line.text
        begins = [offset for offset, _ in pieces]
        spans = sentence_spans(text) if kind == "sentence" else [(0, len(text))]
        for start, end in spans:
            lines_here = pieces[bisect_right(begins, start) - 1 : bisect_left(begins, end)]
            here = tuple((offset - start, one) for offset, one in lines_here)
            marks = tuple(
                Mark(max(offset + mark.start, 0), offset + mark.end, mark.kind, mark.target)
                for offset, one in here
                for mark in one.marks
                if offset + mark.end > 0 and offset + mark.start < end - start
            )
            first = here[0][1]
            yield Passage(self.path, Sentence(text[start:end], marks, first.line), kind, here)


def _read(words: str, column: int) -> Line:
    """Read a line of Markdown; what a page may not have is blank, or read as it stands."""
    slanted = _SLANTED.search(words)
    shown = _LINK.sub(lambda found: _blank(found[0], found[1] or ""), words)
    for unread in (_TAG, _CODE):
        shown = unread.sub(lambda found: _blank(found[0], ""), shown)
    try:
        line = read_line(shown, column)
    except Mistake:
        line = Line(shown, (), column)
    if slanted is None:
        return line
    at = max(line.text.find(slanted[2].strip()), 0)
    mark = Mark(at, min(at + len(slanted[2].strip()), len(line.text)), "italic", "")
    return replace(line, marks=(*line.marks, mark))


def _blank(whole: str, kept: str) -> str:
    """Return spaces instead of `whole`, with `kept` in its own place."""
    at = whole.find(kept)
    return " " * at + kept + " " * (len(whole) - at - len(kept))
