"""Receipts, and which answers go."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.feedback.answer.receipt import read_code, read_pictures, receipt_of, receipt_pictures
from kiosk.feedback.answer.ulid import ALPHABET, parse
from kiosk.feedback.store.deletion import find_by_receipt, months_before, too_old, was_deleted
from kiosk.feedback.store.store import AnswerStore
from kiosk.located import Mistake
from tests.feedback.kept import NOON, keep, new_id, write
from tests.tools.ulids import UlidMaker

LONDON = ZoneInfo("Europe/London")
TODAY = NOON.date()


def test_a_receipt_is_the_end_of_the_id_and_two_pictures() -> None:
    receipt = receipt_of(parse("01KAT5Q00000000000096M7K4M"[:-8] + "9Z7K4M2Q"))
    assert receipt.code == "7K4 M2Q"
    assert [one.word for one in receipt.pictures] == ["cat", "umbrella"]
    assert str(receipt) == "7K4 M2Q, cat and umbrella"


def test_each_character_of_an_id_has_a_picture_of_its_own() -> None:
    pictures = receipt_pictures()
    assert list(pictures) == list(ALPHABET)
    assert len({one.word for one in pictures.values()}) == 32
    assert len({one.symbol.sha256 for one in pictures.values()}) == 32
    assert all(one.word.isalpha() for one in pictures.values())


@pytest.mark.parametrize("language", ["pl", "ro", "ur"])
def test_no_two_pictures_of_a_language_have_the_same_word(language: str) -> None:
    words = [one.word for one in receipt_pictures(language).values()]
    assert len(set(words)) == 32
    assert set(words).isdisjoint({"apple", "umbrella"})


@given(
    bits=st.integers(0, (1 << 80) - 1),
    language=st.sampled_from(("en", "pl", "ro", "ur")),
    between=st.sampled_from((" and ", ", ", " i ", " și ", "، ", " اور ")),
)
def test_what_a_person_was_told_finds_the_characters_again(
    bits: int, language: str, between: str
) -> None:
    ulid = UlidMaker(lambda: 1_700_000_000_000, lambda _: bits)()
    receipt = receipt_of(ulid, language)
    pair = between.join(one.word for one in receipt.pictures)
    assert ulid.text.endswith(read_pictures(pair) + read_code(receipt.code.lower()))


@pytest.mark.parametrize("text", ["7k4-m2q", " 7K4 M2Q ", "7K4M2Q"])
def test_a_code_is_read_as_people_write_it(text: str) -> None:
    assert read_code(text) == "7K4M2Q"
    assert read_code("oil 000") == "011000"


@pytest.mark.parametrize("text", ["", "7K4", "7K4 M2U", "7K4 M2Q 9", "../../x"])
def test_what_is_no_code_is_said(text: str) -> None:
    with pytest.raises(Mistake) as mistake:
        read_code(text)
    assert "is not a code" in mistake.value.problem


def test_what_is_no_picture_is_said() -> None:
    with pytest.raises(Mistake) as mistake:
        read_pictures("cat, umbrela")
    assert mistake.value.hint == 'Did you mean "umbrella"?'
    with pytest.raises(Mistake, match="two pictures"):
        read_pictures("cat")


def test_a_receipt_finds_its_answer_and_no_other(tmp_path: Path) -> None:
    names = [keep(tmp_path, at=NOON - timedelta(days=n)) for n in range(20)]
    broken = new_id()
    write(tmp_path, broken, "title: [")
    for name in (*names, broken):
        ulid = parse(name)
        assert find_by_receipt(tmp_path, receipt_of(ulid).code) == [ulid]
        assert find_by_receipt(tmp_path, name) == [ulid]
    assert find_by_receipt(tmp_path, "000 000") == []
    assert find_by_receipt(tmp_path / "nowhere", "000 000") == []


def twins(folder: Path) -> list[str]:
    """Keep two answers whose ids end alike, of two days and with other pictures."""
    first, second = new_id(), new_id(NOON - timedelta(days=3))
    found = [first[:18] + "CZ7K4M2Q", second[:18] + "9Z7K4M2Q"]
    for name in found:
        write(folder, name, "format: 1\n")
    return found


def test_pictures_and_day_tell_two_answers_with_one_code_apart(tmp_path: Path) -> None:
    dog, cat = map(parse, twins(tmp_path))
    assert find_by_receipt(tmp_path, "7K4 M2Q") == [cat, dog]
    assert find_by_receipt(tmp_path, "7K4 M2Q", pictures="dog, umbrella") == [dog]
    assert find_by_receipt(tmp_path, "7K4 M2Q", pictures="cat umbrella") == [cat]
    assert find_by_receipt(tmp_path, "7K4 M2Q", day=TODAY) == [dog]
    assert find_by_receipt(tmp_path, "7K4 M2Q", pictures="cow, bus") == []


def test_a_deleted_answer_is_known_by_its_receipt_and_not_found(tmp_path: Path) -> None:
    name = keep(tmp_path)
    code = receipt_of(parse(name)).code
    assert not was_deleted(tmp_path, code)
    AnswerStore(tmp_path).delete(parse(name))
    assert was_deleted(tmp_path, code)
    assert find_by_receipt(tmp_path, code) == []


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 24), 12, date(2025, 11, 24)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2028, 3, 31), 1, date(2028, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 1, 15), 13, date(2024, 12, 15)),
    ],
)
def test_months_go_back_by_the_calendar(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


def old(folder: Path, months: int = 12) -> list[str]:
    found = too_old(folder, today=TODAY, keep_months=months, zone=LONDON)
    return [str(one) for one in found]


def test_an_answer_is_too_old_by_the_day_on_which_it_was_received(tmp_path: Path) -> None:
    year_ago = NOON.replace(year=2025)
    last = keep(tmp_path, at=year_ago - timedelta(days=1))
    keep(tmp_path, at=year_ago)
    keep(tmp_path)
    assert old(tmp_path) == [last]
    # A screen with a wrong clock: its answer came in today, and one of the future long ago.
    keep(tmp_path, at=NOON.replace(year=2001), received=NOON.isoformat())
    future = keep(tmp_path, at=NOON.replace(year=2090), received="2024-01-01T00:00:00+00:00")
    assert old(tmp_path) == [last, future]
    broken = new_id(NOON.replace(year=2024))
    write(tmp_path, broken, "title: [")
    assert old(tmp_path) == [broken, last, future]
    assert len(old(tmp_path, months=1)) == 4


@settings(deadline=None)
@given(days=st.lists(st.integers(0, 1000), max_size=5), months=st.integers(1, 30))
def test_what_is_purged_is_older_than_what_stays(
    tmp_path_factory: pytest.TempPathFactory, days: list[int], months: int
) -> None:
    folder = tmp_path_factory.mktemp("kept")
    names = {keep(folder, at=NOON - timedelta(days=n)): n for n in days}
    found = set(old(folder, months))
    first = months_before(TODAY, months)
    assert found == {
        name for name, n in names.items() if datetime.date(NOON - timedelta(days=n)) < first
    }
