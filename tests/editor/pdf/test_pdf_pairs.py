"""A PDF knows no paragraphs: each picture finds its words again by where they stand."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pytest
from PIL import Image

from kiosk.editor.found.page import NO_PICTURE_WORDS
from kiosk.editor.importing import Imported
from tests.editor.conftest import Desk
from tests.editor.pdf.files import Paper
from tests.editor.word.files import alt, bitmap

EIGHT = range(1, 9)
SAID = {
    1: ("We will ask you what you", "want to do."),
    2: ("You can say no.",),
    3: ("Somebody can come with you.", "It can be a friend."),
    4: ("It takes one hour.",),
    5: ("You can stop when you", "like. You do not have to", "say why."),
    6: ("We write down what you say.",),
    7: ("We keep it safe.",),
    8: ("You can phone us on", "01582 123456."),
}


def sentence_of(number: int) -> str:
    return " ".join(SAID[number])


def picture_left(paper: Paper) -> None:
    paper.text(60, 40, "My visit", 24, kind="H1")
    for number in EIGHT:
        top = 90 + (number - 1) * 92
        paper.picture(60, top, number)
        paper.lines(170, top + 20, *SAID[number])


def picture_right(paper: Paper) -> None:
    for number in EIGHT:
        top = 50 + (number - 1) * 92
        paper.lines(60, top + 20, *SAID[number])
        paper.picture(440, top, number)


def touching(paper: Paper) -> None:
    """Draw the pictures of a table without a gap, as LibreOffice does."""
    for number in EIGHT:
        top = 50 + (number - 1) * 90
        paper.picture(60, top, number, 90)
        paper.lines(170, top + 20, *SAID[number])


def two_columns(paper: Paper) -> None:
    for number in EIGHT:
        column, row = (number - 1) // 4, (number - 1) % 4
        left, top = 40 + 280 * column, 60 + row * 150 + 30 * column
        paper.picture(left, top, number, 70)
        paper.lines(left + 80, top + 10, *SAID[number])


def vector(paper: Paper) -> None:
    for number in EIGHT:
        top = 50 + (number - 1) * 92
        paper.drawing(60, top, number)
        paper.lines(170, top + 20, *SAID[number])


def words_below(paper: Paper) -> None:
    for number in EIGHT:
        column, row = (number - 1) % 2, (number - 1) // 2
        left, top = 60 + 260 * column, 50 + row * 190
        paper.picture(left, top, number)
        paper.lines(left, top + 90, *SAID[number])


def six_pages(paper: Paper) -> None:
    for number in EIGHT:
        page = min(number - 1, 5)
        if number > 1 and page == number - 1:
            paper.new_page()
        if number <= 6:
            paper.text(60, 30, "Luton Council easy read", 10, kind="Artifact")
            paper.picture(480, 20, 99, 40)
            paper.text(280, 800, f"Page {number} of 6", 10, kind="Artifact")
        top = 120 + 120 * (number - 6 if number > 6 else 0)
        paper.picture(60, top, number)
        paper.lines(170, top + 20, *SAID[number])


LAYOUTS: dict[str, Callable[[Paper], None]] = {
    "picture left": picture_left,
    "picture right": picture_right,
    "touching": touching,
    "two columns": two_columns,
    "vector": vector,
    "words below": words_below,
    "six pages": six_pages,
}


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def nothing_is_lost(desk: Desk, made: Imported, file: Path) -> None:
    page = desk.page(made)
    said = [page.title, *map(str, made.left_out)]
    for idea in page.ideas:
        said += [idea.heading or "", *(one.text for one in (*idea.sentences, *idea.items))]
    with pdfplumber.open(file) as pdf:
        there = " ".join(one.extract_text() for one in pdf.pages)
    assert words(there) - words(" ".join(said)) == set()


def colour(png: bytes) -> tuple[int, ...]:
    """Return the colour in the lower right of a picture, which tells its number."""
    with Image.open(io.BytesIO(png)) as picture:
        found = picture.convert("RGB").getpixel((picture.width - 8, picture.height - 8))
    assert isinstance(found, tuple)
    return found


@pytest.mark.parametrize("tagged", [False, True])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_eight_pairs_stay_together_in_order_and_no_word_is_lost(
    desk: Desk, layout: str, tagged: bool
) -> None:
    paper = Paper(tagged)
    LAYOUTS[layout](paper)
    file = paper.save(desk.folder / "visit.pdf")
    made = desk.bring(file)
    page = desk.page(made)
    nothing_is_lost(desk, made, file)
    told = [" ".join(one.text for one in idea.sentences) for idea in page.ideas]
    assert told == [sentence_of(number) for number in EIGHT]
    assert made.pictures == 8
    if tagged:
        assert [idea.words for idea in page.ideas] == [alt(number) for number in EIGHT]
    if layout != "vector":
        folder = desk.site.assets / "pictures"
        for number, idea in zip(EIGHT, page.ideas, strict=True):
            assert idea.symbol is not None
            drawn = colour((folder / f"{idea.symbol.name}.png").read_bytes())
            given = colour(bitmap(number))
            assert all(abs(one - other) < 12 for one, other in zip(drawn, given, strict=True))


def test_headers_footers_and_a_repeated_picture_are_told_once(desk: Desk) -> None:
    paper = Paper()
    six_pages(paper)
    told = list(map(str, desk.bring(paper.save(desk.folder / "visit.pdf")).left_out))
    numbers = ", ".join(f'"Page {number} of 6"' for number in range(1, 7))
    assert told == [
        'the top of the sheets: the words "Luton Council easy read".',
        "the top of the sheets: a picture that stands there again and again.",
        f"the bottom of the sheets: the words {numbers}.",
    ]


def test_a_heading_a_list_and_bold_words_are_kept(desk: Desk) -> None:
    paper = Paper()
    paper.text(60, 40, "All about us", 24)
    paper.text(60, 100, "What we do", 18)
    paper.picture(60, 140, 1)
    paper.lines(
        170, 145, "We can:", "\u2022 listen to you", "\u2022 help you with", "   your money"
    )
    paper.text(60, 300, "Where we are", 18)
    paper.picture(60, 340, 2)
    paper.text(170, 350, "Come to our", 14)
    paper.text(255, 350, "house.", 14, bold=True)
    made = desk.bring(paper.save(desk.folder / "visit.pdf"))
    page = desk.page(made)
    assert page.title == "All about us"
    first, second = page.ideas
    assert (first.heading, second.heading) == ("What we do", "Where we are")
    assert [one.text for one in first.items] == ["listen to you", "help you with your money"]
    assert [mark.kind for mark in second.sentences[0].marks] == ["bold"]


def test_words_that_were_cut_at_the_end_of_a_line_are_whole_again(desk: Desk) -> None:
    paper = Paper()
    paper.lines(60, 60, "This is an easy-", "read page. It has informa-", "tion for you.")
    told = desk.told(paper.save(desk.folder / "visit.pdf"))
    said = ["This is an easy-read page.", "It has information for you."]
    assert told == [(NO_PICTURE_WORDS, said, [])]


def test_a_sentence_that_goes_on_on_the_next_sheet_is_one(desk: Desk) -> None:
    paper = Paper()
    paper.lines(60, 700, "We will ask you what you")
    paper.new_page()
    paper.lines(60, 60, "want to do.")
    told = desk.told(paper.save(desk.folder / "visit.pdf"))
    assert told == [(NO_PICTURE_WORDS, ["We will ask you what you want to do."], [])]


def test_words_that_are_taller_than_their_picture_stay_with_it(desk: Desk) -> None:
    paper = Paper()
    paper.picture(60, 100, 1, 40)
    paper.lines(170, 80, "One is here.", "Two is here.", "Three is here.", "Four is here.")
    [idea] = desk.page(desk.bring(paper.save(desk.folder / "visit.pdf"))).ideas
    assert len(idea.sentences) == 4


def test_pictures_in_rows_are_read_row_by_row(desk: Desk) -> None:
    paper = Paper()
    for number in EIGHT:
        left, top = 40 + 280 * ((number - 1) % 2), 60 + (number - 1) // 2 * 150
        paper.picture(left, top, number, 70)
        paper.lines(left + 80, top + 10, *SAID[number])
    told = desk.told(paper.save(desk.folder / "visit.pdf"))
    assert [" ".join(said) for _, said, _ in told] == [sentence_of(number) for number in EIGHT]


def test_a_frame_round_words_and_a_line_across_are_no_pictures(desk: Desk) -> None:
    paper = Paper()
    paper.draw("Artifact", "", "40 600 500 120 re S 40 560 m 540 560 l S")
    paper.lines(60, 150, "These words stand in a frame.")
    made = desk.bring(paper.save(desk.folder / "visit.pdf"))
    assert (made.ideas, made.pictures, made.left_out) == (1, 0, ())


def test_a_list_without_room_before_its_words_is_one_and_ends(desk: Desk) -> None:
    paper = Paper()
    paper.picture(60, 50, 1, 90)
    paper.lines(170, 50, "You can:", "1.Phone us.", "2.Come in.", "We wait for you.")
    ideas = desk.page(desk.bring(paper.save(desk.folder / "list.pdf"))).ideas
    assert [one.text for one in ideas[0].items][:2] == ["1. Phone us.", "2. Come in."]
    said = [one.text for idea in ideas for one in (*idea.sentences, *idea.items)]
    assert "We wait for you." in said


def test_pictures_that_lie_on_each_other_are_one_and_that_is_told(desk: Desk) -> None:
    paper = Paper()
    paper.picture(60, 50, 1, 90)
    paper.picture(72, 62, 2, 90)
    paper.lines(200, 70, "You can come by bus.")
    made = desk.bring(paper.save(desk.folder / "on-each-other.pdf"))
    assert made.pictures == 1
    (told,) = map(str, made.left_out)
    assert told == (
        'sheet 1 ("You can come by bus."): pictures that lie on each other. They are one picture '
        "now: look whether it fits."
    )


def test_pictures_that_only_meet_at_a_corner_stay_apart_and_nothing_is_told(desk: Desk) -> None:
    paper = Paper()
    paper.picture(60, 50, 1, 90)
    paper.lines(200, 70, "You can come by bus.")
    paper.picture(60, 130, 2, 90)
    paper.lines(200, 150, "You can come by train.")
    made = desk.bring(paper.save(desk.folder / "corners.pdf"))
    assert (made.pictures, made.left_out) == (2, ())
