"""Bold and links inside a line."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.content.inline import Line, read_line
from kiosk.located import Mistake


def marked(line: Line) -> list[tuple[str, str, str]]:
    return [(one.kind, line.text[one.start : one.end], one.target) for one in line.marks]


def test_bold_becomes_a_mark_and_its_stars_go() -> None:
    line = read_line("I want to be **healthy** and  **safe**.")
    assert line.text == "I want to be healthy and safe."
    assert marked(line) == [("bold", "healthy", ""), ("bold", "safe", "")]


def test_a_link_becomes_a_mark_with_its_page() -> None:
    assert marked(read_line("See [the **plan**](your-plan).")) == [
        ("link", "the plan", "your-plan"),
        ("bold", "plan", ""),
    ]


def test_each_sentence_has_its_share_of_the_marks() -> None:
    sentences = read_line("I am **well. You** too. See [us](home).").sentences(7)
    assert [one.text for one in sentences] == ["I am well.", "You too.", "See us."]
    shares = [[one.text[m.start : m.end] for m in one.marks] for one in sentences]
    assert shares == [["well."], ["You"], ["us"]]
    assert {one.line for one in sentences} == {7}


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Fish & chips", "Fish & chips"),
        ("Fish &amp; chips", "Fish & chips"),
        ("1 < 2 and <3", "1 < 2 and <3"),
        ("&lt;script&gt;", "<script>"),
        (r"2 \* 3", "2 * 3"),
        ("snake_case_words", "snake_case_words"),
        ("[not a link]", "[not a link]"),
        ("    far from the left", "far from the left"),
        ("non\u00a0breaking", "non breaking"),
        ("`code`", "code"),
        ("emoji 🎯 stays", "emoji 🎯 stays"),
    ],
)
def test_what_is_not_bold_or_a_link_becomes_plain_words(words: str, text: str) -> None:
    line = read_line(words)
    assert (line.text, line.marks) == (text, ())


def test_italics_are_a_mark_that_no_served_page_keeps() -> None:
    assert marked(read_line("Not *slanted* words")) == [("italic", "slanted", "")]


@pytest.mark.parametrize(
    "written",
    [
        "I am **well**. You too.",
        "See [the **plan**](the-plan) here. Then *rest* now.",
        "Two  spaces.   And\tone tab.",
        "  [a](b-page)b c. D **e** f [g](home).",
    ],
)
def test_each_letter_knows_its_column_in_the_file(written: str) -> None:
    before = "- "
    for sentence in read_line(written, len(before) + 1).sentences(1):
        for offset, letter in enumerate(sentence.text):
            in_file = (before + written)[sentence.column_at(offset) - 1]
            assert in_file == letter or (letter == " " and in_file.isspace())


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("<b>bold</b>", "HTML cannot be used here."),
        ("a <script>alert(1)</script>", "HTML cannot be used here."),
        ("<!-- note -->", "HTML cannot be used here."),
        ("<https://example.org>", "HTML cannot be used here."),
        ("[us](https://example.org)", "A link cannot leave this site"),
        ("[us](//example.org)", "A link cannot leave this site"),
        ("[us](www.example.org)", "A link cannot leave this site"),
        ("[us](mailto:a@example.org)", "A link cannot leave this site"),
        ("[us](javascript:alert(1))", "A link cannot leave this site"),
        ("[us](/admin)", "A link cannot leave this site"),
        ("[us]()", "A link cannot leave this site"),
        ("[us](outcomes/healthy.md)", "A link needs the name of the page only."),
        ("[us](the page)", '"the page" cannot be the name of a page.'),
        ("[us](home", "I cannot read this link."),
        ("[](home)", "There are no words in this link"),
        ("a **bold word", "Two stars ** are not closed."),
        ("a ![picture](symbol:heart)", "A picture can only stand at the start"),
        ("*" * 101, "There are too many signs"),
        ("&#8;*", "There is a hidden character here."),
        ("a&#x2028;b", "There is a hidden character here."),
    ],
)
def test_what_cannot_be_shown_is_said(words: str, problem: str) -> None:
    with pytest.raises(Mistake) as caught:
        read_line(words)
    assert caught.value.problem.startswith(problem)
    assert caught.value.hint


def test_a_link_to_a_file_is_put_right_in_the_hint() -> None:
    with pytest.raises(Mistake) as caught:
        read_line("[us](outcomes/healthy.md)")
    assert caught.value.hint == "Write it as [words](healthy)."


@given(st.text(alphabet="ab *_[]()<>&\\`!:/#;.~=-1\u00e9", max_size=80))
def test_any_line_gives_clean_text_or_a_mistake(words: str) -> None:
    try:
        line = read_line(words)
    except Mistake:
        return
    assert line.text == line.text.strip()
    assert all(0 <= one.start < one.end <= len(line.text) for one in line.marks)
    assert "\x02" not in line.text
    assert "\x03" not in line.text


@pytest.mark.parametrize("sign", ["[", "*a", "_a ", "`", "[a](", "\\", "&", "**a", "![", "]("])
def test_no_line_holds_the_program_for_long(sign: str) -> None:
    line = (sign * 50 + "a" * 9000)[:10_000]
    begun = time.process_time()
    with contextlib.suppress(Mistake):
        read_line(line)
    assert time.process_time() - begun < 30  # it hangs: the time grows with a power of the length
