"""What a studio works with: the pages of a site, and how a text would be among them."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kiosk.config import Site
from kiosk.content import Library, Snapshot, Source
from kiosk.content.edit import Place, lines_of
from kiosk.content.edit_facts import own_pictures
from kiosk.easyread import Checker, CheckResult, Finding
from kiosk.easyread.mend import fits
from kiosk.editor.actions.save import look, page_path
from kiosk.editor.check import other_files, other_stamps
from kiosk.errors import ContentError, KioskError
from kiosk.recorded.look import all_voices, warnings
from kiosk.speech.engines import engines_of
from kiosk.speech.narrator import Narrator
from kiosk.staff.accounts import Accounts
from kiosk.staff.changed import Changed
from kiosk.staff.tries import Tries
from kiosk.symbols import Symbol, UnknownSymbol
from kiosk.web.studio.people import People
from kiosk.web.studio.sessions import Sessions

FRESH = 0.5  # seconds that a look at the disk is good for


class Desk:
    """All that the routes of one studio share. Safe to share by threads.

    accounts: of the site, where somebody has them already.
    """

    def __init__(self, site: Site, accounts: Accounts | None = None) -> None:
        self.site = site
        self.library = Library(site)
        self.accounts = accounts or Accounts(site)
        self.sessions = Sessions(self.accounts, site.settings.studio.idle_minutes * 60)
        self.changed = Changed(site)
        self.tries = Tries()
        self.people = People()
        self.first = ""  # the secret of the link by which the first member is made
        speech = site.settings.speech
        self._engines = engines_of(site.root, speech.time_limit_seconds)
        self.narrator = Narrator(
            self._engines,
            site.data / "clips",
            voices=speech.voices,
            rates={"slow": speech.slow, "normal": speech.normal, "quick": speech.quick},
            within=speech.time_limit_seconds,
        )
        self._checker = Checker(site, self.library)
        self._lock = threading.Lock()  # of the checker: nobody who reads the list waits for it
        self._looking = threading.Lock()
        self._looked = 0.0
        self._others: tuple[object, tuple[Any, ...]] = (None, ())
        self._all: tuple[object, CheckResult | None] = (None, None)
        self._checking: threading.Thread | None = None

    def close(self) -> None:
        """End the voice's worker."""
        self._engines.close()

    def refresh(self) -> None:
        """Look at the disk, unless that was done just now."""
        with self._looking:
            if time.monotonic() - self._looked > FRESH:
                self.library.refresh()
                self._looked = time.monotonic()

    def source(self, name: str) -> Source | None:
        """Return a page as its file stands; name: its path in the site."""
        path = Path(name)
        return next((one for one in self.library.now.sources if one.path == path), None)

    def findings(self, name: str, text: str) -> tuple[Finding, ...]:
        """Return what `kiosk check` would say of this page if its file had this text."""
        self.refresh()
        path = page_path(self.site, name)
        now = self.library.with_text(path, text)
        with self._lock:
            result = self._check(now)
        lines = lines_of(text.removeprefix("\ufeff"))
        found = result.only([self.site.shown(path)]).told_once().findings
        return tuple(one if one.fix is None else fits(one, lines) for one in found)

    def counts(self) -> Mapping[Path, tuple[int, int]] | None:
        """Return how many errors and warnings each file has; None while that is looked at."""
        key = (self.library.now, self.site.today())
        known, result = self._all
        if known == key and result is not None:
            found: dict[Path, tuple[int, int]] = {}
            for one in result.told_once().findings:
                errors, warnings = found.get(one.path, (0, 0))
                is_error = one.severity == "E"
                found[one.path] = (errors + is_error, warnings + (not is_error))
            return found
        if self._checking is None or not self._checking.is_alive():
            self._checking = threading.Thread(target=self._check_all, args=(key,), daemon=True)
            self._checking.start()
        return None

    def _check_all(self, key: object) -> None:
        with self._lock:
            self._all = (key, self._check(self.library.now))

    def _check(self, now: Snapshot) -> CheckResult:
        """Check the whole site as `kiosk check` does, with what the library would hold."""
        texts, problems, editions = self._other_files()
        voices, wrong = all_voices(self.site, now)
        told = warnings(voices.values(), self.site.today())
        return self._checker.check(texts, (*problems, *wrong), editions, warnings=told, now=now)

    def _other_files(self) -> tuple[Any, ...]:
        stamps = other_stamps(self.site)
        if self._others[0] != stamps:
            self._others = (stamps, other_files(self.site, self.library.symbols))
        return self._others[1]

    def picture(self, name: str, language: str, page: str) -> Symbol | None:
        """Return a picture by what a page calls it; a page may have pictures of its own."""
        source = self.source(page)
        for idea in source.ideas if source is not None else ():
            if idea.name == name and idea.symbol is not None:
                return idea.symbol
        try:
            return self.library.symbols.in_language(language).find(self._made(name, page))
        except UnknownSymbol:
            return None

    def _made(self, name: str, page: str) -> str:
        """Return of what a page puts a picture together; the name itself where it does not."""
        try:
            return own_pictures(look(self.site, page).text).get(name, name) if page else name
        except KioskError:
            return name

    def say(self, language: str) -> Mapping[str, str]:
        """Return how words are said in a language."""
        words = self.library.now.words.get(language)
        return words.say if words is not None else {}


def as_told(findings: tuple[Finding, ...], places: Mapping[int, Place]) -> list[dict[str, Any]]:
    """Return findings for the page, each with its place among the cards where it has one."""
    return [
        {
            "code": one.code,
            "line": one.line,
            "column": one.column,
            "severity": one.severity,
            "problem": one.problem,
            "hint": one.hint,
            "fix": None
            if one.fix is None
            else {
                "start": one.fix.start,
                "end": one.fix.end,
                "old": one.fix.old,
                "text": one.fix.text,
                "safe": one.fix.safe,
            },
            "card": places[one.line].card if one.line in places else None,
            "at": places[one.line].line if one.line in places else None,
        }
        for one in findings
    ]


def wrong_file(error: ContentError) -> str:
    """Return what a mistake in a file says, without the name of the file."""
    return f"Line {error.line}: {error.problem} {error.hint}".rstrip()
