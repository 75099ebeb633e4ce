"""The bytes of a file that somebody else made: only of a file, and only within a limit."""

from __future__ import annotations

import stat
from pathlib import Path

from kiosk.errors import PageNotMade

MAX_FILE = 100 * 1024 * 1024  # bytes; a full page of photographs has 20 million


def refused(name: str, problem: str, hint: str = "") -> PageNotMade:
    """Return the error for a file that cannot be used, with its name in front."""
    return PageNotMade(f"{name}: {problem} {hint}".rstrip())


def read_file(path: Path, *, wanted: str, smaller: str) -> bytes:
    """Return the bytes of a file. Raises PageNotMade for one that is not there, or too large.

    wanted: "a Word file (.docx)", what to give instead of a folder. smaller: what makes it smaller.
    """
    name = path.name
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise refused(name, "This is not a file.", f"Give the name of {wanted}.")
        if facts.st_size > MAX_FILE:
            problem = f"The file is too large: {MAX_FILE // (1024 * 1024)} MB is the most."
            raise refused(name, problem, smaller)
        with path.open("rb") as file:
            return file.read(facts.st_size)
    except FileNotFoundError:
        problem = "There is no such file."
        raise refused(str(path), problem, "Look at its name and its folder.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise refused(name, f"I cannot read this file: {reason}.") from None
