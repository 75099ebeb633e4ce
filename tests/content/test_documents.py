from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.content import Library
from tests.tools.sites import PLAN, tiny_site

PDF = b"%PDF-1.7\n% the council's\n%%EOF\n"
PATH = "content/en/about/plan.md"
LINE = 8  # of `download` in the page


def library_of(folder: Path, named: str, data: bytes | None) -> tuple[Library, Path]:
    """Return the pages of a site whose page `plan` names a document; data: what the file has."""
    text = PLAN.replace("review_by:", f"download: {named}\nreview_by:")
    assert text.splitlines()[LINE - 1].startswith("download")
    site = tiny_site(folder, {PATH: text})
    if data is not None:
        (site / "assets" / "the-plan.pdf").write_bytes(data)
    return Library(load_site(site)), site


def test_a_page_carries_the_name_of_its_document(tmp_path: Path) -> None:
    library, _ = library_of(tmp_path, "the-plan.pdf", PDF)
    assert library.problems == ()
    assert library.languages["en"].pages["plan"].download == "the-plan.pdf"
    assert library.languages["en"].pages["people"].download == ""


@pytest.mark.parametrize(
    ("named", "data", "said"),
    [
        ("the-plam.pdf", PDF, 'There is no file assets/the-plam.pdf. Did you mean "the-plan.pdf"?'),
        ("the-plan.pdf", None, "There is no file assets/the-plan.pdf. Put the PDF there"),
        ("the-plan.pdf", b"<html>", "assets/the-plan.pdf is no whole PDF."),
        ("the-plan.pdf", PDF[:12], "assets/the-plan.pdf is no whole PDF."),
        ("the-plan.pdf", PDF + bytes(20_000_001) + PDF, "has 20 MB. 20 MB is the most."),
    ],
)
def test_a_document_that_is_not_good_is_a_problem_at_its_line_and_is_not_offered(
    tmp_path: Path, named: str, data: bytes | None, said: str
) -> None:
    library, _ = library_of(tmp_path, named, data)
    (problem,) = library.problems
    assert (str(problem.path), problem.line) == (PATH, LINE)
    assert said in str(problem)
    assert library.languages["en"].pages["plan"].download == ""  # the page itself is shown


@pytest.mark.parametrize("named", ["../kiosk.toml", "papers/plan.pdf", "plan.docx", "-o.pdf"])
def test_a_name_that_is_no_pdf_of_the_folder_is_refused_at_its_line(
    tmp_path: Path, named: str
) -> None:
    library, _ = library_of(tmp_path, named, None)
    assert str(library.problems[0]).startswith(f"{PATH}:{LINE}: ")
    assert "is not the name of a PDF in assets/" in str(library.problems[0])


def test_a_document_that_leads_out_of_the_site_is_refused(tmp_path: Path) -> None:
    library, site = library_of(tmp_path, "the-plan.pdf", None)
    (tmp_path / "elsewhere.pdf").write_bytes(PDF)
    (site / "assets" / "the-plan.pdf").symlink_to(tmp_path / "elsewhere.pdf")
    assert library.refresh()
    assert "outside the site's folder" in str(library.problems[0])


def test_a_document_that_comes_later_is_offered_at_once(tmp_path: Path) -> None:
    library, site = library_of(tmp_path, "the-plan.pdf", None)
    before = library.version
    (site / "assets" / "the-plan.pdf").write_bytes(PDF)
    assert library.refresh()
    assert library.problems == ()
    assert library.languages["en"].pages["plan"].download == "the-plan.pdf"
    assert library.version != before
