"""Find a Chromium that starts, or bring one, for the tests that drive a real browser.

`KIOSK_CHROMIUM` may name the program; then no other is looked for.

Most tests look at a page only. For them there is Chromium's headless shell: the same engine of the
same version, without the windows, menus and start page that nobody sees, which cost it twice as
much as our page does. A drill, a locked kiosk and a killed browser have the whole Chromium.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from kiosk.lockdown.chromium import known, version_of
from tests.tools.system import install, run

SHELL = "chromium-headless-shell"  # the program, and Debian's package
SHELL_NAMED = "KIOSK_HEADLESS_SHELL"

# What Playwright's driver is linked with, and a bare system lacks.
LIBRARY = {"apt-get": "libatomic1", "dnf": "libatomic", "pacman": "gcc-libs"}


def _driver_starts() -> bool:
    asked = [sys.executable, "-m", "playwright", "--version"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def _playwrights_own() -> Path:
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def candidates() -> Iterator[Path]:
    """Yield the programs that may be a Chromium, best first."""
    named = os.environ.get("KIOSK_CHROMIUM")
    if named:
        yield Path(named)
        return
    yield from known()
    own = _playwrights_own()
    if own.exists():
        yield own


def find() -> Path | None:
    """Return the first Chromium that starts, or None."""
    return next((program for program in candidates() if version_of(program)), None)


def find_or_bring() -> Path | None:
    """Return a Chromium that starts; fetch one if there is none; None if that fails too."""
    if not _driver_starts():
        print("What drives the browser lacks a library. I install it once.", flush=True)
        install(LIBRARY["apt-get"], LIBRARY)
    found = find()
    if found or os.environ.get("KIOSK_CHROMIUM"):
        return found
    print(
        "No Chromium starts here. I install one. This is done once and may take minutes.",
        flush=True,
    )
    # The package manager's comes with all that it needs, and reads the policy of a hall.
    if install("chromium"):
        found = find()
    if found is None:
        run([sys.executable, "-m", "playwright", "install", "chromium"])
        found = find()
    return found


def find_shell(chromium: Path) -> Path | None:
    """Return a headless shell of the same version as this Chromium, or None."""
    if named := os.environ.get(SHELL_NAMED):
        return Path(named)
    found = shutil.which(SHELL)
    return Path(found) if found and version_of(Path(found)) == version_of(chromium) else None


def find_or_bring_shell(chromium: Path) -> Path | None:
    """Return the headless shell beside this Chromium; fetch it if it is not there."""
    found = find_shell(chromium)
    if found is None and install(SHELL):
        found = find_shell(chromium)
    return found
