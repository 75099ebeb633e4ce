"""A page in cards: what nobody changed stays as it was, and what was changed is read back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kiosk.config import load_site
from kiosk.content.edit import (
    BOM,
    Card,
    WrittenLine,
    WrittenPage,
    WrittenPicture,
    open_page,
    text_of,
)
from kiosk.content.model import Source
from kiosk.content.page import read_source
from kiosk.symbols import SymbolBook
from tests.tools.cases import examples
from tests.tools.sites import ROOT, tiny_site

FACTS = """\
---
title: The plan  # a comment that stays
symbol: memo
order: 2
source: The tests
facts_checked: 2026-11-23
# another one
status: ready
review_by: 2027-11-01
---
"""
SHOWN = Path("content/en/about/plan.md")
SHIPPED = sorted((ROOT / "content").rglob("*.md"))

LINES = [
    "",
    "",
    "  ",
    ":memo: A plan is for you.",
    "  :memo:",
    ':rainbow = "A rainbow after the rain": Things get better. They do.',
    "![A red bus](symbol:bus) Take the bus.  ",
    ":bus:   - not an item",
    "Words **in bold** and [a link](people).",
    "- an item",
    "\t* another one ",
    "• a third",
    "1. Phone us.",
    "# A heading",
    "## A smaller heading ##",
]
REFUSED = ["---", "| a | b |", "#not a heading", ":two: :pictures:", ":", "![x](y)", "> said", "-"]
BODIES = st.lists(st.sampled_from(LINES), max_size=14)
ODD = st.lists(st.sampled_from(LINES + REFUSED), max_size=14)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
TYPED = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=40)
PLAIN = TYPED.map(lambda words: "".join(one for one in words if one not in "*_[]<>&\\`"))


@pytest.fixture(scope="module")
def symbols(tmp_path_factory: pytest.TempPathFactory) -> SymbolBook:
    return SymbolBook(load_site(tiny_site(tmp_path_factory.mktemp("pages"))))


def read(text: str, symbols: SymbolBook) -> Source:
    plain = text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")
    return read_source(
        plain, page_id="plan", language="en", part="about", shown=SHOWN, symbols=symbols
    )


def opened(text: str) -> WrittenPage:
    page = open_page(text)
    assert page is not None
    return page


def ideas(page: WrittenPage) -> list[Card]:
    return [one for one in page.cards if one.kind == "idea"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", BOM])
def test_each_page_that_is_shipped_is_put_back_as_it_was(start: str, end: str) -> None:
    assert len(SHIPPED) > 70
    for path in SHIPPED:
        text = start + path.read_bytes().decode().replace("\n", end)
        assert text_of(opened(text)) == text, path


@settings(max_examples=examples(1000))
@given(ODD, ENDS, st.booleans(), st.booleans())
def test_a_page_that_nobody_changed_is_put_back_as_it_was(
    lines: list[str], end: str, bom: bool, last: bool
) -> None:
    text = (BOM if bom else "") + FACTS.replace("\n", end) + end.join(lines) + (end if last else "")
    assert text_of(opened(text)) == text


@given(BODIES)
def test_a_card_begins_where_an_idea_begins(symbols: SymbolBook, lines: list[str]) -> None:
    text = FACTS + "\n".join(lines)
    source = read(text, symbols)
    begins = [
        one.picture.line if one.picture is not None else one.lines[0].line
        for one in ideas(opened(text))
    ]
    assert begins == [one.line for one in source.ideas]


@given(BODIES, st.data(), PLAIN)
@example([":memo: One.", "Two."], None, ": three")
@example([":memo: One.", "", "Two."], None, "# three")
def test_words_typed_into_a_sentence_are_read_back_and_nothing_else_changes(
    symbols: SymbolBook, lines: list[str], data: st.DataObject | None, typed: str
) -> None:
    page = opened(FACTS + "\n".join(lines))
    places = [
        (at, place)
        for at, card in enumerate(page.cards)
        for place, line in enumerate(card.lines)
        if line.kind in ("sentence", "item")
    ]
    words = " ".join(typed.split())
    if not places or not words or words[0] in "-+•=>|~" or words[0].isdigit() or ".." in words:
        return  # a list, or a row of signs: they have tests of their own
    at, place = data.draw(st.sampled_from(places)) if data is not None else places[-1]
    card = page.cards[at]
    changed = replace(card.lines[place], words=typed)
    cards = list(page.cards)
    cards[at] = replace(card, lines=(*card.lines[:place], changed, *card.lines[place + 1 :]))
    text = text_of(replace(page, cards=tuple(cards)))
    before, after = text_of(page).split("\n"), text.split("\n")
    assert len(before) == len(after)
    assert sum(one != two for one, two in zip(before, after, strict=True)) <= 1
    now = read(text, symbols).ideas
    nth = [one.number for one in ideas(page)].index(card.number)
    said = [one.text for one in (*now[nth].sentences, *now[nth].items)]
    assert words in " ".join(said)
    assert len(now) == len(read(text_of(page), symbols).ideas)


@given(BODIES, st.randoms(use_true_random=False))
def test_a_card_is_moved_whole(symbols: SymbolBook, lines: list[str], chance: object) -> None:
    lines = [one for one in lines if not one.startswith("#")]
    page = opened(FACTS + "\n".join([":memo: First.", *lines]))
    order = list(page.cards)
    chance.shuffle(order)  # type: ignore[attr-defined]
    order.sort(key=lambda one: one.picture is None and one.lines[0].kind == "item")
    before = {one.line: one for one in read(text_of(page), symbols).ideas}
    after = read(text_of(replace(page, cards=tuple(order))), symbols).ideas

    def said(line: int) -> object:
        one = before[line]
        return one.words, [x.text for x in one.sentences], [x.text for x in one.items]

    wanted = [said(one.picture.line if one.picture else one.lines[0].line) for one in order]
    assert [
        (one.words, [x.text for x in one.sentences], [x.text for x in one.items]) for one in after
    ] == wanted


def test_a_new_card_stands_between_empty_lines() -> None:
    page = opened(FACTS + ":memo: One.\n\n:bus: Two.")
    new = Card(
        "idea",
        WrittenPicture("rainbow", 'A "red" rainbow'),
        (WrittenLine("item", "an item"), WrittenLine("sentence", "New words.")),
    )
    first, second = page.cards
    text = text_of(replace(page, cards=(first, new, second)))
    assert text == (
        FACTS + ":memo: One.\n\n:rainbow = \"A 'red' rainbow\": New words.\n- an item\n\n:bus: Two."
    )
    assert text_of(replace(page, cards=(first, second, new))).endswith(
        ":bus: Two.\n\n:rainbow = \"A 'red' rainbow\": New words.\n- an item\n"
    )
    assert text_of(replace(page, cards=(second, first))) == FACTS + ":bus: Two.\n\n:memo: One.\n"


def test_another_picture_keeps_the_words_beside_it() -> None:
    page = opened(FACTS + "![A bus](symbol:bus) One.  \r\nTwo.\r\n:memo:\r\nThree.\r\n")
    cards = [
        replace(one, picture=WrittenPicture("rainbow", "", one.picture.raw if one.picture else ""))
        for one in page.cards
    ]
    assert text_of(replace(page, cards=tuple(cards))) == (
        FACTS + ":rainbow: One.  \r\nTwo.\r\n:rainbow:\r\nThree.\r\n"
    )


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("- a thing", "- a thing"),
        ("1. Phone us.", "1. Phone us."),
        (":bus: by bus", "&#58;bus: by bus"),
        ("# Loud", "\\# Loud"),
        ("---", "&#45;--"),
        ("two\nlines", "two lines"),
    ],
)
def test_a_typed_list_is_a_list_and_other_signs_are_words(typed: str, written: str) -> None:
    page = opened(FACTS + ":memo: One.\nTwo.\n")
    (card,) = page.cards
    lines = (card.lines[0], replace(card.lines[1], words=typed))
    text = text_of(replace(page, cards=(replace(card, lines=lines),)))
    assert text == f"{FACTS}:memo: One.\n{written}\n"


def test_a_text_without_facts_is_no_page_in_cards() -> None:
    assert open_page("") is None
    assert open_page("---\ntitle: No end\n") is None
    assert open_page(":memo: No facts.\n") is None
