"""The list of pages in a real browser: each change to a page can be taken back by one press."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.tools.axe import axe
from tests.tools.visit import LAPTOP, PHONE, OpenVisit, Screen
from tests.web.studio.staff import SECONDS, SMALL, WIDE, StartStudio, sign_in

ABOUT = "content/en/about"


def fits(page: Page) -> None:
    assert axe(page) == []
    assert page.evaluate(SMALL) == []
    assert page.evaluate(WIDE) <= 0


def said(page: Page, words: str) -> None:
    expect(page.locator(".said")).to_contain_text(words, timeout=SECONDS)


def undo(page: Page) -> None:
    page.locator(".said").get_by_role("button", name="Undo").press("Enter")
    said(page, "It is as it was.")


@pytest.mark.drill
@pytest.mark.parametrize("screen", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_pages_are_copied_moved_ordered_and_retired_by_keys_and_all_is_taken_back(
    visit: OpenVisit, studio: StartStudio, tmp_path: Path, screen: Screen
) -> None:
    server = studio()
    folder = tmp_path / "site" / ABOUT
    before = {one.name: one.read_text() for one in folder.iterdir()}
    person = visit(screen)
    page = person.go(server.url)
    sign_in(page, "Ali")
    more = page.get_by_role("button", name="More for “The people here”")
    more.press("Enter", timeout=SECONDS)
    fits(page)
    page.get_by_label("Title", exact=True).fill("Who works here")
    page.get_by_role("button", name="Copy", exact=True).press("Enter")
    said(page, "The copy is a draft.")
    copy = page.get_by_role("link", name=re.compile("Who works here"))
    expect(copy).to_be_focused()
    expect(copy).to_contain_text("by Ali")
    fits(page)
    undo(page)
    expect(page.get_by_text("Retired pages (1)")).to_be_visible()
    more.press("Enter")
    page.get_by_label("Move to another part").select_option(
        label="No part, only a link leads to it"
    )
    page.get_by_role("button", name="Move", exact=True).press("Enter")
    said(page, "is in “No part")
    assert (tmp_path / "site/content/en/people.md").exists()
    undo(page)
    more.press("Enter")
    page.get_by_role("button", name="Retire", exact=True).press("Enter")
    said(page, "“The people here” is retired.")
    assert not (folder / "people.md").exists()
    undo(page)
    page.get_by_role("button", name="Change the order, About us").press("Enter")
    page.get_by_role("button", name="Down, The people here").press("Enter", timeout=SECONDS)
    said(page, "“The people here” is number 2 of 3 now.")
    expect(page.get_by_role("button", name="Down, The people here")).to_be_focused()
    fits(page)
    undo(page)
    handles = page.locator(".movable .handle")
    handles.nth(2).drag_to(handles.nth(0))
    said(page, "“Your plan” is number 1 of 3 now.")
    undo(page)
    page.get_by_role("button", name="The order is right").press("Enter")
    expect(more).to_be_visible(timeout=SECONDS)
    assert {one.name: one.read_text() for one in folder.iterdir()} == before
    assert person.errors == []
    assert person.requests_beyond(server.url) == []
