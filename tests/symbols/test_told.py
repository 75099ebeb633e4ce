"""What pictures made of parts show, in words and in each language."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.located import load_yaml
from kiosk.symbols import ours
from kiosk.symbols.people import WHO
from tests.symbols.composed import compose, word_book

DATA = Path(ours.__file__).parent / "data" / "composing"
LANGUAGES = ("en", "pl", "ro", "ur")
ADULT = "{says: [leo worried, crying face, priya ear]}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{says: [zara, house, priya]}", "A girl says to a staff member: a house"),
        (ADULT, "A boy says to a staff member: a crying face"),
        ("{thinks: [mum, house]}", "A woman thinks of a house"),
        ("{says: [{beside: [mum, zara]}, house]}", "A woman and a girl say: a house"),
        ("{in: [home, mum glad, zara]}", "In a house: a happy woman and a girl"),
        ("{in: [table, mum, dad, zara, memo]}", "3 people at a table with paper and a pencil"),
        ("{in: [around, amir, doctor, priya, mum]}", "3 people around a teenager"),
        ("{with: [clipboard, zara]}", "A clipboard with a girl"),
        ("{then: [zara sad, zara glad]}", "A sad girl, then a happy girl"),
        ("{not: locked}", "Crossed out: a lock"),
        ('{date: "3 - 7 | December 2018"}', "A calendar: 3 \u2013 7 December 2018"),
        ("{date: 12 | months}", "A calendar: 12 months"),
        ("{beside: [zara, gran full wheelchair]}", "A girl and a grandmother in a wheelchair"),
        ("{beside: [leader, rules 8, leader2]}", "2 people and a list from 1 to 8"),
        ("{beside: [bus, open book]}", "A bus and an open book"),
    ],
)  # fmt: skip
def test_the_words_say_what_is_seen(text: str, words: str) -> None:
    assert compose(text).words == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pl", "Zmartwiony chłopiec mówi: płacząca twarz. Słucha osoba z personelu"),
        ("ro", "Un băiat spune: o față care plânge"),
        ("ur", "ایک لڑکے کی بات: روتا ہوا چہرہ"),
    ],
)
def test_the_words_are_those_of_the_language(language: str, words: str) -> None:
    assert compose(ADULT, language).words.startswith(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_for_all_people_moods_and_places(language: str) -> None:
    english, own = (_templates(one) for one in ("en", language))
    assert own["people"].keys() == WHO
    for key in ("moods", "in"):
        assert own[key].keys() == english[key].keys()
    assert english.keys() <= own.keys()


def _templates(language: str) -> dict[str, dict[str, object]]:
    read: dict[str, dict[str, object]] = load_yaml((DATA / f"{language}.yaml").read_text())
    return read


def test_nobody_is_called_by_name() -> None:
    for language in LANGUAGES:
        assert "zara" not in compose("{beside: [zara, priya]}", language).words.casefold()


def test_a_part_without_words_in_a_language_leaves_the_english_ones() -> None:
    assert compose("{beside: [zara, rainbow]}", "ur").words == "A girl and a rainbow"


def test_the_words_of_the_site_stand_above_ours(tmp_path: Path) -> None:
    toml = '[site]\ntitle = "A place"\nlanguages = ["en", "pl"]\n'
    text = "joy: {symbol: rainbow, words: A bow of colours}\nus: {beside: [zara, joy]}\n"
    polish = {"kiosk.toml": toml, "content/pl/symbols.yaml": "joy: Tęcza\n"}
    symbols = word_book(tmp_path, text, **polish)
    assert symbols.find("us").words == "A girl and a bow of colours"
    assert symbols.in_language("pl").find("us").words == "Dziewczynka i tęcza"


def test_a_picture_is_drawn_anew_for_a_language_only_where_it_differs(tmp_path: Path) -> None:
    toml = '[site]\ntitle = "A place"\nlanguages = ["en", "ur"]\n'
    text = "us: {beside: [zara, mum]}\nday: {date: 7 | May 2018}\n"
    text += "day2: {date: 7 | May, words: A day}\n"
    symbols = word_book(tmp_path, text, **{"kiosk.toml": toml})
    urdu = symbols.in_language("ur")
    assert urdu.find("us").sha256 == symbols.find("us").sha256
    assert urdu.find("day").sha256 != symbols.find("day").sha256
    assert urdu.find("day").words == "کیلنڈر: 7 مئی 2018"
    assert symbols.find("day2").words == "A day"
    assert urdu.find("day2").words == "کیلنڈر: 7 مئی"
    assert urdu.find("day").name == "day"
