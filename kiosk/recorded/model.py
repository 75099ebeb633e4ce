"""A page that a person has read aloud, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.content import Page
from kiosk.content.fingerprint import fingerprint_of
from kiosk.content.model import Sentence
from kiosk.recorded.consent import Consent, Use
from kiosk.speech.engine import WordTime

TENTHS = 2  # so many in ten sentences may be read by another voice; above that all are


@dataclass(frozen=True, slots=True)
class Recording:
    """One sentence, read by a person. path: the sound, in the site's folder.

    sha256: of the sound. seconds: how long it is. words: the time of every word of `text`; none
    when that of any is not known: then the sentence is lit as a whole.
    """

    text: str
    path: Path
    sha256: str
    seconds: float
    words: tuple[WordTime, ...]

    @property
    def name(self) -> str:
        """The name that it is served by: another sound has another one."""
        return f"{self.sha256}{self.path.suffix}"

    def clip(self, file: str, pace: float = 1.0) -> dict[str, Any]:
        """Return it as a screen wants it. file: its address; pace: 1 as it was read, 0.8 slower."""
        told: dict[str, Any] = {
            "text": self.text,
            "file": file,
            "seconds": self.seconds,
            "words": [[w.start, w.end, w.starts_at, w.ends_at] for w in self.words],
            "pace": pace,
        }
        return told if self.words else told | {"whole": True}


@dataclass(frozen=True, slots=True)
class PageVoice:
    """The recordings of one page.

    page: its file, and folder: theirs, as staff know them. consent: None when `voice.yaml` cannot
    be used. lines: what stands on the page now, in its order. recordings: by text, also of
    sentences that are not there any more.
    """

    page: Path
    folder: Path
    language: str
    consent: Consent | None
    lines: tuple[Line, ...]
    recordings: Mapping[str, Recording]

    @property
    def lacking(self) -> tuple[Line, ...]:
        """The sentences that have no recording: they were edited, or were not read."""
        return tuple(one for one in self.lines if one.text not in self.recordings)

    @property
    def left_over(self) -> tuple[Recording, ...]:
        """The recordings of sentences that are not on the page any more."""
        there = {one.text for one in self.lines}
        return tuple(one for text, one in self.recordings.items() if text not in there)

    def why_not(self, use: Use, today: date, *, whole: bool = True) -> str:
        """Return why it is not heard there on that day, in plain sentences; "" when it is.

        whole: only where enough of the page is read; else what was agreed decides alone.
        """
        if self.consent is None:
            return "Nobody knows what was agreed: voice.yaml cannot be used."
        if why := self.consent.why_not(use, today):
            return why
        if whole and 10 * len(self.lacking) > TENTHS * len(self.lines):
            lacking, all_ = len(self.lacking), len(self.lines)
            return f"{lacking} of {all_} sentences have no recording, so another voice reads all."
        return ""

    def heard(self) -> dict[str, Recording]:
        """Return the recordings of what stands on the page now, by text."""
        found = self.recordings
        return {one.text: found[one.text] for one in self.lines if one.text in found}


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of a page that a person reads: its title, a heading, a sentence or an item."""

    text: str
    line: int
    hash: str = field(default="", compare=False)


def lines_of(page: Page) -> tuple[Line, ...]:
    """Return what a person reads of a page, in its order; what stands there twice is read once."""
    found: dict[str, Line] = {}
    for text, line in _texts(page):
        found.setdefault(text, Line(text, line, fingerprint_of([text])))
    return tuple(found.values())


def _texts(page: Page) -> Iterator[tuple[str, int]]:
    yield page.title, 1
    for idea in page.ideas:
        if idea.heading:
            yield idea.heading, idea.line
        one: Sentence
        for one in (*idea.sentences, *idea.items):
            yield one.text, one.line
