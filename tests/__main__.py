"""Every check of the project: `uv run python -m tests`.

`uv run python -m tests drill` runs in addition what takes long, which has the mark `drill`: loads,
full matrices, real presses, every example of a property. All of it drives the Chromium of a kiosk;
here most tests drive its headless shell.
Extra arguments go to pytest: `uv run python -m tests tests/content -k title`.
All checks run even if one fails, beside pytest, whose closing line ends the output.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk.lockdown.chromium import known
from tests.tools import (
    bare_machine,
    chromium,
    clocks,
    engines,
    fonts,
    pdf_checkers,
    screen_reader,
    validators,
    webkit,
)
from tests.tools.cases import DRILL
from tests.tools.system import install

ROOT = Path(__file__).resolve().parents[1]

# More gain little and need a machine with much memory: each brings a browser of its own.
MOST_PROCESSES = 4

CHECKS = {
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy"],
    "lint-imports": ["lint-imports", "--no-logo"],
}

# What tests drive, in a hall above all, and the packages that bring it.
PROGRAMS = {
    **clocks.PROGRAMS,
    "Xvfb": "xvfb",
    "Xwayland": "xwayland",
    "cage": "cage",
    "git": "git",
    "openbox": "openbox",
    "systemd-analyze": "systemd",
    "unshare": "util-linux",
    "xdotool": "xdotool",
}
# What only the drill drives.
DRILL_PROGRAMS = {
    **bare_machine.PROGRAMS,
    **screen_reader.PROGRAMS,
    **validators.PROGRAMS,
    **webkit.PROGRAMS,
    "espeak-ng": "espeak-ng",
    "firefox-esr": "firefox-esr",
    "java": "default-jre-headless",
    "pg_ctlcluster": "postgresql",
    "pulseaudio": "pulseaudio",
}


def workers() -> list[str]:
    """Return pytest's options: one more than there are cores, for one waits for a voice."""
    cores = (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )
    return ["-n", str(min(cores + 1, MOST_PROCESSES)), "--dist=worksteal"]


class Checks:
    """All that is no test: it runs beside pytest, one after the other, and is told at its end."""

    def __init__(self) -> None:
        beside = ThreadPoolExecutor(1)
        self._done = {name: beside.submit(said, command) for name, command in CHECKS.items()}

    @property
    def failed(self) -> list[str]:
        """The names of those that found something."""
        return [name for name, done in self._done.items() if done.result()[0] != 0]

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Show what each said, just above pytest's own closing line."""
        for name, done in self._done.items():
            code, text = done.result()
            terminalreporter.write_line(f"== {name}", red=code != 0)
            terminalreporter.write_line(text)
        if self.failed:
            terminalreporter.write_line(f"Failed beside pytest: {', '.join(self.failed)}", red=True)


def said(command: list[str]) -> tuple[int, str]:
    """Run one check with its own program beside this Python; return its exit code and its words."""
    program = shutil.which(command[0], path=Path(sys.executable).parent)
    if program is None:
        return 1, f"{command[0]} is not installed beside {sys.executable}."
    done = subprocess.run(
        [program, *command[1:]],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout.strip()


def bring_chromium() -> None:
    """Make sure of a Chromium, and tell the tests where it is."""
    print("== Chromium", flush=True)
    found = chromium.find_or_bring()
    if found is None:
        print("There is no Chromium: the tests that need one will fail.")
    else:
        print(found)
        os.environ["KIOSK_CHROMIUM"] = str(found)
        if shell := chromium.find_or_bring_shell(found):
            print(shell)
            os.environ[chromium.SHELL_NAMED] = str(shell)


def bring_programs(programs: dict[str, str]) -> None:
    """Make sure of a browser that can be locked, a screen, hands, and what else tests drive."""
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


def bring_engines() -> None:
    """Make sure of the engines of accessibility rules that come from npm."""
    print("== Engines of accessibility rules", flush=True)
    if not engines.find_or_bring():
        print("They are not here, so the tests that need them will fail.")


def bring_validators() -> None:
    """Make sure of the checkers of books and boards, and of those of PDFs."""
    print("== Checkers of books, boards and PDFs", flush=True)
    here = [validators.find_or_bring(), pdf_checkers.find_or_bring()]
    if not all(here):
        print("They are not here, so the tests that need them will fail.")


def main(arguments: list[str]) -> int:
    """Run everything; return 0 only if everything passed."""
    os.chdir(ROOT)
    # We start Python hundreds of times: what is compiled once is kept, whatever is usual here.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    # A shell that starts us in the background lets us ignore Ctrl+C. What we start must not.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    drill = arguments[:1] == ["drill"]
    # A drill may take longer than the rest before it is thought to hang.
    patient = ["-o", "faulthandler_timeout=1800"]
    which = [*patient, *arguments[1:]] if drill else ["-m", "not drill", *arguments]
    if drill:
        os.environ[DRILL] = "1"
    bring_chromium()
    bring_programs(PROGRAMS | DRILL_PROGRAMS if drill else PROGRAMS)
    bring_fonts()
    bring_engines()
    if drill:
        bring_validators()
    checks = Checks()
    print("\n== pytest", flush=True)
    code = int(pytest.main([*workers(), *which], plugins=[checks]))
    return code or (1 if checks.failed else 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
