"""Adds a picture to the site's own, with what it shows and who made it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import yaml

from kiosk.config import Site
from kiosk.editor.actions.action import alone
from kiosk.editor.place import page_name
from kiosk.editor.save import Files
from kiosk.errors import PageNotSaved
from kiosk.symbols.bitmaps import clean_bitmap
from kiosk.symbols.cleaning import Hostile, Unusable, clean_svg

_LONGEST = 200  # letters of each of the words


@dataclass(frozen=True, slots=True)
class AddPicture:
    """Keep a picture that a browser has sent, written anew with nothing left but what is seen.

    words: what it shows, for who does not see it. creator, licence: who made it, and why the site
    may show it: without them no picture is kept.
    """

    site: Site
    data: bytes
    words: str
    creator: str
    licence: str

    def check(self) -> None:
        """Raise PageNotSaved for words that are missing, or a file that is no picture."""
        self._cleaned()

    def execute(self) -> str:
        """Write it, and return the name that a page calls it by."""
        from kiosk.editor.found.shelf import Shelf

        data, suffix = self._cleaned()
        stem = "-".join(page_name(self.words).split("-")[:6]) or "picture"
        name = f"{stem}-{hashlib.sha256(data).hexdigest()[:8]}"
        entry = {
            key: " ".join(getattr(self, key).split()) for key in ("words", "creator", "licence")
        }
        with alone(self.site):
            shelf = Shelf(self.site)
            path = shelf.folder / f"{name}{suffix}"
            if path.exists():
                return name  # the same picture, with the same words
            shelf.added = yaml.safe_dump(
                {name: entry}, allow_unicode=True, sort_keys=False, width=10_000
            )
            with Files(self.site) as files:
                files.create(path, data)
                files.grow(shelf.file, shelf.appendix())
        return name

    def _cleaned(self) -> tuple[bytes, str]:
        for said in (self.words, self.creator, self.licence):
            if not said.strip() or len(said) > _LONGEST:
                raise PageNotSaved(
                    "Say what the picture shows, who made it, and why we may use it."
                )
        try:
            if self.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
                return clean_svg(self.data), ".svg"
            return clean_bitmap(self.data), ".png"
        except Hostile as error:
            raise PageNotSaved(f"This picture is refused. {error}") from None
        except Unusable as error:
            raise PageNotSaved(f"This picture cannot be used. {error}") from None
