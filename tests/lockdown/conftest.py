"""The installed browser that a lock can hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.lockdown.chromium import known


@pytest.fixture(scope="session")
def installed_browser(chromium: Path) -> Path:
    """Return the browser that `kiosk open --lock` would take; the test fails without one."""
    del chromium  # only to be sure that one starts
    program = next(known(), None)
    assert program, "No installed browser reads a policy. On Debian: apt-get install chromium"
    return program
