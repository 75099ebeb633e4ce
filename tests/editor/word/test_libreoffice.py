"""What LibreOffice writes today: its Word files, and the HTML that it puts on the clipboard."""

from __future__ import annotations

import shutil

import pytest

from kiosk.editor.importing import import_file
from tests.editor.conftest import Desk
from tests.editor.word.files import sentence
from tests.editor.word.make_libreoffice import document, headings, leaflet, letter, make
from tests.editor.word.test_words import nothing_is_lost
from tests.tools.system import install

pytestmark = pytest.mark.drill


@pytest.fixture(autouse=True, scope="module")
def writer() -> None:
    """Bring LibreOffice Writer, where somebody with root runs the tests."""
    if shutil.which("soffice") is None:
        install("libreoffice-writer-nogui", {"dnf": "libreoffice-writer"})


@pytest.mark.parametrize("written", [document, leaflet, letter, headings])
def test_every_word_of_its_word_file_is_on_the_page_or_told(written: object, desk: Desk) -> None:
    assert callable(written)
    file = make(written(), "docx", desk.folder)
    nothing_is_lost(desk, desk.bring(file), file)


def test_each_box_of_a_leaflet_stays_with_its_picture_and_no_picture_is_told(desk: Desk) -> None:
    file = make(leaflet(), "docx", desk.folder)
    made = desk.bring(file)
    page = desk.page(made)
    assert [one.text for idea in page.ideas for one in idea.sentences] == [
        sentence(one) for one in range(1, 5)
    ]
    assert [f"number-{one}" in idea.name for one, idea in enumerate(page.ideas, 1)] == [True] * 4
    assert not made.left_out


def test_bullets_fields_and_crossed_out_words_are_what_they_are(desk: Desk) -> None:
    made = desk.bring(make(letter(), "docx", desk.folder))
    ideas = desk.page(made).ideas
    assert [[one.text for one in idea.items] for idea in ideas if idea.items] == [
        ["your coat", "your card", "a drink"],
        ["a pen", "paper", "1. Come in.", "2. Sit down."],
    ]
    assert "You can come on Monday." in [idea.sentences[0].text for idea in ideas]
    told = " ".join(map(str, made.left_out))
    for what in ('crossed out: "not"', "whole line", "a date", "a page number", "our pages"):
        assert what in told


def test_its_clipboard_keeps_pairs_and_tells_what_it_fills_in(desk: Desk) -> None:
    file = make(document(), "html", desk.folder)
    page = desk.page(import_file(desk.site, file, pasted=True, part="about"))
    said = [idea.sentences[0].text for idea in page.ideas if idea.name.startswith("picture-")]
    assert said[:20] == [sentence(one) for one in range(1, 21)]
    assert "The end has a note." in said + [one.text for one in page.ideas[-1].sentences]
    file = make(letter(), "html", desk.folder, "letter")
    told = import_file(desk.site, file, pasted=True, part="about").left_out
    assert "a date that LibreOffice fills in" in " ".join(map(str, told))


def test_the_pairs_of_its_pdf_stay_together(desk: Desk) -> None:
    page = desk.page(desk.bring(make(document(), "pdf", desk.folder)))
    pairs = [idea.sentences[0].text for idea in page.ideas if idea.name.startswith("picture-")]
    apart = [*range(1, 11), *range(16, 21)]  # the others lie on each other where they float
    assert {sentence(one) for one in apart} <= set(pairs)
    page = desk.page(desk.bring(make(leaflet(), "pdf", desk.folder, "leaflet")))
    assert [idea.sentences[0].text for idea in page.ideas] == [sentence(n) for n in range(1, 5)]
    assert all(idea.name.startswith("picture-") for idea in page.ideas)
