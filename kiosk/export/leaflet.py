"""A leaflet: a page or a part on A4, with the picture beside the words, to read at home."""

from __future__ import annotations

from typing import Any

from kiosk.config import Site
from kiosk.content import Page
from kiosk.export.chosen import Chosen
from kiosk.export.home_words import home_words
from kiosk.export.paper import Paper, begin_paper, end_paper
from kiosk.export.typeset import as_pdf
from kiosk.screen.codes import address_of, code_svg, parts_of


def leaflet(site: Site, chosen: Chosen, *, folded: bool = False) -> bytes:
    """Return the leaflet as PDF.

    folded: on A5, for sheets of A4 that are printed as a booklet and folded. Raises ContentError
    with the place of what cannot go out, and NotExported.
    """
    return as_pdf(leaflet_paper(site, chosen, folded=folded), "leaflet")


def leaflet_paper(site: Site, chosen: Chosen, *, folded: bool = False) -> Paper:
    """Return what stands on a leaflet, checked."""
    paper = begin_paper(site, chosen)
    first, *others = chosen.pages
    pages = [_page(paper, first, "")]
    pages += [_page(paper, page, page.title) for page in others]
    paper.told |= {
        "paper": "a5" if folded else "a4",
        "pages": pages,
        "hard_title": home_words(paper.language)["hard_words"],
        "hard": _hard_words(chosen, paper),
        "phone": phone(site, chosen, paper.language),
    }
    end_paper(site, chosen, paper)
    return paper


def _page(paper: Paper, page: Page, title: str) -> dict[str, Any]:
    """Return a page; title: "" for the one that the cover has the title of."""
    told: dict[str, Any] = {"title": paper.shown(title), "picture": None}
    if title:
        told["picture"] = paper.picture(page.symbol, page.symbol.words, page.path, 1)
    told["ideas"] = [paper.idea(one, page.path) for one in page.ideas]
    return told


def _hard_words(chosen: Chosen, paper: Paper) -> list[dict[str, Any]]:
    """Return the hard words in the order of the pages, each once, with what it means."""
    found: dict[str, dict[str, Any]] = {}
    for page in chosen.pages:
        for mark in page.marks:
            if mark.kind != "hard" or mark.target in found:
                continue
            word = chosen.language.hard_words[mark.target]
            picture = None
            if word.symbol is not None:
                picture = paper.picture(word.symbol, word.symbol.words, page.path, 1)
            found[mark.target] = {
                "word": paper.shown(word.word),
                "means": paper.shown(word.means),
                "picture": picture,
            }
    return list(found.values())


def phone(site: Site, chosen: Chosen, language: str) -> dict[str, Any] | None:
    """Return the code and the address of the talking version; None for a site without one."""
    address = address_of(site, chosen.pages[0].id, language)
    if not address:
        return None
    title = home_words(language)["phone"]
    return {"title": title, "address": parts_of(address), "code": code_svg(address)}
