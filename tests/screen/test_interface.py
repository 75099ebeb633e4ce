"""The words of the screen in each language: all of them, with the same gaps, in its own letters."""

from __future__ import annotations

import re
import unicodedata
from importlib.resources import files
from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.located import parse_yaml
from tests.screen.colours import COLOURS, EXTRA

ROOT = Path(__file__).parents[2]
FOLDER = files("kiosk.screen") / "interface"
OTHERS = sorted(one.name.removesuffix(".yaml") for one in FOLDER.iterdir() if one.name != "en.yaml")
# A button is as wide as its longest word.
LONGEST_NAME = 22
BUTTONS = 22  # the first so many entries are names of buttons


def words(code: str) -> dict[str, str]:
    text = (FOLDER / f"{code}.yaml").read_text(encoding="utf-8")
    node = parse_yaml(text, shown=Path(f"{code}.yaml"))
    assert isinstance(node.value, dict)
    found = {key: one.value for key, one in node.value.items()}
    assert all(isinstance(one, str) and one for one in found.values())
    return {key: str(one) for key, one in found.items()}


def gaps(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}", text))


def test_each_language_of_this_site_has_words_for_the_screen() -> None:
    languages = load_site(ROOT).settings.site.languages
    assert set(languages) <= {"en", *OTHERS}


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_has_the_same_keys_with_the_same_gaps_in_the_same_order(code: str) -> None:
    english, other = words("en"), words(code)
    assert list(other) == list(english)
    assert {key: gaps(one) for key, one in other.items()} == {
        key: gaps(one) for key, one in english.items()
    }


def test_every_set_of_colours_is_told_of_and_has_colours() -> None:
    assert [f"colours_{one}" for one in COLOURS] == [
        one for one in words("en") if one.startswith("colours_")
    ]
    assert sorted(COLOURS[1:]) == sorted(EXTRA)


@pytest.mark.parametrize("code", OTHERS)
def test_nothing_is_left_in_english(code: str) -> None:
    english, other = words("en"), words(code)
    same = {key for key, one in other.items() if one == english[key]}
    assert same <= {"stop", "pause"}


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_a_sentence_in_english_is_one_in_each_language(code: str) -> None:
    ends = (".", "?", "!", "۔", "؟")  # noqa: RUF001
    english, other = words("en"), words(code)
    for key in english.keys() - {"letters"}:
        assert other[key].endswith(ends) == english[key].endswith(ends), key
        assert other[key].endswith(":") == english[key].endswith(":"), key


@pytest.mark.parametrize("code", ["en", *OTHERS])
def test_no_two_buttons_of_a_language_have_the_same_name(code: str) -> None:
    names = list(words(code).values())[:BUTTONS]
    assert len(set(names)) == BUTTONS
    assert [one for one in names if len(one) > LONGEST_NAME] == []


@pytest.mark.parametrize("code", ["en", *OTHERS])
def test_the_keyboard_has_each_letter_of_the_language_once(code: str) -> None:
    here = words(code)
    letters = here["letters"]
    assert len(set(letters)) == len(letters)
    used = {
        letter
        for text in here.values()
        for letter in re.sub(r"\{\w+\}", "", text).casefold()
        if unicodedata.category(letter).startswith("L")
    }
    assert used - set(letters) == set()


def test_romanian_has_commas_below_its_letters_and_urdu_its_own_marks() -> None:
    romanian = "".join(words("ro").values())
    assert not set("\u015f\u0163\u015e\u0162") & set(romanian)
    assert {"\u0219", "\u021b"} <= set(romanian)
    urdu = "".join(one for key, one in words("ur").items())
    assert not set(",;?\u0643\u064a") & set(urdu)  # also the Arabic forms of two letters


def test_the_kiosk_speaks_neither_as_a_man_nor_as_a_woman() -> None:
    gendered = {
        "pl": r"\b\w+[łl][ae]m\b",  # I did
        "ur": r"(?:[تہ][اےی]|رہ[اےی]) ہوں|وں گ[اےی]",  # I do, I am doing, I shall
    }
    for code, forms in gendered.items():
        assert [one for one in words(code).values() if re.search(forms, one)] == []
