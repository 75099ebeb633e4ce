"""Staff publish a page in a real browser, an open kiosk shows it, and they undo it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.tools.axe import axe
from tests.tools.server import KioskServer
from tests.tools.sites import PLAN
from tests.tools.visit import LAPTOP, NARROW, PHONE, OpenVisit, Screen
from tests.web.studio.staff import SECONDS, SHOWN, SMALL, WIDE, StartStudio, saved, sign_in


def changed(page: Page, server: KioskServer, name: str = "Ali") -> None:
    """Open the page that visitors see, change it, and save it by keys."""
    page.goto(f"{server.url}/#/{SHOWN}")
    sign_in(page, name)
    page.get_by_label("Sentence 1, Idea 1").press("End", timeout=SECONDS)
    page.keyboard.type(" We use it every day.")
    page.keyboard.press("Control+s")
    saved(page)


@pytest.mark.drill
def test_a_page_is_published_by_keys_seen_on_an_open_kiosk_and_undone(
    visit: OpenVisit, studio: StartStudio, tmp_path: Path
) -> None:
    server = studio()
    file = tmp_path / "site" / SHOWN
    kiosk = KioskServer(tmp_path / "site", tmp_path / "data")
    try:
        person, page = visit(LAPTOP), visit(LAPTOP).page
        screen = person.go(f"{kiosk.url}/?page=plan")
        shown = screen.locator("#page")
        expect(shown).to_contain_text("plan for your support", timeout=SECONDS)
        changed(page, server)
        assert file.read_text() == PLAN
        page.get_by_role("button", name="What changed?").press("Enter")
        dialog = page.get_by_role("dialog")
        expect(dialog.locator("mark")).to_have_text(" We use it every day.", timeout=SECONDS)
        assert dialog.locator("figure img").count() == 2
        assert axe(page) == []
        dialog.get_by_role("button", name="Close").press("Enter")
        page.get_by_role("button", name="Publish", exact=True).press("Enter")
        page.get_by_label("Yes", exact=True).press("Space", timeout=SECONDS)
        dialog.get_by_role("button", name="Publish").press("Enter")
        missing = dialog.get_by_role("alert")
        expect(missing).to_contain_text('"Who checked it?" is empty', timeout=SECONDS)
        assert "checked_by" not in missing.inner_text()
        assert axe(page) == []
        assert page.evaluate(SMALL) == []
        page.get_by_label("Who checked it?").press_sequentially("Our group, 4 people")
        dialog.get_by_label("Who can people ask?").press_sequentially("Ask us.")
        dialog.get_by_role("button", name="Publish").press("Enter")
        expect(page.locator(".status")).to_contain_text("Visitors see it now", timeout=SECONDS)
        expect(shown).to_contain_text("We use it every day.", timeout=SECONDS)
        assert "checked_by: Our group, 4 people\n" in file.read_text()
        page.locator(".status").get_by_role("button", name="Undo").press("Enter")
        expect(page.locator(".status")).to_contain_text("older version", timeout=SECONDS)
        expect(shown).not_to_contain_text("We use it every day.", timeout=SECONDS)
        assert file.read_text() == PLAN
        page.get_by_role("button", name="Versions").press("Enter")
        again = page.get_by_role("button", name="Show it to visitors again Version 2")
        again.press("Enter", timeout=SECONDS)
        expect(shown).to_contain_text("We use it every day.", timeout=SECONDS)
        assert person.errors == []
    finally:
        kiosk.close()


@pytest.mark.drill
def test_what_was_changed_by_hand_under_what_waits_is_shown_and_a_person_chooses(
    visit: OpenVisit, studio: StartStudio, tmp_path: Path
) -> None:
    server = studio()
    file = tmp_path / "site" / SHOWN
    page = visit(LAPTOP).page
    changed(page, server, "Bea")
    expect(page.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    expect(page.locator(".standing")).to_contain_text("has to publish it")
    by_hand = PLAN + "By hand.\n"
    file.write_text(by_hand, newline="\n")
    expect(page.locator(".others")).to_contain_text("Somebody else has changed", timeout=SECONDS)
    page.get_by_role("button", name="Look").press("Enter")
    choice = page.get_by_role("dialog", name="Two people changed this page")
    expect(choice).to_contain_text("By hand.", timeout=SECONDS)
    expect(choice).to_contain_text("We use it every day.")
    choice.get_by_role("button", name="Take what is saved").press("Enter")
    expect(page.locator(".status")).to_contain_text("You see what is saved", timeout=SECONDS)
    expect(page.get_by_label("Sentence 2, Idea 2")).to_have_value("By hand.")
    assert not list((tmp_path / "site/content/.drafts").rglob("*.txt"))
    page.get_by_role("button", name="Versions").press("Enter")
    page.get_by_role("button", name="Go on with this text Version 1").press("Enter")
    expect(page.locator(".status")).to_contain_text("You go on", timeout=SECONDS)
    page.get_by_role("button", name="Throw these changes away").press("Enter")
    expect(page.locator(".status")).to_contain_text("Thrown away", timeout=SECONDS)
    page.locator(".status").get_by_role("button", name="Undo").press("Enter")
    waits = page.locator(".standing").get_by_text("and not published")
    expect(waits).to_be_visible(timeout=SECONDS)
    assert file.read_text() == by_hand


@pytest.mark.drill
@pytest.mark.parametrize("screen", [PHONE, NARROW], ids=["phone", "400% zoom"])
def test_all_of_publishing_fits_small_screens_and_a_plan_can_be_ended(
    visit: OpenVisit, studio: StartStudio, screen: Screen
) -> None:
    page = visit(screen).page
    changed(page, studio())
    for name in ("What changed?", "Versions", "Publish"):
        page.get_by_role("button", name=name, exact=True).click()
        expect(page.get_by_role("dialog")).to_be_visible(timeout=SECONDS)
        assert page.evaluate(WIDE) <= 0
        assert axe(page) == []
        assert page.evaluate(SMALL) == []
        if name != "Publish":
            page.get_by_role("dialog").get_by_role("button", name="Close").click()
    page.get_by_label("From a day on").click()
    page.get_by_label("The day", exact=True).fill("2999-01-01")
    page.get_by_role("button", name="Publish on that day").click()
    standing = page.locator(".standing")
    expect(standing).to_contain_text("published by itself on 1 January 2999", timeout=SECONDS)
    assert axe(page) == []
    page.get_by_role("link", name="All pages").click()
    expect(page.locator(".mark.waits")).to_contain_text("2999", timeout=SECONDS)
    page.get_by_role("link", name="Your plan").first.click()
    page.get_by_role("button", name="Do not publish on that day").click()
    expect(page.locator(".status")).to_contain_text("not published by itself", timeout=SECONDS)
