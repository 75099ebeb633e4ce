"""The deliberate faults can still be made, and the tool tells a noticed one from a missed one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.health.conformance import INSTALL, rows
from tests.screen.faults import FAULTS, Fault
from tests.tools.faults import ROOT, broken, copy_project, try_fault


@pytest.mark.parametrize("row", sorted(FAULTS))
def test_each_fault_can_be_made(row: str) -> None:
    assert rows()[row].proof != INSTALL
    fault = FAULTS[row]
    broken((ROOT / fault.file).read_text(encoding="utf-8"), fault)


def test_every_row_that_tests_prove_has_a_fault() -> None:
    assert set(FAULTS) == {row for row, one in rows().items() if one.proof != INSTALL}


@pytest.mark.drill
def test_a_fault_that_no_test_sees_is_missed_and_one_that_breaks_it_is_noticed(
    tmp_path: Path,
) -> None:
    copy_project(tmp_path)
    probe = tmp_path / "tests" / "screen" / "test_rows_probe.py"
    probe.write_text(
        "import pytest\n"
        "from kiosk.screen.render import MOST_CHOICES\n\n\n"
        '@pytest.mark.row("K99")\n'
        "def test_five():\n"
        "    assert MOST_CHOICES == 5\n"
    )
    known = tmp_path / "kiosk" / "health" / "conformance" / "rows.yaml"
    known.write_text(
        known.read_text() + "K99: {requirement: x, source: x, threshold: x, proof: tests}\n"
    )
    render = "kiosk/screen/render.py"
    seen = Fault("Six choices.", render, "MOST_CHOICES = 5", "MOST_CHOICES = 6")
    unseen = Fault("No draft.", render, 'CREDITS_PAGE = "pictures"', 'CREDITS_PAGE = "x"')
    outcome = try_fault("K99", seen, tmp_path)
    assert outcome.noticed
    assert outcome.words.startswith("test_five: ")
    outcome = try_fault("K99", unseen, tmp_path)
    assert not outcome.noticed
    assert outcome.words == "1 tests pass all the same."
    assert (tmp_path / render).read_text() == (ROOT / render).read_text()


def test_a_text_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ValueError, match="0 times"):
        broken("abc", Fault("x", "x", "d", "e"))
    with pytest.raises(ValueError, match="2 times"):
        broken("aba", Fault("x", "x", "a", "e"))
