"""A poster: the pages of a part on one A3 sheet, each with its picture and its title."""

from __future__ import annotations

from typing import Any

from kiosk.config import Site
from kiosk.content import Page
from kiosk.errors import ContentError
from kiosk.export.chosen import Chosen
from kiosk.export.leaflet import phone
from kiosk.export.paper import Paper, begin_paper, end_paper
from kiosk.export.typeset import as_pdf, as_png
from kiosk.screen.taken import MOST_CARDS, only_leads

DOTS_AN_INCH = 300
_SIZES = {1: 52, 2: 34, 3: 24}  # of the titles on cards, in points, by how many are side by side


def poster(site: Site, chosen: Chosen) -> tuple[bytes, bytes]:
    """Return the poster as PDF and as PNG.

    Raises ContentError with the place of what cannot go out, and NotExported.
    """
    paper = poster_paper(site, chosen)
    return as_pdf(paper, "poster"), as_png(paper, "poster", DOTS_AN_INCH)


def poster_paper(site: Site, chosen: Chosen) -> Paper:
    """Return what stands on a poster, checked.

    The first page of a part gives the title, the others a card each: one that only leads to them
    needs none. The last of an odd number lies across the sheet, with its first words. A page alone
    gives its ideas.
    """
    paper = begin_paper(site, chosen)
    first, *others = chosen.pages
    if others and not leads(chosen):
        others = [first, *others]
    strip: dict[str, Any] | None = None
    if others:
        if len(others) > 2 and len(others) % 2:
            *others, last = others
            strip = _card(paper, last) | {
                "sentences": [paper.sentence(one) for one in last.ideas[0].sentences]
            }
        cards = [_card(paper, one) for one in others]
    else:
        cards = [_idea(paper, first, number) for number in range(len(first.ideas))]
    if len(cards) > MOST_CARDS:
        problem = f"{len(cards)} pictures are too many for one poster: {MOST_CARDS} is the most."
        raise ContentError(*paper.place, problem, "Make a poster of a smaller part.")
    columns = _columns(len(cards))
    paper.told |= {
        "cards": cards,
        "strip": strip,
        "columns": columns,
        "rows": -(-len(cards) // columns),
        "size": _SIZES[columns],
        "phone": phone(site, chosen, paper.language),
    }
    end_paper(site, chosen, paper)
    return paper


def leads(chosen: Chosen) -> bool:
    """Return whether the first page of a part does little but lead to the others."""
    return only_leads(chosen.pages)


def _columns(cards: int) -> int:
    if cards <= 2:
        return 1
    return 2 if cards <= 8 else 3


def _card(paper: Paper, page: Page) -> dict[str, Any]:
    picture = paper.picture(page.symbol, page.symbol.words, page.path, 1)
    return {"title": paper.shown(page.title), "picture": picture}


def _idea(paper: Paper, page: Page, number: int) -> dict[str, Any]:
    idea = page.ideas[number]
    words = " ".join(one.text for one in (*idea.sentences, *idea.items))
    picture = paper.picture(idea.symbol, idea.words, page.path, idea.line)
    return {"title": paper.shown(words), "picture": picture}
