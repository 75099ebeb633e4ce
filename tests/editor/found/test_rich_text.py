"""Words come through as they were typed, whatever signs they have."""

from __future__ import annotations

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.content.inline import read_line
from kiosk.editor.found.rich_text import RichText, RichTextMaker, on_a_page
from tests.editor.conftest import Desk


def typed(*runs: tuple[str, bool]) -> list[RichText]:
    maker = RichTextMaker()
    for text, bold in runs:
        maker.add(text, bold)
    return list(maker.lines())


@pytest.mark.parametrize(
    "text",
    [
        ":heart: is not a picture here.",
        ":) we smile",
        "# is a sign",
        "> and | are signs",
        "+44 is for phones",
        "2 * 3 = 6, and a_b_c",
        "[See this] and <b>that</b>",
        "Marks & Spencer, R&amp;D, &copy; &#58;",
        "C:\\temp and `code`",
        "“Quotes” – ‘dashes’ … stay: café, ਪੰਜਾਬੀ, اردو",  # noqa: RUF001
        "![a] (b",
        "~~~ waves",
    ],
)
def test_signs_of_ours_are_words_after_the_import(desk: Desk, text: str) -> None:
    document = docx.Document()
    document.add_paragraph(text)
    [(_, sentences, items)] = desk.told(document)
    assert (" ".join(sentences), items) == (text, [])


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("- at home", "at home"),
        ("• at home", "at home"),
        ("* at home", "at home"),
        ("\uf0b7 at home", "at home"),
        ("\u2013\tat home", "at home"),
        ("3. Phone us", "3. Phone us"),
        ("3) Phone us", "3. Phone us"),
    ],
)
def test_a_list_that_was_typed_by_hand_is_a_list(desk: Desk, text: str, item: str) -> None:
    document = docx.Document()
    document.add_paragraph(text)
    assert desk.told(document)[0][1:] == ([], [item])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Name: ____________", "Name:"),
        ("Wait..........3", "Wait 3"),
        ("Read **this** now", "Read this now"),
        ("a](b", "a] (b"),
        ("soft\u00adhyphen, zero\u200bwidth, \ufeffmark", "softhyphen, zerowidth, mark"),
        ("two\u00a0 words\u2003here", "two words here"),
    ],
)
def test_lines_to_write_on_and_hidden_signs_are_left_out(given: str, kept: str) -> None:
    assert [one.text for one in typed((given, False))] == [kept]


@pytest.mark.parametrize("text", ["", "   ", "_____", "***", "* * *", "\u00ad"])
def test_a_line_without_a_letter_or_digit_is_nothing(text: str) -> None:
    assert typed((text, True)) == []


def test_bold_words_are_bold_without_their_spaces() -> None:
    [words] = typed(("We ", False), ("help", True), (" ", False), ("you ", True), ("now.", False))
    assert on_a_page(words, begins_line=True) == "We **help you** now."
    [whole] = typed(("All bold. Two sentences.", True))
    assert [on_a_page(one, begins_line=True) for one in whole.sentences()] == [
        "**All bold.**",
        "**Two sentences.**",
    ]


def test_a_sentence_with_too_many_signs_loses_them_and_keeps_its_words() -> None:
    words = RichText("a*" * 120 + " end")
    line = on_a_page(words, begins_line=True)
    assert read_line(line).text == "a " * 120 + "end"


def test_a_very_long_sentence_is_cut_between_words(desk: Desk) -> None:
    document = docx.Document()
    document.add_paragraph("word " * 5000 + "end.")
    [(_, sentences, _)] = desk.told(document)
    assert " ".join(sentences) == "word " * 5000 + "end."


SIGNS = st.sampled_from(list("*_[]()<>&\\`:#-|~+=!.;•1 \n\t"))
LETTERS = st.characters(exclude_categories=["Cs", "Cc"]) | SIGNS
RUNS = st.lists(st.tuples(st.text(LETTERS, max_size=30), st.booleans()), min_size=1, max_size=6)


@given(RUNS)
def test_a_page_reads_back_each_line_word_for_word(runs: list[tuple[str, bool]]) -> None:
    for line in typed(*runs):
        for sentence in line.sentences():
            read = read_line(on_a_page(sentence, begins_line=True))
            assert read.text == sentence.text
            bold = [(one.start, one.end) for one in read.marks if one.kind == "bold"]
            assert bold == list(sentence.bold)
