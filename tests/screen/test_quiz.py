"""A blind test of a page's pictures, from the command to the report."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import expect

from kiosk.config import load_site
from kiosk.editor.quiz import make_quiz
from kiosk.feedback.report.report import report
from kiosk.feedback.report.report_views import as_html, as_text
from kiosk.feedback.store.index import open_index
from kiosk.feedback.survey.survey import load_surveys
from kiosk.symbols import SymbolBook
from tests.editor.test_quiz import SITE
from tests.tools.axe import axe
from tests.tools.given import Given
from tests.tools.person import opened, press
from tests.tools.server import StartKiosk
from tests.tools.sites import tiny_site
from tests.tools.visit import KIOSK, OpenVisit

ABOUT = "This question is about a picture. You need to see it to answer. You can also press Skip."


def test_somebody_tries_the_pictures_and_staff_read_the_share_that_was_right(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    root = tiny_site(tmp_path, SITE)
    make_quiz(load_site(root), "trust")
    site = load_site(root, tmp_path / "data")
    surveys, _ = load_surveys(site, SymbolBook(site))
    first, second, *others = surveys["quiz-trust"].questions
    server = kiosk_server(root)
    given = Given(tmp_path / "data")
    page = opened(visit(KIOSK).page, f"{server.url}/?page=home")
    assert page.locator("[data-page^=quiz]").count() == 0
    opened(page, f"{server.url}/?page=quiz-trust")
    shown = page.locator(".question:not([hidden])")
    expect(shown.get_by_role("img", name=ABOUT)).to_be_visible()
    # What a listener is told is honest, and no word of the screen says what the picture shows.
    assert first.symbol.words not in page.locator("#page").inner_html()
    assert axe(page) == []
    right = {one.id: one.words for one in first.choices}[first.right]
    press(page, right)
    press(page, "Next question")
    expect(
        shown.get_by_role("button", name="Send").or_(
            shown.get_by_role("button", name="Next question")
        )
    ).to_be_visible()
    wrong = next(one for one in second.choices if one.id != second.right)
    press(page, wrong.words)
    press(page, "Next question")
    for _ in others:
        press(page, "Skip")
    expect(page.locator(".result")).to_have_text("Your answer is saved.")
    expect(page.locator(".again [data-page=think]")).to_be_attached()
    (kept,) = given.read()
    assert kept["answers"] == {first.id: first.right, second.id: wrong.id}
    index = open_index(site)
    index.refresh()
    made = report(index, site, surveys, datetime.now(UTC))
    index.close()
    text = as_text(made)
    assert "Pictures that were tried out\nPictures: About trust\n" in text
    assert f"1 of 1 right (100%): Picture: {first.symbol.words}" in text
    assert f"0 of 1 right (0%): Picture: {second.symbol.words}" in text
    assert f"Right: 0 (0%). Most of the others: {wrong.words} (1)." in text
    assert "<li>0 of 1 right (0%): Picture:" in as_html(made)
