"""A PDF that cannot be read, or could do harm: one clear message, and the site is as it was."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.editor.importing import Imported
from kiosk.editor.pdf import opening
from tests.editor.conftest import Desk
from tests.editor.pdf.files import Paper
from tests.tools.cases import examples


def told(desk: Desk, data: bytes) -> str:
    """Return the message of a refusal; fail if anything was written."""
    file = desk.folder / "visit.pdf"
    file.write_bytes(data)
    message = desk.attempt(file)
    assert isinstance(message, str)
    assert message.startswith("visit.pdf: ")
    return message


def plain() -> Paper:
    paper = Paper()
    paper.picture(60, 60, 1)
    paper.text(170, 80, "We will ask you.")
    return paper


def scan() -> Paper:
    paper = Paper()
    paper.ground()
    paper.new_page()
    paper.ground()
    return paper


def test_a_scan_is_refused_with_what_to_do(desk: Desk) -> None:
    message = told(desk, scan().bytes())
    assert "Each sheet is a photo (a scan): I cannot read words in a photo." in message
    assert "open the PDF in Word" in message


def test_a_scan_between_other_sheets_is_told(desk: Desk) -> None:
    paper = plain()
    paper.new_page()
    paper.ground()
    made = desk.bring(paper.save(desk.folder / "visit.pdf"))
    assert list(map(str, made.left_out)) == [
        "sheet 2: it is a photo. I cannot read words in it: write them on the page."
    ]


def test_an_empty_pdf_has_no_words(desk: Desk) -> None:
    assert "I found no words in this PDF." in told(desk, Paper().bytes())


def test_a_password_is_told(desk: Desk) -> None:
    data = plain().bytes()
    secret = "<00>".replace("00", "41" * 32)
    lock = f"/Encrypt <</Filter /Standard /V 1 /R 2 /O {secret} /U {secret} /P -4>> /ID [<41> <41>]"
    message = told(desk, data.replace(b"trailer\n<<", b"trailer\n<<" + lock.encode()))
    assert "This PDF has a password. Save it without a password, and try again." in message


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.7\n" + bytes(500), b"x%PDF-1.4 x"])
def test_a_broken_pdf_is_told(desk: Desk, data: bytes) -> None:
    assert "I cannot read this PDF: it is damaged. Find the Word file" in told(desk, data)


def test_too_many_sheets_are_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_PAGES", 1)
    assert "It has 2 sheets: 1 is the most." in told(desk, scan().bytes())


@pytest.mark.parametrize("twice", [False, True])
def test_a_part_that_unpacks_to_too_much_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, twice: bool
) -> None:
    monkeypatch.setattr(opening, "MAX_STREAM", 100_000)
    packed = zlib.compress(b" " * 5_000_000)
    filters = b"/FlateDecode"
    if twice:
        packed, filters = zlib.compress(packed), b"[/FlateDecode /FlateDecode]"
    head = b"<</Filter " + filters + b" /Length " + str(len(packed)).encode() + b">>\nstream\n"
    data = plain().bytes()
    begins = data.index(b"endobj\n", data.index(b"FlateDecode")) + len(b"endobj\n")
    number = data[:begins].count(b" obj\n") + 1  # the content of the only page
    start = data.index(f"{number} 0 obj\n".encode())
    ends = data.index(b"endobj\n", start)
    body = f"{number} 0 obj\n".encode() + head + packed + b"\nendstream\n"
    assert "It is too large inside" in told(desk, data[:start] + body + data[ends:])


def test_letters_without_names_are_told(desk: Desk) -> None:
    data = plain().bytes()
    odd = b"/Subtype /Type0 /BaseFont /Odd /Encoding /Identity-H /DescendantFonts [<</Type /Font "
    odd += b"/Subtype /CIDFontType2 /BaseFont /Odd /CIDSystemInfo <</Registry (Adobe) "
    odd += b"/Ordering (Identity) /Supplement 0>>>>]>>"
    usual = b"/Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>"
    assert "Its letters have no names" in told(desk, data.replace(usual, odd))


def test_a_word_file_is_no_pdf_whatever_its_name(desk: Desk) -> None:
    assert "This is not a Word file or a PDF." in told(desk, b"Hello")


@pytest.mark.drill
def test_a_damaged_pdf_is_a_page_or_a_message(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    good = plain().bytes()
    places = st.integers(0, len(good) - 1)
    changes = st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=8)

    @settings(max_examples=examples(60), deadline=None)
    @given(changes)
    def check(changes: list[tuple[int, int]]) -> None:
        data = bytearray(good)
        for at, value in changes:
            data[at] = value
        file = tmp_path / "damaged.pdf"
        file.write_bytes(data)
        made = desk.attempt(file)
        if isinstance(made, Imported):
            desk.page(made)
            (desk.site.root / made.path).unlink()
        else:
            assert "does not load" not in made

    check()
