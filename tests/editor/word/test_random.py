"""Whatever is in a Word file, a person gets a page that loads, or one of our messages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.editor.importing import Imported
from tests.editor.conftest import Desk
from tests.editor.word.files import add_picture, float_picture, insert, saved, table_of_pairs
from tests.tools.cases import examples

STYLES = ["Normal", "Title", "Heading 1", "Heading 3", "List Bullet", "List Number", "Quote"]
TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from(list("*_[]()<&:#-.1 \n\t")),
    max_size=25,
)
ODD = [
    "<w:del w:id='1'><w:r><w:delText>x</w:delText></w:r></w:del>",
    "<w:r><w:sym w:font='Wingdings' w:char='F04A'/><w:sym w:char='zz'/></w:r>",
    "<w:r><w:fldChar w:fldCharType='begin'/></w:r>",
    "<w:r><w:fldChar w:fldCharType='end'/></w:r>",
    "<w:r><w:instrText> HYPERLINK x </w:instrText></w:r>",
    "<w:r><w:footnoteReference/></w:r>",
    "<w:r><w:drawing/></w:r>",
    "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic>"
    "</wp:inline></w:drawing></w:r>",
    "<w:r><w:pict><v:imagedata r:id='rId1'/></w:pict></w:r>",
    "<w:r><mc:AlternateContent/></w:r>",
    "<w:sdt/>",
    "<w:hyperlink r:id='rId7777'><w:r><w:t>link</w:t></w:r></w:hyperlink>",
    "<w:pPr><w:numPr><w:ilvl w:val='9'/><w:numId w:val='77'/></w:numPr></w:pPr>",
    "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>",
    "<w:pPr><w:outlineLvl w:val='3'/></w:pPr>",
]
PARAGRAPH = st.tuples(
    st.sampled_from(STYLES),
    st.lists(st.tuples(TEXT, st.booleans()), max_size=3),
    st.lists(st.tuples(st.integers(1, 4), st.booleans()), max_size=2),
    st.lists(st.sampled_from(ODD), max_size=2),
)
BLOCKS = st.recursive(
    PARAGRAPH,
    lambda inside: st.lists(
        st.lists(st.lists(inside, max_size=2), min_size=1, max_size=3), min_size=1, max_size=3
    ),
    max_leaves=12,
)


def write(parent: Any, block: Any) -> None:
    if isinstance(block, tuple):
        style, runs, pictures, odd = block
        paragraph = parent.add_paragraph(style=style)
        for number, floats in pictures:
            if floats:
                float_picture(paragraph, number)
            else:
                add_picture(paragraph, number)
        for text, bold in runs:
            paragraph.add_run(text).bold = bold
        for xml in odd:
            insert(paragraph, xml)
        return
    columns = max(len(row) for row in block)
    table = parent.add_table(len(block), columns)
    for cells, row in zip(block, table.rows, strict=True):
        for inside, cell in zip(cells, row.cells, strict=False):
            for one in inside:
                write(cell, one)
    if len(block) > 1 and len(block[0]) == 2:
        table.cell(0, 0).merge(table.cell(1, 0))


@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(BLOCKS, max_size=5))
def test_any_document_becomes_a_page_that_loads_or_a_message(
    tmp_path_factory: pytest.TempPathFactory, blocks: list[Any]
) -> None:
    desk = Desk(tmp_path_factory.mktemp("random"))
    document = docx.Document()
    for block in blocks:
        write(document, block)
    made = desk.attempt(document)
    if isinstance(made, str):
        assert "does not load" not in made
        assert "is damaged" not in made
        return
    page = desk.page(made)
    assert len(page.ideas) == made.ideas
    words = " ".join(
        one.text for idea in page.ideas for one in (*idea.sentences, *idea.items)
    ) + " ".join(idea.heading or "" for idea in page.ideas)
    assert any(letter.isalnum() for letter in words)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    document = docx.Document()
    table_of_pairs(document, range(1, 4))
    document.add_paragraph("Hello.", style="List Number")
    return saved(document, tmp_path_factory.mktemp("good") / "good.docx").read_bytes()


def damaged(good: bytes) -> st.SearchStrategy[bytes]:
    """Give the file cut off somewhere, or with a few bytes changed."""
    places = st.integers(0, len(good) - 1)
    flips = st.lists(st.tuples(places, st.integers(1, 255)), max_size=8)
    return places.map(lambda end: good[:end]) | flips.map(lambda some: _flipped(good, some))


def _flipped(good: bytes, flips: list[tuple[int, int]]) -> bytes:
    data = bytearray(good)
    for at, bits in flips:
        data[at] ^= bits
    return bytes(data)


def test_a_damaged_file_is_a_page_or_a_message(good: bytes, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    file = tmp_path / "damaged.docx"
    seen = {"page": 0, "message": 0}

    @settings(max_examples=examples(80), deadline=None)
    @given(damaged(good))
    def check(data: bytes) -> None:
        file.write_bytes(data)
        made = desk.attempt(file)
        seen["message" if isinstance(made, str) else "page"] += 1
        if isinstance(made, Imported):
            desk.page(made)
            (desk.site.root / made.path).unlink()

    check()
    assert min(seen.values()) > 0, seen


XML_DAMAGE = st.tuples(
    st.integers(0), st.sampled_from([b"", b"<", b"w:p", b"w:tbl", b'"', b"9999"])
)


def test_a_file_with_odd_xml_is_a_page_or_a_message(good: bytes, tmp_path: Path) -> None:
    from tests.editor.word.test_refused import changed

    desk = Desk(tmp_path)
    file = tmp_path / "odd.docx"
    parts = ["word/document.xml", "word/styles.xml", "word/numbering.xml"]
    parts += ["word/_rels/document.xml.rels", "_rels/.rels", "[Content_Types].xml"]

    @settings(max_examples=examples(40), deadline=None)
    @given(st.sampled_from(parts), st.lists(XML_DAMAGE, min_size=1, max_size=3))
    def check(part: str, damage: list[tuple[int, bytes]]) -> None:
        def hurt(held: dict[str, bytes]) -> None:
            words = held[part].split(b" ")
            for at, wrong in damage:
                words[at % len(words)] = wrong
            held[part] = b" ".join(words)

        file.write_bytes(good)
        changed(file, hurt)
        made = desk.attempt(file)
        if isinstance(made, Imported):
            desk.page(made)
            (desk.site.root / made.path).unlink()
        else:
            assert "does not load" not in made

    check()
