"""Fixtures for the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kiosk.config import load_site
from tests.tools import clips
from tests.tools.given import Given
from tests.tools.person import press
from tests.tools.server import KioskServer
from tests.tools.sites import tiny_site
from tests.tools.static_site import StaticSite, served, write_site


@pytest.fixture(scope="session")
def static_kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaticSite]:
    """Give the tiny site as files to all tests that ask for no more: no kiosk is behind them.

    It takes no answers.
    """
    folder = tmp_path_factory.mktemp("static")
    clips.lend("tiny", folder / "data")
    write_site(load_site(tiny_site(folder), folder / "data"), folder / "files")
    with served(folder / "files") as site:
        yield site


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the kiosk that the tests of a file share; its data is in `data`."""
    return tmp_path_factory.mktemp("shared")


@pytest.fixture(scope="module")
def server(folder: Path, request: pytest.FixtureRequest) -> Iterator[KioskServer]:
    """Give one tiny kiosk, with the `SITE` of a file, to its tests that change nothing in it."""
    started = KioskServer(tiny_site(folder, request.module.SITE), folder / "data", shared="tiny")
    yield started
    started.close()


@pytest.fixture
def given(folder: Path) -> Given:
    """Return what one test gives to that kiosk."""
    return Given(folder / "data")


def choose_setting(page: Page, name: str, step: int) -> None:
    """Open Settings, take a step of one of them as it stands there, and close it again.

    name: as its group is called, "Colours". step: from 1.
    """
    press(page, "Settings")
    page.get_by_role("radiogroup", name=name, exact=True).get_by_role("radio").nth(step - 1).click()
    press(page, "Done")
    expect(page.get_by_role("dialog", name="Settings")).to_have_count(0)
