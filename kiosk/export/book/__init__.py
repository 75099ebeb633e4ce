"""A talking book (EPUB 3): each page has its pictures, and its words light up as they are read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kiosk.config import Site
from kiosk.content import Page
from kiosk.export.aloud import Aloud
from kiosk.export.book.package import package
from kiosk.export.chapters import Chapter, begin_chapter, chapters_of, page_id
from kiosk.export.chosen import Chosen
from kiosk.export.home_words import home_said
from kiosk.export.paper import Paper, begin_paper, end_paper, is_draft
from kiosk.export.sound import read_chapter, wavs_of
from kiosk.export.voices import voice_credits
from kiosk.screen.interface_words import Utterance, interface_of
from kiosk.symbols import Credit


def book(site: Site, chosen: Chosen, aloud: Aloud, paper: Paper | None = None) -> bytes:
    """Return the book: a cover, the contents, each page, the hard words, and where it is from.

    Each of them has sound. paper: begun, for whoever asks it later whom to thank. Raises
    ContentError with the place of what cannot go out, NotExported for a language without a voice,
    and SpeechError.
    """
    paper = paper or begin_paper(site, chosen)
    chapters = book_chapters(site, chosen, paper, aloud.readers(chosen.pages))
    *before, about = chapters
    read = [read_chapter(one, aloud) for one in before]
    wavs_of(about, aloud)  # from now on it is known who reads
    said = (one for chapter in chapters for one in chapter.narration.in_order())
    voices = voice_credits(aloud, (one.language for one in said))
    _add_makers(site, chosen, paper, about, voices)
    read.append(read_chapter(about, aloud))
    return package(site, chosen, paper, list(zip(chapters, read, strict=True)), aloud.recorded)


def book_chapters(
    site: Site, chosen: Chosen, paper: Paper, readers: Mapping[Path, str]
) -> list[Chapter]:
    """Return what is in a book, checked; what only the sound tells is not there yet.

    paper: begun; it takes the pictures. readers: people who read a page, by its file.
    """
    chapters = chapters_of(site, chosen, paper, readers)
    cover = _cover(site, chosen, paper)
    contents = _contents(chosen, chapters)
    return [cover, contents, *chapters]


def _cover(site: Site, chosen: Chosen, paper: Paper) -> Chapter:
    code, first = chosen.language.code, chosen.pages[0]
    name, name_language = site.settings.site.name_in(code)
    called, symbol, path = Utterance(first.title, code), first.symbol, first.path
    below = Utterance(name.title, name_language)
    if not chosen.name:
        home = chosen.language.home
        called, symbol, path = below, home.symbol, home.path
        below = Utterance(name.tagline, name_language)
    cover = begin_chapter("cover", "cover", called.text, code)
    cover.told = {
        "title": cover.said(called),
        "site": cover.said(below) if below.text else None,
        "picture": paper.picture(symbol, symbol.words, path, 1),
        "draft": None,
    }
    if any(is_draft(site, page) for page in chosen.pages):
        cover.told["draft"] = cover.said(interface_of(code).said("draft_short"))
    return cover


def _contents(chosen: Chosen, chapters: list[Chapter]) -> Chapter:
    """Return the list of all pages: in a whole site, those of a part stand below its first one."""
    title = home_said(chosen.language.code, "contents")
    contents = begin_chapter("contents", "nav", title.text, chosen.language.code)
    contents.told["title"] = contents.said(title)
    by_id = {page_id(page.id): page for page in chosen.pages}
    rows: list[dict[str, Any]] = []
    part: str | None = None
    for chapter in chapters:
        page = by_id.get(chapter.id)
        row = {"href": f"{chapter.id}.xhtml", "title": contents.said(_title(chapter, page))}
        if page and rows and page.part and page.part == part and not chosen.name:
            rows[-1]["below"].append(row)
        else:
            rows.append(row | {"below": []})
        part = page.part if page else None
    contents.told["rows"] = rows
    return contents


def _title(chapter: Chapter, page: Page | None) -> Utterance:
    if page:
        return Utterance(page.title, page.language)
    return chapter.narration.in_order()[0]


def _add_makers(
    site: Site, chosen: Chosen, paper: Paper, about: Chapter, voices: list[Credit]
) -> None:
    """Add who made the pictures and the voices. Raises ContentError for a barred picture."""
    end_paper(site, chosen, paper, ["download"])
    paper.told["voices"] = [one.line for one in voices]
    about.told["makers"] = about.said(home_said(about.language, "makers"))
    lines = [*paper.told["credits"], *paper.told["voices"]]
    about.told["credits"] = [_thanks(about, line) for line in lines]


def _thanks(about: Chapter, line: str) -> dict[str, Any]:
    """Return a line of thanks; its address is not read."""
    said, _, address = line.partition("http")
    address, _, more = address.partition(" ")
    return {
        "said": about.sentences(Utterance(f"{said.strip()} {more}".strip(), about.language)),
        "address": f"http{address}".rstrip(".") if address else "",
    }
