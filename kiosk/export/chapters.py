"""What a book shows and a recording says: page after page, the hard words, and where it is from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from kiosk.config import Site
from kiosk.content import HardWord, Mark, Page, sentence_spans
from kiosk.export.chosen import Chosen
from kiosk.export.home_words import home_said
from kiosk.export.paper import Paper, notes_on
from kiosk.export.words_in import sentence_id, with_words
from kiosk.screen.interface_words import Utterance, interface_of
from kiosk.screen.languages import direction, own_name
from kiosk.screen.notes import source_of
from kiosk.screen.screens import Narration, Speech

Links = Mapping[tuple[str, str], str]


@dataclass
class Chapter:
    """One page of a book, or one stretch of a recording. id: its name, also of its file.

    kind: what it is: "page", "words", "about" and others; told: what its template shows. path: the
    file of a page that a person reads, who agreed to that.
    """

    id: str
    kind: str
    title: str
    speech: Speech
    links: Links = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    path: Path | None = None

    @property
    def language(self) -> str:
        """The language that most of it is in."""
        return self.speech.language

    @property
    def narration(self) -> Narration:
        """What it says, in the order in which it is read."""
        return self.speech.narration()

    def say(self, text: str, marks: tuple[Mark, ...] = ()) -> Markup:
        """Return a sentence in the chapter's own language as XHTML; it is read along."""
        return self._put(self.speech.say(text), Utterance(text, self.language), marks)

    def said(self, said: Utterance) -> Markup:
        """Return a sentence in whichever language it is."""
        return self._put(self.speech.say(said.text, said.language), said)

    def sentences(self, said: Utterance) -> Markup:
        """Return each sentence of a text."""
        cut = [said.text[start:end] for start, end in sentence_spans(said.text)]
        return Markup(" ").join(self.said(replace(said, text=one)) for one in cut)

    def at(self, place: int) -> Markup:
        """Return what was said at a place of the narration already."""
        return self._put(place, self.narration.texts[place])

    def _put(self, place: int, said: Utterance, marks: tuple[Mark, ...] = ()) -> Markup:
        id_ = sentence_id(self.id, place)
        other = ""
        if said.language != self.language:
            other = Markup(' lang="{0}" xml:lang="{0}" dir="{1}"').format(
                said.language, direction(said.language)
            )
        words = with_words(said, self.id, place, marks, self.links)
        return Markup('<span class="sentence" id="{}"{}>{}</span>').format(id_, other, words)


def begin_chapter(id_: str, kind: str, title: str, language: str) -> Chapter:
    """Return a chapter that says nothing yet."""
    return Chapter(id_, kind, title, Speech(interface_of(language), language))


def chapters_of(
    site: Site,
    chosen: Chosen,
    paper: Paper | None,
    readers: Mapping[Path, str] = MappingProxyType({}),
) -> list[Chapter]:
    """Return the pages, their hard words if there are any, and where all of it is from.

    paper: takes the pictures, and stops on what may not go out; None for sound alone, which shows
    none. readers: people who read a page, by its file.
    """
    links: dict[tuple[str, str], str] = {
        ("link", page.id): f"{page_id(page.id)}.xhtml" for page in chosen.pages
    }
    hard = hard_words(chosen)
    for number, key in enumerate(hard, start=1):
        links["hard", key] = f"words.xhtml#hard-{number}"
    found = [page_chapter(page, links, paper, readers.get(page.path, "")) for page in chosen.pages]
    if hard:
        found.append(_words(chosen, hard, paper))
    found.append(_about(site, chosen, "about_sound" if paper is None else "about_book"))
    return found


def page_id(name: str) -> str:
    """Return the id of the chapter of a page: no page can have the name of another chapter."""
    return f"page-{name}"


def hard_words(chosen: Chosen) -> dict[str, tuple[HardWord, Page]]:
    """Return the hard words in the order of the pages, each with the first page that has it."""
    found: dict[str, tuple[HardWord, Page]] = {}
    for page in chosen.pages:
        for mark in page.marks:
            if mark.kind == "hard":
                found.setdefault(mark.target, (chosen.language.hard_words[mark.target], page))
    return found


def page_chapter(
    page: Page, links: Links | None = None, paper: Paper | None = None, reader: str = ""
) -> Chapter:
    """Return a page as a chapter.

    links: where its marks lead to; paper: takes its pictures; reader: who reads it, "" for nobody.
    """
    chapter = begin_chapter(page_id(page.id), "page", page.title, page.language)
    own = ("link", page.id)
    chapter.links = {key: href for key, href in (links or {}).items() if key != own}
    chapter.told["title"] = chapter.say(page.title)
    chapter.told["ideas"] = [
        {
            "heading": chapter.say(idea.heading) if idea.heading else None,
            "picture": paper and paper.picture(idea.symbol, idea.words, page.path, idea.line),
            "sentences": [chapter.say(one.text, one.marks) for one in idea.sentences],
            "points": [chapter.say(one.text, one.marks) for one in idea.items],
        }
        for idea in page.ideas
    ]
    chapter.told["reader"] = None
    if reader:
        chapter.path = page.path
        said = interface_of(page.language).said("read_by", name=reader)
        chapter.told["reader"] = chapter.sentences(said)
    if paper:
        chapter.told["picture"] = paper.picture(page.symbol, page.symbol.words, page.path, 1)
    return chapter


def _words(
    chosen: Chosen, hard: Mapping[str, tuple[HardWord, Page]], paper: Paper | None
) -> Chapter:
    title = home_said(chosen.language.code, "hard_words")
    chapter = begin_chapter("words", "words", title.text, chosen.language.code)
    chapter.told["title"] = chapter.said(title)
    chapter.told["words"] = rows = []
    for number, (word, page) in enumerate(hard.values(), start=1):
        symbol = word.symbol
        rows.append(
            {
                "id": f"hard-{number}",
                # As the kiosk says it.
                "word": chapter.say(word.word[:1].upper() + word.word[1:]),
                "means": chapter.sentences(Utterance(word.means, chapter.language)),
                "picture": symbol and paper and paper.picture(symbol, symbol.words, page.path, 1),
            }
        )
    return chapter


def _about(site: Site, chosen: Chosen, called: str) -> Chapter:
    code = chosen.language.code
    title = home_said(code, called)
    chapter = begin_chapter("about", "about", title.text, code)
    chapter.told["title"] = chapter.said(title)
    name, _ = site.settings.site.name_in(code)
    notes = [chapter.sentences(home_said(code, "ours", site=name.title))]
    notes += [_source(chapter, page, original) for page, original in _sources(chosen)]
    notes += [chapter.sentences(note) for note in notes_on(site, chosen.pages)]
    notes.append(chapter.sentences(home_said(code, "language", name=own_name(code))))
    chapter.told["notes"] = [note for note in notes if note]
    return chapter


def _source(chapter: Chapter, page: Page, original: Page | None) -> Markup:
    words = interface_of(page.language).words
    stretches = source_of(chapter.speech, page, words, original)
    return Markup("").join(
        Markup("{}<bdi>{}</bdi>").format(one.sign, chapter.at(one.say)) for one in stretches
    )


def _sources(chosen: Chosen) -> Iterator[tuple[Page, Page | None]]:
    """Yield a page with all sources of one day, and its original with all of them."""
    by_day: dict[date, list[Page]] = {}
    for page in chosen.pages:
        by_day.setdefault(page.facts_checked, []).append(page)
    for _, pages in sorted(by_day.items()):
        originals = [one for page in pages if (one := chosen.originals.get(page.id))]
        original = replace(originals[0], source=_joined(originals)) if originals else None
        yield replace(pages[0], source=_joined(pages)), original


def _joined(pages: Iterable[Page]) -> str:
    parts = (one.strip() for page in pages for one in page.source.split(";"))
    return "; ".join(dict.fromkeys(one for one in parts if one))
