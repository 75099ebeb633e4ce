"""Opens and saves the text of a page that is there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from kiosk.config import Site
from kiosk.content import PAGE_ID, Library, Source
from kiosk.content.edit import BOM, Card, hash_of, open_page
from kiosk.content.history import ASIDE, History
from kiosk.content.page import read_source
from kiosk.content.working_copy import WorkingCopies, WorkingCopy
from kiosk.editor.actions.action import alone
from kiosk.errors import ContentError, PageChanged, PageNotSaved
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
class Standing:
    """A page as it stands: its own file, which the kiosk reads, and the working copy beside it.

    copy: None where there is none, or where it is what the file says already.
    """

    name: str
    live: Opened
    copy: WorkingCopy | None

    @property
    def text(self) -> str:
        """What staff go on with."""
        return self.live.text if self.copy is None else self.copy.text

    @property
    def opened(self) -> str:
        """What tells by what somebody has opened whether it is still what they go on from."""
        return self.live.hash if self.copy is None else f"{self.copy.of}.{self.copy.hash}"

    @property
    def now(self) -> str:
        """As `opened`; another where the file has changed since the working copy was made."""
        return self.live.hash if self.copy is None else f"{self.live.hash}.{self.copy.hash}"

    @property
    def is_stale(self) -> bool:
        """Whether somebody has changed the file itself since the working copy was made."""
        return self.opened != self.now

    def expect(self, opened: str) -> None:
        """Raise PageChanged, with what is new to them, for who has opened something else."""
        if opened == self.now:
            return
        mine = opened.rpartition(".")[2]
        if self.copy is None or mine == self.copy.hash:
            raise PageChanged(self.live.text, self.now, is_live=True)
        raise PageChanged(self.copy.text, self.opened)  # what the file says now is told next


def look(site: Site, name: str) -> Standing:
    """Look at a page. Raises PageNotSaved without such a page, ContentError for a bad file."""
    live = open_file(site, name)
    copy = WorkingCopies(site).find(name)
    return Standing(name, live, None if copy is None or copy.hash == live.hash else copy)


@dataclass(frozen=True, slots=True)
class SavePage:
    """Save a page, in such a way that visitors see nothing of it. name: its path in the site.

    opened: `Standing.opened` of what the text was made from; by: who saves.
    A draft that nobody sees is written into its own file. What is of a page that visitors see, or
    would make them see it, goes into its working copy: it may have mistakes, and waits for
    `PublishPage`. A plan to publish it on a day was made for another text, so it is over then.
    """

    site: Site
    library: Library
    name: str
    text: str
    opened: str
    by: str

    def check(self) -> Standing:
        """Raise PageChanged, PageNotSaved, or ContentError with a line; return what is there."""
        if len(self.text.encode("utf-8", "replace")) > MAX_BYTES:
            raise PageNotSaved(
                f"This page is too long: {MAX_BYTES // 1024} KB is the most. Make two pages of it."
            )
        now = look(self.site, self.name)
        now.expect(self.opened)
        read_page(self.library, self.site, self.name, self.text)
        return now

    def execute(self) -> Standing:
        """Save it durably, and return the page as it stands then."""
        with alone(self.site), not_written():
            self._save(self.check())
            return look(self.site, self.name)

    def _save(self, now: Standing) -> None:
        copies, history = WorkingCopies(self.site), History(self.site)
        at = datetime.now(self.site.zone)
        copy = now.copy
        if copy is not None and copy.by != self.by and copy.text != self.text:
            history.keep(self.name, copy.text, why=ASIDE, at=copy.at, by=copy.by)
        if self.text == now.live.text:
            copies.drop(self.name)
        elif copy is None and self._is_unseen(now.live.text) and self._is_unseen(self.text):
            replace_durably(now.live.path, self.text.encode(), mode=None)
        elif copy is None or copy.text != self.text or now.is_stale:
            new = WorkingCopy(self.text, now.live.hash, self.by, at)
            copies.keep(self.name, new)

    def _is_unseen(self, text: str) -> bool:
        return status_of(read_page(self.library, self.site, self.name, text)) in ("draft", "")


@contextmanager
def not_written() -> Iterator[None]:
    """Say in words of staff what the disk says."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise PageNotSaved(f"I cannot write this page: {reason}.") from None


def mistakes(problems: tuple[ContentError, ...], text: str) -> tuple[str, ...]:
    """Return what is wrong with a page, a sentence for each mistake, with the idea that has it."""
    page = open_page(text)
    cards = page.cards if page is not None else ()
    begins = [_first_line(card) for card in cards]
    made = []
    for one in problems:
        at = bisect_right(begins, one.line)
        number = sum(card.kind == "idea" for card in cards[:at])
        where = (
            "" if not at else "Heading: " if cards[at - 1].kind != "idea" else f"Idea {number}: "
        )
        made.append(f"{where}{one.problem} {one.hint}".rstrip())
    return tuple(made)


def _first_line(card: Card) -> int:
    lines = [one.line for one in card.lines]
    return min([card.picture.line, *lines] if card.picture is not None else lines)
