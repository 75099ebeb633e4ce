from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from PIL import Image

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.errors import ContentError, NotExported
from kiosk.export.chosen import all_of
from kiosk.export.poster import leads, poster, poster_paper
from kiosk.export.typeset import as_pdf
from kiosk.symbols import Symbol
from tests.export.losing import LOST, without
from tests.export.papers import chosen_from, words_in
from tests.tools.sites import FACTS, PEOPLE, ROOT, tiny_site


def test_a_poster_is_one_sheet_of_a3_as_pdf_and_as_picture(tmp_path: Path) -> None:
    site, chosen = chosen_from(tiny_site(tmp_path), "about")
    pdf, png = poster(site, chosen)
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        (page,) = file.pages
        assert (round(page.width), round(page.height)) == (842, 1191)  # points
        assert file.doc.catalog["Lang"] == b"en"
    words = " ".join(words_in(pdf))
    assert words.startswith("A tiny place Draft The people here Your plan")
    assert "It is not an official document." in words
    with Image.open(io.BytesIO(png)) as drawn:
        assert drawn.size == (3508, 4961)  # A3 at 300 dots an inch


def test_the_shipped_outcomes_are_six_cards_and_what_they_are() -> None:
    told = poster_paper(*chosen_from(ROOT, "outcomes")).told
    assert len(told["cards"]) == 6
    assert all(one["title"].startswith("I want to") for one in told["cards"])
    assert (told["columns"], told["rows"]) == (2, 3)
    assert told["strip"]["title"] == "About the 6 outcomes"


def test_a_page_alone_has_a_card_for_each_idea(tmp_path: Path) -> None:
    told = poster_paper(*chosen_from(tiny_site(tmp_path), "plan")).told
    assert [one["title"] for one in told["cards"]] == [
        "An EHCP is a plan for your support.",
        "Things can get better.",
    ]


def test_a_first_page_with_much_on_it_has_a_card_of_its_own(tmp_path: Path) -> None:
    more = PEOPLE + "\n:house: It is in a house.\n"
    site = tiny_site(tmp_path, {"content/en/about/people.md": more})
    loaded, chosen = chosen_from(site, "about")
    assert not leads(chosen)
    cards = poster_paper(loaded, chosen).told["cards"]
    assert [one["title"] for one in cards] == ["The people here", "Your plan"]


def test_too_many_pictures_for_one_sheet_say_so(tmp_path: Path) -> None:
    pages: dict[str, str | None] = {
        f"content/en/about/page-{n}.md": f"---\ntitle: Page {n}\nsymbol: bus\norder: {n + 5}\n"
        f"{FACTS}---\n:bus: Go by bus.\n"
        for n in range(13)
    }
    with pytest.raises(ContentError, match=r"people\.md:1: 14 pictures are too many"):
        poster_paper(
            *chosen_from(
                tiny_site(
                    tmp_path, pages | {"content/en/about/p.md": pages["content/en/about/page-1.md"]}
                ),
                "about",
            )
        )


@pytest.mark.parametrize("lost", LOST)
def test_what_is_lost_on_the_way_to_a_poster_stops_it_with_the_place(
    tmp_path: Path, lost: str
) -> None:
    site, chosen = chosen_from(tiny_site(tmp_path), "plan")
    (page,) = chosen.pages
    second = page.ideas[1]
    page = without(page, lost)
    with pytest.raises((ContentError, NotExported)) as stopped:
        as_pdf(poster_paper(site, dataclasses.replace(chosen, pages=(page,))), "poster")
    line = second.line if lost in ("alt", "picture") else 1
    assert str(stopped.value).startswith(f"content/en/about/plan.md:{line}: ")


def test_a_picture_whose_makers_bar_it_stops_a_poster_with_its_name_and_the_place(
    tmp_path: Path,
) -> None:
    site, chosen = chosen_from(tiny_site(tmp_path), "plan")
    (page,) = chosen.pages
    first, second = page.ideas
    assert second.symbol is not None
    credit = dataclasses.replace(second.symbol.credit, may_be=("screen", "download"))
    barred = Symbol("their rainbow", "", b"<svg/>", "image/svg+xml", credit)
    page = dataclasses.replace(page, ideas=(first, dataclasses.replace(second, symbol=barred)))
    with pytest.raises(ContentError, match='"their rainbow"') as stopped:
        poster_paper(site, dataclasses.replace(chosen, pages=(page,)))
    assert str(stopped.value).startswith(f"content/en/about/plan.md:{second.line}: ")


@pytest.mark.drill
@pytest.mark.parametrize("code", ["en", "pl", "ro"])
def test_the_words_of_a_shipped_poster_come_out_in_the_order_of_its_cards(code: str) -> None:
    site, chosen = chosen_from(ROOT, "outcomes", code)
    paper = poster_paper(site, chosen)
    cards = [one["title"] for one in paper.told["cards"]]
    expected = [word for title in (paper.told["title"], *cards) for word in title.split()]
    with pdfplumber.open(io.BytesIO(as_pdf(paper, "poster"))) as file:
        (sheet,) = file.pages
        marked: dict[int, str] = {}  # by the place in the tags that a letter belongs to
        for letter in sheet.chars:
            marked[letter["mcid"]] = marked.get(letter["mcid"], "") + letter["text"]
        tagged = " ".join(marked[one] for one in places(file.structure_tree) if one in marked)
    found = iter(tagged.split())
    assert all(word in found for word in expected)


@pytest.mark.drill
@pytest.mark.parametrize("code", ["en", "pl", "ro", "ur"])
def test_long_sentences_leave_room_for_the_pictures(code: str) -> None:
    paper = poster_paper(*chosen_from(ROOT, "safe", code))
    with pdfplumber.open(io.BytesIO(as_pdf(paper, "poster"))) as file:
        (sheet,) = file.pages
        heights: dict[int, list[float]] = {}
        for line in (*sheet.curves, *sheet.rects, *sheet.lines):
            heights.setdefault(line["mcid"], []).extend((line["top"], line["bottom"]))
        tree = file.structure_tree
        figures = [set(places([one])) for one in every(tree) if one["type"] == "Figure"]
    high = [
        max(edges) - min(edges)
        for figure in figures
        if (edges := [one for mcid in figure for one in heights.get(mcid, ())])
    ]
    assert len(high) == len(figures) > 4
    assert min(high) > 20 * 72 / 25.4  # mm


def every(tree: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield each thing that is tagged."""
    for one in tree:
        yield one
        yield from every(one.get("children", []))


def places(tree: list[dict[str, Any]]) -> Iterator[int]:
    """Yield the marked places of a PDF in the order in which a screen reader comes to them."""
    for one in tree:
        yield from one.get("mcids", ())
        yield from places(one.get("children", []))


@pytest.mark.drill
@pytest.mark.parametrize("code", ["en", "pl", "ro", "ur"])
def test_each_part_that_is_shipped_becomes_a_poster(code: str) -> None:
    site = load_site(ROOT)
    for chosen in all_of(Library(site).now, code, pages_too=False):
        first, again = poster(site, chosen), poster(site, chosen)
        assert first == again, chosen.name
