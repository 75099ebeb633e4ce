"""What is drawn when somebody looks at it, and not before."""

from __future__ import annotations

from pathlib import Path

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.easyread import Checker
from kiosk.symbols import Later, Symbol
from tests.easyread.sites import one_page_site
from tests.symbols.test_symbols import put

BOOK = "plan day: {with: [calendar, books], words: A calendar and books}\n"
PAGE = ":plan day: This is the day of the plan.\n"


def test_it_is_made_once_and_when_it_is_asked_for() -> None:
    made: list[str] = []

    def make(word: str) -> str:
        made.append(word)
        return word.upper()

    later = Later(make, "bus")
    assert (made, later.is_made) == ([], False)
    assert (later.made, later.made) == ("BUS", "BUS")
    assert (made, later.is_made) == (["bus"], True)


def test_two_that_would_be_made_alike_are_equal_and_neither_is_made() -> None:
    one, other = Later(str.upper, "bus"), Later(str.upper, "bus")
    assert one == other
    assert hash(one) == hash(other)
    assert one != Later(str.upper, "taxi")
    assert one != Later(str.lower, "bus")
    assert one != "BUS"
    assert not one.is_made


def drawing_of(symbol: Symbol) -> Later[bytes]:
    assert isinstance(symbol.file, Later)
    return symbol.file


def test_a_check_looks_at_words_and_draws_nothing(tmp_path: Path) -> None:
    checker = Checker(load_site(one_page_site(tmp_path, PAGE, {"content/symbols.yaml": BOOK})))
    assert not checker.check().errors
    symbol = checker.library.languages["en"].pages["page"].ideas[0].symbol
    assert symbol is not None
    assert not drawing_of(symbol).is_made
    assert symbol.svg.startswith(b"<svg")
    assert drawing_of(symbol).is_made


def test_what_is_served_is_another_when_a_drawing_is(tmp_path: Path) -> None:
    site = one_page_site(tmp_path, PAGE, {"content/symbols.yaml": BOOK})
    library = Library(load_site(site))
    before = library.version
    assert not library.refresh()
    put(site, {"content/symbols.yaml": BOOK.replace("books", "bus")})
    assert library.refresh()
    assert library.version != before
