"""Shows visitors what was saved of a page: at once, or from a day on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from kiosk.config import Site
from kiosk.content import Library, Words
from kiosk.content.edit import hash_of
from kiosk.content.edit_facts import with_fact
from kiosk.content.history import ASIDE, BACK, PUBLISHED, History
from kiosk.content.working_copy import WorkingCopies, WorkingCopy
from kiosk.easyread.checker import make_context
from kiosk.easyread.language_pack import load_language_pack
from kiosk.easyread.rule import RULES, Sheet
from kiosk.editor.actions.action import alone
from kiosk.editor.actions.save import Standing, look, mistakes, not_written, read_page
from kiosk.errors import MayNotPublish, PageNotReady, PageNotSaved
from kiosk.files import replace_durably

# The facts that the question "May visitors see it?" is about.
PROVENANCE = ("source", "facts_checked", "checked_by", "review_by", "contact")
Shown = Literal["ready", "published"]


def missing(site: Site, library: Library, name: str, text: str, day: date) -> tuple[str, ...]:
    """Return what a page lacks before visitors may see it from a day on, a sentence for each.

    What the kiosk cannot read, and what rule ER25 forbids of a page that is published.
    """
    source = read_page(library, site, name, text)
    if source.page is None:
        return mistakes(source.problems, text)
    rule = RULES["ER25"]
    assert rule.find is not None  # noqa: S101 - it looks at one file
    language = source.language
    context = make_context(
        site.settings.easyread, load_language_pack(language), Words(), day
    )  # of these the rule reads the day and the settings
    found = rule.find(Sheet(source.path, language, source=source), context)
    return tuple(f"{one.problem} {one.hint}".rstrip() for one in found if one.severity == "E")


def with_facts(text: str, facts: Mapping[str, str]) -> str:
    """Return a page's text with these facts; those that are so already stay letter by letter."""
    for key, value in facts.items():
        text = with_fact(text, key, value)
    return text


@dataclass(frozen=True, slots=True)
class PublishPage:
    """Put the saved text of a page in the place of what visitors see.

    opened: `Standing.opened` of what was looked at; by: who decides it, and whether they may.
    status: "published" for what people have checked, "ready" for what they have not yet. facts: of
    PROVENANCE, those that were filled in. day: from when it is to be shown, None for at once.
    """

    site: Site
    library: Library
    name: str
    opened: str
    by: str
    may_publish: bool
    status: Shown
    facts: Mapping[str, str] = field(default_factory=dict)
    day: date | None = None
    today: date | None = None

    def check(self) -> Standing:
        """Raise MayNotPublish, PageChanged, PageNotSaved, or PageNotReady with what is missing."""
        if not self.may_publish:
            raise MayNotPublish("Only staff who may publish can do this. Ask one of them.")
        now = look(self.site, self.name)
        now.expect(self.opened)
        today = self.today or self.site.today()
        if self.day is not None and self.day < today:
            raise PageNotSaved("This day is over. Choose today or a later one.")
        text = self.text(now)
        if lacks := missing(self.site, self.library, self.name, text, self.day or today):
            raise PageNotReady(lacks)
        return now

    def text(self, now: Standing) -> str:
        """Return the text that visitors would see."""
        facts = {key: value for key, value in self.facts.items() if key in PROVENANCE}
        was = read_page(self.library, self.site, self.name, now.text).facts
        kept = {key: one.value for key, one in was.items()}
        new = {**facts, "status": self.status}
        return with_facts(
            now.text, {key: value for key, value in new.items() if kept.get(key, "") != value}
        )

    def execute(self) -> Standing:
        """Do it durably, and return the page as it stands then."""
        with alone(self.site), not_written():
            now = self.check()
            text = self.text(now)
            at = datetime.now(self.site.zone)
            if self.day is not None and self.day > (self.today or self.site.today()):
                copy = WorkingCopy(text, now.live.hash, _writer(now, self.by), at)
                planned = replace(copy, day=self.day, planner=self.by)
                WorkingCopies(self.site).keep(self.name, planned)
            else:
                show(self.site, now, text, why=PUBLISHED, by=self.by, at=at)
            return look(self.site, self.name)


def show(
    site: Site, now: Standing, text: str, *, why: str, by: str, at: datetime, of: int = 0
) -> None:
    """Put a text in the place of what visitors see, in steps of which each may be the last.

    The caller holds the lock. Whatever ends the program: what visitors see is the old text or the
    new one, both are kept as versions, and a working copy stays until its text is shown. OSError.
    """
    copies, history = WorkingCopies(site), History(site)
    if text != now.live.text:
        keep_live(site, now)
        history.keep(now.name, text, why=why, at=at, by=by, of=of)
        if now.copy is not None and not of:
            # Once the file has this text, a copy with the same text is none any more.
            copies.keep(now.name, replace(now.copy, text=text, day=None, planner="", wrong=""))
        replace_durably(now.live.path, text.encode(), mode=None)
    if not of:
        copies.drop(now.name)
    elif now.copy is not None:  # what waits goes on waiting, for the text that is shown now
        of_new = hash_of(text.encode())
        copies.keep(now.name, replace(now.copy, of=of_new, day=None, planner="", wrong=""))


def keep_live(site: Site, now: Standing) -> None:
    """Keep what visitors see as a version, unless it is one already: staff may edit the file."""
    written = datetime.fromtimestamp(now.live.path.stat().st_mtime, site.zone)
    History(site).keep_found(now.name, now.live.text, written)


@dataclass(frozen=True, slots=True)
class ShowVersion:
    """Show visitors a version of a page again; the one that they saw stays a version too.

    So an undo is undone in the same way. What is saved and not published stays as it is.
    """

    site: Site
    library: Library
    name: str
    opened: str
    number: int
    by: str
    may_publish: bool

    def check(self) -> Standing:
        """Raise MayNotPublish, PageChanged, PageNotReady, or PageNotSaved without the version."""
        return self._found()[0]

    def _found(self) -> tuple[Standing, str]:
        """Return the page as it stands, and the text of the version."""
        if not self.may_publish:
            raise MayNotPublish("Only staff who may publish can do this. Ask one of them.")
        now = look(self.site, self.name)
        now.expect(self.opened)
        text = History(self.site).read(self.name, self.number).text
        source = read_page(self.library, self.site, self.name, text)
        if source.problems:  # a page that cannot be read would not be shown; the old one would
            raise PageNotReady(mistakes(source.problems, text))
        return now, text

    def execute(self) -> Standing:
        """Do it durably, and return the page as it stands then."""
        with alone(self.site), not_written():
            now, text = self._found()
            at = datetime.now(self.site.zone)
            show(self.site, now, text, why=BACK, by=self.by, at=at, of=self.number)
            return look(self.site, self.name)


@dataclass(frozen=True, slots=True)
class DropCopy:
    """Take away what is saved and not published. It stays among the versions."""

    site: Site
    name: str
    opened: str

    def check(self) -> Standing:
        """Raise PageChanged, or PageNotSaved where there is nothing to take away."""
        now = look(self.site, self.name)
        now.expect(self.opened)
        if now.copy is None:
            raise PageNotSaved("All that is saved of this page is published.")
        return now

    def execute(self) -> Standing:
        """Do it, and return the page as it stands then."""
        with alone(self.site), not_written():
            now = self.check()
            if (copy := now.copy) is not None:
                History(self.site).keep(self.name, copy.text, why=ASIDE, at=copy.at, by=copy.by)
            WorkingCopies(self.site).drop(self.name)
            return look(self.site, self.name)


@dataclass(frozen=True, slots=True)
class DropPlan:
    """Let a page not be published on its day; what is saved stays."""

    site: Site
    name: str
    opened: str

    def check(self) -> Standing:
        """Raise PageChanged, or PageNotSaved without a plan."""
        now = look(self.site, self.name)
        now.expect(self.opened)
        if now.copy is None or now.copy.day is None:
            raise PageNotSaved("There is no plan to publish this page.")
        return now

    def execute(self) -> Standing:
        """Do it, and return the page as it stands then."""
        with alone(self.site), not_written():
            now = self.check()
            if now.copy is not None:
                copy = replace(now.copy, day=None, planner="", wrong="")
                WorkingCopies(self.site).keep(self.name, copy)
            return look(self.site, self.name)


def _writer(now: Standing, by: str) -> str:
    return by if now.copy is None else now.copy.by
