"""Breaks one thing on purpose, row by row, and looks whether the row's tests notice.

    uv run python -m tests.tools.faults            # every row, some minutes
    uv run python -m tests.tools.faults K05 K10    # these

Each fault is put into a copy of the project; the tests of its row run there. It ends with 1 when
a fault is not noticed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

from tests.screen.faults import FAULTS, Fault

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("kiosk", "tests", "content", "assets", "kiosk.toml", "pyproject.toml", "README.md")
ROOMS = ("tests/screen", "tests/live", "tests/health", "tests/web")  # where rows are proved
MOST_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the tests of a row found. noticed: one failed by itself; passed: all of them passed."""

    noticed: bool
    passed: bool
    words: str


def copy_project(to: Path) -> None:
    """Copy what the tests need, and nothing that a run leaves behind."""
    left_out = shutil.ignore_patterns("__pycache__", "*.bak")
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, to / name, ignore=left_out)
        else:
            shutil.copy(ROOT / name, to / name)


def broken(text: str, fault: Fault) -> str:
    """Return the text of the fault's file with the fault in it; it must stand there once."""
    count = text.count(fault.old)
    if count != 1 or fault.new == fault.old:
        raise ValueError(f"{fault.file} holds this {count} times, not once: {fault.old}")
    return text.replace(fault.old, fault.new)


def try_fault(row: str, fault: Fault, project: Path) -> Outcome:
    """Run the tests of a row without its fault and with it, and put the file right again."""
    sound = run_row(row, project)
    if not sound.passed:
        return Outcome(False, False, f"Without the fault: {sound.words}")
    file = project / fault.file
    whole = file.read_text(encoding="utf-8")
    file.write_text(broken(whole, fault), encoding="utf-8")
    try:
        return run_row(row, project)
    finally:
        file.write_text(whole, encoding="utf-8")


def run_row(row: str, project: Path) -> Outcome:
    """Run the tests of a row in a copy of the project, up to the first that fails."""
    report = project / "report.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-x", f"--row={row}", f"--junitxml={report}"]
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider", *ROOMS],
        cwd=project,
        # The installed package is the project itself; the copy goes first.
        env={**os.environ, "PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=MOST_SECONDS,
        check=False,
    )
    if not report.exists():
        return Outcome(False, False, f"pytest did not run: {(done.stderr or done.stdout)[-300:]}")
    cases = list(ET.parse(report).iter("testcase"))  # noqa: S314 - pytest wrote it just now
    for case in cases:
        failure = case.find("failure")
        # A kiosk that does not even start proves nothing about the row.
        if failure is not None and "instead of serving" not in failure.get("message", ""):
            first = re.sub(r"\s+", " ", failure.get("message", ""))[:110]
            return Outcome(True, False, f"{case.get('name')}: {first}")
        if failure is not None or case.find("error") is not None:
            return Outcome(False, False, f"{case.get('name')} broke before it could look.")
    if not cases:
        return Outcome(False, False, "There is no test.")
    return Outcome(False, True, f"{len(cases)} tests pass all the same.")


def main(wanted: list[str]) -> int:
    """Try the faults and print a line for each; return 0 if all were noticed."""
    unknown = [row for row in wanted if row not in FAULTS]
    if unknown:
        print(f"There is no fault for {', '.join(unknown)}.")
        return 2
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        copy_project(Path(folder))
        for row in wanted or sorted(FAULTS):
            fault = FAULTS[row]
            began = time.monotonic()
            outcome = try_fault(row, fault, Path(folder))
            missed += not outcome.noticed
            mark = "noticed" if outcome.noticed else "MISSED"
            seconds = time.monotonic() - began
            print(
                f"{row}  {mark:<7}  {seconds:4.0f} s  {fault.says}\n     {outcome.words}",
                flush=True,
            )
    print(f"{missed} of {len(wanted or FAULTS)} were missed." if missed else "All were noticed.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
