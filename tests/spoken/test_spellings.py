"""Numbers, signs and short forms are said as people say them, in each language."""

# ruff: noqa: RUF001 - dashes and signs are what is tested
from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.speech.engine import Voice
from kiosk.speech.pronounce import spoken_text
from kiosk.speech.timing import visible_words, word_times
from kiosk.spoken import SIGNS, TABLES, changes, hard_signs, plain
from tests.speech.silent_engine import SilentEngine

SPELLINGS = Path(__file__).parent / "spellings"


def spellings(language: str) -> list[tuple[str, str]]:
    """Return what is written in a language, and what is said for it."""
    lines = (SPELLINGS / f"{language}.txt").read_text("utf-8").splitlines()
    pairs = [line.split(" => ") for line in lines if not line.startswith("# ")]
    return [(written, said) for written, said in pairs]


def said(text: str, language: str) -> str:
    """Return what the voice is given; of a picture that is passed over a space may be left."""
    return " ".join(spoken_text(text, language, {}).text.split())


@pytest.mark.parametrize("language", TABLES)
def test_200_spellings_are_said_as_people_say_them(language: str) -> None:
    known = spellings(language)
    assert len(known) >= 200
    wrong = [
        (written, wanted, said(written, language))
        for written, wanted in known
        if said(written, language) != wanted
    ]
    assert not wrong


@pytest.mark.parametrize("language", TABLES)
def test_each_rule_does_as_its_examples_say(language: str) -> None:
    for rule in TABLES[language].rules:
        for written, wanted in rule.examples.items():
            assert said(written, language) == wanted, rule.name


@pytest.mark.parametrize("language", TABLES)
def test_each_written_word_is_lit_once_and_in_order(language: str) -> None:
    for written, _ in spellings(language):
        check_times(written, language)


ALPHABET = "0123456789" * 2 + " .,:-–/+£€%&()'½٣😀✓\u00ad\u200d apmASE→#zł°"
TEXTS = st.text(st.sampled_from(ALPHABET), max_size=40) | st.text(max_size=40)


@given(text=TEXTS, language=st.sampled_from([*TABLES, "bn"]))
def test_any_text_is_said_and_each_of_its_words_is_lit_once(text: str, language: str) -> None:
    assert len(plain(text)) == len(text)
    parts = changes(plain(text), language)
    assert all(0 <= start < end <= len(text) for start, end, _ in parts)
    assert all(one[1] <= other[0] for one, other in pairwise(parts))
    check_times(text, language)


def check_times(text: str, language: str) -> None:
    spoken = spoken_text(text, language, {})
    clip = SilentEngine().render(spoken.text, Voice(language, "", 130))
    events = [spoken.back(word) for word in clip.words]
    words = word_times(text, events, clip.seconds)
    assert [(word.start, word.end) for word in words] == visible_words(text)
    assert all(one.ends_at <= other.starts_at + 0.001 for one, other in pairwise(words))


@pytest.mark.parametrize(
    ("written", "lit"),
    [
        ("Mum & Dad", {"and": None}),
        ("+44 (0)1234 567890", {"4": "+44", "1": "(0)1234", "9": "567890"}),
        ("Tue 3 Mar", {"Tuesday": "Tue", "3": "3", "March": "Mar"}),
        ("£1.50 a day", {"pound": "£1.50", "50": "£1.50", "day": "day"}),
        ("✓ Yes", {"tick": None, "Yes": "Yes"}),
    ],
)
def test_a_word_is_lit_while_it_is_said_and_none_for_a_sign(
    written: str, lit: dict[str, str | None]
) -> None:
    spoken = spoken_text(written, "en", {})
    clip = SilentEngine().render(spoken.text, Voice("en", "", 130))
    times = word_times(written, [spoken.back(word) for word in clip.words], clip.seconds)
    for word, wanted in lit.items():
        at = next(one for one in clip.words if spoken.text[one.start : one.end].strip(",") == word)
        middle = (at.starts_at + at.ends_at) / 2
        shown = [
            written[one.start : one.end] for one in times if one.starts_at <= middle < one.ends_at
        ]
        assert shown == ([wanted] if wanted else []), word


@pytest.mark.parametrize("written", ["co\u00adoperate", "Ring\u200b us", "\u200f9:30\u200f"])
def test_what_nobody_sees_does_not_break_a_word(written: str) -> None:
    wanted = {"co\u00adoperate": "cooperate", "Ring\u200b us": "Ring us"}
    assert said(written, "en") == wanted.get(written, "9 30")


@pytest.mark.parametrize(
    "written",
    ["Ask senco@luton.gov.uk.", "See www.luton.gov.uk/send-1-2.", "See https://a.uk/?a=1&b=2/3"],
)
@pytest.mark.parametrize("language", TABLES)
def test_addresses_are_said_as_they_are_written(written: str, language: str) -> None:
    assert spoken_text(written, language, {}).text == written


def test_a_language_without_a_table_is_said_as_it_is_written_in_plain_digits() -> None:
    assert said("০-২৫ & 1/2", "bn") == "0-25 & 1/2"


def test_the_checker_names_each_sign_that_the_voice_names_or_passes_over() -> None:
    assert set("%&/+=#@<>~^|\\*_§©®™°✓×") <= SIGNS
    assert not set("£$€.,:;!?'\"()-") & SIGNS
    assert {sign for sign in SIGNS if said(f"so {sign} so", "en") == f"so {sign} so"} <= set("²³")


@pytest.mark.parametrize(
    "sign", ["%", "&", "{", "\u2665", "\u2192", "\u221e", "\U0001f600", "\u00b0C"]
)
@pytest.mark.parametrize("language", TABLES)
def test_a_sign_that_is_not_said_in_plain_words_is_told(sign: str, language: str) -> None:
    text = f"It is 3 {sign} here."
    assert [text[start:end] for start, end in hard_signs(text, language)] == [sign[0]]


@pytest.mark.parametrize(
    "text",
    [
        "It is \u00a31.50.",
        "3\u00bd hours",
        "Mum's \u201cplan\u201d",
        "9:30\u201310",
        "\u0641\u0648\u0631\u0627\u064b",
        "a\u00adb",
        "\u00abda\u00bb",
    ],
)
def test_what_is_said_in_plain_words_is_no_hard_sign(text: str) -> None:
    assert not list(hard_signs(text, "en"))


@pytest.mark.parametrize(
    ("written", "language", "given"),
    [
        ("3 gru 2026", "pl", "trzeciego grudnia dwa tysiące dwudziestego szóstego"),
        ("3–7 grudnia", "pl", "trzeciego do siódmego grudnia"),
        ("w 2026 r. tu", "pl", "w dwa tysiące dwudziestym szóstym roku tu"),
        ("z 1998 r. tu", "pl", "z tysiąc dziewięćset dziewięćdziesiątego ósmego roku tu"),
        ("o 9:30", "pl", "o dziewiątej 30"),
        ("od 3.15 do 4.45", "pl", "od trzeciej 15 do czwartej 45"),
        ("2 min, 1 h", "pl", "dwie minuty, jedna godzina"),
        ("w 2000 miejsc", "pl", "w 2000 miejsc"),
        ("1,50 lei, £2", "ro", "un leu 50 de bani, două lire"),
        ("3 March", "en", "3 March"),
    ],
)
def test_a_voice_is_given_digits_in_the_form_that_fits(
    written: str, language: str, given: str
) -> None:
    assert said(written, language) == given
