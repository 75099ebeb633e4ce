"""Centres for the tests of this room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fleet.centres import LiveCentre


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[LiveCentre]:
    """Give a centre of its own to a test."""
    with LiveCentre(tmp_path) as started:
        yield started
