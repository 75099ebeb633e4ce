"""Find a Chromium that starts, or bring one, for the tests that drive a real browser.

`KIOSK_CHROMIUM` may name the program; then no other is looked for.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from kiosk.ui.doctor import browser

FETCH_SECONDS = 600


def _playwrights_own() -> Path:
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def candidates() -> Iterator[Path]:
    """Yield the programs that may be a Chromium, best first."""
    named = os.environ.get("KIOSK_CHROMIUM")
    if named:
        yield Path(named)
        return
    yield from browser.known()
    own = _playwrights_own()
    if own.exists():
        yield own


def find() -> Path | None:
    """Return the first Chromium that starts, or None."""
    return next((program for program in candidates() if browser.version_of(program)), None)


def _run(command: list[str]) -> bool:
    print(f"  {' '.join(command)}", flush=True)
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, timeout=FETCH_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as trouble:
        print(f"  That did not work: {trouble}", flush=True)
        return False
    return done.returncode == 0


def _as_root() -> list[str] | None:
    """Return what to put before a command that needs root, or None if there is no way."""
    if browser.is_root():
        return []
    if shutil.which("sudo") and _run(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    return None


def _install_from_system() -> bool:
    ways = {
        "apt-get": [["update", "-qq"], ["install", "-y", "-qq", "chromium"]],
        "dnf": [["install", "-y", "-q", "chromium"]],
        "pacman": [["-Sy", "--noconfirm", "--needed", "chromium"]],
    }
    manager = next((name for name in ways if shutil.which(name)), None)
    root = _as_root()
    if manager is None or root is None:
        return False
    return all(_run([*root, manager, *arguments]) for arguments in ways[manager])


def find_or_bring() -> Path | None:
    """Return a Chromium that starts; fetch one if there is none; None if that fails too."""
    found = find()
    if found or os.environ.get("KIOSK_CHROMIUM"):
        return found
    print("No Chromium starts here. Fetching one: this is done once and may take minutes.")
    _run([sys.executable, "-m", "playwright", "install", "chromium"])
    found = find()
    if found is None:
        print("Asking this system's package manager for Chromium.", flush=True)
        _install_from_system()
        found = find()
    return found
