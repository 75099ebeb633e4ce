"""A studio that really runs, for the tests in a browser."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.staff.accounts import Accounts
from tests.tools.server import KioskServer
from tests.tools.sites import ROOT, tiny_site
from tests.web.studio.asking import PASSWORD, QUICK
from tests.web.studio.staff import DRAFT, NAME, StartStudio


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[StartStudio]:
    """Give `studio(module=...)`: it starts one with a draft, and the members Ali and Bea."""
    with ExitStack() as started:

        def start(module: str = "kiosk") -> KioskServer:
            site = tiny_site(tmp_path, {NAME: DRAFT})
            accounts = Accounts(load_site(site, tmp_path / "data"), QUICK)
            accounts.add("Ali", "publish", PASSWORD)
            accounts.add("Bea", "write", PASSWORD)
            command = [sys.executable, "-m", module, *(["studio"] if module == "kiosk" else [])]
            server = KioskServer(
                site, tmp_path / "data", command=command, environment={"PYTHONPATH": str(ROOT)}
            )
            started.callback(server.close)
            return server

        yield start
