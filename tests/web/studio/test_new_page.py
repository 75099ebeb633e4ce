"""A page is begun in a real browser: from a Word file, and from what was copied elsewhere."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pytest
from playwright.sync_api import expect

from tests.editor.word.files import add_picture, sentence
from tests.tools.axe import axe
from tests.tools.visit import LAPTOP, PHONE, OpenVisit, Screen
from tests.web.studio.staff import SECONDS, SMALL, WIDE, StartStudio, sign_in

COPY = """async () => navigator.clipboard.write([new ClipboardItem({
  "text/html": new Blob(["<h1>Our trip</h1><p>We saw a bus.</p>"], { type: "text/html" }),
  "text/plain": new Blob(["Our trip We saw a bus."], { type: "text/plain" }),
})])"""


def word_file() -> bytes:
    document = docx.Document()
    document.add_heading("My bus visit", 0)
    for number in (1, 2):
        paragraph = document.add_paragraph()
        add_picture(paragraph, number)
        document.add_paragraph(sentence(number))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.drill
@pytest.mark.parametrize("screen", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_a_page_comes_from_a_word_file_and_from_the_clipboard(
    visit: OpenVisit, studio: StartStudio, tmp_path: Path, screen: Screen
) -> None:
    server = studio()
    person = visit(screen)
    page = person.go(server.url)
    sign_in(page)
    page.get_by_role("button", name="New page").press("Enter", timeout=SECONDS)
    page.get_by_role("button", name="A Word or PDF file").press("Enter")
    page.get_by_role("button", name="Make the page").press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Choose a file first.")
    file = page.get_by_label("The file")
    file.set_input_files({"name": "not.docx", "mimeType": "", "buffer": b"MZ\x90" * 50})
    page.get_by_role("button", name="Make the page").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("not.docx", timeout=SECONDS)
    assert axe(page) == []
    assert page.evaluate(SMALL) == []
    assert page.evaluate(WIDE) <= 0
    file.set_input_files({"name": "visit.docx", "mimeType": "", "buffer": word_file()})
    page.get_by_role("button", name="Make the page").press("Enter")
    made = page.get_by_role("dialog", name="New page")
    expect(made).to_contain_text("“My bus visit”: 2 ideas, 2 pictures.", timeout=SECONDS)
    expect(made).to_contain_text("say who made them")
    assert axe(page) == []
    made.get_by_role("button", name="Open the page").press("Enter")
    first = page.get_by_label("Sentence 1, Idea 1")
    expect(first).to_have_value(sentence(1), timeout=SECONDS)
    page.get_by_role("link", name="All pages").press("Enter")
    page.get_by_role("button", name="New page").press("Enter", timeout=SECONDS)
    page.get_by_role("button", name="Copied words").press("Enter")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.url)
    page.evaluate(COPY)
    page.get_by_label("The copied words").press("Control+V")
    expect(page.get_by_role("dialog").get_by_role("status").first).to_contain_text("6 words")
    page.get_by_role("button", name="Make the page").press("Enter")
    expect(made).to_contain_text("“Our trip”: 1 idea, 0 pictures.", timeout=SECONDS)
    made.get_by_role("button", name="Close").press("Enter")
    expect(page.get_by_role("link", name=re.compile("Our trip"))).to_be_visible(timeout=SECONDS)
    assert (tmp_path / "site/content/en/about/our-trip.md").exists()
    assert [one for one in person.errors if "422" not in one] == []
    assert person.requests_beyond(server.url) == []
