"""Fixtures for the screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.config import load_site
from tests.tools import clips
from tests.tools.sites import tiny_site
from tests.tools.static_site import StaticSite, served, write_site


@pytest.fixture(scope="session")
def static_kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaticSite]:
    """Give the tiny site as files to all tests that ask for no more: no kiosk is behind them.

    It speaks at normal speed alone, and takes no answers.
    """
    folder = tmp_path_factory.mktemp("static")
    clips.lend("tiny", folder / "data")
    write_site(load_site(tiny_site(folder), folder / "data"), folder / "files", ("normal",))
    with served(folder / "files") as site:
        yield site
