"""Puts the pages of a part into another order, in all languages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kiosk.config import Site
from kiosk.content import Library, Source
from kiosk.content.edit import hash_of
from kiosk.content.edit_facts import with_fact
from kiosk.content.page import HOME
from kiosk.content.working_copy import WorkingCopies
from kiosk.editor.actions.action import alone
from kiosk.editor.actions.page_files import expect_publisher, files_of
from kiosk.editor.actions.save import open_file
from kiosk.editor.save import Files
from kiosk.errors import OrderChanged, PageNotSaved


@dataclass(frozen=True, slots=True)
class OrderPages:
    """Put the pages of a part into an order. part: a folder; "" for the pages of no part.

    before, after: the paths of all its pages in the site, as they stood and as they shall stand.
    """

    site: Site
    library: Library
    language: str
    part: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    may_publish: bool

    def check(self) -> None:
        """Raise OrderChanged, MayNotPublish, or PageNotSaved."""
        now = in_order(self.library, self.language, self.part)
        if [one.path.as_posix() for one in now] != list(self.before):
            raise OrderChanged
        if sorted(self.after) != sorted(self.before):
            raise PageNotSaved("These are not the pages of this part.")
        if self.language != self.site.settings.site.languages[0]:
            raise PageNotSaved("A translation stands where its page stands. Move that one.")
        paths = [path for name in self._orders() for path in self._versions(name)]
        expect_publisher(self.site, self.library, paths, may_publish=self.may_publish)

    def execute(self) -> list[Path]:
        """Write the new numbers into those pages that get another one; return their files."""
        with alone(self.site):
            self.library.refresh()
            self.check()
            changed: list[Path] = []
            moved: list[tuple[Path, str, str, str]] = []
            with Files(self.site) as files:
                for name, order in self._orders().items():
                    for path in self._versions(name):
                        changed.append(path)
                        was = open_file(self.site, self.site.shown(path).as_posix())
                        data = with_fact(was.text, "order", str(order)).encode()
                        files.renew(path, data)
                        moved.append((path, was.hash, hash_of(data), str(order)))
            for path, old, new, place in moved:
                shown = self.site.shown(path).as_posix()
                WorkingCopies(self.site).follow(shown, old, new, "order", place)
        return changed

    def _versions(self, name: str) -> list[Path]:
        return files_of(self.site, self.site.root / name)

    def _orders(self) -> dict[str, int]:
        """Return the number of each page that gets another one.

        The numbers that are there are kept where no two are the same: so few files change.
        """
        now = in_order(self.library, self.language, self.part)
        had = {one.path.as_posix(): order_of(one) for one in now}
        numbers = sorted(had.values())
        if len(set(numbers)) < len(numbers):
            numbers = list(range(1, len(numbers) + 1))
        wanted = dict(zip(self.after, numbers, strict=False))
        return {name: order for name, order in wanted.items() if had.get(name) != order}


def in_order(library: Library, language: str, part: str) -> list[Source]:
    """Return the pages of a part as the list shows them; the home page has no place there."""
    pages = [
        one
        for one in library.now.sources
        if one.language == language and one.id != HOME and _part(one) == part
    ]
    return sorted(pages, key=lambda one: (order_of(one), title_of(one)))


def order_of(source: Source) -> int:
    """Return the number that a page stands at; 0 where it has none that can be read."""
    fact = source.facts.get("order")
    value = fact.value if fact is not None else ""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() else 0


def title_of(source: Source) -> str:
    """Return the title of a page, or else its name."""
    fact = source.facts.get("title")
    return fact.value if fact is not None and isinstance(fact.value, str) else source.id


def _part(source: Source) -> str:
    parts = source.path.parts[2:-1]
    return parts[0] if parts else ""
