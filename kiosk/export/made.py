"""Makes each kind of file, and tells whom it thanks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kiosk.config import Site
from kiosk.export.aloud import Aloud
from kiosk.export.audio import audio, audio_thanks
from kiosk.export.board import board
from kiosk.export.book import book
from kiosk.export.chosen import Chosen
from kiosk.export.code import code
from kiosk.export.fonts import SOURCE_SANS, credit_of
from kiosk.export.leaflet import leaflet_paper
from kiosk.export.paper import begin_paper
from kiosk.export.poster import DOTS_AN_INCH, poster_paper
from kiosk.export.typeset import as_booklet, as_pdf, as_png, thanks_of


@dataclass(frozen=True, slots=True)
class Made:
    """Files by their names, and by kind ("Pictures", "Letters", "Voices") whom they thank."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    thanks: Mapping[str, Sequence[str]] = field(default_factory=dict)


def made(site: Site, kind: str, chosen: Chosen, name: str) -> Made:
    """Return a leaflet, a poster, a board or a code. name: of its files, without an ending.

    Raises ContentError with the place of what cannot go out, and NotExported.
    """
    if kind == "leaflet":
        paper = leaflet_paper(site, chosen)
        return Made({f"{name}.pdf": as_pdf(paper, "leaflet")}, thanks_of(paper))
    if kind == "folded":
        paper = leaflet_paper(site, chosen, folded=True)
        pages = as_pdf(paper, "leaflet")
        sheets = as_booklet(paper, pages)
        return Made({f"{name}.pdf": pages, f"{name}-to-print.pdf": sheets}, thanks_of(paper))
    if kind == "poster":
        paper = poster_paper(site, chosen)
        files = {
            f"{name}.pdf": as_pdf(paper, "poster"),
            f"{name}.png": as_png(paper, "poster", DOTS_AN_INCH),
        }
        return Made(files, thanks_of(paper))
    if kind == "board":
        paper = begin_paper(site, chosen)
        data = board(site, chosen, paper)
        return Made({f"{name}.obz": data}, {"Pictures": paper.told["credits"]})
    drawn = zip((".svg", ".png"), code(site, chosen), strict=True)
    files = {f"{name}{ending}": data for ending, data in drawn}
    return Made(files, {"Letters": [credit_of(SOURCE_SANS)]})


def told(site: Site, kind: str, chosen: Chosen, name: str, aloud: Aloud) -> Made:
    """Return a book or a recording. Raises the same, and SpeechError."""
    if kind == "audio":
        data = audio(site, chosen, aloud)
        return Made({f"{name}.mp3": data}, {"Voices": audio_thanks(site, chosen, aloud)})
    paper = begin_paper(site, chosen)
    data = book(site, chosen, aloud, paper)
    thanks = {"Pictures": paper.told["credits"], "Voices": paper.told["voices"]}
    return Made({f"{name}.epub": data}, thanks)
