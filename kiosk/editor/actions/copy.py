"""Copies a page: the same words and pictures, as a draft under another name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from kiosk.config import Site
from kiosk.content.edit_facts import with_fact
from kiosk.content.page import HOME
from kiosk.editor.actions.action import alone
from kiosk.editor.actions.save import Opened, open_file
from kiosk.editor.place import NewPlace, find_place, free_name
from kiosk.editor.save import Files
from kiosk.errors import PageNotSaved


@dataclass(frozen=True, slots=True)
class CopyPage:
    """Make a draft with the words and pictures of another page; nobody has checked it yet."""

    site: Site
    name: str
    title: str

    def check(self) -> None:
        """Raise PageNotSaved, or PageNotMade, for what cannot be copied."""
        self._place(open_file(self.site, self.name))

    def execute(self) -> NewPlace:
        """Write the copy and return its place."""
        with alone(self.site):
            file = open_file(self.site, self.name)
            place = self._place(file)
            text = file.text
            for key, value in (
                ("title", self.title),
                ("order", str(place.order)),
                ("status", "draft"),
                ("checked_by", ""),
            ):
                text = with_fact(text, key, value)
            with Files(self.site) as files:
                files.create(place.path, text.encode())
        return place

    def _place(self, file: Opened) -> NewPlace:
        _, language, *part, _ = PurePosixPath(self.name).parts
        if language != self.site.settings.site.languages[0]:
            raise PageNotSaved("Copy the page that this is a translation of.")
        if file.path.stem == HOME:
            raise PageNotSaved("There is one home page only.")
        name = free_name(self.site, self.title, language)
        return find_place(self.site, name, part=part[0] if part else None, language=language)
