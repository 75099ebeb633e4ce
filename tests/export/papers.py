"""What the tests of this room share: a site that is loaded, and what stands in a PDF."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pdfplumber

from kiosk.config import Site, load_site
from kiosk.content import Library
from kiosk.export.chosen import Chosen, choose


def chosen_from(folder: Path, name: str, code: str = "en") -> tuple[Site, Chosen]:
    """Load a site, and choose a page or a part of it."""
    site = load_site(folder)
    (chosen,) = choose(site, Library(site).now, code, [name])
    return site, chosen


def words_in(pdf: bytes, *, foot: float = 0) -> list[str]:
    """Return the words of a PDF in their order. foot: how much of each page is not read, in mm."""
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        pages = [
            page.crop((0, 0, page.width, page.height - foot * 72 / 25.4)) for page in file.pages
        ]
        return [word for page in pages for word in page.extract_text().split()]


def words_of(texts: Iterable[str]) -> list[str]:
    """Return the words of texts in their order."""
    return [word for text in texts for word in text.split()]


def tags(tree: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield each thing that is tagged, with the words of a picture."""
    for one in tree:
        if one["type"] in ("P", "Figure", "H1", "H2", "H3", "L", "LI", "Link"):
            yield one["type"], one.get("alt_text", "")
        yield from tags(one.get("children", []))
