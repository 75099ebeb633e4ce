"""Deliberate faults: for each row of the conformance report something that its tests must notice.

`python -m tests.tools.faults` puts each of them into a copy of the project and runs the row's
tests there.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is broken on purpose.

    says: what goes wrong for a visitor, one sentence. file: below the project's root. old, new:
    the text that is there exactly once, and what stands there instead.
    """

    says: str
    file: str
    old: str
    new: str


FAULTS: dict[str, Fault] = {}
