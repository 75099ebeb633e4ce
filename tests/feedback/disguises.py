"""Reads the lists of disguised contact details and of innocent words, and measures `clean`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.feedback.answer.cleaning import clean

DATA = Path(__file__).parent / "data"
_LETTER = re.compile(r"\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|n)")


@dataclass(frozen=True)
class Disguise:
    """Words with a contact detail in them, and what must become of them."""

    kind: str
    words: str
    cleaned: str


def disguises(name: str) -> list[Disguise]:
    """Return the list of a file: `kind: words, with the detail in {}`."""
    found = []
    for line in _lines(name):
        kind, words = line.split(": ", 1)
        cleaned = re.sub(r"\{[^}]*\}", f"[{kind}]", words)
        found.append(Disguise(kind, words.replace("{", "").replace("}", ""), cleaned))
    return found


def innocent(name: str) -> list[str]:
    """Return the words of a file, one per line."""
    return _lines(name)


def _lines(name: str) -> list[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [_LETTER.sub(_letter, line) for line in lines if not line.startswith("#")]


def _letter(found: re.Match[str]) -> str:
    return chr(int(found[1] or found[2], 16)) if found[1] or found[2] else "\n"


@dataclass(frozen=True)
class Measured:
    """Shares from 0 to 1: of each kind what was taken out, and of innocent words what was taken.

    missed, taken: the lines that went wrong, to be read.
    """

    shares: Mapping[str, float]
    false_alarms: float
    missed: tuple[str, ...]
    taken: tuple[str, ...]

    def __str__(self) -> str:
        shares = ", ".join(f"{kind} {share:.0%}" for kind, share in self.shares.items())
        return "\n".join(
            [f"Found: {shares}. False alarms: {self.false_alarms:.1%}.", *self.missed, *self.taken]
        )


def measure(before: str = "") -> Measured:
    """Clean every line of the two lists whose names begin with `before`."""
    all_, right = Counter[str](), Counter[str]()
    missed = []
    for one in disguises(f"{before}disguises.txt"):
        cleaned = clean(one.words)
        all_[one.kind] += 1
        if cleaned == (one.cleaned, (one.kind,)):
            right[one.kind] += 1
        else:
            missed.append(f"missed {one.kind}: {one.words!r} became {cleaned[0]!r}")
    words = innocent(f"{before}innocent.txt")
    alarms = [(one, clean(one)[0]) for one in words if clean(one)[1]]
    return Measured(
        {kind: right[kind] / count for kind, count in all_.items()},
        len(alarms) / len(words),
        tuple(missed),
        tuple(f"false alarm: {one!r} became {told!r}" for one, told in alarms),
    )
