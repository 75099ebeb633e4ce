"""What stands on paper: the words and pictures of pages, checked before anything is set."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from kiosk.config import Site
from kiosk.content import Idea, Page, Sentence
from kiosk.errors import ContentError, UseRefused
from kiosk.export.chosen import Chosen
from kiosk.export.home_words import home_said, home_words
from kiosk.screen.interface_words import Utterance, interface_of
from kiosk.screen.languages import day_in_words, direction, isolated, own_name
from kiosk.symbols import Symbol, Use, credits, is_wide  # noqa: A004

USES: tuple[Use, ...] = ("download", "print")
_BOLD = ("bold", "hard")
_BDI = re.compile(r'<bdi dir="ltr">(.*?)</bdi>')
_ISOLATE, _END = "\u2066", "\u2069"  # what is between them is read from left to right
_APART = "\u2068"  # what is between it and _END is read by its own first letter
_NO_BREAK = "\u00a0"

Run = dict[str, Any]


@dataclass
class Paper:
    """All that a sheet is set from: `told` goes to typst as JSON.

    symbols: every picture, each once. place: the file and line that a problem of the whole is at.
    day: the last day on which its facts were checked; the file has it for the day it was made.
    """

    language: str
    place: tuple[Path, int]
    day: date
    told: dict[str, Any] = field(default_factory=dict)
    symbols: dict[str, Symbol] = field(default_factory=dict)
    _places: dict[str, tuple[Path, int]] = field(default_factory=dict)

    def picture(self, symbol: Symbol | None, words: str, path: Path, line: int) -> dict[str, Any]:
        """Return a picture for the sheet. Raises ContentError if there is none, or no words."""
        if symbol is None or not symbol.svg:
            raise ContentError(path, line, "There is no picture.", "Choose one for these words.")
        if not words.strip():
            problem = f'Nothing says what the picture "{symbol.name}" shows.'
            hint = f"Write it beside the picture: :{symbol.name} = words:"
            raise ContentError(path, line, problem, hint)
        name = f"{symbol.sha256}{symbol.suffix}"
        self.symbols[name] = symbol
        self._places.setdefault(name, (path, line))
        return {"file": name, "alt": words, "wide": is_wide(symbol)}

    def thanks(self, uses: Iterable[Use]) -> list[str]:
        """Return whom to thank for the pictures. Raises ContentError for one that bars a use."""
        for use in uses:
            for name, symbol in self.symbols.items():
                try:
                    credits([symbol], use)
                except UseRefused as refused:
                    raise ContentError(*self._places[name], str(refused)) from None
        thanked = credits(self.symbols.values(), "screen")
        return list(dict.fromkeys(one.line for one in thanked))

    def runs(self, text: str, bold: Sequence[tuple[int, int]] = ()) -> list[Run]:
        """Return a text in stretches, each bold or not, with numbers that stay as they are."""
        edges = sorted({0, len(text), *(edge for pair in bold for edge in pair)})
        return [
            {
                "text": self.shown(text[start:end]),
                "bold": any(left <= start < right for left, right in bold),
            }
            for start, end in pairwise(edges)
        ]

    def shown(self, text: str) -> str:
        """Return a text as it is set: in Urdu, numbers are read from left to right."""
        if direction(self.language) == "ltr":
            return text
        return html.unescape(_BDI.sub(rf"{_ISOLATE}\1{_END}", str(isolated(text))))

    def sentence(self, sentence: Sentence) -> list[Run]:
        """Return a sentence in stretches: bold words and hard words are bold."""
        bold = [(mark.start, mark.end) for mark in sentence.marks if mark.kind in _BOLD]
        return self.runs(sentence.text, bold)

    def idea(self, idea: Idea, path: Path) -> dict[str, Any]:
        """Return one row of a page."""
        return {
            "heading": self.shown(idea.heading or ""),
            "picture": self.picture(idea.symbol, idea.words, path, idea.line),
            "sentences": [self.sentence(one) for one in idea.sentences],
            "items": [self.sentence(one) for one in idea.items],
        }

    def texts(self) -> list[str]:
        """Return every text that is set."""
        return list(_texts(self.told))


def begin_paper(site: Site, chosen: Chosen) -> Paper:
    """Return a paper with its title, cover picture, notes and language."""
    check_first(chosen)
    first = chosen.pages[0]
    code = chosen.language.code
    paper = Paper(first.language, (first.path, 1), day_of(chosen))
    name, name_language = site.settings.site.name_in(code)
    words = home_words(code)
    paper.told = {
        "language": code,
        "direction": direction(code),
        "site": name.title,
        "site_language": name_language,
        "title": paper.shown(first.title),
        "cover": paper.picture(first.symbol, first.symbol.words, first.path, 1),
        "draft": interface_of(code).words["draft_short"] if is_draft(site, first) else "",
        "page": words["page"],
    }
    return paper


def check_first(chosen: Chosen) -> None:
    """Look for what nothing can go out without. Raises ContentError: a title, or the language."""
    first = chosen.pages[0]
    if not first.title.strip():
        raise ContentError(first.path, 1, "The page has no title.", "Write one: title: About us")
    if first.language != chosen.language.code or not first.language:
        raise ContentError(first.path, 1, "The language of the page is not known.")


def day_of(chosen: Chosen) -> date:
    """Return the last day on which the facts of its pages were checked."""
    return max(one.facts_checked for one in chosen.pages)


def end_paper(site: Site, chosen: Chosen, paper: Paper, uses: Iterable[Use] = USES) -> None:
    """Add what is to be told of the paper itself: whose it is, its sources and its makers.

    uses: what will be done with it. Raises ContentError for a picture that bars one of them.
    """
    words = home_words(paper.language)
    notes = [words["ours"].format(site=paper.told["site"])]
    if paper.told["direction"] == "rtl":
        notes.append(words["talking"])
    notes += _sources(chosen.pages)
    notes += [note.text for note in notes_on(site, chosen.pages)]
    notes.append(words["language"].format(name=own_name(paper.language)))
    paper.told |= {
        "about": words["about"],
        "notes": [paper.shown(note) for note in notes],
        "credits_title": words["pictures"],
        "credits": paper.thanks(uses),
    }


def _sources(pages: Iterable[Page]) -> Iterator[str]:
    """Tell where the facts come from, once for each day on which they were checked."""
    by_day: dict[date, dict[str, None]] = {}
    for page in pages:
        parts = by_day.setdefault(page.facts_checked, {})
        language = page.language
        parts |= dict.fromkeys(one.strip() for one in page.source.split(";") if one.strip())
    for day, parts in sorted(by_day.items()):
        if parts:
            # An English name does not turn round the Urdu beside it.
            shown = (
                parts if direction(language) == "ltr" else [f"{_APART}{one}{_END}" for one in parts]
            )
            told = day_in_words(day, language).replace(" ", _NO_BREAK)
            yield f"{interface_of(language).words['source']}: {'; '.join(shown)}, {told}."


def notes_on(site: Site, pages: Iterable[Page]) -> list[Utterance]:
    """Return who checked these pages, and that it is a draft, each note once."""
    return list(dict.fromkeys(note for page in pages for note in _of_page(site, page)))


def _of_page(site: Site, page: Page) -> Iterator[Utterance]:
    if page.checked_by:
        yield home_said(page.language, "checked", name=page.checked_by)
    if page.translation_checked_by:
        name = page.translation_checked_by
        yield home_said(page.language, "checked_translation", name=name)
    if is_draft(site, page):
        key = "draft_translation" if _is_unchecked_translation(site, page) else "draft"
        yield interface_of(page.language).said(key)


def is_draft(site: Site, page: Page) -> bool:
    """Return whether nobody has checked a page, or its translation."""
    return (
        page.status != "published" or not page.checked_by or _is_unchecked_translation(site, page)
    )


def _is_unchecked_translation(site: Site, page: Page) -> bool:
    is_translation = page.language != site.settings.site.languages[0]
    return is_translation and not page.translation_checked_by


def _texts(told: object) -> Iterable[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        for key, value in told.items():
            if key not in ("file", "alt", "language", "direction", "site_language", "paper"):
                yield from _texts(value)
    elif isinstance(told, list):
        for value in told:
            yield from _texts(value)
