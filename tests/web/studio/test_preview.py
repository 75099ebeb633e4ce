"""The preview in a real browser: the kiosk's own screen follows what is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.tools.axe import axe
from tests.tools.visit import LAPTOP, PHONE, OpenVisit, Screen
from tests.web.studio.staff import DRAFT, SECONDS, SMALL, WIDE, StartStudio, file_of, opened


@pytest.mark.drill
@pytest.mark.parametrize("screen", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_a_preview_follows_what_is_typed_in_each_size_and_all_colours(
    visit: OpenVisit, studio: StartStudio, tmp_path: Path, screen: Screen
) -> None:
    server = studio()
    person = visit(screen)
    page = person.page
    opened(page, server)
    page.get_by_role("button", name="Preview").press("Enter")
    frame = page.frame_locator(".stage iframe")
    expect(frame.locator("[data-ready]")).to_be_visible(timeout=SECONDS)
    page.get_by_label("Sentence 1, Idea 1").fill("Only in the preview.")
    expect(frame.get_by_text("Only in the preview.").first).to_be_visible(timeout=SECONDS)
    colours = page.get_by_label("Colours")
    for one in ("night", "cream", "strong", "paper"):
        colours.select_option(one)
        expect(frame.locator("html")).to_have_attribute("data-colours", one, timeout=SECONDS)
    assert axe(page) == []
    assert page.evaluate(SMALL) == []
    assert page.evaluate(WIDE) <= 0
    page.get_by_role("button", name="Phone").press("Enter")
    expect(frame.get_by_text("Only in the preview.").first).to_be_visible(timeout=SECONDS)
    page.get_by_role("button", name="Leaflet").press("Enter")
    expect(page.get_by_alt_text("Sheet 1 of")).to_be_visible(timeout=SECONDS)
    assert page.evaluate(WIDE) <= 0
    assert file_of(tmp_path).read_text() == DRAFT
    assert person.errors == []
    assert person.requests_beyond(server.url) == []
