"""The files of one page: it in each language, and the recordings beside them. They move as one."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

from kiosk.config import Site
from kiosk.content import Library, Snapshot
from kiosk.content.history import HISTORY, beside
from kiosk.content.page import HOME
from kiosk.content.places import RECORDED
from kiosk.content.working_copy import DRAFTS
from kiosk.editor.actions.save import Opened, look, open_file, read_page, status_of
from kiosk.errors import MayNotPublish, PageNotSaved
from kiosk.files import sync_folders

CONTENT = "content"
RETIRED = ".retired"  # a folder beside those of the languages, in the same order inside


def files_of(site: Site, path: Path) -> list[Path]:
    """Return a page's file; for one in the site's first language also its translations."""
    first, *others = site.settings.site.languages
    root = site.content / RETIRED if RETIRED in path.parts else site.content
    if path.relative_to(root).parts[0] != first:
        return [path]
    found = [path]
    for code in others:
        found += sorted((root / code).glob(path.name)) + sorted(
            (root / code).glob(f"*/{path.name}")
        )
    return found


def unchanged(site: Site, name: str, opened: str) -> Opened:
    """Return the page as it stands. Raises PageChanged where it is not what was opened."""
    standing = look(site, name)
    if opened != standing.opened:  # what waits goes along, whatever it was made from
        standing.expect(opened)
    now = standing.live
    if now.path.stem == HOME:
        raise PageNotSaved("The home page stays where it is: each visit begins there.")
    return now


def expect_publisher(
    site: Site, library: Library, paths: Iterable[Path], *, may_publish: bool
) -> None:
    """Raise MayNotPublish where visitors see one of these pages and the person may only write."""
    if may_publish:
        return
    for path in paths:
        name = site.shown(path).as_posix()
        if status_of(read_page(library, site, name, open_file(site, name).text)) != "draft":
            raise MayNotPublish("Visitors see this page. Somebody who may publish can do this.")


def expect_others(now: Snapshot, page: str) -> None:
    """Raise PageNotSaved where a button of the home page would lead nowhere without this page."""
    for language in now.languages.values():
        for choice in language.home.choices:
            if {one.id for one in language.parts.get(choice.part or "", ())} == {page}:
                raise PageNotSaved(
                    f'Visitors see no other page in "{choice.title}", and the home page leads '
                    "there. Put another page there first."
                )


def leads_to(now: Snapshot, page: str) -> list[str]:
    """Return the titles of the pages that have a link to this one."""
    found = [
        str(one.facts["title"].value) if "title" in one.facts else one.id
        for one in now.sources
        if one.id != page
        and any(
            mark.kind == "link" and mark.target == page
            for idea in one.ideas
            for sentence in (*idea.sentences, *idea.items)
            for mark in sentence.marks
        )
    ]
    return sorted(dict.fromkeys(found))


@contextmanager
def put_back() -> Iterator[ExitStack]:
    """Give a stack of what is done when an error is raised, so that nothing is half done."""
    with ExitStack() as undo:
        try:
            yield undo
        except OSError as error:
            reason = error.strerror or str(error)
            raise PageNotSaved(f"I cannot move this page: {reason}. It is where it was.") from None
        undo.pop_all()


def move_file(path: Path, to: Path, undo: ExitStack) -> None:
    """Move a page's file, and the recordings beside it. Raises PageNotSaved where one is there.

    The page is there all the time under one name or the other, and never under half of it.
    """
    for folder in reversed([one for one in to.parents if not one.exists()]):
        folder.mkdir()
        undo.callback(_quietly, folder.rmdir)
    for old, new in (
        (path, to),
        (path.with_suffix(RECORDED), to.with_suffix(RECORDED)),
    ):
        if not old.exists():
            continue
        if new.exists():
            raise PageNotSaved(f"There is a page {new.stem} already. Nothing was moved.")
        old.rename(new)
        undo.callback(_quietly, partial(new.rename, old))
    _move_kept(path, to, undo)


def _move_kept(path: Path, to: Path, undo: ExitStack) -> None:
    """Move what is kept of a page: its versions, and what waits to be published."""
    content = next(one for one in path.parents if one.name == CONTENT)
    names = [str(one.relative_to(content.parent)) for one in (path, to)]
    for old, new in (
        [beside(content / HISTORY, one) for one in names],
        [beside(content / DRAFTS, one).with_suffix(".txt") for one in names],
    ):
        if not old.exists():
            continue
        if new.exists():  # of another page of that name, which is gone: both are kept
            aside = new.with_name(f"{new.name}.{secrets.token_hex(4)}")
            new.rename(aside)
            undo.callback(_quietly, partial(aside.rename, new))
        sync_folders(new.parent, content)
        old.rename(new)
        undo.callback(_quietly, partial(new.rename, old))


def _quietly(work: Callable[[], object]) -> None:
    with suppress(OSError):
        work()
