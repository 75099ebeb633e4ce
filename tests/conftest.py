"""Fixtures for every room: one Chromium for the whole run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.tools import chromium as chromium_finder


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Return the path of a Chromium that starts; without one the test fails, never skips."""
    found = chromium_finder.find()
    assert found, "No Chromium starts here. `python -m tests` brings one."
    return found


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """Give one headless Chromium with a fresh profile to all the tests of a run."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, headless=True, args=chromium_finder.flags()
        )
        yield started
        started.close()
