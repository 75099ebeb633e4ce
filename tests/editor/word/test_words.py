"""Every word of a Word file is on the page, or is told as left out."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import docx
import pytest

from kiosk.editor.found.page import NO_PICTURE_WORDS
from kiosk.editor.importing import Imported
from kiosk.located import to_do
from tests.editor.conftest import Desk
from tests.editor.word.files import add_picture, alt, insert, saved, table_of_pairs
from tests.editor.word.test_boxes import add_box, add_floating_picture
from tests.editor.word.test_pairs import LIBREOFFICE
from tests.editor.word.test_refused import changed

PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
SAYS = re.compile(r"<(?:w:t|w:delText|m:t|a:t)(?: [^>]*)?>([^<]*)<|</w:p>|<w:(?:tab|br)/>")
FALLBACK = re.compile(r"<mc:Fallback>.*?</mc:Fallback>", re.S)


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def words_of_file(path: Path) -> set[str]:
    """Return every word in the XML of a Word file, found in another way than the import does."""
    said = []
    with zipfile.ZipFile(path) as file:
        for name in file.namelist():
            if PARTS.fullmatch(name):
                xml = FALLBACK.sub("", file.read(name).decode())
                said += [found[1] or " " for found in SAYS.finditer(xml)]
    return words("".join(said))


def nothing_is_lost(desk: Desk, made: Imported, file: Path) -> None:
    page = desk.page(made)
    said = [page.title, *map(str, made.left_out)]
    for idea in page.ideas:
        said += [idea.heading or "", *(one.text for one in (*idea.sentences, *idea.items))]
    lost = words_of_file(file) - words(" ".join(said))
    assert lost <= {"o"}  # a bullet, not a word


def everything() -> docx.document.Document:
    """Write all that people put into Word files."""
    document = docx.Document()
    document.add_heading("Coming to us", 0)
    table_of_pairs(document, range(1, 4))
    document.add_heading("Empty chapter", 1)
    document.add_heading("What you bring", 1)
    boxes = document.add_paragraph()
    add_box(boxes, (200, 100, 180, 60), "Bring your card. It is blue.")
    add_floating_picture(boxes, 4, (60, 100, 80, 60))
    add_box(boxes, (200, 300, 180, 60), "Bring a drink.", old=True)
    crossed = document.add_paragraph("You can ")
    crossed.add_run("not ever").font.strike = True
    crossed.add_run(" come.")
    crossed.add_run(" Tomorrow").font.double_strike = True
    insert(
        crossed,
        "<w:del w:id='1' w:author='A'><w:r><w:delText> maybe later</w:delText></w:r></w:del>"
        "<w:ins w:id='2' w:author='A'><w:r><w:t xml:space='preserve'> Ring first.</w:t></w:r>"
        "</w:ins>",
    )
    field = document.add_paragraph("Today is ")
    for kind in ("begin", " DATE \\@ d ", "separate", "27 November", "end"):
        mark = f"<w:fldChar w:fldCharType='{kind}'/>"
        mark = f"<w:instrText>{kind}</w:instrText>" if "DATE" in kind else mark
        mark = f"<w:t>{kind}</w:t>" if "Nov" in kind else mark
        insert(field, f"<w:r>{mark}</w:r>")
    insert(field, "<w:r><w:rPr><w:vanish/></w:rPr><w:t> secret code</w:t></w:r>")
    document.add_paragraph("You can:\n• sing\n· dance\no\tdraw")
    document.add_paragraph("o swim")
    document.add_paragraph("o run")
    document.add_paragraph("count", style="List Number")
    section = document.sections[0]
    section.header.paragraphs[0].text = "Luton Council with a very long name that goes on and on"
    section.footer.paragraphs[0].text = "Page 1 of 2"
    return document


def test_every_word_of_a_word_file_is_on_the_page_or_told(desk: Desk) -> None:
    file = saved(everything(), desk.folder / "all.docx")
    nothing_is_lost(desk, desk.bring(file), file)


def test_every_word_of_a_libreoffice_file_is_on_the_page_or_told(desk: Desk) -> None:
    nothing_is_lost(desk, desk.bring(LIBREOFFICE), LIBREOFFICE)


def test_crossed_out_words_are_told_and_never_said(desk: Desk) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("You can ")
    paragraph.add_run("not").font.strike = True
    paragraph.add_run(" come. ")
    paragraph.add_run("Never ").font.double_strike = True
    insert(paragraph, "<w:del w:id='1'><w:r><w:delText>ask</w:delText></w:r></w:del>")
    insert(paragraph, "<w:ins w:id='2'><w:r><w:t>Ring us.</w:t></w:r></w:ins>")
    style = document.styles.add_style("Gone", 2)
    style.font.strike = True
    paragraph.add_run(" Old words.", style="Gone")
    made = desk.bring(document)
    [idea] = desk.page(made).ideas
    assert [one.text for one in idea.sentences] == ["You can come.", "Ring us."]
    assert [one.what for one in made.left_out] == [
        'words that are crossed out: "not"',
        'words that are crossed out: "Never ask"',
        'words that are crossed out: "Old words."',
    ]


def test_fields_are_told_as_fixed_and_links_are_not(desk: Desk) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("On ")
    for instruction, words in (("TIME", "3pm"), ("PAGEREF x", "7"), ("HYPERLINK \\l x", "here")):
        for part in (
            "<w:fldChar w:fldCharType='begin'/>",
            f"<w:instrText> {instruction} </w:instrText>",
            "<w:fldChar w:fldCharType='separate'/>",
            f"<w:t xml:space='preserve'>{words} </w:t>",
            "<w:fldChar w:fldCharType='end'/>",
        ):
            insert(paragraph, f"<w:r>{part}</w:r>")
    made = desk.bring(document)
    assert desk.page(made).ideas[0].sentences[0].text == "On 3pm 7 here"
    assert [one.what for one in made.left_out] == [
        'a date that Word fills in: "3pm". On the page it stays as it is now',
        'a page number that Word fills in: "7". On the page it stays as it is now',
    ]


def test_a_file_with_headings_alone_is_a_page_of_them(desk: Desk) -> None:
    document = docx.Document()
    for words in ("Our plan", "We listen", "We help"):
        document.add_heading(words, 1)
    made = desk.bring(document)
    assert made.title == "Our plan"
    ideas = desk.page(made).ideas
    assert [(one.words, one.sentences[0].text) for one in ideas] == [
        (NO_PICTURE_WORDS, "We listen"),
        (NO_PICTURE_WORDS, "We help"),
    ]
    alone = docx.Document()
    alone.add_heading("Our plan", 1)
    page = desk.page(desk.bring(alone, name="alone"))
    assert (page.title, page.ideas[0].sentences[0].text) == ("Our plan", "Our plan")


def test_a_file_with_pictures_alone_asks_for_words(desk: Desk) -> None:
    document = docx.Document()
    add_picture(document.add_paragraph(), 1)
    add_picture(document.add_table(rows=1, cols=2).rows[0].cells[1].paragraphs[0], 2)
    made = desk.bring(document)
    said = to_do("write what this picture means")
    assert [(one.words, one.sentences[0].text) for one in desk.page(made).ideas] == [
        (alt(1), said),
        (alt(2), said),
    ]
    assert any("2 ideas have no words" in one for one in made.next_steps)


@pytest.mark.parametrize(
    "said",
    [
        ["You can:\n• sing\n• dance"],
        ["You can:", "· sing", "· dance"],
        ["You can:", "o sing", "o dance"],
        ["You can:", "o\tsing", "• dance"],
        ["You can:", "o\u00a0\u00a0 sing", "§\u00a0\u00a0 dance"],
    ],
)
def test_pasted_bullets_are_a_list(desk: Desk, said: list[str]) -> None:
    document = docx.Document()
    for words in said:
        document.add_paragraph(words)
    assert desk.told(document) == [(NO_PICTURE_WORDS, ["You can:"], ["sing", "dance"])]


def test_one_o_alone_is_a_word(desk: Desk) -> None:
    document = docx.Document()
    document.add_paragraph("o seis da manhã")
    assert desk.told(document)[0][1] == ["o seis da manhã"]


def test_words_of_notes_and_comments_are_told(desk: Desk) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Hello.")
    document.add_comment(paragraph.runs, "Is this right?")
    key = document.part.relate_to("footnotes.xml", "http://x/footnotes", is_external=True)
    insert(paragraph, "<w:r><w:footnoteReference w:id='5'/></w:r>")
    file = saved(document, desk.folder / "notes.docx")
    notes = (
        b"<w:footnotes xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
        b"<w:footnote w:id='5'><w:p><w:r><w:t>Only on Mondays.</w:t></w:r></w:p></w:footnote>"
        b"</w:footnotes>"
    )

    def add(parts: dict[str, bytes]) -> None:
        parts["word/footnotes.xml"] = notes
        relations = "word/_rels/document.xml.rels"
        outside = b'Target="footnotes.xml" TargetMode="External"'
        assert outside in parts[relations], key
        parts[relations] = parts[relations].replace(outside, b'Target="footnotes.xml"')

    made = desk.bring(changed(file, add))
    told = [one.what for one in made.left_out]
    assert told == ['a comment: "Is this right?"', 'a footnote: "Only on Mondays."']
