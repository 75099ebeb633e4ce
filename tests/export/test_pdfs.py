"""Every leaflet and poster of the shipped site, as checkers see it that are not ours."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pytest

from kiosk.config import Site, load_site
from kiosk.content import Library, Page
from kiosk.export.chosen import Chosen, all_of, choose
from kiosk.export.leaflet import leaflet, leaflet_paper
from kiosk.export.made import made
from kiosk.export.paper import Paper
from kiosk.export.poster import leads
from kiosk.export.typeset import as_pdf
from tests.export.papers import chosen_from, tags, words_in, words_of
from tests.tools.pdf_checkers import Said, said_of_pdfs, without
from tests.tools.sites import ROOT, tiny_site

pytestmark = pytest.mark.drill
LANGUAGES = ["en", "pl", "ro", "ur"]
FOOT = 20  # mm: the number of the page
# One letter of Nastaliq has many shapes, and each is a code of its own that means this letter: so
# its words do not come out of a PDF. The leaflet itself says so, and where it can be heard.
SHAPES = "TXT-004: font "
RULES = {"pdfua": 12, "outloud": 80}  # that ran in each file; fewer would tell less


def shipped(code: str) -> list[tuple[Site, Chosen]]:
    site = load_site(ROOT)
    everything = all_of(Library(site).now, code, pages_too=True)
    assert len(everything) >= 10
    return [(site, one) for one in everything]


def written(code: str, folder: Path) -> list[Path]:
    """Write the leaflet of each page and part, that of each page to fold, and the posters."""
    for site, chosen in shipped(code):
        kinds = ["leaflet"]
        # In a part that is folded, a heading of several pages may stand at the top of three of
        # them, which looks like a line that is printed at the top of each.
        kinds += ["folded"] if len(chosen.pages) == 1 else ["poster"] if leads(chosen) else []
        for kind in kinds:
            name = f"{kind}-{chosen.name}"
            pdf = made(site, kind, chosen, name).files[f"{name}.pdf"]
            (folder / f"{name}.pdf").write_bytes(pdf)
    return sorted(folder.glob("*.pdf"))


def findings(said: dict[str, dict[str, Said]]) -> list[str]:
    for by_checker in said.values():
        assert by_checker.keys() == RULES.keys()
        assert all(one.ran >= RULES[checker] for checker, one in by_checker.items())
    return [
        f"{file}: {checker}: {line}"
        for file, by_checker in said.items()
        for checker, one in by_checker.items()
        for line in one.found
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_two_checkers_find_nothing_in_any_leaflet_or_poster(tmp_path: Path, code: str) -> None:
    found = findings(said_of_pdfs(written(code, tmp_path)))
    assert [one for one in found if code != "ur" or SHAPES not in one] == []


@pytest.mark.parametrize("lost", ["/Alt", "/Lang", "/StructTreeRoot", "/Title"])
def test_both_checkers_find_what_a_leaflet_has_lost(tmp_path: Path, lost: str) -> None:
    file = tmp_path / "leaflet.pdf"
    without(leaflet(*chosen_from(tiny_site(tmp_path), "people")), lost, file)
    (by_checker,) = said_of_pdfs([file]).values()
    assert [name for name, said in by_checker.items() if not said.found] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_tags_of_each_leaflet_stand_in_the_order_of_its_pages(code: str) -> None:
    for site, chosen in shipped(code):
        with pdfplumber.open(io.BytesIO(leaflet(site, chosen))) as file:
            found = list(tags(file.structure_tree))
        (again,) = choose(site, Library(site).now, code, [chosen.name])
        expected = list(tags_of(again))
        start = [kind for kind, _ in found].index("H1") + 1
        assert found[start - 2][0] == "Figure"
        assert found[start : start + len(expected)] == expected, chosen.name


def tags_of(chosen: Chosen) -> Iterator[tuple[str, str]]:
    """Yield what follows the title of a leaflet: kinds of tags, and what pictures show."""
    for number, page in enumerate(chosen.pages):
        if number:
            yield "H2", ""
        for idea in page.ideas:
            if idea.heading:
                yield ("H3" if number else "H2"), ""
            yield "Figure", idea.words
            yield from (("P", "") for _ in idea.sentences)
            if idea.items:
                yield "L", ""
                yield from (("LI", "") for _ in idea.items)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_words_of_each_leaflet_are_those_of_its_pages_in_their_order(code: str) -> None:
    for site, chosen in shipped(code):
        paper = leaflet_paper(site, chosen)
        if code == "ur":
            assert any("پڑھ کر سنا" in note for note in paper.told["notes"])
            continue
        found = words_in(as_pdf(paper, "leaflet"), foot=FOOT)
        (again,) = choose(site, Library(site).now, code, [chosen.name])
        told = paper.told
        lines = [told["site"], told["draft"], again.title]
        lines += [line for n, page in enumerate(again.pages) for line in lines_of(page, titled=n)]
        expected = words_of([*lines, *end_of(paper)])
        assert " ".join(found) == " ".join(expected), chosen.name


def lines_of(page: Page, *, titled: int) -> Iterator[str]:
    """Yield the lines of a page; without its title, where the cover has it."""
    yield page.title if titled else ""
    for idea in page.ideas:
        yield idea.heading or ""
        yield from (one.text for one in idea.sentences)
        yield from (f"• {one.text}" for one in idea.items)


def end_of(paper: Paper) -> Iterator[str]:
    """Yield what stands below the pages: hard words, and what is told of the paper itself."""
    told = paper.told
    if told["hard"]:
        yield told["hard_title"]
        yield from (line for one in told["hard"] for line in (one["word"], one["means"]))
    yield from (told["about"], *told["notes"], told["credits_title"], *told["credits"])
    yield "Source Sans Pro. Adobe. SIL Open Font License 1.1. https://openfontlicense.org"
