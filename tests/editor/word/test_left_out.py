"""What a page cannot have is said with its place, and all that can be kept is kept."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from kiosk.editor.found.page import NO_PICTURE_WORDS
from kiosk.editor.found.pictures import words_of
from tests.editor.conftest import Desk
from tests.editor.word.files import add_picture, alt, insert, saved, sentence

W_TEXT = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
TEXT_BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic>"
    "<a:graphicData uri='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'>"
    "<wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>Come and see us</w:t></w:r></w:p>"
    "</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    "</mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>Come and see us"
    "</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    "</w:r>"
)
GRAPHIC = (
    "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData "
    "uri='http://schemas.openxmlformats.org/drawingml/2006/{}'/></a:graphic></wp:inline>"
    "</w:drawing></w:r>"
)
DELETED = (
    "<w:del w:id='1' w:author='A'><w:r><w:delText>not this</w:delText></w:r></w:del>"
    "<w:ins w:id='2' w:author='A'><w:r><w:t xml:space='preserve"
    "'> but this.</w:t></w:r></w:ins>"
)
CASES = {
    "a chart": GRAPHIC.format("chart"),
    "a SmartArt drawing": GRAPHIC.format("diagram"),
    "a footnote": "<w:r><w:footnoteReference w:id='1'/></w:r>",
    "an endnote": "<w:r><w:endnoteReference w:id='1'/></w:r>",
    "a comment": "<w:r><w:commentReference w:id='1'/></w:r>",
    'a formula: "x"': "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>",
    'words that are crossed out: "not this"': DELETED,
    'hidden words: "secret"': "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>",
    "a box to tick": "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>",
    "a link. A page cannot": '<w:r><w:instrText> HYPERLINK "http://x.org" </w:instrText></w:r>',
    "a picture that is not in the file itself. Put it in, and save": (
        "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill>"
        "<a:blip r:link='rId900'/></pic:blipFill></pic:pic></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing></w:r>"
    ),
    "a shape that was drawn, such as an arrow": "<w:r><w:pict><v:rect/></w:pict></w:r>",
    'words in a part of the file that I do not know: "new words"': (
        "<w:new><w:r><w:t>new words</w:t></w:r></w:new>"
    ),
}


@pytest.mark.parametrize("what", CASES)
def test_it_is_named_with_the_number_and_the_first_words_of_its_paragraph(
    desk: Desk, what: str
) -> None:
    document = docx.Document()
    document.add_paragraph("First.")
    document.add_paragraph()
    insert(document.add_paragraph("We will ask you"), CASES[what])
    made = desk.bring(document)
    [one] = made.left_out
    assert one.place.startswith('paragraph 2 ("We will ask you')
    assert one.what.startswith(what)
    assert str(one) in made.summary()
    texts = [sentence.text for idea in desk.page(made).ideas for sentence in idea.sentences]
    assert texts == ["First.", "We will ask you" + " but this." * (CASES[what] is DELETED)]


def test_it_is_named_with_the_table_and_the_row(desk: Desk) -> None:
    document = docx.Document()
    document.add_paragraph("Hello.")
    document.add_table(rows=1, cols=2).rows[0].cells[1].paragraphs[0].text = "One."
    row = document.add_table(rows=3, cols=2).rows[2].cells
    row[1].paragraphs[0].text = "We will ask you."
    insert(row[0].paragraphs[0], CASES["a chart"])
    [one] = desk.bring(document).left_out
    assert str(one) == "table 2, row 3: a chart."


def test_words_of_links_and_form_fields_and_fields_stay(desk: Desk) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Look at ")
    key = document.part.relate_to("http://example.org", "x/hyperlink", is_external=True)
    insert(paragraph, f"<w:hyperlink r:id='{key}'>{W_TEXT.format('our pages')}</w:hyperlink>")
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    insert(paragraph, control.format(W_TEXT.format(" today")))
    insert(paragraph, f"<w:fldSimple w:instr='DATE'>{W_TEXT.format(' or tomorrow')}</w:fldSimple>")
    insert(paragraph, "<w:r><w:cr/><w:noBreakHyphen/><w:t>soon.</w:t><w:softHyphen/></w:r>")
    made = desk.bring(document)
    [said] = desk.page(made).ideas[0].sentences
    assert said.text == "Look at our pages today or tomorrow \u2011soon."
    assert [one.what for one in made.left_out] == [
        'the link behind "our pages". A page cannot lead to another website',
        'a date that Word fills in: "or tomorrow". On the page it stays as it is now',
    ]


def test_headers_footers_and_the_table_of_contents_are_named(desk: Desk) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Luton Council"
    document.sections[0].footer.paragraphs[0].text = "Page 3 of 4"
    toc = document.styles.add_style("toc 1", 1)
    document.add_paragraph("Our plan 3", style=toc)
    document.add_paragraph("Hello.")
    made = desk.bring(document)
    assert [str(one) for one in made.left_out] == [
        'the table of contents: a page of the kiosk does not have one. Its words are "Our plan 3".',
        'the header of each sheet: the words "Luton Council".',
        'the footer of each sheet: the words "Page 3 of 4".',
    ]
    assert [one.sentences[0].text for one in desk.page(made).ideas] == ["Hello."]


def test_a_second_picture_and_one_without_words_are_kept_and_named(desk: Desk) -> None:
    document = docx.Document()
    document.add_paragraph("Hello.")
    row = document.add_table(rows=1, cols=2).rows[0].cells
    add_picture(row[0].paragraphs[0], 1)
    add_picture(row[0].paragraphs[0], 2)
    row[1].paragraphs[0].text = sentence(1)
    add_picture(document.add_paragraph(), 3)
    made = desk.bring(document)
    second, lonely = map(str, made.left_out)
    name = "a-square-with-the-number-2-"
    assert second.startswith("table 1, row 1: a second picture beside the same words. I kept it")
    assert name in second
    assert lonely.startswith(
        "paragraph 2: a picture with no words beside it. I kept it: its name is"
    )
    assert len(list((desk.site.assets / "pictures").glob("*.png"))) == 3
    assert [one.words for one in desk.page(made).ideas] == [NO_PICTURE_WORDS, alt(1)]


def test_a_heading_with_nothing_below_it_is_named(desk: Desk) -> None:
    document = docx.Document()
    document.add_heading("Title", 1)
    document.add_heading("Empty", 1)
    document.add_heading("Full", 1)
    document.add_paragraph("Hello.")
    document.add_heading("Last", 1)
    assert [one.what for one in desk.bring(document).left_out] == [
        'the heading "Empty". There is nothing below it',
        'the heading "Last". There is nothing below it',
    ]


def with_part(path: Path, change: Callable[[str, bytes], tuple[str, bytes]]) -> Path:
    """Write a Word file again with other names or bytes of its parts."""
    with zipfile.ZipFile(path) as old:
        parts = [change(one, old.read(one)) for one in old.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts:
            new.writestr(name, data)
    return path


def with_picture(folder: Path, ending: str, data: bytes) -> Path:
    """Make a Word file whose picture has this ending and these bytes."""
    document: Any = docx.Document()
    row = document.add_table(rows=1, cols=2).rows[0].cells
    add_picture(row[0].paragraphs[0], 1)
    row[1].paragraphs[0].text = sentence(1)

    def change(name: str, old: bytes) -> tuple[str, bytes]:
        if name.endswith("image1.png"):
            return name.replace(".png", ending), data
        return name, old.replace(b"image1.png", f"image1{ending}".encode())

    return with_part(saved(document, folder / "odd.docx"), change)


def test_pictures_that_cannot_be_drawn_are_named_with_their_kind(desk: Desk) -> None:
    for ending, kind in ((".emf", "an EMF"), (".wmf", "a WMF"), (".svg", "an SVG")):
        made = desk.bring(with_picture(desk.folder, ending, b"x"), name=f"page{ending[1:]}")
        [one] = made.left_out
        assert str(one) == f"table 1, row 1: {kind} picture. Save it as PNG and put it in again."
        [idea] = desk.page(made).ideas
        assert (idea.words, idea.sentences[0].text) == (NO_PICTURE_WORDS, sentence(1))


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a\xff\xff\xff\xff", b"BM" * 99])
def test_a_picture_that_is_broken_is_named(desk: Desk, data: bytes) -> None:
    [one] = desk.bring(with_picture(desk.folder, ".png", data)).left_out
    assert "a picture that I cannot read" in str(one)


@pytest.mark.parametrize(
    ("size", "what"), [((5, 5), "too small"), ((700, 20), "too long and thin")]
)
def test_lines_and_dots_are_not_pictures(desk: Desk, size: tuple[int, int], what: str) -> None:
    document = docx.Document()
    add_picture(document.add_paragraph("Hello."), 1, size=size)
    [one] = desk.bring(document).left_out
    assert what in str(one)


def test_a_long_picture_gets_clear_space_and_a_large_one_gets_smaller(desk: Desk) -> None:
    from PIL import Image

    document = docx.Document()
    add_picture(document.add_paragraph("Hello."), 1, size=(3000, 900))
    assert not desk.bring(document).left_out
    [png] = (desk.site.assets / "pictures").glob("*.png")
    with Image.open(io.BytesIO(png.read_bytes())) as picture:
        assert picture.size == (512, 512)
        assert picture.convert("RGBA").getpixel((0, 0)) == (0, 0, 0, 0)


def test_a_cropped_picture_is_cropped(desk: Desk) -> None:
    from PIL import Image

    document = docx.Document()
    inline = add_picture(document.add_paragraph("Hello."), 1, size=(400, 400))
    [fill] = (one for one in inline.iter() if one.tag.endswith("}blipFill"))
    stretch = fill[-1]
    crop = stretch.makeelement(stretch.tag.replace("stretch", "srcRect"), {"l": "50000"})
    stretch.addprevious(crop)
    desk.bring(document)
    [png] = (desk.site.assets / "pictures").glob("*.png")
    with Image.open(png) as picture:
        assert picture.size == (200, 400)


@pytest.mark.parametrize(("turn", "is_red_on_top"), [("5400000", True), ("16200000", False)])
def test_a_turned_photo_that_is_cropped_is_seen_as_in_word(
    desk: Desk, turn: str, is_red_on_top: bool
) -> None:
    from PIL import Image

    # As a camera stores it when it is held upright: the top of what was seen is on the left.
    facts = Image.Exif()
    facts[0x0112] = 6
    stored = Image.new("RGB", (400, 300), "red")
    stored.paste("blue", (200, 0, 400, 300))
    written = io.BytesIO()
    stored.save(written, "JPEG", exif=facts)
    document = docx.Document()
    written.seek(0)
    inline = document.add_paragraph("Hello.").add_run().add_picture(written)._inline
    [fill] = (one for one in inline.iter() if one.tag.endswith("}blipFill"))
    stretch = fill[-1]
    cut = {"l": "25000", "t": "10000"}
    stretch.addprevious(stretch.makeelement(stretch.tag.replace("stretch", "srcRect"), cut))
    [frame] = (one for one in inline.iter() if one.tag.endswith("}xfrm"))
    frame.set("rot", turn)
    desk.bring(document)
    [png] = (desk.site.assets / "pictures").glob("*.png")
    with Image.open(png) as picture:
        assert picture.size == (270, 300)
        red, _, blue = picture.convert("RGB").crop((135, 20, 136, 21)).tobytes()
    assert (red > blue) is is_red_on_top


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Two people  talking", "Two people talking"),
        ("A boy\n\nDescription automatically generated", ""),
        ("A boy AI-generated content may be incorrect.", ""),
        ("C:\\Users\\Ann\\heart.jpg", ""),
        ("image3.png", ""),
        ("Picture 3", ""),
        ("", ""),
    ],
)
def test_only_words_that_a_person_wrote_are_alternative_text(given: str, kept: str) -> None:
    assert words_of(given) == kept
