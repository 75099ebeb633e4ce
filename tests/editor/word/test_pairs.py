"""Each picture stays with its words, in every way that people put them side by side in Word."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
import yaml

from kiosk.editor.found.page import NO_PICTURE_WORDS
from tests.editor.conftest import Desk, Told
from tests.editor.word.files import (
    PAIRS,
    add_picture,
    alt,
    bitmap,
    float_picture,
    insert,
    saved,
    sentence,
    table_of_pairs,
)

LIBREOFFICE = Path(__file__).parent / "fixtures" / "libreoffice.docx"


def pair(number: int) -> Told:
    return alt(number), [sentence(number)], []


def twenty_pairs() -> docx.document.Document:
    """Two columns both ways round, floating pictures, and pictures above their words."""
    document = docx.Document()
    document.add_heading("My visit", 0)
    table_of_pairs(document, range(1, 6))
    document.add_heading("Before", 1)
    table_of_pairs(document, range(6, 11), picture_left=False)
    document.add_heading("There", 1)
    for number in range(11, 16):
        paragraph = document.add_paragraph()
        float_picture(paragraph, number)
        paragraph.add_run(sentence(number))
        document.add_paragraph()
    document.add_heading("After", 1)
    for number in range(16, PAIRS + 1):
        add_picture(document.add_paragraph(), number)
        document.add_paragraph(sentence(number))
    return document


def test_twenty_pairs_of_a_word_file_stay_together_and_in_order(desk: Desk) -> None:
    assert desk.told(twenty_pairs()) == [pair(number) for number in range(1, PAIRS + 1)]


def test_twenty_pairs_of_a_libreoffice_file_stay_together_and_in_order(desk: Desk) -> None:
    told = desk.told(LIBREOFFICE)
    pairs = [(picture, sentences[0]) for picture, sentences, _ in told[:PAIRS]]
    assert pairs == [(alt(number), sentence(number)) for number in range(1, PAIRS + 1)]
    assert told[1][1:] == ([sentence(2), "It has a second paragraph."], [])
    assert told[2][2] == ["by bus", "on foot"]
    assert told[19][2] == ["1. Phone us.", "2. Come in."]
    assert told[PAIRS:] == [
        (alt(20), ["The end has a note.", "The end has a box."], []),
        (NO_PICTURE_WORDS, ["Words in a box"], []),
    ]


def test_the_title_the_headings_and_bold_words_are_kept(desk: Desk) -> None:
    made = desk.bring(LIBREOFFICE)
    page = desk.page(made)
    assert (made.title, page.title, page.status) == (*["Going to the centre"] * 2, "draft")
    assert page.symbol.words == alt(1)
    heads = {at: idea.heading for at, idea in enumerate(page.ideas, 1) if idea.heading}
    assert heads == {7: "What we do", 11: "Who helps you", 16: "What happens then"}
    [mark] = page.ideas[10].sentences[0].marks
    assert sentence(11)[mark.start : mark.end] == "sentence"
    assert [str(one) for one in made.left_out] == [
        'paragraph 22 ("The end has a note."): a footnote: "A note."',
    ]


def test_rows_of_four_cells_are_two_ideas(desk: Desk) -> None:
    for picture_first in (True, False):
        document = docx.Document()
        for start in (1, 3):
            cells = document.add_table(rows=1, cols=4).rows[0].cells
            for at, number in enumerate((start, start + 1)):
                picture, words = cells[2 * at : 2 * at + 2][:: 1 if picture_first else -1]
                add_picture(picture.paragraphs[0], number)
                words.paragraphs[0].text = sentence(number)
        site = Desk(desk.folder / str(picture_first))
        assert site.told(document) == [pair(number) for number in range(1, 5)]


@pytest.mark.parametrize("columns", [1, 3])
@pytest.mark.parametrize("pictures_above", [True, False])
def test_a_row_of_pictures_belongs_to_the_words_in_the_same_columns(
    desk: Desk, columns: int, pictures_above: bool
) -> None:
    document = docx.Document()
    table = document.add_table(rows=4, cols=columns)
    for start in (0, 2):
        above, below = table.rows[start].cells, table.rows[start + 1].cells
        for at in range(columns):
            number = start * columns // 2 + at + 1
            picture, words = (above, below) if pictures_above else (below, above)
            add_picture(picture[at].paragraphs[0], number)
            words[at].paragraphs[0].text = sentence(number)
    assert desk.told(document) == [pair(number) for number in range(1, 2 * columns + 1)]


def test_a_cell_with_its_own_picture_and_words_is_an_idea(desk: Desk) -> None:
    document = docx.Document()
    for number, cell in enumerate(document.add_table(rows=1, cols=3).rows[0].cells, 1):
        add_picture(cell.paragraphs[0], number)
        cell.add_paragraph(sentence(number))
    assert desk.told(document) == [pair(number) for number in (1, 2, 3)]


def test_pictures_below_their_words_belong_to_the_words_above(desk: Desk) -> None:
    document = docx.Document()
    for number in range(1, 4):
        document.add_paragraph(sentence(number))
        add_picture(document.add_paragraph(), number)
    assert desk.told(document) == [pair(number) for number in range(1, 4)]


def test_a_cell_keeps_its_paragraphs_its_list_and_what_comes_after_the_list(desk: Desk) -> None:
    document = docx.Document()
    picture, words = document.add_table(rows=1, cols=2).rows[0].cells
    add_picture(picture.paragraphs[0], 1)
    words.paragraphs[0].text = "We will help you. We will:"
    words.add_paragraph("listen", style="List Bullet")
    words.add_paragraph("• write it down")
    words.add_paragraph("Then we stop.")
    assert desk.told(document) == [
        (alt(1), ["We will help you.", "We will:"], ["listen", "write it down"]),
        (alt(1), ["Then we stop."], []),
    ]


def test_lists_with_numbers_go_on_counting_over_the_rows_of_a_table(desk: Desk) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for number, row in enumerate(table.rows, 1):
        add_picture(row.cells[0].paragraphs[0], number)
        row.cells[1].paragraphs[0].text = f"Step {number}."
        row.cells[1].paragraphs[0].style = "List Number"
    assert [items for _, _, items in desk.told(document)] == [["1. Step 1."], ["2. Step 2."]]


def test_one_bullet_alone_beside_a_picture_is_a_sentence(desk: Desk) -> None:
    document = docx.Document()
    picture, words = document.add_table(rows=1, cols=2).rows[0].cells
    add_picture(picture.paragraphs[0], 1)
    words.paragraphs[0].text = sentence(1)
    words.paragraphs[0].style = "List Bullet"
    assert desk.told(document) == [pair(1)]


def test_a_picture_over_several_rows_belongs_to_the_words_of_all_of_them(desk: Desk) -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    picture = table.cell(0, 0).merge(table.cell(1, 0))
    add_picture(picture.paragraphs[0], 1)
    add_picture(table.cell(2, 0).paragraphs[0], 2)
    for row in range(3):
        table.cell(row, 1).paragraphs[0].text = f"Row {row}."
    made = desk.bring(document)
    ideas = desk.page(made).ideas
    told = [(one.words, [sentence.text for sentence in one.sentences]) for one in ideas]
    assert told == [(alt(1), ["Row 0.", "Row 1."]), (alt(2), ["Row 2."])]
    assert "table 1, row 1: a cell that goes over several rows" in str(made.left_out[0])


def test_a_covering_picture_waits_for_words_that_begin_in_a_later_row(desk: Desk) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    add_picture(table.cell(0, 0).merge(table.cell(1, 0)).paragraphs[0], 1)
    table.cell(1, 1).paragraphs[0].text = sentence(1)
    assert desk.told(document) == [pair(1)]


def test_paragraphs_below_go_on_with_the_picture_above(desk: Desk) -> None:
    document = docx.Document()
    float_picture(first := document.add_paragraph(), 1)
    first.add_run("One.")
    document.add_paragraph("Two.")
    document.add_paragraph()
    document.add_paragraph("Three.")
    document.add_paragraph()
    document.add_paragraph("Four.")
    assert desk.told(document) == [
        (alt(1), ["One.", "Two.", "Three."], []),
        (NO_PICTURE_WORDS, ["Four."], []),
    ]


def test_words_without_pictures_are_an_idea_each_that_asks_for_a_picture(desk: Desk) -> None:
    document = docx.Document()
    document.add_paragraph("We help you. It is free.")
    document.add_paragraph("You can:")
    document.add_paragraph("phone us", style="List Bullet")
    made = desk.bring(document)
    assert made.pictures == 0
    assert any("2 ideas have no picture" in one for one in made.next_steps)
    page = desk.page(made)
    assert [one.words for one in page.ideas] == [NO_PICTURE_WORDS] * 2
    assert page.title == "Word file"


def test_a_line_break_inside_a_sentence_is_a_space_and_after_one_a_new_line(desk: Desk) -> None:
    document = docx.Document()
    document.add_paragraph("We help\nyou.\nIt is free.\n- come in")
    assert desk.told(document) == [(NO_PICTURE_WORDS, ["We help you.", "It is free."], ["come in"])]


def test_a_heading_made_from_another_heading_is_one_and_a_styled_cell_too(desk: Desk) -> None:
    document = docx.Document()
    document.add_paragraph("All about us", style="Title")
    own = document.styles.add_style("Council heading", 1)
    own.base_style = document.styles["Heading 2"]
    document.add_paragraph("Our house", style="Council heading")
    picture, words = document.add_table(rows=1, cols=2).rows[0].cells
    add_picture(picture.paragraphs[0], 1)
    words.paragraphs[0].text = sentence(1)
    picture, words = document.add_table(rows=1, cols=2).rows[0].cells
    add_picture(picture.paragraphs[0], 2)
    words.paragraphs[0].text = "Our garden"
    words.paragraphs[0].style = "Heading 1"
    words.add_paragraph(sentence(2))
    page = desk.page(desk.bring(document))
    assert page.title == "All about us"
    assert [one.heading for one in page.ideas] == ["Our house", "Our garden"]


def bold(document: docx.document.Document, text: str) -> None:
    document.add_paragraph().add_run(text).bold = True


def test_short_bold_lines_are_headings_where_no_style_is_used(desk: Desk) -> None:
    document = docx.Document()
    bold(document, "My visit")
    bold(document, "In the morning")
    add_picture(document.add_paragraph(), 1)
    bold(document, "These words are below a picture")
    document.add_paragraph()
    bold(document, "In the afternoon")
    table_of_pairs(document, range(2, 3))
    bold(document, "This is a whole sentence.")
    bold(document, "The end")
    page = desk.page(desk.bring(document))
    assert page.title == "My visit"
    assert [(one.heading, one.sentences[0].text) for one in page.ideas] == [
        ("In the morning", "These words are below a picture"),
        ("In the afternoon", sentence(2)),
        (None, "This is a whole sentence."),
        (None, "The end"),
    ]


def test_bold_lines_are_bold_words_where_headings_have_a_style(desk: Desk) -> None:
    document = docx.Document()
    document.add_heading("My visit")
    bold(document, "In the morning")
    document.add_paragraph("We sing.")
    page = desk.page(desk.bring(document))
    assert [one.sentences[0].text for one in page.ideas] == ["In the morning", "We sing."]
    assert [mark.kind for mark in page.ideas[0].sentences[0].marks] == ["bold"]


def test_a_table_inside_a_cell_is_read_row_by_row(desk: Desk) -> None:
    document = docx.Document()
    outer = document.add_table(rows=1, cols=2).rows[0].cells
    add_picture(outer[0].paragraphs[0], 1)
    outer[1].paragraphs[0].text = sentence(1)
    inner = outer[1].add_table(rows=1, cols=2).rows[0].cells
    add_picture(inner[0].paragraphs[0], 2)
    inner[1].paragraphs[0].text = sentence(2)
    made = desk.bring(document)
    assert [one.words for one in desk.page(made).ideas] == [alt(1), alt(2)]
    assert "table 1, row 1: a table inside a table" in str(made.left_out[0])


def test_the_same_picture_is_saved_once_over_rows_and_over_files(desk: Desk) -> None:
    document = docx.Document()
    for words in ("One.", "Two."):
        picture, said = document.add_table(rows=1, cols=2).rows[0].cells
        add_picture(picture.paragraphs[0], 1, words=f"Number {words[:-1]}")
        said.paragraphs[0].text = words
    first = desk.bring(document, name="first")
    assert [one.words for one in desk.page(first).ideas] == ["Number One", "Number Two"]
    second = desk.bring(document, name="second")
    assert [one.words for one in desk.page(second).ideas] == ["Number One", "Number Two"]
    pictures = desk.site.assets / "pictures"
    assert len(list(pictures.glob("*.png"))) == 1
    assert len(yaml.safe_load((pictures / "pictures.yaml").read_text())) == 1


GROUP = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wpg'><w:drawing><wp:anchor><wp:docPr id='1' "
    "name='Group'/><a:graphic><a:graphicData uri='http://x/wordprocessingGroup'><wps:wgp>{}"
    "</wps:wgp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:rect/></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
OLD_PICTURE = (
    "<w:r><w:pict><v:shape alt='{}'><v:imagedata r:id='{}' o:title='x'/></v:shape></w:pict></w:r>"
)


def test_a_picture_in_a_group_and_one_of_an_old_word_are_found(desk: Desk) -> None:
    document = docx.Document()
    grouped = document.add_paragraph(sentence(1))
    inline = add_picture(grouped, 1)
    [pic] = (one for one in inline.iter() if one.tag.endswith("}pic"))
    pic.nvPicPr.cNvPr.set("descr", alt(1))
    insert(grouped, GROUP.format(pic.xml))
    grouped._p.remove(inline.getparent().getparent())
    old = document.add_paragraph(sentence(2))
    key, _ = document.part.get_or_add_image(io.BytesIO(bitmap(2)))
    insert(old, OLD_PICTURE.format(alt(2), key))
    assert desk.told(document) == [pair(1), pair(2)]


def test_a_strict_word_file_is_read_as_any_other(desk: Desk) -> None:
    file = saved(twenty_pairs(), desk.folder / "strict.docx")
    names = {
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": b"wordprocessingml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
            b"officeDocument/relationships"
        ),
        b"http://schemas.openxmlformats.org/drawingml/2006/main": b"drawingml/main",
        b"http://schemas.openxmlformats.org/drawingml/2006/picture": b"drawingml/picture",
    }
    with zipfile.ZipFile(file) as old:
        parts = {one: old.read(one) for one in old.namelist()}
    with zipfile.ZipFile(file, "w") as new:
        for part, data in parts.items():
            changed = data
            for usual, strict in names.items():
                changed = changed.replace(usual, b"http://purl.oclc.org/ooxml/" + strict)
            new.writestr(part, changed)
    assert desk.told(file) == [pair(number) for number in range(1, PAIRS + 1)]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF"])
def test_pictures_of_these_kinds_become_png_without_what_else_was_in_them(
    desk: Desk, kind: str
) -> None:
    document = docx.Document()
    add_picture(document.add_paragraph(), 1, kind=kind, size=(1500, 900))
    document.add_paragraph(sentence(1))
    assert desk.told(document) == [pair(1)]
    [png] = (desk.site.assets / "pictures").glob("*.png")
    assert png.read_bytes().startswith(b"\x89PNG")
    assert bitmap(1, kind, (1500, 900)) != png.read_bytes()
