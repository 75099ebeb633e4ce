"""What the screen must do (`rows.yaml`), and what the tests found (`conformance.json`).

The tests write the report and compare it: nobody edits it by hand. It goes with the engine, so
that a council can show an inspector what was proved, and by what.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path

from kiosk.located import load_yaml

INSTALL = "install"
REPORT = Path(__file__).with_name("conformance.json")


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement. source: who asks for it; proof: "tests", or "install" (done on the spot)."""

    id: str
    requirement: str
    source: str
    threshold: str
    proof: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves a row: a test, and its name as a sentence."""

    test: str
    says: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A row and what came of it.

    result: "pass", "fail", "no test yet" or "install checklist". fault: what was broken on
    purpose to see that the tests notice.
    """

    row: Row
    result: str
    fault: str
    evidence: tuple[Proof, ...]


def rows() -> dict[str, Row]:
    """Return every row by its id, in order."""
    text = (files("kiosk.health.conformance") / "rows.yaml").read_text(encoding="utf-8")
    return {name: Row(name, **told) for name, told in load_yaml(text).items()}


def as_json(outcomes: list[Outcome], on_the_spot: Mapping[str, str] | None = None) -> str:
    """Return the report as the text of its file.

    on_the_spot: row -> what was ticked where this kiosk stands; it is no part of the file.
    """
    there = on_the_spot or {}
    told = [
        {
            **asdict(one.row),
            "result": one.result,
            "fault": one.fault,
            "evidence": [asdict(proof) for proof in one.evidence],
            **({"on_the_spot": there[one.row.id]} if one.row.id in there else {}),
        }
        for one in outcomes
    ]
    return json.dumps({"rows": told}, indent=1, ensure_ascii=False) + "\n"


def read_report(file: Path = REPORT) -> list[Outcome]:
    """Return the report that the tests wrote."""
    known = rows()
    return [
        Outcome(
            known[one["id"]],
            one["result"],
            one["fault"],
            tuple(Proof(**proof) for proof in one["evidence"]),
        )
        for one in json.loads(file.read_text(encoding="utf-8"))["rows"]
    ]


def as_table(outcomes: list[Outcome], on_the_spot: Mapping[str, str]) -> str:
    """Return the report as a table that people read, one row of it after the other."""
    lines = []
    for one in outcomes:
        lines.append(f"{one.row.id}  {one.result:<17}  {one.row.requirement}")
        details = [f"{one.row.source}. {one.row.threshold}"]
        details += [f"proved: {proof.says}" for proof in one.evidence]
        if one.fault:
            details.append(f"fault tried: {one.fault}")
        if one.row.id in on_the_spot:
            details.append(on_the_spot[one.row.id])
        lines += [f"{'':24}{detail}" for detail in details]
    counts = Counter(one.result for one in outcomes)
    lines.append(", ".join(f"{count} {result}" for result, count in counts.items()))
    return "\n".join(lines) + "\n"
