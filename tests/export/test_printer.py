from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.errors import NotPrinted
from kiosk.export.printer import JOB, Printer
from tests.tools.cases import mostly_drill
from tests.tools.printers import Cups, Printers, StandIn

PDF = b"%PDF-1.4 a leaflet"
# Why nothing comes out of each, and what staff are told of it.
TROUBLE = {
    "empty": ("paper", "The printer empty has no paper."),
    "gone": ("off", "The printer gone does not answer."),
    "stopped": ("off", "The printer stopped does not answer."),
    "nowhere": ("failed", 'Invalid destination name in list "nowhere"'),
}


@pytest.fixture(scope="module", params=mostly_drill(["stand-in", "cups"], "stand-in"))
def printers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Printers]:
    if request.param == "stand-in":
        yield StandIn(tmp_path_factory.mktemp("printers"))
        return
    cups = Cups()
    yield cups
    cups.close()


@pytest.fixture(autouse=True)
def beside(printers: Printers, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the printers be those of this computer."""
    for name, value in printers.variables.items():
        monkeypatch.setenv(name, value)


def test_a_paper_comes_out_as_it_was_sent(printers: Printers) -> None:
    Printer("sheet").put_out(PDF)
    assert printers.printed() == PDF
    assert printers.waiting() == []


@pytest.mark.parametrize("name", TROUBLE)
def test_what_does_not_come_out_is_told_in_time_and_comes_out_for_nobody_else(
    printers: Printers, name: str
) -> None:
    reason, said = TROUBLE[name]
    with pytest.raises(NotPrinted) as stopped:
        Printer(name, patience=0.5 if isinstance(printers, StandIn) else 3.0).put_out(PDF)
    assert stopped.value.reason == reason
    assert said in str(stopped.value)
    assert printers.waiting() == []


@pytest.mark.drill
def test_cups_keeps_nothing_that_tells_who_has_printed(printers: Printers) -> None:
    Printer("sheet").put_out(PDF)
    if isinstance(printers, Cups):
        told = printers.told()
        assert "sheet-" in told
        assert f" {JOB}" in told or "paper.pdf" not in told  # the name that every job has


def test_without_cups_staff_are_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(NotPrinted, match="Install cups-client"):
        Printer("sheet").put_out(PDF)
