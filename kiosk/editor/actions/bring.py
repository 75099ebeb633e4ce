"""Brings in a page from a file that a browser has sent."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.config import Site
from kiosk.editor.place import find_place, free_name

if TYPE_CHECKING:  # Pillow and what reads PDF files take a moment to import
    from kiosk.editor.importing import Imported

_NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f/\\:]+")
_LONGEST = 60  # letters of a file's name that are shown again
_ENDINGS = (".docx", ".pdf", ".html")


@dataclass(frozen=True, slots=True)
class BringPage:
    """Make a draft from what a Word file, a PDF or a clipboard has.

    file: how the file is called, which never says where it goes. pasted: the data is HTML, as
    another program puts it on the clipboard. part: a folder of pages; None for a page that only
    links lead to. The page is named after its title; where another page has that name, a number
    is put behind it.
    """

    site: Site
    file: str
    data: bytes
    pasted: bool
    part: str | None
    language: str

    def check(self) -> None:
        """Raise PageNotMade for a language or a part that cannot be."""
        name = free_name(self.site, "page", self.language)
        find_place(self.site, name, part=self.part, language=self.language)

    def execute(self) -> Imported:
        """Read it, write the page and its pictures, and return what was made."""
        from kiosk.editor.apart import import_apart

        self.check()
        with tempfile.TemporaryDirectory() as folder:  # empty: no picture lies beside it
            path = Path(folder) / _file_name(self.file, "pasted.html" if self.pasted else "file")
            path.write_bytes(self.data)
            return import_apart(
                self.site,
                path,
                pasted=self.pasted,
                part=self.part,
                language=self.language,
            )


def _file_name(name: str, otherwise: str) -> str:
    """Return a file's name in which nothing leads to another folder."""
    plain = _NOT_IN_A_NAME.sub(" ", name).strip(" .")
    ending = next((one for one in _ENDINGS if plain.casefold().endswith(one)), "")
    stem = plain[: -len(ending)] if ending else plain
    return f"{stem[:_LONGEST].strip()}{ending}" if stem.strip() else otherwise
