"""The files of an EPUB: pages, what is read of them and when, pictures, and the list of all."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import resvg_py
from jinja2 import Environment, PackageLoader, StrictUndefined

from kiosk.config import Site
from kiosk.export.chapters import Chapter
from kiosk.export.chosen import Chosen
from kiosk.export.home_words import home_words
from kiosk.export.paper import Paper, day_of
from kiosk.export.sound import Read
from kiosk.export.words_in import sentence_id, word_id
from kiosk.export.zipped import zipped
from kiosk.screen.languages import direction
from kiosk.symbols import Symbol

MEDIA_TYPE = "application/epub+zip"
_COVER_DOTS = 800  # the side of the picture that shelves show
_STYLE = "style.css"
_RECORDED = "META-INF/recorded"
_NAMED = b"The recording of this name is in this book.\n"

templates = Environment(
    loader=PackageLoader("kiosk.export.book"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


@dataclass(frozen=True, slots=True)
class _Par:
    """What is lit, mostly a word, and when it is heard: seconds into the sound of its chapter."""

    lit: str
    begins: float
    ends: float


def package(
    site: Site,
    chosen: Chosen,
    paper: Paper,
    chapters: Sequence[tuple[Chapter, Read]],
    recorded: Collection[str] = (),
) -> bytes:
    """Return the book as one file.

    paper: ended, so that its makers are known. recorded: the sums of people's recordings: the book
    names those that are in it, so that `kiosk voice remove` finds it.
    """
    code, cover = chosen.language.code, chapters[0][0]
    way = direction(code)
    files = [("META-INF/container.xml", _made("container.xml"))]
    keys = {spoken.key for _, read in chapters for _, spoken in read.spoken}
    files += [(f"{_RECORDED}/{key}.txt", _NAMED) for key in sorted(keys.intersection(recorded))]
    about = {
        "id": _id(site, chosen),
        "title": cover.title,
        "language": code,
        "direction": way,
        "modified": f"{day_of(chosen).isoformat()}T00:00:00Z",
        "day": day_of(chosen).isoformat(),
        "maker": paper.told["site"],
        "notes": paper.told["notes"],
        "credits": [*paper.told["credits"], *paper.told["voices"]],
        "summary": home_words(code)["book_summary"],
    }
    pictures = sorted(paper.symbols.items())
    seconds = [read.track.seconds for _, read in chapters]
    listed = [
        {"id": chapter.id, "kind": chapter.kind, "seconds": read.track.seconds}
        for chapter, read in chapters
    ]
    opf = _made(
        "package.opf",
        about=about,
        chapters=listed,
        seconds=sum(seconds),
        pictures=[(name, symbol.media_type) for name, symbol in pictures],
    )
    files.append(("EPUB/package.opf", opf))
    for chapter, read in chapters:
        page = _made(
            f"{chapter.kind}.xhtml", chapter=chapter, direction=way, pages=listed, **chapter.told
        )
        files.append((f"EPUB/{chapter.id}.xhtml", page))
        seqs = _overlay(chapter, read)
        files.append((f"EPUB/{chapter.id}.smil", _made("overlay.smil", id=chapter.id, seqs=seqs)))
        files.append((f"EPUB/{chapter.id}.mp3", read.track.mp3))
    files.append((f"EPUB/{_STYLE}", _made(_STYLE)))
    files.append(("EPUB/cover.png", _shelf(paper.symbols[cover.told["picture"]["file"]])))
    files += [(f"EPUB/{name}", symbol.svg) for name, symbol in pictures]
    return zipped(files, kind=MEDIA_TYPE)


def _made(template: str, **told: Any) -> bytes:
    return templates.get_template(template).render(**told).encode()


def _id(site: Site, chosen: Chosen) -> str:
    """Return the same name for the same book, whatever changes in it."""
    named = "\n".join((site.settings.site.title, chosen.name, chosen.language.code))
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, named)}"


def _overlay(chapter: Chapter, read: Read) -> list[tuple[str, list[_Par]]]:
    """Return the words of each sentence, each from when it begins until the next one does.

    So players go on from word to word without a jump: what is between two words, and between two
    sentences, is heard with the first.
    """
    said: list[tuple[int, str, float]] = []
    for (place, spoken), begins in zip(read.spoken, read.track.begins, strict=True):
        said += [
            (place, word_id(chapter.id, place, number), begins + word.starts_at)
            for number, word in enumerate(spoken.words)
        ]
        if not spoken.words:  # a person reads, and nobody knows when each word is said
            said.append((place, sentence_id(chapter.id, place), begins))
    starts = [0.0, *(start for _, _, start in said[1:]), read.track.seconds]
    found: dict[int, list[_Par]] = {}
    for at, (place, lit, _) in enumerate(said):
        par = _Par(lit, starts[at], starts[at + 1])
        if par.ends > par.begins:
            found.setdefault(place, []).append(par)
    return [(sentence_id(chapter.id, place), pars) for place, pars in found.items()]


def _shelf(symbol: Symbol) -> bytes:
    """Return the picture of the cover as PNG: not every shelf shows SVG."""
    if symbol.media_type == "image/png":
        return symbol.svg
    return bytes(
        resvg_py.svg_to_bytes(svg_string=symbol.svg.decode(), width=_COVER_DOTS, background="white")
    )
