"""A studio that really runs, for the tests in a browser; and its routes, for those without one."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.staff.accounts import Accounts
from kiosk.web.studio.desk import Desk
from tests.tools.server import KioskServer
from tests.tools.sites import ROOT, tiny_site
from tests.web.studio.asking import PASSWORD, QUICK, Browser, desk_of
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


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = desk_of(load_site(tiny_site(tmp_path_factory.mktemp("studio"), {NAME: DRAFT})))
    desk.accounts.add("Ali", "publish", PASSWORD)
    desk.accounts.add("Bea", "write", PASSWORD)
    yield desk
    desk.close()


@pytest.fixture
def page(desk: Desk) -> Iterator[Path]:
    """Give the draft's file; it is as it was after the test."""
    path = desk.site.root / NAME
    yield path
    path.write_text(DRAFT, newline="\n")
    for kept in (".drafts", ".history"):
        shutil.rmtree(desk.site.content / kept, ignore_errors=True)
    desk.library.refresh()


@pytest.fixture(scope="module")
def signed_in(desk: Desk) -> Browser:
    browser = Browser(desk)
    assert browser.sign_in("Bea").status == 200
    return browser


@pytest.fixture
def bea(signed_in: Browser) -> Browser:
    """Give a browser that Bea has signed in with, who may only write."""
    return replace(signed_in)


@pytest.fixture(scope="module")
def ali(desk: Desk) -> Browser:
    """Give a browser that Ali has signed in with, who may publish."""
    browser = Browser(desk)
    assert browser.sign_in("Ali").status == 200
    return browser
