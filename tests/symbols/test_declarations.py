"""What a picture is made of, as a person writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.errors import ContentError
from kiosk.symbols.composing.declaration import FORMS, Date, Leaf, Made, Several, read_text, write
from tests.symbols.composed import problems, put, safe, word_book


def test_every_form_that_a_message_shows_can_be_written() -> None:
    for operator, form in FORMS.items():
        assert write(read_text(form)).startswith(f"{{{operator}: ")


def test_a_declaration_is_read_as_it_is_written() -> None:
    read = read_text("{says: [leo worried, [crying face, red heart], priya ear]}")
    several = Several((Leaf("crying face"), Leaf("red heart")))
    assert read == Made("says", (Leaf("leo worried"), several, Leaf("priya ear")))
    assert read_text(write(read)) == read
    assert read_text("{date: 3-7|December 2018}") == Date("3 \u2013 7", "December 2018")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{sais: [zara, red heart]}", 'I do not know "sais". Did you mean "says"?'),
        ("{colour: [zara]}", 'I do not know "colour". You can use: beside, in, says'),
        ("{table: [mum, dad]}", "It is a place: write it as {in: [table, ...]}."),
        ("{in: [homme, zara]}", 'I do not know the place "homme". Did you mean "home"?'),
        ("{in: [moon, zara]}", 'I do not know the place "moon". Places: home, school'),
        ("{in: []}", "A place is missing."),
        ("{in: [home]}", '"home" needs 1 to 4 parts, not 0.'),
        ("{in: [around, zara, mum]}", '"around" needs 3 to 5 parts, not 2.'),
        ("{beside: zara}", '"beside" needs a list of parts. Write it as {beside: [mum, priya]}.'),
        ("{beside: [zara]}", '"beside" needs 2 to 4 parts, not 1.'),
        ("{with: [zara, mum, dad]}", '"with" needs 2 parts, not 3.'),
        ("{says: [zara, []]}", '"says" needs 1 to 3 parts, not 0.'),
        ("{not: [zara, mum]}", "A list of pictures is not a picture yet."),
        ("{beside: [[zara, mum], dad]}", "A list of pictures is not a picture yet."),
        ("{beside: [zara, mum], then: [zara, mum]}", "A picture is made by one of: beside, in,"),
        ("{beside: [zara, ~]}", "The name of a picture is missing here."),
        ("{date: [3, 4]}", "A date needs what is large and what is small, with | between."),
        ("{date: 3 | 4 | 5}", "A date needs what is large and what is small, with | between."),
        ("{date: 3 | Ωmega}", 'I cannot draw the letter "Ω".'),
        (f"{{date: {'1' * 31}}}", "This is too long for a calendar: 30 letters is the most."),
        (
            "{beside: [zara, {beside: [mum, {beside: [dad, leo]}]}]}",
            "A picture is too deep here: 2 inside each other is the most.",
        ),
    ],
)
def test_what_cannot_be_drawn_is_told_with_what_to_try(text: str, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        read_text(text)
    assert said in f"{caught.value.problem} {caught.value.hint}"


def test_no_does_not_count_as_deep() -> None:
    read_text("{with: [{not: {beside: [other, leo]}}, teacher]}")


def test_a_wrong_part_is_told_at_its_own_line(tmp_path: Path) -> None:
    text = "good: heart\nbad:\n  says:\n    - zara\n    - red hart\n    - priya\n"
    symbols = word_book(tmp_path, text)
    assert problems(symbols) == [
        'content/symbols.yaml:5: I do not know the picture "red hart". Did you mean "red heart"'
        ' or "red hair" or "grey heart"?'
    ]
    assert symbols.find("good").name == "red heart"


@pytest.mark.parametrize(
    ("leaf", "said"),
    [
        ("zara sadd", 'Did you mean "zara sad"?'),
        ("zara sad glad", "zara can have one mood and two arms: "),
        ("zara up up up", "zara can have one mood and two arms: "),
        ("zarra", 'Did you mean "zara"'),
    ],
)
def test_a_wrong_person_is_told_what_there_is(tmp_path: Path, leaf: str, said: str) -> None:
    symbols = word_book(tmp_path, f"bad: {{beside: [{leaf}, red heart]}}\n")
    (problem,) = problems(symbols)
    assert problem.startswith(f'content/symbols.yaml:1: I do not know the picture "{leaf}".')
    assert said in problem


def test_a_broken_declaration_keeps_its_last_good_version(tmp_path: Path) -> None:
    symbols = word_book(tmp_path, "us: {beside: [zara, mum]}\n")
    before = symbols.find("us")
    for wrong in (
        "us: {beside: [zarra, mum]}\n",
        "us: {beside: [zara]}\n",
        "us: {besid: [zara]}\n",
    ):
        put(tmp_path, {"content/symbols.yaml": wrong})
        assert symbols.refresh()
        assert symbols.find("us") == before
        assert len(problems(symbols)) == 1
    put(tmp_path, {"content/symbols.yaml": "us: {beside: [zara, dad]}\n"})
    assert symbols.refresh()
    assert symbols.find("us") != before


def test_an_entry_names_another_above_or_below_it(tmp_path: Path) -> None:
    text = "all: {then: [early, late]}\nearly: {beside: [zara, mum]}\nlate: {with: [mum, heart]}\n"
    symbols = word_book(tmp_path, text)
    assert not problems(symbols)
    whole = word_book(tmp_path / "whole", f"all: {{then: [{EARLY}, {LATE}]}}\n")
    assert symbols.find("all").svg == whole.find("all").svg


EARLY, LATE = "{beside: [zara, mum]}", "{with: [mum, heart]}"


def test_what_is_too_deep_only_by_its_names_is_told(tmp_path: Path) -> None:
    text = f"a: {{beside: [b, heart]}}\nb: {{beside: [c, heart]}}\nc: {EARLY}\n"
    (problem,) = problems(word_book(tmp_path, text))
    assert problem.startswith("content/symbols.yaml:1: A picture is too deep here")


def test_an_entry_that_is_made_of_itself_is_told(tmp_path: Path) -> None:
    text = "a1: {beside: [b1, heart]}\nb1: {beside: [a1, heart]}\nc1: {not: c1}\n"
    symbols = word_book(tmp_path, text)
    assert problems(symbols) == [
        'content/symbols.yaml:1: I do not know the picture "b1".',
        'content/symbols.yaml:2: The picture "a1" is made of itself.',
        'content/symbols.yaml:3: The picture "c1" is made of itself.',
    ]
    assert not symbols.ideas


def test_declared_words_stand_above_built_ones(tmp_path: Path) -> None:
    text = "a1: {beside: [zara, heart], words: A girl is loved}\nb1: {beside: [zara, heart]}\n"
    symbols = word_book(tmp_path, text)
    assert symbols.find("a1").words == "A girl is loved"
    assert symbols.find("b1").words == "A girl and a red heart"
    assert symbols.find("a1").svg == symbols.find("b1").svg


def test_a_picture_is_called_by_its_name_in_the_word_book(tmp_path: Path) -> None:
    symbols = word_book(tmp_path, "Tell an adult: {says: [leo, heart, priya]}\n")
    assert symbols.find("tell_an-adult").name == "Tell an adult"
    assert symbols.find("tell an adult").declaration == read_text("{says: [leo, heart, priya]}")


def test_people_and_dates_can_be_named_on_a_page(tmp_path: Path) -> None:
    symbols = word_book(tmp_path, "")
    assert symbols.find("zara glad").words == "A happy girl"
    assert (
        symbols.find("date 3 - 7 | December 2018").words == "A calendar: 3 \u2013 7 December 2018"
    )
    assert symbols.find("{beside: [zara, mum]}").words == "A girl and a woman"


def test_a_site_that_names_somebody_of_its_own_can_show_them(tmp_path: Path) -> None:
    cast = "nan: {who: grandmother, hair: bun, hair_colour: grey}\n"
    site = {"content/cast.yaml": cast}
    symbols = word_book(tmp_path, "us: {beside: [nan glad, zara]}\n", **site)
    assert not problems(symbols)
    assert symbols.find("us").words == "A happy grandmother and a girl"


def test_every_declaration_of_the_shipped_pages_and_hard_words_is_drawn(tmp_path: Path) -> None:
    data = Path(__file__).parent / "data" / "declarations.yaml"
    symbols = word_book(tmp_path, data.read_text(encoding="utf-8"))
    assert not problems(symbols)
    assert len(symbols.ideas) == 217
    sizes = []
    for symbol in symbols.ideas.values():
        assert symbol.words
        if symbol.declaration is not None:
            safe(symbol)
            sizes.append(len(symbol.svg))
    assert max(sizes) < 20_000
    few = [one for one in symbols.ideas.values() if len(one.words.split()) <= 10]
    assert len(few) > 200
