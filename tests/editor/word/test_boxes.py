"""A leaflet that is laid out in text boxes keeps its words, and each picture its own."""

from __future__ import annotations

from typing import Any

import docx
import pytest

from kiosk.editor.found.page import NO_PICTURE_WORDS
from tests.editor.conftest import Desk
from tests.editor.word.files import add_picture, alt, insert, sentence

EMU = 12_700
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
WORDS = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
FLOATS = (
    '<wp:anchor behindDoc="0"><wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset>'
    '</wp:positionH><wp:positionV relativeFrom="{base}"><wp:posOffset>{top}</wp:posOffset>'
    '</wp:positionV><wp:extent cx="{width}" cy="{height}"/>{inside}</wp:anchor>'
)
NEW_BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{drawing}</w:drawing>"
    "</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{words}"
    "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
IN_A_BOX = (
    f"<a:graphic><a:graphicData uri='{SHAPE}'><wps:wsp><wps:txbx><w:txbxContent>"
    "{}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>"
)
OLD_BOX = (
    "<w:r><w:pict><v:shape style='position:absolute;margin-left:{}pt;margin-top:{}pt;"
    "width:{}pt;height:{}pt;mso-position-vertical-relative:page;"
    "mso-position-horizontal-relative:page'><v:textbox><w:txbxContent>{}</w:txbxContent>"
    "</v:textbox></v:shape></w:pict></w:r>"
)


def floating(spot: tuple[int, int, int, int], inside: str, base: str = "page") -> str:
    left, top, width, height = (EMU * one for one in spot)
    return FLOATS.format(left=left, top=top, width=width, height=height, inside=inside, base=base)


def add_box(paragraph: Any, spot: tuple[int, int, int, int], *said: str, old: bool = False) -> None:
    words = "".join(WORDS.format(one) for one in said)
    if old:
        insert(paragraph, OLD_BOX.format(*spot, words))
        return
    drawing = floating(spot, IN_A_BOX.format(words))
    insert(paragraph, NEW_BOX.format(drawing=drawing, words=words))


def add_floating_picture(
    paragraph: Any, number: int, spot: tuple[int, int, int, int], base: str = "page"
) -> None:
    """Put a picture at this place of the sheet."""
    inline = add_picture(paragraph, number)
    facts, graphic = inline.docPr.xml, inline.graphic.xml
    run = inline.getparent().getparent()
    run.getparent().remove(run)
    insert(paragraph, f"<w:r><w:drawing>{floating(spot, facts + graphic, base)}</w:drawing></w:r>")


@pytest.mark.parametrize("old", [False, True])
@pytest.mark.parametrize("picture_left", [True, False])
def test_boxes_beside_pictures_are_pairs_in_the_order_of_the_sheet(
    desk: Desk, old: bool, picture_left: bool
) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for number in (3, 1, 4, 2):  # in the order in which somebody made them
        top = 100 * number
        picture, words = ((60, 200), (400, 200))[:: 1 if picture_left else -1]
        add_box(paragraph, (words[0], top, 180, 60), sentence(number), old=old)
        add_floating_picture(paragraph, number, (picture[0], top, 80, 70))
    made = desk.bring(document)
    told = [(one.words, one.sentences[0].text) for one in desk.page(made).ideas]
    assert told == [(alt(number), sentence(number)) for number in range(1, 5)]
    assert not made.left_out


def test_two_columns_of_boxes_that_are_no_rows_are_read_one_after_another(desk: Desk) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    add_box(paragraph, (60, 40, 480, 30), "All about us")
    for number, (left, top) in enumerate(((60, 100), (60, 200), (330, 150), (330, 250)), 1):
        add_box(paragraph, (left, top, 200, 60), sentence(number))
    said = [sentences for _, sentences, _ in desk.told(document)]
    assert said == [["All about us"], *([sentence(number)] for number in range(1, 5))]


def test_a_box_with_its_own_picture_list_and_heading_keeps_them(desk: Desk) -> None:
    document = docx.Document()
    document.add_paragraph("Hello.")
    paragraph = document.add_paragraph()
    inline = add_picture(paragraph, 1)
    run = inline.getparent().getparent()
    picture = f"<w:p>{run.xml}</w:p>"
    paragraph._p.remove(run)
    words = picture + "".join(WORDS.format(one) for one in ("We can:", "• listen", "• help"))
    drawing = floating((60, 100, 300, 200), IN_A_BOX.format(words))
    insert(paragraph, NEW_BOX.format(drawing=drawing, words=words))
    assert desk.told(document) == [
        (NO_PICTURE_WORDS, ["Hello."], []),
        (alt(1), ["We can:"], ["listen", "help"]),
    ]


def test_a_box_beside_words_follows_them_and_does_not_join_them(desk: Desk) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("We will ask you.")
    add_floating_picture(paragraph, 1, (60, 0, 80, 70), base="paragraph")
    add_box(document.add_paragraph("It is free."), (300, 700, 100, 50), "Phone us.")
    assert desk.told(document) == [
        (alt(1), ["We will ask you.", "It is free."], []),
        (NO_PICTURE_WORDS, ["Phone us."], []),
    ]


def test_a_box_in_a_cell_is_read_with_the_cell(desk: Desk) -> None:
    document = docx.Document()
    picture, words = document.add_table(rows=1, cols=2).rows[0].cells
    add_picture(picture.paragraphs[0], 1)
    add_box(words.paragraphs[0], (60, 0, 80, 70), sentence(1))
    assert desk.told(document) == [(alt(1), [sentence(1)], [])]


GROUP = (
    "<a:graphic><a:graphicData uri='http://x/wordprocessingGroup'><wps:wgp><wps:grpSpPr><a:xfrm>"
    "<a:off x='0' y='0'/><a:ext cx='400' cy='200'/><a:chOff x='0' y='0'/>"
    "<a:chExt cx='400' cy='200'/></a:xfrm></wps:grpSpPr>{}</wps:wgp></a:graphicData></a:graphic>"
)
FRAME = "<a:xfrm><a:off x='{}' y='{}'/><a:ext cx='{}' cy='{}'/></a:xfrm>"
BOX_OF_GROUP = (
    "<wps:wsp><wps:spPr>{}</wps:spPr><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx>"
    "</wps:wsp>"
)


def test_pictures_and_boxes_of_one_group_are_pairs(desk: Desk) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    inside = ""
    for number in (2, 1):
        inline = add_picture(paragraph, number)
        [pic] = (one for one in inline.iter() if one.tag.endswith("}pic"))
        pic.nvPicPr.cNvPr.set("descr", alt(number))
        top = 100 * (number - 1)
        [frame] = (one for one in pic.iter() if one.tag.endswith("}xfrm"))
        start, size = frame
        start.set("y", str(top))
        size.set("cx", "90")
        size.set("cy", "90")
        inside += pic.xml
        words = WORDS.format(sentence(number))
        inside += BOX_OF_GROUP.format(FRAME.format(120, top, 200, 90), words)
        paragraph._p.remove(inline.getparent().getparent())
    drawing = floating((60, 100, 400, 200), GROUP.format(inside))
    insert(paragraph, f"<w:r><w:drawing>{drawing}</w:drawing></w:r>")
    assert desk.told(document) == [(alt(number), [sentence(number)], []) for number in (1, 2)]
