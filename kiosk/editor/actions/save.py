"""Saves the text of a page that is there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kiosk.config import Site
from kiosk.content import PAGE_ID, Library, Source
from kiosk.content.edit import BOM, hash_of
from kiosk.content.page import read_source
from kiosk.editor.actions.action import alone
from kiosk.errors import ContentError, MayNotPublish, PageChanged, PageNotSaved
from kiosk.files import replace_durably
from kiosk.located import MAX_BYTES, read_text
from kiosk.located.files import one_line_end, refuse_hidden

_FOLDERS = (1, 2)  # a page lies in its language's folder, or in a part's below it


@dataclass(frozen=True, slots=True)
class Opened:
    """A page's file as it stands. hash: of its bytes, `hash_of`; text: with the ends of lines."""

    path: Path
    text: str
    hash: str


def page_path(site: Site, name: str) -> Path:
    """Return the file of a page from its path in the site: "content/en/about/plan.md".

    Raises PageNotSaved for a name that no page can have: it never leads out of the site.
    """
    parts = PurePosixPath(name).parts
    languages = site.settings.site.languages
    if (
        "/".join(parts) != name
        or not name.endswith(".md")
        or len(parts) - 3 not in range(len(_FOLDERS))
        or parts[0] != "content"
        or parts[1] not in languages
        or not all(PAGE_ID.fullmatch(one) for one in (*parts[2:-1], parts[-1][:-3]))
    ):
        raise PageNotSaved("There is no page of this name.")
    return site.root.joinpath(*parts)


def open_file(site: Site, name: str) -> Opened:
    """Read a page's file. Raises PageNotSaved without such a page, ContentError for a bad file."""
    path = page_path(site, name)
    read_text(path, shown=site.shown(path))  # what cannot be read says so, with its line
    data = path.read_bytes()
    return Opened(path, data.decode(), hash_of(data))


def read_page(library: Library, site: Site, name: str, text: str) -> Source:
    """Read a text as that page. Raises ContentError for a hidden character."""
    path = page_path(site, name)
    shown = site.shown(path)
    plain = one_line_end(text.removeprefix(BOM))
    refuse_hidden(plain, shown, 1)
    _, language, *part, _ = PurePosixPath(name).parts
    return read_source(
        plain,
        page_id=path.stem,
        language=language,
        part=part[0] if part else None,
        shown=shown,
        symbols=library.symbols.in_language(language),
        translated=language != site.settings.site.languages[0],
    )


def status_of(source: Source) -> str:
    """Return the status that a page's text has, or "" where it cannot be read."""
    fact = source.facts.get("status")
    return fact.value if fact is not None and isinstance(fact.value, str) else ""


@dataclass(frozen=True, slots=True)
class SavePage:
    """Write a page anew. name: its path in the site; opened: the hash of what was opened.

    A draft may be saved with mistakes in it. What visitors see, or would see, needs somebody who
    may publish, and a text that the kiosk can read: else it would go on showing the old one.
    """

    site: Site
    library: Library
    name: str
    text: str
    opened: str
    may_publish: bool

    def check(self) -> None:
        """Raise PageChanged, MayNotPublish, PageNotSaved, or ContentError with a line."""
        if len(self.text.encode("utf-8", "replace")) > MAX_BYTES:
            raise PageNotSaved(
                f"This page is too long: {MAX_BYTES // 1024} KB is the most. Make two pages of it."
            )
        now = open_file(self.site, self.name)
        if now.hash != self.opened:
            raise PageChanged(now.text, now.hash)
        before = read_page(self.library, self.site, self.name, now.text)
        after = read_page(self.library, self.site, self.name, self.text)
        if status_of(before) == "draft" and status_of(after) in ("draft", ""):
            return
        if not self.may_publish:
            raise MayNotPublish(
                "Visitors see this page, or would see it now. Somebody who may publish can save it."
            )
        if status_of(after) != "draft" and after.problems:
            raise PageNotSaved(_mistakes(after.problems))

    def execute(self) -> Opened:
        """Write it durably, and return the file as it stands then."""
        with alone(self.site):
            self.check()
            path = page_path(self.site, self.name)
            data = self.text.encode()
            try:
                replace_durably(path, data, mode=None)
            except OSError as error:
                reason = error.strerror or str(error)
                raise PageNotSaved(f"I cannot write this page: {reason}.") from None
        return Opened(path, self.text, hash_of(data))


def _mistakes(problems: tuple[ContentError, ...]) -> str:
    first = problems[0]
    said = f"line {first.line}: {first.problem} {first.hint}".rstrip()
    more = f" There are {len(problems)} mistakes." if len(problems) > 1 else ""
    return f"Visitors would not see this text: {said}{more}"
