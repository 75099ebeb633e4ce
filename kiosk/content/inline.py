"""Bold and links inside a line: Markdown in, plain text and marks out."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, replace
from html.parser import HTMLParser

import nh3
from markdown import Markdown

from kiosk.content.model import Mark, MarkKind, Sentence
from kiosk.content.sentences import sentence_spans
from kiosk.located import Mistake

PAGE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_SIGNS = 100

_SIGNS = re.compile(r"[*_\[\]<>&\\`]")
_TARGET = re.compile(r"\]\([^)]*\)")
_HTML = re.compile(r"<[A-Za-z/!?]")
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its Markdown; marks of kind "bold", "italic" and "link".

    column, gaps: as in a Sentence.
    """

    text: str
    marks: tuple[Mark, ...]
    column: int = 1
    gaps: tuple[tuple[int, int], ...] = ()

    def sentences(self, line: int) -> tuple[Sentence, ...]:
        """Return the line's sentences, each with its share of the marks."""
        return tuple(self._cut(start, end, line) for start, end in sentence_spans(self.text))

    def whole(self, line: int) -> Sentence:
        """Return the line as one sentence."""
        return self._cut(0, len(self.text), line)

    def _cut(self, start: int, end: int, line: int) -> Sentence:
        marks = tuple(
            Mark(max(one.start, start) - start, min(one.end, end) - start, one.kind, one.target)
            for one in self.marks
            if one.start < end and one.end > start
        )
        before = [letters for offset, letters in self.gaps if offset <= start]
        left_out = before[-1] if before else 0
        gaps = tuple(
            (offset - start, letters - left_out)
            for offset, letters in self.gaps
            if start < offset < end
        )
        return Sentence(self.text[start:end], marks, line, self.column + start + left_out, gaps)


# All of Markdown's blocks but the paragraph.
_BLOCKS = ["empty", "indent", "code", "hashheader", "setextheader", "hr", "olist", "ulist"]
_BLOCKS += ["quote", "reference"]


def _markdown() -> Markdown:
    """Only what works inside a line: no lists, no code blocks, no tables, no raw HTML."""
    made = Markdown()
    for name in _BLOCKS:
        made.parser.blockprocessors.deregister(name)
    made.preprocessors.deregister("html_block")
    return made


_MARKDOWN = _markdown()
_ONE_AT_A_TIME = threading.Lock()  # Markdown keeps notes while it works


def read_line(written: str, column: int = 1) -> Line:
    """Reduce a line of Markdown, which begins in this column of its file, to text and marks.

    Runs of spaces become one. Raises Mistake for raw HTML, links that leave the site, and signs
    that were meant as bold or as a link but are not.
    """
    words = " ".join(written.split())
    if not _SIGNS.search(words):
        return Line(words, (), column, _gaps(written, words))
    if _HTML.search(words):
        raise Mistake("HTML cannot be used here.", "Write words; ** makes them bold.")
    if len(_SIGNS.findall(words)) > MAX_SIGNS:
        raise Mistake("There are too many signs such as * and [ in this line.", "Use fewer.")
    with _ONE_AT_A_TIME:
        html = _MARKDOWN.reset().convert(words)
    if "<img" in html:
        raise Mistake("A picture can only stand at the start of its line.", "Put it on a new line.")
    safe = nh3.clean(html, tags={"strong", "em", "a"}, attributes={"a": {"href"}}, link_rel=None)
    reader = _Reader()
    reader.feed(safe)
    reader.close()
    line = reader.line()
    if _HIDDEN.search(line.text):
        raise Mistake("There is a hidden character here.", "Delete this line and type it again.")
    if "**" in line.text:
        raise Mistake("Two stars ** are not closed.", "Write **bold words** on one line.")
    if "](" in line.text:
        raise Mistake("I cannot read this link.", "Write it as [words](name-of-the-page).")
    return replace(line, column=column, gaps=_gaps(written, line.text))


def _gaps(written: str, text: str) -> tuple[tuple[int, int], ...]:
    """Find the letters of `text` again in the line as it was written."""
    if written == text:
        return ()
    gaps: list[tuple[int, int]] = []
    at = 0
    for offset, letter in enumerate(text):
        while at < len(written) and written[at] != letter:
            if letter == " " and written[at].isspace():
                break
            target = _TARGET.match(written, at)
            at = target.end() if target else at + 1
        if at >= len(written):
            break  # written as &amp; or the like: the rest keeps the last gap
        if at - offset != (gaps[-1][1] if gaps else 0):
            gaps.append((offset, at - offset))
        at += 1
    return tuple(gaps)


_KINDS: dict[str, MarkKind] = {"a": "link", "strong": "bold", "em": "italic"}


class _Reader(HTMLParser):
    """Collects text and marks from clean HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.marks: list[Mark] = []
        self.open: list[tuple[str, int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember where bold or a link begins."""
        if tag == "a":
            self.open.append((tag, len(self.text), _target(dict(attrs).get("href") or "")))
        elif tag in _KINDS:
            self.open.append((tag, len(self.text), ""))

    def handle_endtag(self, tag: str) -> None:
        """Make a mark of what has ended."""
        if self.open and self.open[-1][0] == tag:
            _, start, target = self.open.pop()
            if not self.text[start:].strip():
                raise Mistake("There are no words in this link or bold.", "Write words in it.")
            self.marks.append(Mark(start, len(self.text), _KINDS[tag], target))

    def handle_data(self, data: str) -> None:
        """Add words."""
        self.text += data

    def line(self) -> Line:
        """Return what was read, without spaces at its ends."""
        left = len(self.text) - len(self.text.lstrip())
        text = self.text.strip()
        marks = sorted(self.marks, key=lambda one: (one.start, -one.end))
        moved = (
            Mark(max(one.start - left, 0), min(one.end - left, len(text)), one.kind, one.target)
            for one in marks
        )
        return Line(text, tuple(moved))


def _target(href: str) -> str:
    if PAGE_ID.fullmatch(href):
        return href
    name = href.rpartition("/")[2]
    if ":" not in href and "//" not in href and name.endswith(".md"):
        raise Mistake(
            "A link needs the name of the page only.", f"Write it as [words]({name[:-3]})."
        )
    if not set(href) & set(":/.") and href:
        raise Mistake(
            f'"{href}" cannot be the name of a page.', "Use small letters, digits and hyphens."
        )
    raise Mistake(
        "A link cannot leave this site: people could not come back from there.",
        "Write the words without a link, or link to one of our pages: [words](name-of-the-page).",
    )
