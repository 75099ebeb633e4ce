"""Pictures that a page puts together for itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.content.page import read_source
from kiosk.symbols import SymbolBook
from tests.tools.pages import page_of
from tests.tools.sites import tiny_site

PLACE = "content/en/about/plan.md"
SAID = "{says: [leo worried, crying face, priya ear]}"


def text(pictures: str, body: str = ":tell us: You can tell an adult.") -> str:
    return f"""\
---
title: The plan
symbol: memo
order: 2
source: The tests
facts_checked: 2026-11-23
status: ready
review_by: 2027-11-01
{pictures}---
{body}
"""


@pytest.fixture(scope="module")
def symbols(tmp_path_factory: pytest.TempPathFactory) -> SymbolBook:
    return SymbolBook(load_site(tiny_site(tmp_path_factory.mktemp("pages"))))


def read(page: str, symbols: SymbolBook) -> list[str]:
    source = read_source(
        page, page_id="plan", language="en", part="about", shown=Path(PLACE), symbols=symbols
    )
    return [str(one) for one in source.problems]


def test_a_page_shows_what_it_has_declared_under_its_name(symbols: SymbolBook) -> None:
    page = page_of(
        read_source(
            text(f"pictures:\n  Tell us: {SAID}\n  sun: rainbow\n"),
            page_id="plan",
            language="en",
            part="about",
            shown=Path(PLACE),
            symbols=symbols,
        )
    )
    (idea,) = page.ideas
    assert idea.symbol is not None
    assert idea.symbol.name == "Tell us"
    assert idea.words == "A boy says to a staff member: a crying face"
    assert idea.symbol.svg == symbols.find(SAID).svg


def test_the_picture_of_the_page_itself_may_be_one_of_them(symbols: SymbolBook) -> None:
    page = text(f"pictures: {{tell us: {SAID}}}\n").replace("symbol: memo", "symbol: tell us")
    assert not read(page, symbols)


@pytest.mark.parametrize(
    ("pictures", "said"),
    [
        (
            "pictures:\n  tell us:\n    says:\n      - zara\n      - hart\n",
            ":13: I do not know the",
        ),
        ("pictures:\n  tell us: {sais: [zara, heart]}\n", ':10: I do not know "sais".'),
        ("pictures: [heart]\n", ':9: "pictures" must be lines of "key: value".'),
    ],
)
def test_a_mistake_is_told_at_its_line(symbols: SymbolBook, pictures: str, said: str) -> None:
    assert read(text(pictures), symbols)[0].startswith(f"{PLACE}{said}")


def test_a_missing_part_leaves_the_page_with_the_words_in_a_box(tmp_path: Path) -> None:
    folder = tiny_site(tmp_path)
    (folder / PLACE).write_text(text("pictures: {tell us: {beside: [zara, hart]}}\n"))
    library = Library(load_site(folder))
    (problem,) = library.problems
    assert str(problem).startswith(f'{PLACE}:9: I do not know the picture "hart".')
    (idea,) = library.languages["en"].pages["plan"].ideas
    assert idea.symbol is not None
    assert idea.symbol.words == "tell us"


def test_a_page_keeps_its_last_good_version_until_its_declaration_is_mended(
    tmp_path: Path,
) -> None:
    folder = tiny_site(tmp_path)
    (folder / PLACE).write_text(text(f"pictures: {{tell us: {SAID}}}\n"))
    library = Library(load_site(folder))
    before = library.languages["en"].pages["plan"].ideas
    (folder / PLACE).write_text(text("pictures: {tell us: {beside: [zara]}}\n"))
    assert library.refresh()
    assert library.languages["en"].pages["plan"].ideas == before
    (folder / PLACE).write_text(text("pictures: {tell us: {beside: [zara, mum]}}\n"))
    assert library.refresh()
    assert not library.problems
    assert library.languages["en"].pages["plan"].ideas != before


def test_a_page_is_drawn_anew_when_a_name_in_its_picture_means_something_else(
    tmp_path: Path,
) -> None:
    folder = tiny_site(tmp_path)
    (folder / PLACE).write_text(text("pictures: {tell us: {beside: [zara, joy]}}\n"))
    (folder / "content/symbols.yaml").write_text("joy: rainbow\n")
    library = Library(load_site(folder))
    before = library.version
    (folder / "content/symbols.yaml").write_text("joy: red heart\n")
    assert library.refresh()
    assert library.version != before
    (idea,) = library.languages["en"].pages["plan"].ideas
    assert idea.words == "A girl and a red heart"
