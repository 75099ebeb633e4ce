"""What two checkers find in PDFs, as JSON. It runs in their own environment: see pdf_checkers.py.

A rule that did not come to its end counts as a finding: silence would look like success.
"""

from __future__ import annotations

import json
import sys

import outloud
import pdfua.rules.structure
from pdfua.validator import validate

_as_integer = pdfua.rules.structure.as_integer


def as_integer(value: object) -> int | None:
    """Read a number, or nothing. pikepdf fails where pdfua 0.1.3 looks for one in an array."""
    try:
        number: int | None = _as_integer(value)
    except ValueError:
        return None
    return number


pdfua.rules.structure.as_integer = as_integer


def said_by_pdfua(file: str) -> tuple[list[str], int]:
    """Return what it finds, and how many of its rules ran."""
    outcomes = validate(file).outcomes
    found = [f"{one.rule_id}: {it}" for one in outcomes for it in one.findings]
    broken = [f"{one.rule_id}: {one.skipped_reason}" for one in outcomes if one.skipped_reason]
    return found + broken, len(outcomes) - len(broken)


def said_by_outloud(file: str) -> tuple[list[str], int]:
    """Return what it finds, and how many of its rules ran."""
    told = outloud.check(file)
    found = [f"{one.rule}: {one.message} {one.evidence or ''}" for one in told.findings]
    broken = [f"{one.rule}: {one.reason}" for one in told.runs if one.status == "crashed"]
    ran = sum(one.status in ("ran", "not-applicable") for one in told.runs)
    return found + broken + ([told.error] if told.error else []), ran


json.dump(
    {
        file: {"pdfua": said_by_pdfua(file), "outloud": said_by_outloud(file)}
        for file in sys.argv[1:]
    },
    sys.stdout,
)
