"""How long a page from a PDF takes: `python -m tests.bench.bench_import`.

Beside it the plain words of the same file are read with pdfplumber alone. Times on a busy machine
say little: look at the ratio. `--quick` does it with 4 sheets instead of 30.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import pdfplumber

from kiosk.config import load_site
from kiosk.editor.importing import import_file
from tests.bench.measure import in_turn, milliseconds, show
from tests.editor.pdf.files import Paper
from tests.tools.sites import tiny_site

PLAIN = "pdfplumber's extract_text"


def written(path: Path, sheets: int) -> Path:
    """Write a PDF with a header, and five pairs on each sheet: bitmaps and drawings in turn."""
    paper = Paper()
    for sheet in range(sheets):
        if sheet:
            paper.new_page()
        paper.text(60, 30, "Luton Council easy read", 10)
        for row in range(5):
            number, top = sheet * 5 + row, 100 + row * 130
            (paper.drawing if row % 2 else paper.picture)(60, top, number)
            paper.lines(
                170, top + 10, f"This is sentence {number}.", "It goes on in", "a new line."
            )
        paper.text(280, 800, f"Page {sheet + 1}", 10)
    return paper.save(path)


def main() -> None:
    """Print the times and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    sheets = 4 if quick else 30
    with tempfile.TemporaryDirectory() as folder:
        file = written(Path(folder) / "plan.pdf", sheets)
        site = load_site(tiny_site(Path(folder) / "site"))
        pages = iter(range(1000))

        def bring() -> None:
            made = import_file(site, file, part="about", name=f"page-{next(pages)}")
            assert made.ideas == 5 * sheets

        def plain() -> None:
            with pdfplumber.open(file) as pdf:
                for page in pdf.pages:
                    page.extract_text()

        works = {PLAIN: lambda: milliseconds(plain), "kiosk import": lambda: milliseconds(bring)}
        found = in_turn(works, 1 if quick else 3)
    show(f"A PDF of {sheets} sheets", found, against=PLAIN)


if __name__ == "__main__":
    main()
