"""What a picture states: numbers, and that something is not so."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.symbols.composing.seen import says_no, stated
from tests.symbols.composed import word_book

BOOK = """\
day: {date: "3 - 7 | December 2018"}
after: {then: [zara sad, day]}
no: {not: locked}
far: {says: [zara, [red heart, no], mum]}
old: {with: [clipboard, date]}
date: calendar
"""


def test_what_stands_on_a_calendar_is_seen_through_the_names_inside(tmp_path: Path) -> None:
    symbols = word_book(tmp_path, BOOK)
    assert stated(symbols.find("after"), symbols).numbers == {3, 7, 2018}
    assert stated(symbols.find("far"), symbols).numbers == set()
    seen = [
        name
        for name in ("day", "old", "date", "red heart", "tear-off calendar")
        if stated(symbols.find(name), symbols).shows_twelve
    ]
    assert seen == ["old", "date", "tear-off calendar"]


def test_what_is_crossed_out_is_seen_through_the_names_inside(tmp_path: Path) -> None:
    symbols = word_book(tmp_path, BOOK)
    crossed = [
        name
        for name in ("day", "after", "no", "far", "red heart")
        if stated(symbols.find(name), symbols).crossed_out
    ]
    assert crossed == ["no", "far"]


@pytest.mark.parametrize(
    ("language", "yes", "no"),
    [
        ("en", "You don\u2019t. | They STOP bullying. | Only people I know.", "It is now."),
        ("pl", "Nie ma. | Dorośli przestają. | Tylko mama.", "Niebezpieczny dom."),
        ("ro", "N-am timp. | Adulții opresc asta. | Doar mama.", "O casă nouă."),
        ("ur", "یہ نہیں ہے | صرف امی | وہ روکتے ہیں", "بچے گھر پر ہیں"),
        ("xx", "Anything.", ""),
    ],
)  # fmt: skip
def test_each_language_has_its_words_for_what_is_not_so(language: str, yes: str, no: str) -> None:
    assert [one for one in yes.split("|") if not says_no(one, language)] == []
    assert not no or not says_no(no, language)
