"""Bring a program by this system's package manager, where somebody with root runs the tests."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping

from kiosk.lockdown.chromium import is_root

FETCH_SECONDS = 600
WAYS = {
    "apt-get": [["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends"]],
    "dnf": [["install", "-y", "-q"]],
    "pacman": [["-Sy", "--noconfirm", "--needed"]],
}


def run(command: list[str]) -> bool:
    """Run a command that takes its time, tell which, and return whether it worked."""
    print(f"  {' '.join(command)}", flush=True)
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, timeout=FETCH_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as trouble:
        print(f"  That did not work: {trouble}", flush=True)
        return False
    return done.returncode == 0


def _as_root() -> list[str] | None:
    """Return what to put before a command that needs root, or None if there is no way."""
    if is_root():
        return []
    if shutil.which("sudo") and run(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    return None


def install(package: str, names: Mapping[str, str] | None = None) -> bool:
    """Install a package; tell whether it worked.

    names: by package manager, those that are not this one.
    """
    manager = next((name for name in WAYS if shutil.which(name)), None)
    root = _as_root()
    if manager is None or root is None:
        return False
    package = (names or {}).get(manager, package)
    *before, last = WAYS[manager]
    return all(run([*root, manager, *step]) for step in (*before, [*last, package]))
