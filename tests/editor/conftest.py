from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kiosk.config import Site, load_site
from kiosk.content import Page
from kiosk.content.page import read_source
from kiosk.editor.importing import Imported, import_file
from kiosk.errors import PageNotMade
from kiosk.symbols import SymbolBook
from tests.editor.word.files import saved
from tests.tools.pages import page_of
from tests.tools.sites import tiny_site

Told = tuple[str, list[str], list[str]]


class Desk:
    """A tiny site, and Word files that are imported into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.site: Site = load_site(tiny_site(folder))

    def bring(self, document: Any, **more: str) -> Imported:
        """Import a document of python-docx, or the Word file of this path."""
        path = document
        if not isinstance(document, Path):
            path = saved(document, self.folder / "word-file.docx")
        part, name = more.get("part", "about"), more.get("name")
        return import_file(self.site, path, part=part, name=name)

    def page(self, made: Imported) -> Page:
        """Read the page as the kiosk does: a page with a mistake raises."""
        path = self.site.root / made.path
        return page_of(
            read_source(
                path.read_text(encoding="utf-8"),
                page_id=path.stem,
                language="en",
                part="about",
                shown=made.path,
                symbols=SymbolBook(self.site),
            )
        )

    def told(self, document: Any) -> list[Told]:
        """Import and return each idea: what its picture shows, its sentences, its list."""
        page = self.page(self.bring(document))
        return [
            (
                idea.words,
                [one.text for one in idea.sentences],
                [one.text for one in idea.items],
            )
            for idea in page.ideas
        ]

    def attempt(self, document: Any, **more: str) -> Imported | str:
        """Import, or return the message; then the site must be as it was."""
        before = self.files()
        try:
            return self.bring(document, **more)
        except PageNotMade as error:
            assert self.files() == before
            return str(error)

    def files(self) -> dict[str, bytes]:
        """Return every file of the site by its path."""
        root = self.site.root
        return {
            str(one.relative_to(root)): one.read_bytes() for one in root.rglob("*") if one.is_file()
        }


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
