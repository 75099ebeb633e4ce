"""What the tests of talking things share: one voice, and what it has read of a tiny site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.export.aloud import Aloud, aloud_for
from tests.tools.sites import tiny_site


@pytest.fixture(scope="session")
def told_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a tiny site that keeps its sounds."""
    return tiny_site(tmp_path_factory.mktemp("told"))


@pytest.fixture(scope="session")
def aloud(told_site: Path) -> Iterator[Aloud]:
    """Give the voice of that site."""
    site = load_site(told_site)
    how = {code: one.say for code, one in Library(site).languages.items()}
    with aloud_for(site, how) as voice:
        yield voice
