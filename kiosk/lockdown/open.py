"""Opening the kiosk: in the person's own browser, or in a browser that shows nothing else."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.lockdown.chromium import FLAGS, is_root

LOCKED = (
    "--kiosk",
    "--disable-pinch",
    "--overscroll-history-navigation=0",
    "--no-default-browser-check",
    "--hide-crash-restore-bubble",
    "--disable-session-crashed-bubble",
    "--noerrdialogs",
    "--disable-dev-shm-usage",
    "--password-store=basic",  # never a question for the password of a key ring
    "--disable-features=Translate,MediaRouter,GlobalMediaControls,TouchpadOverscrollHistoryNavigation",
    "--disk-cache-size=1000000000",  # bytes: all sounds are here when the server is away
    # The sign of life comes from the page: it must not be slowed down.
    "--disable-renderer-backgrounding",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
)


def locked_command(program: Path, address: str, key: str, profile: Path) -> list[str]:
    """Return the command that starts a browser full screen on the kiosk, and on nothing else."""
    # A browser refuses to start its own sandbox for root. A hall's browser is never root's.
    unsafe = ["--no-sandbox"] if is_root() else []
    # In a cage: straight to its screen, not by way of X11.
    wayland = ["--ozone-platform=wayland"] if os.environ.get("WAYLAND_DISPLAY") else []
    quiet = [flag for flag in FLAGS if flag != "--disable-gpu"]
    return [
        str(program),
        f"--user-data-dir={profile}",
        *quiet,
        *LOCKED,
        *unsafe,
        *wayland,
        f"{address}/locked/{key}",
    ]
