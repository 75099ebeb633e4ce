"""The fingerprint of a page: another one when, and only when, it reads or looks another way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config import load_site
from kiosk.content import Home, Page, fingerprint
from kiosk.content.page import read_source
from kiosk.symbols import SymbolBook
from tests.tools.pages import page_of
from tests.tools.sites import FACTS, HOME, tiny_site

TOP = f"title: The plan\nsymbol: memo\norder: 2\n{FACTS}"
BODY = """# Be well

:heart: I am **well**. You too.

:bus = "A red bus": We go by bus.
- Bus 1
- Bus 2
"""


@pytest.fixture(scope="module")
def symbols(tmp_path_factory: pytest.TempPathFactory) -> SymbolBook:
    return SymbolBook(load_site(tiny_site(tmp_path_factory.mktemp("pages"))))


def read(text: str, symbols: SymbolBook, page_id: str = "plan") -> Page:
    shown = Path("content/en/about/plan.md")
    return page_of(
        read_source(
            text, page_id=page_id, language="en", part="about", shown=shown, symbols=symbols
        )
    )


def page(symbols: SymbolBook, top: str = TOP, body: str = BODY) -> Page:
    return read(f"---\n{top}---\n{body}", symbols)


def test_a_fingerprint_is_the_same_on_every_machine(symbols: SymbolBook) -> None:
    assert fingerprint(page(symbols)) == "7d365eb5"


@given(
    lines=st.permutations(TOP.splitlines()),
    day=st.dates(min_value=date(2001, 1, 1)),
    order=st.integers(0, 9999),
)
def test_what_nobody_sees_makes_no_difference(
    symbols: SymbolBook, lines: list[str], day: date, order: int
) -> None:
    top = "".join(f"{one}\n" for one in lines).replace("order: 2", f"order: {order}")
    for old in ("2026-11-23", "2027-11-01"):
        top = top.replace(old, day.isoformat())
    top = top.replace("source: The tests", 'source: The plan\nignore: {ER05: "why"}')
    assert fingerprint(page(symbols, top, f"\n{BODY}\n\n")) == fingerprint(page(symbols))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: The plan", "title: A plan"),
        ("symbol: memo", "symbol: bus"),
        ("# Be well", "# Be happy"),
        ("# Be well\n", ""),
        (":heart:", ":sun:"),
        ("You too.", "You as well."),
        ("You too.", ""),
        ("**well**. You too.", "**well**.\nYou. too."),
        ('"A red bus"', '"A blue bus"'),
        ("- Bus 2", "- Bus 3"),
        ("- Bus 1\n- Bus 2", "- Bus 2\n- Bus 1"),
        ("- Bus 2\n", ""),
        ("We go by bus.\n- Bus 1", "We go by bus.\nBus 1"),
    ],
)
def test_each_thing_that_is_seen_makes_a_difference(
    symbols: SymbolBook, old: str, new: str
) -> None:
    assert old in TOP + BODY
    changed = page(symbols, TOP.replace(old, new), BODY.replace(old, new))
    assert fingerprint(changed) != fingerprint(page(symbols))


@given(words=st.text(min_size=1))
def test_each_word_of_a_sentence_makes_a_difference(symbols: SymbolBook, words: str) -> None:
    made = page(symbols)
    first, *others = made.ideas
    sentence, *more = first.sentences
    said = replace(sentence, text=sentence.text + words)
    changed = replace(made, ideas=(replace(first, sentences=(said, *more)), *others))
    assert fingerprint(changed) != fingerprint(made)


def test_the_choices_of_a_home_page_make_a_difference(symbols: SymbolBook) -> None:
    home = read(HOME, symbols, "home")
    assert isinstance(home, Home)
    for old, new in (("title: About us", "title: Us"), ("symbol: house", "symbol: bus")):
        assert fingerprint(read(HOME.replace(old, new), symbols, "home")) != fingerprint(home)
    lined = read(HOME.replace("title: About us", "title: About us\n    line: Us"), symbols, "home")
    assert fingerprint(lined) != fingerprint(home)
    same = read(HOME.replace("colour: blue", "colour: green"), symbols, "home")
    assert fingerprint(same) == fingerprint(home)
