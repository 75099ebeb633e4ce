r"""Rich text: words with their bold stretches, and how they are written on a page.

What a person typed elsewhere and a page would take for something else is written so that it stays
what it was:

- A line that begins with a bullet (`•`, `-`, `*`, others of Word's, or the `o` and a wide space
  that they become in a copy) was meant as a list: it becomes one. So does `1. words`, which keeps
  its number.
- `:`, `#`, `>`, `|`, `+` and others at the start of a line, and `*`, `_`, `[`, `]`, `<`, `\` and
  the back quote anywhere, get a backslash or are spelled as in `&lt;`; a page shows them as typed.
- Rows of signs (`____`, `**`, `-----`) are lines to write on or ornaments: they are left out.
  `](` gets a space between, for a page would look for a link there.
- Spaces of any width become one space. Hidden characters and soft hyphens are left out. Quotes,
  dashes and all letters stay as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kiosk.content import sentence_spans
from kiosk.content.inline import read_line
from kiosk.content.sentences import ENDS
from kiosk.located import Mistake

MAX_LINE = 4000  # letters; a page takes 10,000, and some signs are written with two or more

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff\ud800-\udfff\ufffe\uffff]"
)
_BREAK = "\u2028"  # a new line inside a sentence, until it is known what stands there
BULLET = re.compile(r"(?:[-*•·▪■●○◦‣⁃–—+\uf0b7\uf0a7\uf0d8]\s+)(?=\S)")  # noqa: RUF001
_PASTED = "o\u00a7\u00d8\u00fcv"  # bullets of picture fonts in a copy, before a wide space
_NUMBER = re.compile(r"(\d{1,2})[.)]\s+(?=\S)")
_ROW_OF_SIGNS = re.compile(r"([_*=~#^`|+-])(?:\s?\1){3,}|\*{2,}|\.{6,}|…{2,}")
_LINK = re.compile(r"\]\(")
_SPACES = re.compile(" {2,}")
_ANYWHERE = re.compile(r"[\\*_\[\]`]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_SIGNS = re.compile(r"[*_\[\]<>&\\`]")
_SPELLED = tuple(":|~•")  # Markdown knows no backslash before these
_ESCAPED = tuple("#>+-")
_NUMBERED = re.compile(r"^(\d{1,2})([.)]\s)")
_LAST = 20  # letters in which the end of a sentence is looked for
_ENDS = re.compile(rf"[:;{re.escape(''.join(ENDS))}][\"'”’»)\]]*$")  # noqa: RUF001


@dataclass(frozen=True, slots=True)
class RichText:
    """One line of rich text; bold: stretches [start, end) of the text, in their order."""

    text: str
    bold: tuple[tuple[int, int], ...] = ()

    def part(self, start: int, end: int) -> RichText:
        """Return text[start:end] with its share of the bold."""
        bold = tuple(
            (max(one, start) - start, min(two, end) - start)
            for one, two in self.bold
            if one < end and two > start
        )
        return RichText(self.text[start:end], bold)

    def sentences(self) -> tuple[RichText, ...]:
        """Return the sentences of the line."""
        return tuple(self.part(start, end) for start, end in sentence_spans(self.text))

    def without_bullet(self) -> tuple[RichText, str] | None:
        """Return the words after a typed bullet and "", or after a typed number and the number."""
        if found := BULLET.match(self.text):
            return self.part(found.end(), len(self.text)), ""
        if found := _NUMBER.match(self.text):
            return self.part(found.end(), len(self.text)), found[1]
        return None


class RichTextMaker:
    """Puts the runs of one paragraph together."""

    def __init__(self) -> None:
        self._letters: list[str] = []
        self._bold: list[bool] = []
        self._done: list[RichText] = []
        self._begins = 0  # where the line on the sheet begins

    def add(self, text: str, bold: bool) -> None:
        """Add words; bold spaces alone are not bold."""
        for letter in _HIDDEN.sub("", text):
            if not letter.isspace():
                self._put(letter, bold)
                continue
            length = len(self._letters) - self._begins
            spaced = length == 2 and self._letters[-1] == " "
            if spaced or (length == 1 and letter == "\t"):
                self._bullet()
            if self._letters and not self._letters[-1].isspace():
                self._put(" ", bold)

    def break_line(self) -> None:
        """Begin a new line after a whole sentence, or for a bullet; else it is only a space."""
        if _ENDS.search("".join(self._letters[-_LAST:]).rstrip()):
            self._finish()
        elif self._letters:
            if self._letters[-1] == " ":
                self._letters.pop()
                self._bold.pop()
            self._put(_BREAK, False)
            self._begins = len(self._letters)

    def _put(self, letter: str, bold: bool) -> None:
        self._letters.append(letter)
        self._bold.append(bold)

    def _bullet(self) -> None:
        """Make a bullet of a letter that stands for one: "o" and a wide space."""
        if self._letters[self._begins] in _PASTED:
            self._letters[self._begins] = "\u2022"

    def lines(self) -> tuple[RichText, ...]:
        """Return the lines that have words."""
        self._finish()
        return tuple(self._done)

    def _finish(self) -> None:
        text, bold = "".join(self._letters), self._bold
        self._letters, self._bold, self._begins = [], [], 0
        reached = 0
        for found in re.finditer(_BREAK, text):
            if BULLET.match(text, found.end()):
                self._finish_line(text[reached : found.start()], bold[reached : found.start()])
                reached = found.end()
        self._finish_line(text[reached:], bold[reached:])

    def _finish_line(self, text: str, bold: list[bool]) -> None:
        text = text.replace(_BREAK, " ")
        for wrong, right in ((_ROW_OF_SIGNS, " "), (_LINK, "] ("), (_SPACES, " ")):
            text, bold = _replaced(text, bold, wrong, right)
        left = len(text) - len(text.lstrip())
        text, bold = text.strip(), bold[left:]
        while text:
            end = _end_of_piece(text)
            piece = text[:end]
            if any(one.isalnum() for one in piece):
                self._done.append(RichText(piece, _stretches(piece, bold)))
            start = end + text[end : end + 1].isspace()
            text, bold = text[start:], bold[start:]


def _replaced(
    text: str, bold: list[bool], wrong: re.Pattern[str], right: str
) -> tuple[str, list[bool]]:
    """Put `right` in the place of what is wrong; it is as bold as the first letter was."""
    texts: list[str] = []
    bolds: list[bool] = []
    reached = 0
    for found in wrong.finditer(text):
        start, end = found.span()
        texts += [text[reached:start], right]
        bolds += [*bold[reached:start], *[bold[start]] * len(right)]
        reached = end
    return "".join([*texts, text[reached:]]), bolds + bold[reached:]


def _end_of_piece(text: str) -> int:
    """Return where a line is cut that is longer than a page takes: between words if it can be."""
    if len(text) <= MAX_LINE:
        return len(text)
    space = text.rfind(" ", 1, MAX_LINE)
    return space if space > 0 else MAX_LINE


def _stretches(text: str, bold: list[bool]) -> tuple[tuple[int, int], ...]:
    """Return the bold stretches: from letter to letter, and joined over spaces."""
    found: list[tuple[int, int]] = []
    for at, letter in enumerate(text):
        if not bold[at] or letter == " ":
            continue
        if found and not text[found[-1][1] : at].strip():
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return tuple(one for one in found if any(letter.isalnum() for letter in text[slice(*one)]))


def on_a_page(words: RichText, *, begins_line: bool) -> str:
    """Write one sentence, or one item of a list, so that a page reads back exactly these words.

    Where that cannot be done (a hundred stars in one sentence) bold and signs are left out.
    """
    made = _marked_up(words)
    if begins_line:
        made = _safe_start(made)
    if _reads_as(made, words.text):
        return made
    plain = _marked_up(RichText(words.text))
    if begins_line:
        plain = _safe_start(plain)
    if _reads_as(plain, words.text):
        return plain
    bare = " ".join(_SIGNS.sub(" ", words.text).split())
    return _safe_start(bare) if begins_line else bare


def _marked_up(words: RichText) -> str:
    parts: list[str] = []
    reached = 0
    for start, end in words.bold:
        parts += [_escaped(words.text[reached:start]), "**", _escaped(words.text[start:end]), "**"]
        reached = end
    return "".join([*parts, _escaped(words.text[reached:])])


def _escaped(text: str) -> str:
    text = _ANYWHERE.sub(r"\\\g<0>", text)
    return _TAG.sub("&lt;", _ENTITY.sub("&amp;", text))


def _safe_start(line: str) -> str:
    if line[:1] in _SPELLED:
        return f"&#{ord(line[0])};{line[1:]}"
    if line[:1] in _ESCAPED:
        return "\\" + line
    return _NUMBERED.sub(r"\1\\\2", line)


def _reads_as(line: str, text: str) -> bool:
    try:
        return read_line(line).text == text
    except Mistake:
        return False
