"""Sets papers with typst: tagged PDF that passes its PDF/UA-1 gate, and pictures of sheets."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from importlib.resources import files
from pathlib import Path
from typing import Literal

import pdfplumber
import typst

from kiosk.errors import ContentError
from kiosk.export.fonts import SOURCE_SANS, beyond, credit_of, other_font, source_sans, with_weight
from kiosk.export.paper import Paper

_GATE: Literal["ua-1"] = "ua-1"
_INSTALL = "Install the Noto fonts. On Debian and Ubuntu: sudo apt install fonts-noto-core"
_REPORT = "This is a fault of the kiosk, not of the page. Tell who looks after it."


def as_pdf(paper: Paper, sheet: str) -> bytes:
    """Return a paper as tagged PDF. sheet: "leaflet" or "poster".

    Content goes in as data, never as markup. Raises ContentError when the gate does not let it
    pass, or letters are missing.
    """
    with _compiler(paper, sheet) as compiler:
        return _run(compiler, paper, "pdf")


def as_png(paper: Paper, sheet: str, dots_an_inch: int) -> bytes:
    """Return a paper of one sheet as PNG."""
    with _compiler(paper, sheet) as compiler:
        return _run(compiler, paper, "png", dots_an_inch)


def as_booklet(paper: Paper, pages: bytes) -> bytes:
    """Return the pages of a PDF two on a sheet, to print on both sides and fold in the middle.

    These sheets are for paper alone: their words are out of order, and carry no tags.
    """
    with pdfplumber.open(io.BytesIO(pages)) as file:
        count = len(file.pages)
    told = {key: paper.told[key] for key in ("language", "site", "title")}
    told["sides"] = sides(count, right_to_left=paper.told["direction"] == "rtl")
    with tempfile.TemporaryDirectory(prefix="kiosk-") as made:
        folder = Path(made)
        (folder / "pages.pdf").write_bytes(pages)
        source = files("kiosk.export") / "sheets" / "booklet.typ"
        (folder / "booklet.typ").write_bytes(source.read_bytes())
        compiler = typst.Compiler(
            folder / "booklet.typ",
            root=folder,
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False),
            sys_inputs={"told": json.dumps(told, ensure_ascii=False, sort_keys=True)},
        )
        return _run(compiler, paper, "print")


def sides(count: int, *, right_to_left: bool = False) -> list[list[int | None]]:
    """Return which two pages stand on each side of the sheets of a booklet, from its outside.

    None stands for an empty page: a booklet has a multiple of four.
    """
    whole = -(-count // 4) * 4
    pages = [page if page <= count else None for page in range(1, whole + 1)]
    found = []
    for at in range(whole // 2):
        pair = [pages[whole - 1 - at], pages[at]]
        found.append(pair if (at % 2 == 0) != right_to_left else pair[::-1])
    return found


def thanks_of(paper: Paper) -> dict[str, list[str]]:
    """Return whom a paper thanks: for its pictures, and for its letters. paper: ended."""
    return {
        "Pictures": list(paper.told["credits"]),
        "Letters": [credit_of(name) for name in _fonts(paper)[1]],
    }


@contextmanager
def _compiler(paper: Paper, sheet: str) -> Iterator[typst.Compiler]:
    fonts, names = _fonts(paper)
    with tempfile.TemporaryDirectory(prefix="kiosk-") as made:
        folder = Path(made)
        letters = folder / "letters"
        letters.mkdir()
        for file in fonts:
            (letters / file.name).write_bytes(with_weight(file))
        for name, symbol in paper.symbols.items():
            (folder / name).write_bytes(symbol.svg)
        for template in ("common.typ", f"{sheet}.typ"):
            source = files("kiosk.export") / "sheets" / template
            (folder / template).write_bytes(source.read_bytes())
        known = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[letters]
        )
        missing = sorted(set(names) - set(known.families()))
        if missing:
            raise ContentError(*paper.place, f"The font {missing[0]} cannot be read.", _REPORT)
        thanked = [*paper.told["credits"], *map(credit_of, names)]
        told = json.dumps(
            paper.told | {"fonts": names, "credits": thanked}, ensure_ascii=False, sort_keys=True
        )
        yield typst.Compiler(
            folder / f"{sheet}.typ", root=folder, font_paths=known, sys_inputs={"told": told}
        )


def _fonts(paper: Paper) -> tuple[tuple[Path, ...], list[str]]:
    own = source_sans()
    letters = beyond(paper.texts(), own[:1])
    if not letters:
        return own, [SOURCE_SANS]
    found = other_font(paper.language, letters)
    if found is None:
        problem = f"No font here has these letters: {' '.join(letters[:5])}."
        raise ContentError(*paper.place, problem, _INSTALL)
    name, others = found
    return (*own, *others), [SOURCE_SANS, name]


def _run(compiler: typst.Compiler, paper: Paper, form: str, dots: int | None = None) -> bytes:
    day = datetime.combine(paper.day, time(), UTC)
    try:
        if form == "pdf":
            made, warnings = compiler.compile_with_warnings(
                format="pdf", pdf_standards=[_GATE], timestamp=day
            )
        elif form == "print":
            made, warnings = compiler.compile_with_warnings(format="pdf", timestamp=day)
        else:
            made, warnings = compiler.compile_with_warnings(format="png", ppi=dots)
    except typst.TypstError as error:
        raise ContentError(*paper.place, f"It cannot be set: {error.message}.", _REPORT) from None
    if warnings:
        raise ContentError(*paper.place, f"It cannot be set: {warnings[0].message}.", _REPORT)
    if not isinstance(made, bytes):
        raise ContentError(*paper.place, "It does not fit on one sheet.", "Leave pages out.")
    return made
