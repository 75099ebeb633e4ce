"""Pictures made of parts, proposed for a sentence that no single picture carries."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.symbols import SymbolBook
from kiosk.symbols.suggest import suggest
from tests.symbols.test_symbols import book

BOOK = """\
your name: {symbol: identification card, words: A card}
not sure: {symbol: person shrugging, words: A person with open arms}
"""


@pytest.fixture(scope="module")
def symbols(tmp_path_factory: pytest.TempPathFactory) -> SymbolBook:
    """Return the book of a site with two ideas of its own."""
    return book(tmp_path_factory.mktemp("telling"), {"content/symbols.yaml": BOOK})


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Tell an adult about bullying.", "{says: [leo, crying face, priya ear]}"),
        ("I am worried and tell my mum about school.", "{says: [leo worried, school, mum ear]}"),
        ("At home, my family asks what I want.", "{in: [home, {says: [mum, red question mark]}]}"),
        ("Children hope for a house.", "{thinks: [zara, house]}"),
        ("We do not need your name.", "{not: your name}"),
        ("At school, I read a book.", "{in: [school, leo, open book]}"),
        ("A clipboard for the leader", "{with: [clipboard, leader]}"),
        ("Take a bus, then a train.", "{then: [bus, train]}"),
    ],
)
def test_a_sentence_is_told_by_parts(symbols: SymbolBook, sentence: str, wanted: str) -> None:
    found = [one.name for one in suggest(sentence, symbols).composed]
    assert found[0] == wanted
    assert [symbols.find(one).words for one in found]


@pytest.mark.parametrize("sentence", ["bus", "a social worker", "Take the bus.", "", "qqq zzz yyy"])
def test_a_thing_needs_no_parts(symbols: SymbolBook, sentence: str) -> None:
    assert suggest(sentence, symbols).composed == ()


def test_a_site_with_other_people_is_told_by_them(tmp_path: Path) -> None:
    cast = "zara: null\nleo: null\namir: null\nnoor: {who: girl, skin: 3}\n"
    ours = book(tmp_path, {"content/cast.yaml": cast})
    assert "noor" in ours.cast
    (one, *_) = suggest("Tell a teacher about bullying.", ours).composed
    assert one.name.startswith("{says: [")
    assert one.name.endswith(", teacher ear]}")


def test_a_phrase_of_the_word_book_stands_before_single_words(symbols: SymbolBook) -> None:
    assert suggest("Please tell me your name and age", symbols).pictures[0].name == "your name"
    assert suggest("The dog is not sure", symbols).pictures[0].name == "not sure"


def test_what_a_thing_is_stands_before_how_it_is(symbols: SymbolBook) -> None:
    assert suggest("A quick and easy bus", symbols).pictures[0].name == "bus"


def test_no_part_of_a_word_leads_to_a_picture(symbols: SymbolBook) -> None:
    assert suggest("busily carpet", symbols).pictures == ()


def test_it_is_told_when_what_matters_has_no_picture(symbols: SymbolBook) -> None:
    assert suggest("The minotaur has a labyrinth.", symbols).is_weak
    assert suggest("Discretionary bursaries for the bus", symbols).is_weak
    assert not suggest("Take the bus.", symbols).is_weak
