"""The site's own pictures, and what an import adds to them.

A picture is added once: its name ends with its digest, so one that an earlier import brought is
found again. `pictures.yaml` only grows at its end; no line of it is changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from kiosk.config import Site
from kiosk.editor.found.pictures import Drawn
from kiosk.errors import ContentError, PageNotMade
from kiosk.located import Located, parse_yaml, read_text, to_do
from kiosk.symbols import fold

WORDS = to_do("say in a few words what this picture shows")
CREATOR = to_do("who made this picture?")
LICENCE = to_do("may we use it? Write the licence, or who said yes.")


@dataclass(slots=True)
class Shelf:
    """The pictures of one site while an import is made; nothing is written here.

    new: the files to write. added: the text to put at the end of `pictures.yaml`. words: what is
    said there about each picture that was asked for.
    """

    site: Site
    new: dict[Path, bytes] = field(default_factory=dict)
    added: str = ""
    words: dict[str, str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)  # digest -> name
    _before: Located | None = None

    @property
    def folder(self) -> Path:
        """The folder of the site's own pictures."""
        return self.site.assets / "pictures"

    @property
    def file(self) -> Path:
        """The file that says what they show and who made them."""
        return self.folder / "pictures.yaml"

    def name(self, drawn: Drawn, words: str) -> str:
        """Return the name of a picture for a page; words: what it shows, or "".

        Raises PageNotMade when `pictures.yaml` cannot be read.
        """
        if drawn.digest in self._names:
            return self._names[drawn.digest]
        there = sorted(self.folder.glob(f"*-{drawn.digest}.png"))
        name = there[0].stem if there else f"{drawn.stem}-{drawn.digest}"
        if not there:
            self.new[self.folder / f"{name}.png"] = drawn.png
        known = self._entries().get(fold(name))
        if known is None:
            known = words or WORDS
            entry = {"words": known, "creator": CREATOR, "licence": LICENCE}
            self.added += yaml.safe_dump(
                {name: entry}, allow_unicode=True, sort_keys=False, width=10_000
            )
        self.words[name] = known
        self._names[drawn.digest] = name
        return name

    def appendix(self) -> bytes:
        """Return what to put at the end of `pictures.yaml`, as its lines end.

        Raises PageNotMade when the file is written in a way that it cannot grow.
        """
        before = self.file.read_bytes() if self.file.exists() else b""
        added = self.added if before.endswith(b"\n") or not before else f"\n{self.added}"
        data = added.replace("\n", "\r\n" if b"\r\n" in before else "\n").encode()
        shown = self.site.shown(self.file)
        try:
            parse_yaml((before + data).decode("utf-8-sig").replace("\r\n", "\n"), shown=shown)
        except ContentError:
            raise PageNotMade(
                f"{shown}: I cannot add a picture at the end of this file. "
                "Write it as lines without brackets around them all."
            ) from None
        return data

    def _entries(self) -> dict[str, str]:
        """Return what the site says about its pictures, by folded name."""
        if self._before is None:
            self._before = Located("", 1)
            if self.file.exists():
                shown = self.site.shown(self.file)
                try:
                    self._before = parse_yaml(read_text(self.file, shown=shown), shown=shown)
                except ContentError as error:
                    raise PageNotMade(f"{error} Put this right first.") from None
        if not isinstance(self._before.value, dict):
            return {}
        return {
            fold(name): str(entry.value.get("words", Located("", 1)).value)
            for name, entry in self._before.value.items()
            if isinstance(entry.value, dict)
        }
