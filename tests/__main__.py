"""Every check of the project, one after the other: `uv run python -m tests`.

`uv run python -m tests drill` runs instead what takes long: loads, full matrices, real presses.
Those tests have the mark `drill`; every test is in one of the two commands.
Extra arguments go to pytest: `uv run python -m tests tests/content -k title`.
All checks run even if one fails. pytest is last, so its closing line ends the output.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.lockdown.chromium import known
from tests.tools import bare_machine, chromium, clocks, fonts, screen_reader
from tests.tools.system import install

ROOT = Path(__file__).resolve().parents[1]

# More than 4 gain little and need a machine with much memory: each brings a browser of its own.
PROCESSES = ["-n", "auto", "--maxprocesses=4", "--dist=worksteal"]

CHECKS = {
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy"],
    "lint-imports": ["lint-imports", "--no-logo"],
}

# What tests drive, in a hall above all, and the packages that bring it.
PROGRAMS = {
    **screen_reader.PROGRAMS,
    **clocks.PROGRAMS,
    "Xwayland": "xwayland",
    "cage": "cage",
    "git": "git",
    "systemd-analyze": "systemd",
    "unshare": "util-linux",
}
# What only the drill drives.
DRILL_PROGRAMS = {
    **bare_machine.PROGRAMS,
    "espeak-ng": "espeak-ng",
    "firefox-esr": "firefox-esr",
    "pulseaudio": "pulseaudio",
}


class ClosingWords:
    """Names the other checks that failed, just above pytest's own closing line."""

    def __init__(self, failed: list[str]) -> None:
        self.failed = failed

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Write one line if there is anything to say."""
        if self.failed:
            terminalreporter.write_line(f"Failed before pytest: {', '.join(self.failed)}", red=True)


def passes(name: str, command: list[str]) -> bool:
    """Run one check with its own program beside this Python, and show what it says."""
    print(f"\n== {name}", flush=True)
    program = shutil.which(command[0], path=Path(sys.executable).parent)
    if program is None:
        print(f"{command[0]} is not installed beside {sys.executable}.")
        return False
    done = subprocess.run([program, *command[1:]], stdin=subprocess.DEVNULL, check=False)
    return done.returncode == 0


def bring_chromium() -> None:
    """Make sure of a Chromium, and tell the tests where it is."""
    print("== Chromium", flush=True)
    found = chromium.find_or_bring()
    if found is None:
        print("There is no Chromium: the tests that need one will fail.")
    else:
        print(found)
        os.environ["KIOSK_CHROMIUM"] = str(found)


def bring_programs(programs: dict[str, str]) -> None:
    """Make sure of a browser that can be locked, a screen, hands, and a screen reader."""
    print("== Programs that tests drive", flush=True)
    missing = {package for program, package in programs.items() if not shutil.which(program)}
    if not any(known()):
        missing.add("chromium")  # one that reads a policy: not all that start do
    if missing:
        print(f"I install what is missing, once: {', '.join(sorted(missing))}", flush=True)
    failed = [package for package in sorted(missing) if not install(package)]
    if failed:
        print(f"Not here, so the tests that need them will fail: {', '.join(failed)}.")
        print("Ask an administrator to install them.", flush=True)


def bring_fonts() -> None:
    """Make sure of a typeface with the letters of Urdu."""
    print("== Letters", flush=True)
    print(fonts.find_or_bring() or "No typeface has the letters of Urdu: some tests will fail.")


def main(arguments: list[str]) -> int:
    """Run everything; return 0 only if everything passed."""
    os.chdir(ROOT)
    # A shell that starts us in the background lets us ignore Ctrl+C. What we start must not.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    drill = arguments[:1] == ["drill"]
    # A drill may take longer than the rest before it is thought to hang.
    patient = ["-o", "faulthandler_timeout=1800"]
    which = ["-m", "drill", *patient, *arguments[1:]] if drill else ["-m", "not drill", *arguments]
    bring_chromium()
    bring_programs(PROGRAMS | DRILL_PROGRAMS if drill else PROGRAMS)
    bring_fonts()
    failed = [name for name, command in CHECKS.items() if not passes(name, command)]
    print("\n== pytest", flush=True)
    code = int(pytest.main([*PROCESSES, *which], plugins=[ClosingWords(failed)]))
    return code or (1 if failed else 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
