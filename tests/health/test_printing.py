from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.health.printing import printer
from kiosk.health.verdict import Verdict
from tests.tools.printers import StandIn
from tests.tools.sites import KIOSK_TOML, tiny_site


def told(folder: Path, name: str) -> list[Verdict]:
    settings = KIOSK_TOML + (f'\n[print]\nprinter = "{name}"\n' if name else "")
    return list(printer(load_site(tiny_site(folder, {"kiosk.toml": settings}))))


def test_a_printer_that_takes_papers_is_good_and_one_that_was_stopped_needs_a_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key, value in StandIn(tmp_path / "printers").variables.items():
        monkeypatch.setenv(key, value)
    assert told(tmp_path, "") == []
    (good,) = told(tmp_path, "sheet")
    assert good.good
    (stopped,) = told(tmp_path, "stopped")
    assert stopped.says == "The printer stopped does not answer."
    assert "lpstat -l -p stopped" in stopped.hint
