"""Where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.content import sentence_spans


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("He said “Yes.” Then he left.", ["He said “Yes.”", "Then he left."]),
        ("It is open (every day.) Come in.", ["It is open (every day.)", "Come in."]),
        ("Wait ... Then go.", ["Wait ...", "Then go."]),
        ("We open at 9. 30 people came.", ["We open at 9.", "30 people came."]),
        ("It ends at 5 p.m. We go home.", ["It ends at 5 p.m.", "We go home."]),
        ("Pens, paper, etc. You can take them.", ["Pens, paper, etc.", "You can take them."]),
        ("You and I. We talk.", ["You and I.", "We talk."]),
        ("I said no. 5 people said yes.", ["I said no.", "5 people said yes."]),
        ("ایک\u06d4 دو\u06d4", ["ایک\u06d4", "دو\u06d4"]),
        ("这是一。这是二。", ["这是一。", "这是二。"]),
    ],
)
def test_a_line_is_cut_where_its_sentences_end(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


@pytest.mark.parametrize(
    "text",
    [
        "Some places, e.g. Schools, are open.",
        "Some places, e.g. schools, are open.",
        "Ask Mr. Khan or Dr. Bell.",
        "It costs 2.5 pounds.",
        "Come at 11.30am on Monday.",
        "Come at 11.30 a.m. on Monday.",
        "J. Smith wrote it.",
        "See No. 5 on the list.",
        "1. Phone us.",
        "Go to www.example.org for more.",
        "What is SEND? is a page.",
    ],
)
def test_a_full_stop_inside_a_sentence_does_not_cut_it(text: str) -> None:
    assert cut(text) == [text]


def test_an_empty_line_has_no_sentence() -> None:
    assert cut("   ") == []


@given(st.text(alphabet="aB1 .!?…)”e.g\u06d4。", max_size=60))
def test_the_sentences_are_all_of_the_text_but_spaces(text: str) -> None:
    assert "".join(cut(text)).replace(" ", "") == text.replace(" ", "")
    assert all(one == one.strip() and one for one in cut(text))
