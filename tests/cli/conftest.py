"""Fixtures for the tests of the commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.place import Place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Return a tiny site of the test's own."""
    return Place(tmp_path)
