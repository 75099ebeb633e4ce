"""A file that cannot be used, or could do harm: one clear message, and the site is as it was."""

from __future__ import annotations

import io
import os
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from PIL import Image

from kiosk.editor.found import opening
from kiosk.editor.word import package as word_package
from kiosk.errors import PageNotMade
from tests.editor.conftest import Desk
from tests.editor.word.files import insert, saved, sentence, table_of_pairs
from tests.tools.cases import mostly_drill

Change = Callable[[dict[str, bytes]], None]


def plain(folder: Path) -> Path:
    document = docx.Document()
    table_of_pairs(document, range(1, 4))
    document.add_paragraph("Hello.")
    return saved(document, folder / "visit.docx")


def changed(path: Path, change: Change) -> Path:
    """Write a Word file again after its parts were changed."""
    with zipfile.ZipFile(path) as old:
        parts = {one: old.read(one) for one in old.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path


def told(desk: Desk, file: Path) -> str:
    """Return the message of a refusal; fail if anything was written."""
    before = desk.files()
    with pytest.raises(PageNotMade) as refusal:
        desk.bring(file)
    assert desk.files() == before
    assert str(refusal.value).startswith(file.name)
    return str(refusal.value)


KINDS = {
    "an old Word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "has a password": b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
    "an RTF file": b"{\\rtf1 Hello}",
    "is empty": b"",
    "not a Word file": b"<html>Hello</html>",
    "an OpenDocument file": b"PK\x03\x04"
    + bytes(26)
    + b"mimetypeapplication/vnd.oasis.opendocument.text",
    "is damaged": b"PK\x03\x04" + bytes(60),
}


@pytest.mark.parametrize("what", KINDS)
def test_another_kind_of_file_is_called_by_its_name(desk: Desk, what: str) -> None:
    file = desk.folder / "visit.docx"
    file.write_bytes(KINDS[what])
    assert what in told(desk, file)


def test_a_zip_of_something_else_is_not_a_word_file(desk: Desk) -> None:
    file = desk.folder / "visit.docx"
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("a.txt", "Hello")
    assert "not a Word file" in told(desk, file)


def test_a_missing_file_a_folder_and_a_pipe_are_refused(desk: Desk) -> None:
    with pytest.raises(PageNotMade, match="There is no such file"):
        desk.bring(desk.folder / "nowhere.docx")
    (desk.folder / "folder.docx").mkdir()
    assert "not a file" in told(desk, desk.folder / "folder.docx")
    os.mkfifo(desk.folder / "pipe.docx")
    assert "not a file" in told(desk, desk.folder / "pipe.docx")


def test_macros_are_refused_by_ending_by_part_and_by_kind(desk: Desk) -> None:
    file = plain(desk.folder)
    as_docm = file.with_suffix(".docm")
    as_docm.write_bytes(file.read_bytes())
    assert "macro" in told(desk, as_docm)
    assert "macro" in told(desk, changed(file, lambda p: p.update({"word/vbaProject.bin": b"x"})))
    file = plain(desk.folder)

    def mark(parts: dict[str, bytes]) -> None:
        kinds = parts["[Content_Types].xml"]
        parts["[Content_Types].xml"] = kinds.replace(
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        )

    assert "macro" in told(desk, changed(file, mark))


@pytest.mark.parametrize(
    "xml",
    [
        "<w:object><o:OLEObject r:id='rId99'/></w:object>",
        "<w:pict><w:control r:id='rId9'/></w:pict>",
    ],
)
def test_an_object_inside_is_refused_with_its_place(desk: Desk, xml: str) -> None:
    document = docx.Document()
    document.part.relate_to("x.bin", "http://x/oleObject", is_external=True)
    insert(document.add_paragraph("Our numbers."), f"<w:r>{xml}</w:r>")
    message = told(desk, saved(document, desk.folder / "visit.docx"))
    assert 'In paragraph 1 ("Our numbers.") it holds another file' in message


def test_an_object_that_only_the_relations_name_is_refused(desk: Desk) -> None:
    document = docx.Document()
    document.add_paragraph("Hello.")
    document.part.relate_to("x.bin", "http://x/oleObject", is_external=True)
    assert "holds another file" in told(desk, saved(document, desk.folder / "visit.docx"))


def document_xml(change: Callable[[bytes], bytes]) -> Change:
    def make(parts: dict[str, bytes]) -> None:
        parts["word/document.xml"] = change(parts["word/document.xml"])

    return make


LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n + 1, b"&l%d;" % n * 9) for n in range(12))


@pytest.mark.parametrize(
    "doctype",
    [
        b'<!DOCTYPE d [<!ENTITY l0 "ha">' + LAUGHS + b"]>",
        b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        b'<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "_rels/.rels"])
def test_xml_that_grows_or_fetches_is_refused(desk: Desk, doctype: bytes, part: str) -> None:
    def add(parts: dict[str, bytes]) -> None:
        head, mark, rest = parts[part].partition(b"?>")
        parts[part] = head + mark + doctype + rest

    assert "Word does not make files like this" in told(desk, changed(plain(desk.folder), add))


def test_elements_that_go_too_deep_are_refused(desk: Desk) -> None:
    def deep(xml: bytes) -> bytes:
        return xml.replace(b"<w:body>", b"<w:body>" + b"<w:ins>" * 9999 + b"</w:ins>" * 9999)

    assert "inside each other" in told(desk, changed(plain(desk.folder), document_xml(deep)))


def test_the_deepest_file_that_is_let_in_can_be_read(desk: Desk) -> None:
    levels = word_package.MAX_DEPTH - 6

    def deep(xml: bytes) -> bytes:
        nested = b"<w:tbl><w:tr><w:tc>" * (levels // 3) + b"<w:p><w:r><w:t>In.</w:t></w:r></w:p>"
        nested += b"</w:tc></w:tr></w:tbl>" * (levels // 3)
        return xml.replace(b"<w:body>", b"<w:body>" + nested)

    made = desk.bring(changed(plain(desk.folder), document_xml(deep)))
    assert desk.page(made).ideas[0].sentences[0].text == "In."


@pytest.mark.drill
def test_a_part_that_unpacks_to_too_much_is_refused_without_unpacking_it(desk: Desk) -> None:
    def grow(xml: bytes) -> bytes:
        return xml + b" " * 100_000_000

    file = changed(plain(desk.folder), document_xml(grow))
    assert file.stat().st_size < 200_000
    tracemalloc.start()
    assert "too large inside: 4 MB" in told(desk, file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


def test_many_parts_that_unpack_to_too_much_together_are_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_package, "MAX_UNPACKED", 20_000)
    assert "too large inside" in told(desk, plain(desk.folder))


def test_one_part_that_is_read_very_often_is_refused_before_it_is_too_much(desk: Desk) -> None:
    part, size = "word/more.xml", 4_000_000
    file = changed(plain(desk.folder), lambda parts: parts.update({part: bytes(size)}))
    package = word_package.open_word(file.name, file.read_bytes())
    for _ in range(word_package.MAX_UNPACKED // size - 1):
        assert len(package.read(part, size)) == size
    with pytest.raises(PageNotMade, match="too large inside: 200 MB"):
        list(map(package.read, [part] * 2, [size] * 2))


def test_a_part_that_lies_about_its_size_is_refused(desk: Desk) -> None:
    file = plain(desk.folder)
    data = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as old:
        size = old.getinfo("word/document.xml").file_size
    real, lie = struct.pack("<I", size), struct.pack("<I", size // 2)
    assert data.count(real) >= 2  # before the part, and in the list at the end
    file.write_bytes(bytes(data).replace(real, lie))
    assert "is damaged" in told(desk, file)


@pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_way_of_packing_that_word_does_not_use_is_refused(desk: Desk, way: int) -> None:
    file = plain(desk.folder)
    with zipfile.ZipFile(file, "a", way) as made:
        made.writestr("word/more.xml", b" " * 1000)
    assert "is damaged" in told(desk, file)


def test_two_parts_of_one_name_are_refused(desk: Desk) -> None:
    file = plain(desk.folder)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(file, "a") as made:
        made.writestr("word/document.xml", made.read("word/document.xml"))
    assert "is damaged" in told(desk, file)


def test_a_list_of_too_many_parts_is_refused(desk: Desk) -> None:
    file = desk.folder / "visit.docx"
    with zipfile.ZipFile(file, "w") as made:
        for number in range(word_package.MAX_PARTS + 1):
            made.writestr(f"p{number}", "")
    assert "more than 5,000 parts" in told(desk, file)


def test_a_part_with_a_password_is_refused(desk: Desk) -> None:
    file = plain(desk.folder)
    data = bytearray(file.read_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    file.write_bytes(bytes(data))
    assert "is damaged" in told(desk, file)


def test_a_file_that_is_too_large_is_not_opened(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "MAX_FILE", 1000)
    assert "The file is too large" in told(desk, plain(desk.folder))


def png_of(width: int, height: int) -> bytes:
    """Return a PNG that says it has this size, and has no dots."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [8_000, 30_000, 2_000_000_000])
def test_a_picture_of_too_many_dots_is_refused_with_its_place(desk: Desk, side: int) -> None:
    def swap(parts: dict[str, bytes]) -> None:
        parts["word/media/image2.png"] = png_of(side, side)

    message = told(desk, changed(plain(desk.folder), swap))
    assert "The picture in table 1, row 2 is too large." in message


def test_a_picture_file_that_is_too_large_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.editor.word.reader.MAX_PICTURE", 10)
    assert "too large inside" in told(desk, plain(desk.folder))


def test_a_file_without_anything_and_one_with_too_many_ideas_are_refused(desk: Desk) -> None:
    message = told(desk, saved(docx.Document(), desk.folder / "visit.docx"))
    assert "no words and no pictures in it" in message
    document = docx.Document()
    for number in range(201):
        document.add_paragraph(sentence(number))
    message = told(desk, saved(document, desk.folder / "visit.docx"))
    assert "It has 201 ideas: 200 is the most for a page. Make 2 files of it." in message


LINE = b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>"
MANY = {
    "no words and no pictures": b"<w:p/>" * 200_000,
    "too many words": LINE % (b"a]( " * 100_000),
    "2,000 ideas": LINE % b"a" * 2_000,
}


@pytest.mark.parametrize("what", MANY)
def test_a_file_that_says_one_thing_very_often_is_refused(desk: Desk, what: str) -> None:
    def repeat(xml: bytes) -> bytes:
        return xml.replace(b"<w:body>", b"<w:body>" + MANY[what])

    file = saved(docx.Document(), desk.folder / "visit.docx")
    assert what in told(desk, changed(file, document_xml(repeat)))


def test_signs_without_number_do_not_hold_the_import_up(desk: Desk) -> None:
    document = docx.Document()
    document.add_paragraph("a]( e.g. ** " * 20_000)
    assert len(desk.page(desk.bring(document)).ideas) == 1


def test_nothing_outside_the_file_is_ever_opened(desk: Desk) -> None:
    document = docx.Document()
    document.add_paragraph("Hello.")
    secret = desk.folder / "secret.png"
    Image.new("RGB", (50, 50)).save(secret)
    for kind in ("image", "attachedTemplate", "styles", "numbering", "header"):
        key = document.part.relate_to(secret.as_uri(), f"http://x/{kind}", is_external=True)
        if kind == "image":
            drawing = (
                "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill>"
                f"<a:blip {{}}='{key}'/></pic:blipFill></pic:pic></a:graphicData></a:graphic>"
                "</wp:inline></w:drawing></w:r>"
            )
            insert(document.paragraphs[0], drawing.format("r:link"))
            insert(document.paragraphs[0], drawing.format("r:embed"))
    made = desk.bring(document)
    assert [one.what for one in made.left_out] == [
        "a picture that is not in the file itself. Put it in, and save"
    ]
    assert not list((desk.site.assets / "pictures").glob("*.png"))


def test_a_relation_that_climbs_out_of_the_file_finds_nothing(desk: Desk) -> None:
    def climb(parts: dict[str, bytes]) -> None:
        relations = "word/_rels/document.xml.rels"
        parts[relations] = parts[relations].replace(
            b"media/image1.png", b"../../../../etc/hostname"
        )

    made = desk.bring(changed(plain(desk.folder), climb))
    assert (
        str(made.left_out[0])
        == "table 1, row 1: a picture that is not in the file itself. Put it in, and save."
    )


@pytest.mark.parametrize("kind", mostly_drill(["TIFF", "GIF", "BMP", "PNG", "JPEG"], "PNG"))
def test_a_damaged_picture_never_takes_the_words_with_it(desk: Desk, kind: str) -> None:
    written = io.BytesIO()
    Image.effect_noise((64, 64), 50).convert("RGB").save(written, kind)
    good = written.getvalue()
    file = plain(desk.folder)
    whole = file.read_bytes()
    for at in range(0, min(len(good), 400), 57):
        damaged = good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :]

        def swap(parts: dict[str, bytes], damaged: bytes = damaged) -> None:
            parts["word/media/image1.png"] = damaged

        file.write_bytes(whole)
        made = desk.attempt(changed(file, swap), name=f"page-{at}")
        if isinstance(made, str):
            assert "is too large" in made
        else:
            assert len(desk.page(made).ideas) == 4
