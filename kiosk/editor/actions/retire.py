"""Takes a page off the site without deleting it, and brings it back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kiosk.config import Site
from kiosk.content import PAGE_ID, Library, Source
from kiosk.editor.actions.action import alone
from kiosk.editor.actions.page_files import (
    RETIRED,
    expect_others,
    expect_publisher,
    files_of,
    leads_to,
    move_file,
    put_back,
    unchanged,
)
from kiosk.editor.actions.save import read_page, status_of
from kiosk.editor.place import free_name
from kiosk.errors import ContentError, MayNotPublish, PageNotSaved
from kiosk.located import read_text


@dataclass(frozen=True, slots=True)
class Retired:
    """A page that is off the site. path: where it lies now; links: the pages that led to it."""

    path: Path
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RetirePage:
    """Take a page off the site, in all languages: its files go to `content/.retired`.

    name: its path in the site; opened: the hash of what was seen of it.
    """

    site: Site
    library: Library
    name: str
    opened: str
    may_publish: bool

    def check(self) -> None:
        """Raise PageChanged, MayNotPublish, or PageNotSaved."""
        now = unchanged(self.site, self.name, self.opened)
        paths = files_of(self.site, now.path)
        expect_publisher(self.site, self.library, paths, may_publish=self.may_publish)
        if len(paths) > 1 or self._is_first():
            expect_others(self.library.now, now.path.stem)

    def execute(self) -> Retired:
        """Take it off, whole or not at all."""
        with alone(self.site):
            self.check()
            path = unchanged(self.site, self.name, self.opened).path
            links = leads_to(self.library.now, path.stem) if self._is_first() else []
            files = files_of(self.site, path)
            name = _free(self.site, path.stem, files)
            with put_back() as undo:
                for one in files:
                    move_file(one, _retired(self.site, one).with_name(f"{name}.md"), undo)
        return Retired(_retired(self.site, path).with_name(f"{name}.md"), tuple(links))

    def _is_first(self) -> bool:
        return PurePosixPath(self.name).parts[1] == self.site.settings.site.languages[0]


@dataclass(frozen=True, slots=True)
class BringBack:
    """Put a retired page where it was, in all languages; as another one if its name is taken.

    name: its path in the site: "content/.retired/en/about/plan.md".
    """

    site: Site
    library: Library
    name: str
    may_publish: bool

    def check(self) -> None:
        """Raise MayNotPublish or PageNotSaved."""
        path = retired_path(self.site, self.name)
        if not path.is_file():
            raise PageNotSaved("This page is not among the retired ones any more.")
        if self.may_publish:
            return
        for one in files_of(self.site, path):
            source = read_retired(self.site, self.library, one)
            if source is None or status_of(source) != "draft":
                raise MayNotPublish(
                    "Visitors would see this page again. Somebody who may publish can do this."
                )

    def execute(self) -> Path:
        """Bring it back, whole or not at all; return where it is now."""
        with alone(self.site):
            self.check()
            path = retired_path(self.site, self.name)
            language = path.relative_to(self.site.content / RETIRED).parts[0]
            name = free_name(self.site, path.stem, language)
            with put_back() as undo:
                for one in files_of(self.site, path):
                    move_file(one, _shown(self.site, one).with_name(f"{name}.md"), undo)
        return _shown(self.site, path).with_name(f"{name}.md")


def retired_path(site: Site, name: str) -> Path:
    """Return the file of a retired page. Raises PageNotSaved for a name that none can have."""
    parts = PurePosixPath(name).parts
    good = (
        "/".join(parts) == name
        and name.endswith(".md")
        and len(parts) in (4, 5)
        and parts[:2] == ("content", RETIRED)
        and parts[2] in site.settings.site.languages
        and all(PAGE_ID.fullmatch(one) for one in (*parts[3:-1], parts[-1][:-3]))
    )
    if not good:
        raise PageNotSaved("There is no page of this name.")
    return site.root.joinpath(*parts)


def retired_pages(site: Site) -> list[Path]:
    """Return the files of all retired pages."""
    here = site.content / RETIRED
    return sorted(
        one
        for code in site.settings.site.languages
        for one in (*(here / code).glob("*.md"), *(here / code).glob("*/*.md"))
    )


def read_retired(site: Site, library: Library, path: Path) -> Source | None:
    """Read a retired page as if it were back; None where its file cannot be read."""
    try:
        text = read_text(path, shown=site.shown(path))
        return read_page(library, site, site.shown(_shown(site, path)).as_posix(), text)
    except (ContentError, PageNotSaved):
        return None


def _retired(site: Site, path: Path) -> Path:
    return site.content / RETIRED / path.relative_to(site.content)


def _shown(site: Site, path: Path) -> Path:
    return site.content / path.relative_to(site.content / RETIRED)


def _free(site: Site, name: str, files: list[Path]) -> str:
    """Return a name that none of these files meets among the retired ones."""
    number, found = 2, name
    while any(_retired(site, one).with_name(f"{found}.md").exists() for one in files):
        found = f"{name}-{number}"
        number += 1
    return found
