"""Moves a page to another part of the site, in all languages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kiosk.config import Site
from kiosk.content import Library
from kiosk.editor.actions.action import alone
from kiosk.editor.actions.page_files import (
    expect_others,
    expect_publisher,
    files_of,
    move_file,
    put_back,
    unchanged,
)
from kiosk.editor.place import parts_of
from kiosk.errors import PageNotSaved


@dataclass(frozen=True, slots=True)
class MovePage:
    """Move a page to a part that is there; None for no part. Links to it lead to it still.

    name: its path in the site; opened: the hash of what was seen of it.
    """

    site: Site
    library: Library
    name: str
    opened: str
    part: str | None
    may_publish: bool

    def check(self) -> None:
        """Raise PageChanged, MayNotPublish, or PageNotSaved."""
        now = unchanged(self.site, self.name, self.opened)
        _, language, *_ = PurePosixPath(self.name).parts
        first = self.site.settings.site.languages[0]
        if language != first:
            raise PageNotSaved("A translation goes where its page goes. Move that one.")
        paths = files_of(self.site, now.path)
        expect_publisher(self.site, self.library, paths, may_publish=self.may_publish)
        if self.part is not None and self.part not in parts_of(self.site, first):
            raise PageNotSaved("There is no such part of the site.")
        if now.path.parent != self._folder(first):
            expect_others(self.library.now, now.path.stem)

    def execute(self) -> Path:
        """Move it, whole or not at all; return where it is now."""
        with alone(self.site):
            self.check()
            path = unchanged(self.site, self.name, self.opened).path
            with put_back() as undo:
                for one in files_of(self.site, path):
                    code = one.relative_to(self.site.content).parts[0]
                    to = self._folder(code) / one.name
                    if to != one:
                        move_file(one, to, undo)
        return self._folder(self.site.settings.site.languages[0]) / path.name

    def _folder(self, language: str) -> Path:
        here = self.site.content / language
        return here if self.part is None else here / self.part
