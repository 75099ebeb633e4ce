"""`kiosk new page` begins a page that staff fill in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.content.names import RESERVED
from kiosk.editor.template import new_page
from kiosk.errors import PageNotMade
from tests.easyread.sites import TODAY, check, one_page_site
from tests.tools.sites import tiny_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return one_page_site(tmp_path, ":memo: We help.\n")


def test_a_new_page_is_a_draft_in_which_the_checker_finds_only_what_waits(site: Path) -> None:
    place = new_page(load_site(site), "Our  bus stop", part="about", today=TODAY)
    assert place.path == site / "content/en/about/our-bus-stop.md"
    found = check(site).findings
    assert [(one.code, one.severity) for one in found] == [("ER25", "W")] * 5
    source = next(one for one in Library(load_site(site)).now.sources if one.id == "our-bus-stop")
    assert source.page is not None
    assert (source.page.title, source.page.status) == ("Our bus stop", "draft")
    assert source.page.review_by == date(2027, 11, 23)
    assert len(source.ideas) == 3


def test_a_page_that_is_ready_says_what_is_not_filled_in(site: Path) -> None:
    path = new_page(load_site(site), "Our bus", part="about", today=TODAY).path
    path.write_text(path.read_text().replace("status: draft", "status: ready"))
    said = [one.problem for one in check(site).findings]
    assert '"source" is not filled in.' in said
    assert '"facts_checked" is not filled in.' in said
    assert said.count('The picture still says "To do: choose a picture".') == 3


@pytest.mark.parametrize("title", ["Page", "page", "PAGE!"])
def test_a_page_that_is_there_is_never_written_over(site: Path, title: str) -> None:
    before = (site / "content/en/about/page.md").read_bytes()
    with pytest.raises(PageNotMade, match="already"):
        new_page(load_site(site), title, part="about")
    assert (site / "content/en/about/page.md").read_bytes() == before


@pytest.mark.parametrize("name", RESERVED)
def test_a_page_that_the_kiosk_would_refuse_is_not_made(site: Path, name: str) -> None:
    with pytest.raises(PageNotMade) as refusal:
        new_page(load_site(site), name.capitalize(), part="about")
    hint = "Use --name to give this page another name."
    assert str(refusal.value) == f"{RESERVED[name]} {hint}"
    assert not (site / f"content/en/about/{name}.md").exists()


def test_a_new_page_stands_behind_those_whose_numbers_leave_room(tmp_path: Path) -> None:
    plan = "content/en/about/plan.md"
    text = (tiny_site(tmp_path) / plan).read_text()
    broken = {"content/en/about/broken.md": "---\norder: 40\ntitle:\n---\n"}
    site = load_site(tiny_site(tmp_path, {plan: text.replace("order: 2", "order: 30"), **broken}))
    assert new_page(site, "Our bus", part="about").order == 41
    assert new_page(site, "Our boat", part="new").order == 1


def test_a_number_that_no_page_may_have_is_not_given(tmp_path: Path) -> None:
    plan = "content/en/about/plan.md"
    text = (tiny_site(tmp_path) / plan).read_text()
    said = f"{text}\norder: 50 is a line of the page, no number of it.\n"
    site = load_site(tiny_site(tmp_path, {plan: said}))
    assert new_page(site, "Our boat", part="about").order == 3
    site = load_site(tiny_site(tmp_path, {plan: text.replace("order: 2", "order: 9999")}))
    assert new_page(site, "Our bus", part="about").order == 9999


def test_a_title_is_written_so_that_it_comes_back_as_it_was(site: Path) -> None:
    for number, title in enumerate(['"Yes": it\'s 5 # now', "- no", "Łódź {a}", "null", "---"]):
        new_page(load_site(site), title, part="about", name=f"page-{number}", today=TODAY)
    titles = {one.id: one.page.title for one in Library(load_site(site)).now.sources if one.page}
    assert titles["page-0"] == '"Yes": it\'s 5 # now'
    assert titles["page-3"] == "null"
    assert titles["page-4"] == "---"


def test_a_title_without_letters_needs_a_name(site: Path) -> None:
    for title in ("", "  ", "؟", "!!"):
        with pytest.raises(PageNotMade, match="--name"):
            new_page(load_site(site), title, part="about")
    place = new_page(load_site(site), "؟", part=None, name="help", language="en")
    assert place.path == site / "content/en/help.md"
