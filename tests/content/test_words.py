"""words.yaml: hard words, how to say words, and wording that is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.content.words import Words, find_hard_word, read_words
from kiosk.symbols import SymbolBook
from tests.tools.sites import tiny_site

SHOWN = Path("content/en/words.yaml")
GOOD = """\
explain:
  Co-production: {means: We plan together., symbol: handshake}
  EHCP: {means: A plan.}
say:
  EHCP: E H C P
official:
  - I want to be healthy, physically and mentally
allow: [Luton]
"""
FORMS = ("Outcome", "priority", "short break", "SEND", "EHC plan")


@pytest.fixture(scope="module")
def symbols(tmp_path_factory: pytest.TempPathFactory) -> SymbolBook:
    return SymbolBook(load_site(tiny_site(tmp_path_factory.mktemp("words"))))


def read(text: str, symbols: SymbolBook, before: Words | None = None) -> tuple[Words, list[str]]:
    words, wrong = read_words(text, shown=SHOWN, symbols=symbols, before=before or Words())
    return words, [str(one).removeprefix("content/en/words.yaml:") for one in wrong]


def test_a_hard_word_has_its_meaning_and_its_picture(symbols: SymbolBook) -> None:
    words, wrong = read(GOOD, symbols)
    assert not wrong
    hard = words.hard_words["co-production"]
    assert (hard.word, hard.means) == ("Co-production", "We plan together.")
    assert hard.symbol is not None
    assert hard.symbol.name == "handshake"
    assert words.hard_words["ehcp"].symbol is None
    assert words.say == {"EHCP": "E H C P"}
    assert words.allow == ("Luton",)
    assert (hard.place.line, hard.place.column) == (2, 26)
    assert words.official == ("I want to be healthy, physically and mentally",)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "explain:\nsay:\nofficial:\n"])
def test_an_empty_file_is_no_mistake(symbols: SymbolBook, text: str) -> None:
    assert read(text, symbols) == (Words(), [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("expain: {}", '1: I do not know the key "expain". Did you mean "explain"?'),
        ("zzz: {}", '1: I do not know the key "zzz". You can use: explain, say, official, allow.'),
        ("- a", "1: This file needs the keys explain, say, official, allow."),
        ("explain: [a]", '1: "explain" must be lines of "key: value".'),
        ("explain:\n  a: b", '2: "a" must be lines of "key: value", not "b".'),
        ("explain:\n  a: {symbol: sun}", '2: "means" is missing.'),
        ("explain:\n  a:\n    means:", '3: "means" is empty.'),
        (
            "explain:\n  a: {means: b, symbol: qqqqqqq}",
            '2: I do not know the picture "qqqqqqq".',
        ),
        ("say: words", '1: "say" must be lines of "key: value".'),
        ("say:\n  a:", '2: "a" is empty.'),
        ("say:\n  a: [b]", '2: "a" must be words.'),
        ("official: a", '1: "official" must be a list. Begin each line with a hyphen.'),
        ("official:\n  - a\n  - b: c", "3: This must be words. Put the words between quotes."),
        ("say: {a: b, a: c}", '1: "a" is written twice. The first is on line 1. Keep one of them.'),
    ],
)
def test_each_slip_has_its_own_words_and_line(symbols: SymbolBook, text: str, said: str) -> None:
    assert read(text, symbols)[1] == [said]


def test_a_broken_entry_keeps_its_last_good_version(symbols: SymbolBook) -> None:
    before, _ = read(GOOD, symbols)
    now, wrong = read(
        GOOD.replace("means: A plan.", "mens: A plan.").replace("E H C P", ""), symbols, before
    )
    assert len(wrong) == 3
    assert now == before


def test_a_broken_file_keeps_all_of_its_entries(symbols: SymbolBook) -> None:
    before, _ = read(GOOD, symbols)
    assert read("explain: [", symbols, before)[0] == before


def test_an_entry_that_is_taken_away_is_gone(symbols: SymbolBook) -> None:
    before, _ = read(GOOD, symbols)
    assert read("say: {SEND: send}", symbols, before)[0] == Words({}, {"SEND": "send"}, ())


@pytest.mark.parametrize(
    ("bold", "key"),
    [
        ("Outcome", "outcome"),
        ("outcomes", "outcome"),
        ("outcome's", "outcome"),
        ("outcome\u2019s", "outcome"),
        ("priorities", "priority"),
        ("short breaks,", "short break"),
        ("short  break", "short break"),
        ("SEND", "send"),
        ("SEND's", "send"),
        ("EHC plans", "ehc plan"),
        ("send", None),
        ("sends", None),
        ("come", None),
        ("s", None),
        ("", None),
    ],
)
def test_a_word_in_another_form_finds_its_meaning(
    symbols: SymbolBook, bold: str, key: str | None
) -> None:
    text = "".join(f"  {one}: {{means: A.}}\n" for one in FORMS)
    words, wrong = read(f"explain:\n{text}", symbols)
    assert not wrong
    assert find_hard_word(bold, words.hard_words, "en") == key
