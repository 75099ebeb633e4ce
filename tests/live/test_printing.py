from __future__ import annotations

import io
import threading
from collections.abc import Mapping
from pathlib import Path

import pdfplumber
import pytest

from kiosk.config import load_site
from kiosk.content import Library, Snapshot
from kiosk.errors import NotPrinted
from kiosk.export.printer import Printer
from kiosk.live.printing import Printing
from tests.tools.printers import StandIn
from tests.tools.sites import KIOSK_TOML, tiny_site

SETTINGS = KIOSK_TOML + '\n[print]\nprinter = "sheet"\n'


class Desk:
    """A kiosk's printing with its printer. told: to staff."""

    def __init__(self, folder: Path, changes: Mapping[str, str | None]) -> None:
        self.printers = StandIn(folder / "printers")
        site = load_site(tiny_site(folder, {"kiosk.toml": SETTINGS, **changes}))
        self.told: list[str] = []
        self.printing = Printing(site, self.told.append)
        self.now: Snapshot = Library(site).now

    def print(self, visit: str, page: str = "plan") -> str:
        """Print; return why not, "" when it came out."""
        try:
            self.printing.put_out(self.now, "en", page, "page", visit)
        except NotPrinted as error:
            return error.reason
        return ""


def desk(
    folder: Path, monkeypatch: pytest.MonkeyPatch, changes: Mapping[str, str | None] | None = None
) -> Desk:
    made = Desk(folder, changes or {})
    for name, value in made.printers.variables.items():
        monkeypatch.setenv(name, value)
    return made


def test_a_visit_prints_one_leaflet_of_the_page_and_the_next_visit_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = desk(tmp_path, monkeypatch)
    assert here.print("one") == ""
    with pdfplumber.open(io.BytesIO(here.printers.printed())) as file:
        assert file.metadata["Title"] == "Your plan"
    assert here.print("one") == "once"
    assert here.print("two") == ""
    assert here.told == []


def test_the_first_page_of_a_part_that_leads_to_the_others_is_a_poster(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = desk(tmp_path, monkeypatch)
    assert here.print("one", "people") == ""
    with pdfplumber.open(io.BytesIO(here.printers.printed())) as file:
        (page,) = file.pages
        assert round(page.height) == 1191  # A3: the printer makes it fit


def test_what_went_wrong_is_told_to_staff_and_counts_for_no_visit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = desk(tmp_path, monkeypatch)
    sheet = here.printing.printer
    here.printing.printer = Printer("stopped")
    assert here.print("one") == "off"
    assert here.told == ["A visitor could not print: The printer stopped does not answer."]
    here.printing.printer = sheet
    assert here.print("one", "nowhere") == "failed"
    assert here.print("one") == ""


def test_no_more_is_printed_in_an_hour_than_staff_allow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = {"kiosk.toml": SETTINGS + "papers_an_hour = 1\n"}
    here = desk(tmp_path, monkeypatch, few)
    assert [here.print(visit) for visit in ("one", "two")] == ["", "busy"]
    monkeypatch.setattr("kiosk.live.printing.HOUR", 0.0)
    assert here.print("three") == ""


def test_who_comes_while_another_paper_is_being_printed_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = desk(tmp_path, monkeypatch)
    at_it, go_on = threading.Event(), threading.Event()

    class Slow(Printer):
        """Takes its time."""

        def put_out(self, pdf: bytes) -> None:
            at_it.set()
            assert go_on.wait(30)
            super().put_out(pdf)

    here.printing.printer = Slow("sheet")
    first: list[str] = []
    thread = threading.Thread(target=lambda: first.append(here.print("one")))
    thread.start()
    assert at_it.wait(30)
    assert here.print("two") == "busy"
    go_on.set()
    thread.join(30)
    assert first == [""]
