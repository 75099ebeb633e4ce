"""An address that is not in use: a plain page of ours, in the browser's language."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kiosk.config import load_site
from kiosk.live.kiosk import Kiosk
from kiosk.web.addresses import not_here
from tests.tools.axe import axe
from tests.tools.server import KioskServer, StartKiosk
from tests.tools.sites import HOME, KIOSK_TOML, tiny_site
from tests.tools.visit import KIOSK, NARROW, PHONE, OpenVisit, Screen
from tests.web.test_routes import ask

WORDS = "This page is not here now."


@pytest.mark.parametrize(
    "path", ["/nonsense", "/static/nonsense", "/index.html", "/_stcore/metrics", "/pages", "/a/b"]
)
def test_an_unknown_address_has_our_page(tiny_kiosk: KioskServer, path: str) -> None:
    status, html = ask(tiny_kiosk, "GET", path)
    assert status == 404
    assert WORDS.encode() in html
    assert b"streamlit" not in html.lower()
    assert b"<script" not in html


@pytest.mark.parametrize("screen", [KIOSK, PHONE, NARROW], ids=["kiosk", "phone", "narrow"])
def test_it_breaks_no_rule_fits_and_leads_home(
    visit: OpenVisit, tiny_kiosk: KioskServer, screen: Screen
) -> None:
    person = visit(screen)
    page = person.go(f"{tiny_kiosk.url}/nonsense")
    expect(page.get_by_role("heading", name=WORDS)).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    link = page.get_by_role("link", name="Go to the first page")
    expect(link).to_be_focused()
    box = link.bounding_box()
    assert box is not None
    assert box["height"] >= 48
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What would you like to know?")).to_be_visible()
    assert [one for one in person.errors if "404" not in one] == []


@pytest.mark.parametrize("path", ["nonsense", "a/b", "a/b/"])
def test_it_works_without_scripts(browser: Browser, tiny_kiosk: KioskServer, path: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        with page.expect_response("**/screen/page/colours.css") as style:
            reply = page.goto(f"{tiny_kiosk.url}/{path}")
        assert reply is not None
        assert (reply.status, style.value.status) == (404, 200)
        page.get_by_role("link").click()
        expect(page).to_have_url(f"{tiny_kiosk.url}/?lang=en")
    finally:
        context.close()


def test_it_is_in_the_language_of_the_browser_or_the_first_of_the_site(
    kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    both = KIOSK_TOML.replace('["en"]', '["en", "ur"]')
    server = kiosk_server(tiny_site(tmp_path, {"kiosk.toml": both, "content/ur/home.md": HOME}))
    told = {
        "ur-PK,ur;q=0.9,en;q=0.8": b'<html lang="ur" dir="rtl">',
        "fr, UR": b'<html lang="ur" dir="rtl">',
        "fr": b'<html lang="en" dir="ltr">',
        "*;q=,,": b'<html lang="en" dir="ltr">',
    }
    for wanted, start in told.items():
        assert start in ask(server, "GET", "/nonsense", Accept_Language=wanted)[1]


def test_it_is_there_while_there_are_no_pages_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    (folder / "content").mkdir(parents=True)
    (folder / "kiosk.toml").write_text(KIOSK_TOML)
    kiosk = Kiosk(load_site(folder, tmp_path / "data"))
    try:
        assert kiosk.served.screens == {}
        assert WORDS in not_here(kiosk, "pl")
    finally:
        kiosk.close()
