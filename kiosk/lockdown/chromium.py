"""The browsers of this computer that can be the kiosk's screen: those of the Chromium family."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

NAMES = (
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "microsoft-edge",
    "microsoft-edge-stable",
)
MAC = ("Google Chrome", "Chromium", "Microsoft Edge")
WINDOWS = (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")
OLDEST = 105  # the first one that lights a word without changing the page

# Quiet and offline.
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START_SECONDS = 60
_ASK = "data:text/html,<script>document.write(navigator.userAgent)</script>"


def known() -> Iterator[Path]:
    """Yield the browsers in the places where they usually are."""
    for name in NAMES:
        found = shutil.which(name)
        if found:
            yield Path(found)
    places = [Path(f"/Applications/{name}.app/Contents/MacOS/{name}") for name in MAC]
    roots = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
    places += [
        Path(os.environ[one], name) for one in roots if one in os.environ for name in WINDOWS
    ]
    yield from (place for place in places if place.exists())


def is_root() -> bool:
    """Return whether this program may do everything here."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def flags() -> list[str]:
    """Return the switches for a start without a window, headless apart."""
    # It refuses to start its sandbox for root.
    return [*FLAGS, "--no-sandbox"] if is_root() else [*FLAGS]


def version_of(program: Path) -> int | None:
    """Start it once, unseen and in a profile of its own: its version; None if it does not start."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [str(program), "--headless", f"--user-data-dir={profile}", *flags()]
        try:
            shown = subprocess.run(  # noqa: S603 - a browser, with words of our own
                [*command, "--dump-dom", _ASK],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=START_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
    said = re.search(rb"Chrome/(\d+)", shown.stdout)
    return int(said[1]) if shown.returncode == 0 and said else None
