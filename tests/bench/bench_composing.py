"""How long pictures made of parts take: `python -m tests.bench.bench_composing`.

All declarations that were made for the shipped site are drawn, against reading as many pictures of
OpenMoji from disk. Cold: in a new process, with all that has to be read first. Warm: once more.
Then the same for what the shipped site itself declares, in its word book and in its pages.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.symbols import Symbol, SymbolBook, UnknownSymbol, fold, openmoji, ours
from kiosk.symbols.composing.composing import Composer
from kiosk.symbols.composing.declaration import Declaration, read_text, write
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


def of_the_site() -> tuple[list[Declaration], SymbolBook]:
    """Return each declaration that stands in the shipped site, and its pictures by name."""
    library = Library(load_site(ROOT))
    ideas = (idea.symbol for source in library.now.sources for idea in source.ideas)
    shown = [*library.symbols.ideas.values(), *(one for one in ideas if one is not None)]
    made_of = (one.declaration for one in shown if one.declaration is not None)
    return list(dict.fromkeys(made_of)), library.symbols


def drawing(
    declared: list[Declaration], book: SymbolBook | None = None
) -> Callable[[], list[Symbol]]:
    """Return the work of drawing all with one composer; book: names of a site are known too."""
    composer = Composer(SHIPPED, find) if book is None else Composer(book.cast, book.find)
    return lambda: [composer.compose(one, language="en") for one in declared]


def reading(count: int) -> Callable[[], list[bytes]]:
    """Return the work of reading as many files."""
    files = sorted({one.file for one in openmoji.names().values()})[:count]
    return lambda: [openmoji.read_file(one) for one in files]


def cold(texts: list[str], *, is_site: bool) -> None:
    """Print how long both take in this new process; of a site with reading its word book."""
    declared = [read_text(one) for one in texts]

    def draw() -> object:
        return drawing(declared, SymbolBook(load_site(ROOT)) if is_site else None)()

    read = reading(len(declared))
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
    parser.add_argument("--site", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.cold:
        cold(sys.stdin.read().splitlines(), is_site=chosen.site)
        return
    declared = declarations()
    measured(f"{len(declared)} pictures", declared, chosen.quick)
    declared, book = of_the_site()
    if declared:
        measured(f"{len(declared)} pictures of the shipped site", declared, chosen.quick, book)


def measured(
    title: str, declared: list[Declaration], is_quick: bool, book: SymbolBook | None = None
) -> None:
    """Print what drawing these takes."""
    more = [] if book is None else ["--site"]
    given = "\n".join(map(write, declared))
    found: dict[str, list[float]] = {"read as many files, cold": [], "draw all, cold": []}
    for _ in range(1 if is_quick else 7):
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.bench_composing", "--cold", *more],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=True,
            input=given,
        )
        drawn, read = map(float, done.stdout.split())
        found["draw all, cold"].append(drawn)
        found["read as many files, cold"].append(read)
    show(title, found, against="read as many files, cold")
    works: dict[str, Callable[[], object]] = {
        "read as many files": reading(len(declared)),
        "draw all, warm": drawing(declared, book),
    }
    warm = interleaved(works, 1 if is_quick else 50)
    show("Once more", warm, against="read as many files")
    sizes = [len(one.svg) for one in drawing(declared, book)()]
    print(f"\nBytes: median {statistics.median(sizes):,.0f}, most {max(sizes):,}.")


if __name__ == "__main__":
    main()
