"""Bring a program by this system's package manager, where somebody with root runs the tests."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from functools import cache

from kiosk.lockdown.chromium import is_root

FETCH_SECONDS = 600
# Another apt-get may be at work, on a fresh machine above all.
APT = ["-qq", "-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=300"]
REFRESH = {"apt-get": [*APT, "update"]}
INSTALL = {
    "apt-get": [*APT, "install", "-y", "--no-install-recommends"],
    "dnf": ["install", "-y", "-q"],
    "pacman": ["-Sy", "--noconfirm", "--needed"],
}
# sudo forgets the environment, so this stands behind it.
UNASKED = ["env", "DEBIAN_FRONTEND=noninteractive"]


def run(command: list[str]) -> bool:
    """Run a command that takes its time, tell which, and return whether it worked."""
    print(f"  {' '.join(command)}", flush=True)
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, timeout=FETCH_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as trouble:
        print(f"  That did not work: {trouble}", flush=True)
        return False
    return done.returncode == 0


@cache
def _manager() -> list[str] | None:
    """Return the package manager's command, with fresh lists; None if we may not use any."""
    name = next((name for name in INSTALL if shutil.which(name)), None)
    if name is None:
        return None
    before: list[str] = []
    if not is_root():
        if not (shutil.which("sudo") and run(["sudo", "-n", "true"])):
            return None
        before = ["sudo", "-n"]
    command = [*before, *UNASKED, name]
    if name in REFRESH:
        run([*command, *REFRESH[name]])  # one broken list does not make the others useless
    return command


def install(package: str, names: Mapping[str, str] | None = None) -> bool:
    """Install a package; tell whether it worked.

    names: by package manager, those that are not this one.
    """
    command = _manager()
    if command is None:
        return False
    name = command[-1]
    return run([*command, *INSTALL[name], (names or {}).get(name, package)])
