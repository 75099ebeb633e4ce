"""*Take it home*: a page's sheet with a code for a phone, its address, and a printer."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
import pytest
import zxingcpp
from PIL import Image, ImageFilter
from playwright.sync_api import Locator, Page, expect

from kiosk.config import load_site
from kiosk.screen.interface_words import interface_of
from tests.screen.test_fits import wrong_on
from tests.tools.axe import axe
from tests.tools.cases import is_drill, mostly_drill
from tests.tools.person import (
    Keypad,
    heard,
    listen_in,
    narrated,
    opened,
    press,
    wait_prepared,
    wait_quiet,
)
from tests.tools.persons import Listener, OneSwitch, SixKeys
from tests.tools.printers import Cups, Printers, StandIn
from tests.tools.server import KioskServer
from tests.tools.sites import HOME, KIOSK_TOML, PEOPLE, PLAN, tiny_site
from tests.tools.static_site import served, write_site
from tests.tools.visit import KIOSK, NARROW, PHONE, OpenVisit, Screen
from tests.tools.waiting import wait_until

TALL = Screen(1080, 1920, touch=True)
ZOOMED = Screen(960, 540, touch=True, scale=2.0)  # a kiosk at 200% zoom
CODES = ("en", "pl", "ro", "ur")
SPOKEN = CODES if is_drill() else ("en", "ur")
ADDRESS = "https://example.org/easy-read/"
WORDS = interface_of("en").words
SETTINGS = (
    KIOSK_TOML.replace('["en"]', json.dumps(SPOKEN)).replace(
        "[site]", f'[site]\nweb_address = "{ADDRESS}"'
    )
    + "\n[switch]\nseconds = 0.5\n[print]\n"
)
DOCUMENT = b"%PDF-1.7\n% the council's own\n%%EOF\n"
WITH_DOCUMENT = PEOPLE.replace("review_by:", "download: the-plan.pdf\nreview_by:")
TRANSLATED = {
    "home.md": HOME,
    "about/people.md": WITH_DOCUMENT.replace("**co-production**", "it"),
    "about/plan.md": PLAN,
}
SITE: dict[str, str | None] = {
    "kiosk.toml": SETTINGS,
    "content/en/about/people.md": WITH_DOCUMENT,
    **{f"content/{code}/{name}": text for code in SPOKEN[1:] for name, text in TRANSLATED.items()},
}


@dataclass
class Beside:
    """A kiosk, and the printers beside it."""

    server: KioskServer
    printers: Printers


def started(folder: Path, printers: Printers, printer: str) -> KioskServer:
    changes = {"kiosk.toml": f'{SETTINGS}printer = "{printer}"\n'}
    site = tiny_site(folder, SITE | changes)
    (site / "assets" / "the-plan.pdf").write_bytes(DOCUMENT)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in printers.variables.items():
            patch.setenv(name, value)
        return KioskServer(site, folder / "data", shared="tiny")


@pytest.fixture(scope="module")
def beside(folder: Path) -> Iterator[Beside]:
    printers = StandIn(folder / "printers")
    server = started(folder, printers, "sheet")
    yield Beside(server, printers)
    server.close()


def sheet(page: Page) -> Locator:
    return page.get_by_role("dialog", name=WORDS["take"])


def plan_of(visit: OpenVisit, server: KioskServer, screen: Screen = TALL) -> Page:
    """Open the page `plan` with ears."""
    page = visit(screen).page
    page.emulate_media(reduced_motion="reduce")
    listen_in(page, 16)
    return opened(page, f"{server.url}/?page=plan")


def read_by_phone(page: Page) -> list[str]:
    """Return what a phone reads off the screen: held askew, and not sharp."""
    with Image.open(io.BytesIO(page.screenshot())) as shot:
        seen = shot.convert("L").rotate(11, expand=True, fillcolor=90)
        seen = seen.filter(ImageFilter.GaussianBlur(2.5))
    return [one.text for one in zxingcpp.read_barcodes(seen)]


def test_a_visitor_takes_a_page_by_phone_and_prints_it_once(
    visit: OpenVisit, beside: Beside
) -> None:
    page = plan_of(visit, beside.server)
    for name in ("plan", "interface"):
        narrated(beside.server.url, f"en/{name}/normal")
    press(page, WORDS["take"])
    expect(page.get_by_role("heading", name=WORDS["take"])).to_be_focused()
    code = f"{ADDRESS}?page=plan&lang=en"
    wait_until(lambda: read_by_phone(page) == [code], 10, "the code")
    typed = code.removeprefix("https://")
    expect(sheet(page).locator(".address b")).to_have_text(typed)
    # Listen reads the sheet, and nothing behind it.
    press(page, "Listen")
    shown = [WORDS["take_phone"], *(WORDS[f"take_{one}"] for one in ("camera", "hold", "touch"))]
    shown += [WORDS["take_write"], typed, WORDS["take_ours"]]
    wait_until(lambda: len(heard(page)) == len(shown), 30, "the whole sheet")
    assert heard(page) == shown
    wait_quiet(page)
    press(page, WORDS["print_leaflet"])
    message = page.locator("#message")
    expect(message).to_have_text(WORDS["printed"], timeout=30_000)
    with pdfplumber.open(io.BytesIO(beside.printers.printed())) as file:
        assert file.metadata["Title"] == "Your plan"
        assert "It is not an official document." in (file.pages[-1].extract_text() or "")
    wait_until(lambda: heard(page)[-1] == WORDS["printed"], 10, "that it is printed")
    press(page, WORDS["print_leaflet"])
    expect(message).to_have_text(WORDS["print_once"])
    press(page, "Done")
    expect(sheet(page)).to_have_count(0)
    expect(page.get_by_role("button", name=WORDS["take"])).to_be_focused()
    # The next visit prints again: nothing is left of this one.
    press(page, "Finish")
    page.get_by_role("link", name="About us").click()
    press(page, WORDS["take"])
    press(page, WORDS["print_poster"])
    expect(message).to_have_text(WORDS["printed"], timeout=30_000)


def test_without_a_web_address_and_a_printer_there_is_no_button(
    visit: OpenVisit, tiny_kiosk: KioskServer
) -> None:
    page = opened(visit(TALL).page, f"{tiny_kiosk.url}/?page=plan")
    expect(page.get_by_text(WORDS["take"], exact=True)).to_have_count(0)


@pytest.mark.drill
def test_a_copy_without_a_kiosk_has_the_code_and_no_printer(
    visit: OpenVisit, tmp_path: Path
) -> None:
    settings = SITE | {"kiosk.toml": f'{SETTINGS}printer = "sheet"\n'}
    site = tiny_site(tmp_path, settings)
    (site / "assets" / "the-plan.pdf").write_bytes(DOCUMENT)
    write_site(load_site(site, tmp_path / "data"), tmp_path / "files")
    # The code of the document leads to it.
    assert (tmp_path / "files" / "documents" / "the-plan.pdf").read_bytes() == DOCUMENT
    with served(tmp_path / "files") as copy:
        page = opened(visit(PHONE).page, f"{copy.url}/?page=plan")
        press(page, WORDS["take"])
        assert read_by_phone(page) == [f"{ADDRESS}?page=plan&lang=en"]
        expect(page.get_by_text(WORDS["print_leaflet"])).to_be_hidden()
        expect(page.get_by_text(WORDS["take_ours"])).to_be_hidden()


@pytest.mark.drill
def test_where_only_a_printer_is_the_sheet_has_no_code(visit: OpenVisit, tmp_path: Path) -> None:
    printers = StandIn(tmp_path / "printers")
    settings = KIOSK_TOML + '\n[print]\nprinter = "sheet"\n'
    with pytest.MonkeyPatch.context() as patch:
        for name, value in printers.variables.items():
            patch.setenv(name, value)
        server = KioskServer(
            tiny_site(tmp_path, {"kiosk.toml": settings}), tmp_path / "data", shared="tiny"
        )
    try:
        page = opened(visit(KIOSK).page, f"{server.url}/?page=plan")
        press(page, WORDS["take"])
        expect(sheet(page).locator(".code")).to_have_count(0)
        press(page, WORDS["print_leaflet"])
        expect(page.locator("#message")).to_have_text(WORDS["printed"], timeout=30_000)
    finally:
        server.close()


def test_the_councils_own_document_is_offered_beside_our_page_and_named_as_such(
    visit: OpenVisit, beside: Beside
) -> None:
    page = opened(visit(TALL).page, f"{beside.server.url}/?page=people")
    press(page, WORDS["take"])
    ours, theirs = sheet(page).locator(".offer").all()
    expect(ours).to_contain_text(WORDS["take_ours"])
    expect(theirs.get_by_role("heading")).to_have_text(WORDS["take_document"])
    expect(theirs).to_contain_text(WORDS["take_not_ours"])
    theirs.scroll_into_view_if_needed()
    document = f"{ADDRESS}documents/the-plan.pdf"
    assert document in read_by_phone(page)
    expect(theirs.locator(".address b")).to_have_text(document.removeprefix("https://"))
    press(page, WORDS["print_document"])
    expect(page.locator("#message")).to_have_text(WORDS["printed"], timeout=30_000)
    assert beside.printers.printed() == DOCUMENT


@pytest.mark.drill
def test_six_keys_print(visit: OpenVisit, beside: Beside) -> None:
    page = plan_of(visit, beside.server)
    for name in ("plan", "interface"):
        narrated(beside.server.url, f"en/{name}/normal")
    person = SixKeys(page)
    person.choose(WORDS["take"])
    assert axe(page) == []
    person.choose(WORDS["print_leaflet"])
    expect(page.locator("#message")).to_have_text(WORDS["printed"], timeout=30_000)
    assert axe(page) == []
    Keypad(page).press("back")
    expect(sheet(page)).to_have_count(0)


@pytest.mark.drill
def test_one_switch_prints(visit: OpenVisit, beside: Beside) -> None:
    page = plan_of(visit, beside.server, KIOSK)
    wait_prepared(page)
    person = OneSwitch(page)
    person.keypad.press("switch")
    wait_until(lambda: heard(page), 10, "the voice")
    person.choose(WORDS["take"])
    assert axe(page) == []
    person.choose(WORDS["print_leaflet"])
    expect(page.locator("#message")).to_have_text(WORDS["printed"], timeout=30_000)
    assert axe(page) == []


@pytest.mark.drill
def test_ears_alone_find_the_address_and_the_printer(visit: OpenVisit, beside: Beside) -> None:
    page = plan_of(visit, beside.server)
    wait_prepared(page)
    person = Listener(page)
    person.press("speech")
    person.choose(WORDS["take"])
    wait_quiet(page)
    typed = f"{ADDRESS}?page=plan&lang=en".removeprefix("https://")
    for _ in range(12):
        said = person.press("down")
        if typed in said:
            break
    assert said == [WORDS["take_write"], typed]
    assert axe(page) == []
    person.choose(WORDS["print_leaflet"])
    wait_until(lambda: WORDS["printed"] in heard(page), 30, "that it is printed")
    assert WORDS["printing"] in heard(page)


@pytest.mark.drill
@pytest.mark.parametrize(
    ("printer", "why"),
    [("sheet", ""), ("empty", "paper"), ("gone", "off"), ("stopped", "off"), ("nowhere", "failed")],
)
def test_what_becomes_of_a_paper_in_a_real_queue_is_seen_and_heard(
    visit: OpenVisit, tmp_path: Path, printer: str, why: str
) -> None:
    cups = Cups()
    server = started(tmp_path, cups, printer)
    try:
        page = plan_of(visit, server)
        for name in ("plan", "interface"):
            narrated(server.url, f"en/{name}/normal")
        press(page, WORDS["take"])
        press(page, WORDS["print_leaflet"])
        told = WORDS[f"print_{why}"] if why else WORDS["printed"]
        expect(page.locator("#message")).to_have_text(told, timeout=60_000)
        wait_until(lambda: heard(page)[-1] == told, 15, "what is told")
        assert cups.waiting() == []  # nobody else finds this paper
        assert cups.printed().startswith(b"%PDF-") == (not why)
    except BaseException as trouble:
        trouble.add_note(f"{cups.told()}\n{server.stderr_text()}")
        raise
    finally:
        server.close()
        cups.close()


@pytest.mark.parametrize(
    "screen",
    mostly_drill([TALL, KIOSK, ZOOMED, Screen(1024, 768, touch=True), PHONE, NARROW], PHONE),
    ids=lambda one: one.width,
)
@pytest.mark.parametrize("code", mostly_drill(CODES, "ur"))
def test_the_sheet_fits_and_breaks_no_rule(
    visit: OpenVisit, beside: Beside, screen: Screen, code: str
) -> None:
    page = visit(screen).page
    page.emulate_media(reduced_motion="reduce")
    words = interface_of(code).words
    for name, prints in (("plan", "print_leaflet"), ("people", "print_document")):
        opened(page, f"{beside.server.url}/?page={name}&lang={code}")
        assert wrong_on(page, 0) == {}
        press(page, words["take"])
        assert wrong_on(page, 0) == {}
        assert axe(page) == []
        for drawn in page.locator(".code").all():
            drawn.scroll_into_view_if_needed()
            assert drawn.evaluate("(one) => one.decode().then(() => one.naturalWidth)") > 0
        button = page.get_by_role("button", name=words[prints])
        button.scroll_into_view_if_needed()
        expect(button).to_be_in_viewport(ratio=1)
