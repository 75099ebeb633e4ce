"""YAML with lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.errors import ContentError
from kiosk.located import Located, parse_yaml

SHOWN = Path("page.md")


def test_each_key_and_item_has_its_line() -> None:
    node = parse_yaml("title: A\nlist:\n  - one\n  - key: two\n", shown=SHOWN, first_line=2)
    assert node.key_lines == {"title": 2, "list": 3}
    assert isinstance(node.value, dict)
    items = node.value["list"].value
    assert isinstance(items, tuple)
    assert [one.line for one in items] == [4, 5]
    assert items[1].key_lines == {"key": 5}


@pytest.mark.parametrize("word", ["no", "1:30", "2026-11-23", "012", "1e3", "true"])
def test_a_scalar_stays_the_text_that_was_written(word: str) -> None:
    assert parse_yaml(f"a: {word}", shown=SHOWN).value == {"a": Located(word, 1, column=4)}


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_nothing_is_empty_text(nothing: str) -> None:
    value = parse_yaml(f"a: {nothing}", shown=SHOWN).value
    assert isinstance(value, dict)
    assert value["a"].value == ""


def test_the_word_null_between_quotes_is_a_word() -> None:
    assert parse_yaml('a: "null"', shown=SHOWN).value == {"a": Located("null", 1, column=5)}


def test_an_empty_text_is_an_empty_value() -> None:
    assert parse_yaml("", shown=SHOWN, first_line=4) == Located("", 4)


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("a: 1\nb: 2\na: 3", 3, '"a" is written twice.'),
        ("a: {b: 1, b: 2}", 1, '"b" is written twice.'),
        ("a: x\nb: *a", 2, 'A value cannot begin with "*" or "&".'),
        ("a: &x 1\nb: *x", 1, 'A value cannot begin with "*" or "&".'),
        ("a: !!python/object:os.system 1", 1, 'A value cannot begin with "!".'),
        ("a: 1\nb: c: d", 2, "There is a second colon here."),
        ("a:\n\t- b", 2, "There is a tab here."),
        ('a: 1\nb: "abc\nc: d', 2, "A quote is not closed."),
        ("a: 1\nb: [1, 2\n", 2, "A bracket is not closed, or a comma is missing."),
        ("title\nsymbol: b", 2, "This line does not fit the lines above it."),
        ("a: @b", 1, "A value cannot begin with this character."),
        ("a: 1\nwords without a colon\nb: 2", 2, "There is no colon here."),
        ('a: "\\q"', 1, "There is a backslash here that means nothing."),
        ("a: 1\n---\nb: 2", 2, 'There is a second "---" here.'),
        ("[[1]]: 2", 1, "A key must be words, not a list."),
        ("- a\nb: 1", 2, "This line does not fit the lines above it."),
        ("a: 1\nb: \x07", 2, "There is a hidden character here (U+0007)."),
        ("a: \ud800", 1, "There is a hidden character here (U+D800)."),
        ("[" * 30, 1, "There are too many levels here: 20 is the most."),
        ("- " * 50_000, 1, "There are too many levels here: 20 is the most."),
        ("- a\n" * 20_001, 20_000, "There are too many values in this file: 20,000 is the most."),
    ],
)
def test_each_mistake_has_its_own_words_and_line(text: str, line: int, problem: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse_yaml(text, shown=SHOWN)
    assert (caught.value.problem, caught.value.line) == (problem, line)
    assert caught.value.hint


def test_equal_keys_tell_where_the_first_is() -> None:
    with pytest.raises(ContentError, match=r"page.md:4: .* The first is on line 2. Keep one"):
        parse_yaml("a: 1\nb: 2\na: 3", shown=SHOWN, first_line=2)


@given(st.text(alphabet="ab:-[]{}#&*!|>'\"%@` \n\t,?\\~é\x00", max_size=60), st.integers(1, 9))
@example("? a\n? b", 1)
@example("%YAML 9.9\n---\na", 1)
@example("a: |9\n b", 1)
def test_any_text_gives_a_tree_or_a_message_with_a_line_of_that_text(
    text: str, first_line: int
) -> None:
    last = first_line + text.count("\n")
    try:
        lines = lines_of(parse_yaml(text, shown=SHOWN, first_line=first_line))
    except ContentError as error:
        lines = [error.line]
    assert all(first_line <= line <= last for line in lines)


def lines_of(node: Located) -> list[int]:
    inside: list[Located] = []
    if isinstance(node.value, dict):
        inside = list(node.value.values())
    elif isinstance(node.value, tuple):
        inside = list(node.value)
    own = [node.line, *node.key_lines.values()]
    return own + [line for one in inside for line in lines_of(one)]
