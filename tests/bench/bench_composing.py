"""How long pictures made of parts take: `python -m tests.bench.bench_composing`.

All declarations that were made for the shipped site are drawn, against reading as many pictures of
OpenMoji from disk. Cold: in a new process, with all that has to be read first. Warm: once more.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.symbols import Symbol, UnknownSymbol, fold, openmoji, ours
from kiosk.symbols.composing.composing import Composer
from kiosk.symbols.composing.declaration import Declaration, read_text
from kiosk.symbols.people import SHIPPED
from tests.bench.measure import interleaved, show

ROOT = Path(__file__).resolve().parents[2]
DECLARED = ROOT / "tests" / "symbols" / "data" / "declarations.yaml"


def find(name: str) -> Symbol:
    """Find what comes with the program."""
    found = ours.find(fold(name)) or openmoji.find(fold(name))
    if found is None:
        raise UnknownSymbol(name)
    return found


def declarations() -> list[Declaration]:
    """Return each declaration once, in the order of the file."""
    lines = DECLARED.read_text(encoding="utf-8").splitlines()
    texts = [line.partition(": ")[2] for line in lines if ": " in line and line[0] != "#"]
    return [read_text(one) for one in dict.fromkeys(texts)]


def drawing(declared: list[Declaration]) -> Callable[[], list[Symbol]]:
    """Return the work of drawing all with one composer."""
    composer = Composer(SHIPPED, find)
    return lambda: [composer.compose(one, language="en") for one in declared]


def reading(count: int) -> Callable[[], list[bytes]]:
    """Return the work of reading as many files."""
    files = sorted({one.file for one in openmoji.names().values()})[:count]
    return lambda: [openmoji.read_file(one) for one in files]


def cold() -> None:
    """Print how long both take in this new process."""
    declared = declarations()
    draw, read = drawing(declared), reading(len(declared))
    print(worked(draw), worked(read))


def worked(work: Callable[[], object]) -> float:
    """Return how long the processor works, in milliseconds: others may use the computer too."""
    begins = time.process_time()
    work()
    return (time.process_time() - begins) * 1000


def main() -> None:
    """Print the times and sizes."""
    parser = argparse.ArgumentParser(description="Measure pictures made of parts.")
    parser.add_argument("--quick", action="store_true", help="measure once")
    parser.add_argument("--cold", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.cold:
        cold()
        return
    found: dict[str, list[float]] = {"read as many files, cold": [], "draw all, cold": []}
    for _ in range(1 if chosen.quick else 7):
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.bench_composing", "--cold"],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=True,
        )
        drawn, read = map(float, done.stdout.split())
        found["draw all, cold"].append(drawn)
        found["read as many files, cold"].append(read)
    declared = declarations()
    show(f"{len(declared)} pictures", found, against="read as many files, cold")
    works: dict[str, Callable[[], object]] = {
        "read as many files": reading(len(declared)),
        "draw all, warm": drawing(declared),
    }
    warm = interleaved(works, 1 if chosen.quick else 50)
    show("Once more", warm, against="read as many files")
    sizes = [len(one.svg) for one in drawing(declared)()]
    print(f"\nBytes: median {statistics.median(sizes):,.0f}, most {max(sizes):,}.")


if __name__ == "__main__":
    main()
