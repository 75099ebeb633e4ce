"""Begins a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.config import Site
from kiosk.editor.actions.action import alone
from kiosk.editor.place import NewPlace, find_place, page_name
from kiosk.editor.template import new_page
from kiosk.errors import PageNotMade


@dataclass(frozen=True, slots=True)
class CreatePage:
    """Begin a page from its title: a draft that shows how to fill it in.

    part: the folder that it belongs to, None for a page that only links lead to. language: the
    site's first one without. today: the day to count from.
    """

    site: Site
    title: str
    part: str | None
    language: str | None = None
    today: date | None = None

    def check(self) -> None:
        """Raise PageNotMade for a title that makes no name, or a name that is taken."""
        name = page_name(self.title)
        if not name:
            raise PageNotMade("A title needs some letters from a to z: they name its file.")
        find_place(self.site, name, part=self.part, language=self.language)

    def execute(self) -> NewPlace:
        """Write the page and return its place."""
        with alone(self.site):
            self.check()
            return new_page(
                self.site, self.title, part=self.part, language=self.language, today=self.today
            )
