"""Checkers of PDFs that are somebody else's: pdfua, and outloud.

Neither knows all of PDF/UA: what they find nothing in is checked, and not "conforms". outloud
brings PyMuPDF, whose licence (AGPL) is not for us: both live in an environment of their own, and
run as a program of their own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
HOME = Path(__file__).with_name("pdf_home")
WANTED = HOME / "checkers.txt"
FOLDER = ROOT / ".tools" / "pdf"
PYTHON = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
SECONDS = 600


class Said(NamedTuple):
    """What a checker finds in one PDF, and how many of its rules ran."""

    found: list[str]
    ran: int


def are_here() -> bool:
    """Return whether both are here, in the versions that are wanted."""
    done = FOLDER / WANTED.name
    return PYTHON.exists() and done.is_file() and done.read_bytes() == WANTED.read_bytes()


def find_or_bring() -> bool:
    """Make sure of both; return whether they are here."""
    if are_here():
        return True
    print("I install two checkers of PDFs. This is done once.", flush=True)
    uv = os.environ.get("UV") or shutil.which("uv") or ROOT / ".uv" / "bin" / "uv"
    steps: list[list[Path | str]] = [
        ["venv", "-q", "--clear", "--python", sys.executable, FOLDER],
        ["pip", "sync", "-q", "--python", PYTHON, "--require-hashes", WANTED],
    ]
    for step in steps:
        if subprocess.run([uv, *step], stdin=subprocess.DEVNULL, check=False).returncode:
            return False
    shutil.copy(WANTED, FOLDER)
    return are_here()


def said_of_pdfs(files: Sequence[Path]) -> dict[str, dict[str, Said]]:
    """Return, by the name of each file and by checker, what it finds."""
    return {
        Path(file).name: {checker: Said(*told) for checker, told in by_checker.items()}
        for file, by_checker in json.loads(_run("ask.py", *files)).items()
    }


def without(pdf: bytes, lost: str, file: Path) -> None:
    """Write a PDF without any entry of this name: "/Alt" for what pictures show."""
    file.write_bytes(pdf)
    _run("lose.py", file, lost, file.with_suffix(".lost"))
    file.with_suffix(".lost").replace(file)


def _run(program: str, *arguments: Path | str) -> str:
    assert are_here(), "The checkers are missing. `python -m tests drill` brings them."
    done = subprocess.run(
        [PYTHON, HOME / program, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
