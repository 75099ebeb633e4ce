"""Which pictures of OpenMoji there are, and which are left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.symbols import UnknownSymbol, openmoji, ours
from kiosk.symbols.model import fold
from kiosk.symbols.suggest import table
from tests.symbols.test_symbols import book

NAMES = sorted({one.name for one in openmoji.names().values()})


@pytest.mark.parametrize(
    "name",
    [
        "woman teacher",
        "man health worker",
        "woman running facing right",
        "man in manual wheelchair",
        "family man woman boy",
        "family woman girl",
        "couple with heart man man",
        "men holding hands",
        "woman and man holding hands",
        "pregnant man",
        "woman beard",
    ],
)
def test_a_man_or_a_woman_is_left_out_where_a_person_does_the_same(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(UnknownSymbol):
        book(tmp_path).find(name)


@pytest.mark.parametrize(
    "name",
    [
        "teacher",
        "health worker",
        "people holding hands",
        "pregnant person",
        "person beard",
        "woman",
        "man",
        "girl",
        "old woman",
        "woman with headscarf",
    ],
)
def test_a_person_and_those_who_have_no_other_picture_are_there(tmp_path: Path, name: str) -> None:
    assert book(tmp_path).find(name).name == name


@pytest.mark.parametrize(
    "name",
    ["love-you gesture", "OK hand", "middle finger", "sign of the horns", "victory hand", "punch"],
)
def test_hand_signs_are_left_out(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownSymbol):
        book(tmp_path).find(name)


def test_nothing_left_out_slips_through_the_whole_list() -> None:
    unwanted = re.compile(
        r"\b(?:flag|tone|gesture|fist|horns|google|apple logo|twitter|facebook)\b"
        r"|^(?:wo)?m[ae]n (?:in|with(?! headscarf)|health|office|run|walk|and|hold)"
        r"|^(?:family|kiss|couple with heart) (?:wo)?man"
    )
    found = {one for one in map(fold, NAMES) if unwanted.search(one)}
    assert found == {"flag in hole", "smiling face with horns", "angry face with horns"}
    assert 1450 < len(NAMES) < 1600


def test_the_pictures_beside_those_of_unicode_are_there_with_words(tmp_path: Path) -> None:
    symbols = book(tmp_path)
    helper = symbols.find("help others")
    assert helper.words == "A person pushes another in a wheelchair"
    assert helper.svg.startswith(b"<svg")
    assert symbols.find("shield with tick").words == "A shield with a tick"


def test_every_picture_of_the_tables_is_there(tmp_path: Path) -> None:
    symbols = book(tmp_path)
    for words, pictures in table().items():
        assert words
        for name in pictures:
            assert symbols.find(name).svg, (words, name)
    fit = openmoji.key_words()
    assert len(fit) > 1150
    assert {"bear", "ambulance", "people in a circle"} <= fit.keys()
    for name in ours.KEY_WORDS:
        assert symbols.find(name).credit == ours.CREDIT


def test_the_red_cross_is_not_offered(tmp_path: Path) -> None:
    """It is a protected emblem; the name gives a hospital of ours, with an H."""
    assert "hospital" not in openmoji.names()
    hospital = book(tmp_path).find("hospital")
    assert hospital.credit == ours.CREDIT
    assert b"#EA5A47" not in hospital.svg.upper()


@pytest.mark.parametrize("name", ["dagger", "beer mug", "name badge", "skull", "aries", "bomb"])
def test_a_picture_that_could_mislead_is_found_by_name_but_never_suggested(name: str) -> None:
    assert name in openmoji.names()
    assert name not in openmoji.key_words()
