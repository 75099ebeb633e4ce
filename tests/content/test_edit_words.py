"""One word of `words.yaml` is changed; all others stay as they are written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.content.edit_words import with_entry
from kiosk.errors import PageNotSaved
from kiosk.located import parse_yaml, plain
from tests.tools.cases import examples

WORDS = """\
# Hard words, in easy words.
explain:
  # A
  advocate:
    means: An advocate speaks up for you.   # as they say it
    symbol: megaphone

  # O
  "outcome":
    means: >
      An outcome is
      what changes.
say:
  EHCP: E H C P
official: []
"""
TYPED = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=40)
WORD = TYPED.filter(lambda one: one.strip())


def read(text: str) -> object:
    return plain(parse_yaml(text.removeprefix("\ufeff").replace("\r\n", "\n"), shown=Path()))


@pytest.mark.parametrize(
    ("section", "word", "value", "old", "new"),
    [
        (
            *("explain", "budget", {"means": "A budget is money.", "symbol": ""}),
            *("  # O\n", "  # O\n"),
        ),
        (
            *("explain", "outcome", {"means": "What changes.", "symbol": "target"}),
            '  "outcome":\n    means: >\n      An outcome is\n      what changes.\n',
            "  outcome:\n    means: What changes.\n    symbol: target\n",
        ),
        ("explain", "outcome", None, WORDS.split("  # O\n")[1].split("say:")[0], ""),
        ("say", "EHCP", "ee aitch", "EHCP: E H C P", "EHCP: ee aitch"),
        ("say", "physio", "fizz: io", "E H C P\n", 'E H C P\n  physio: "fizz: io"\n'),
        ("say", "EHCP", None, "  EHCP: E H C P\n", ""),
    ],
)
def test_a_word_is_changed_where_it_stands(
    section: str, word: str, value: str | dict[str, str] | None, old: str, new: str
) -> None:
    assert old in WORDS
    changed = with_entry(WORDS, section, word, value)
    if word == "budget":
        assert changed.replace("  budget:\n    means: A budget is money.\n", "") == WORDS
        assert changed.index("advocate") < changed.index("budget") < changed.index("outcome")
    else:
        assert changed == WORDS.replace(old, new)
    assert with_entry(WORDS.replace("\n", "\r\n"), section, word, value) == changed.replace(
        "\n", "\r\n"
    )


def test_a_file_that_is_not_there_yet_gets_its_first_word() -> None:
    made = with_entry("", "explain", "bus", {"means": "A bus drives.", "symbol": "bus"})
    assert made == "explain:\n  bus:\n    means: A bus drives.\n    symbol: bus\n"
    assert with_entry(made, "say", "bus", "buzz") == f"{made}say:\n  bus: buzz\n"


@pytest.mark.parametrize(
    "text",
    [
        "explain: {a: {means: A is a letter.}}\n",
        "explain:\n    a:\n        means: A is a letter.\n",
        "- a\n",
    ],
)
def test_a_file_that_is_written_in_another_way_is_left_alone(text: str) -> None:
    with pytest.raises(PageNotSaved, match=r"words\.yaml"):
        with_entry(text, "explain", "b", {"means": "B is a letter."})


@settings(max_examples=examples(30), deadline=None)
@given(word=WORD, means=WORD, said=TYPED)
def test_any_words_are_read_back_as_they_were_typed(word: str, means: str, said: str) -> None:
    word = " ".join(word.split())
    before = read(WORDS)
    assert isinstance(before, dict)
    explained = with_entry(WORDS, "explain", word, {"means": means, "symbol": ""})
    after = read(explained)
    assert isinstance(after, dict)
    assert after["explain"] == {**before["explain"], word: {"means": " ".join(means.split())}}
    spoken = with_entry(explained, "say", word, said or None)
    assert spoken.startswith("# Hard words")
    if word not in before["explain"]:
        assert read(with_entry(explained, "explain", word, None)) == before
