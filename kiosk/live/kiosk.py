"""Everything that one running kiosk holds: the site as it is now, its voice and its answers."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from kiosk.config import Site
from kiosk.content import Library, Page
from kiosk.feedback.intake import Intake
from kiosk.feedback.store.daily import purge_once_a_day
from kiosk.feedback.store.store import store_of
from kiosk.feedback.store.takein import TakenIn, take_in
from kiosk.feedback.survey.survey import Survey, load_surveys, survey_folders
from kiosk.files import stamp
from kiosk.live.planned import Planned
from kiosk.live.printing import Printing
from kiosk.live.released import site_now
from kiosk.live.sounds import Sounds
from kiosk.lockdown.life import Signs
from kiosk.recorded.model import PageVoice
from kiosk.recorded.read import Recordings
from kiosk.screen.listened import NEVER, Listened, load_listened
from kiosk.screen.screens import Screen
from kiosk.screen.served import Served
from kiosk.screen.whole import Moment, Parts, Renderer
from kiosk.speech.engines import engines_of

LOOK_SECONDS = 0.5  # how often the files are looked at
DAY_SECONDS = 3600.0  # how often answers are looked after: old ones, and those set aside


class Kiosk:
    """One kiosk. `start` begins to watch the files and to prepare clips; `close` ends all of it."""

    def __init__(self, site: Site, *, report: Callable[[str], None] | None = None) -> None:
        self._own = site  # with its own pages; `site` has those that are shown
        self.site = site_now(site)
        self.library = Library(self.site)
        feedback, speech = site.settings.feedback, site.settings.speech
        self.store = store_of(site)
        self.intake = Intake(self.store, feedback)
        self.engine = engines_of(site.root, speech.time_limit_seconds)
        self.signs = Signs()  # of the locked browser
        self.since = datetime.now(UTC)
        self.centre: Callable[[], tuple[str, str]] | None = None
        """Says how it goes with its centre, and what to try or ""; None for one that is alone."""
        self.unsaved: set[str] = set()  # ids of answers that came and could not be saved yet
        self._report = report or (lambda line: print(line, file=sys.stderr, flush=True))
        self.sounds = Sounds(site, self.engine, lambda: self.served.screens, self._report)
        self.printing = Printing(site, self._report)
        self._planned = Planned(site, self.library, self._report)
        self.store.give_room = self.sounds.give_room
        self._told: frozenset[str] = frozenset()
        self._wrong: list[str] = []  # with the files, as they were read last
        self._end = threading.Event()
        self._due = threading.Event()  # the answers are to be looked after now
        self._threads: list[threading.Thread] = []
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self._seen: object = None
        # Between these times the events that are shown stay the same. A clock may be set back.
        self._since, self._until = datetime.now(UTC), NEVER
        self._listened: Listened | None = None
        self._recordings = Recordings(self.site)
        self.served = Served()
        self._look()

    def start(self) -> None:
        """Watch the files, render the clips that a visitor will ask for, let old answers go."""
        self.store.sweep()
        for work in (self._watch, self.sounds.work, self._look_after):
            thread = threading.Thread(target=work, daemon=True, name=f"kiosk-{work.__name__}")
            thread.start()
            self._threads.append(thread)

    def hurry(self) -> None:
        """Let everything that waits come to its end."""
        self._end.set()
        self.sounds.stop()
        self._due.set()
        self._wake()

    def close(self) -> None:
        """End the threads, those who wait for changes, and the voice's worker."""
        self.hurry()
        for thread in self._threads:
            thread.join(5)
        self.engine.close()

    async def changed(self, version: str, seconds: float) -> str:
        """Return the version that is served, once it is another one or the time is over."""
        here = (asyncio.get_running_loop(), asyncio.Event())
        self._waiting.add(here)
        try:
            if self.served.version == version and not self._end.is_set():
                await asyncio.wait_for(here[1].wait(), seconds)
        except TimeoutError:
            pass
        finally:
            self._waiting.discard(here)
        return self.served.version

    @property
    def problems(self) -> list[str]:
        """What is wrong with the files now, one line each."""
        return sorted(self._told)

    def take_in(self, *, dry_run: bool = False) -> TakenIn:
        """Take in the answers that were set aside and fit now. AnswerNotSaved as by the store."""
        return take_in(
            self.store,
            self.site.shown(self.store.folder),
            surveys=self.served.surveys,
            pages=known_pages(self),
            languages=self.served.screens,
            words_max=self.site.settings.feedback.words_max_characters,
            dry_run=dry_run,
        )

    def _watch(self) -> None:
        while not self._end.wait(LOOK_SECONDS):
            self._planned.look()  # what it publishes is seen by the look that follows
            try:
                self._look()
            except Exception as error:
                self._tell([*self._wrong, f"The files could not be read: {error}"])

    def _look(self) -> None:
        before, self._seen = self._seen, None  # a look that comes to no end is done again
        site = site_now(self._own)
        moved = site.root != self.site.root  # a release was taken, or the one before again
        library = Library(site) if moved else self.library
        recordings = Recordings(site) if moved else self._recordings
        changed = moved or library.refresh()
        now = datetime.now(UTC)
        watched = (*survey_folders(site), site.content, site.assets / "pictures")
        # A survey may be shown from a day on, or until one.
        pages = _pages(library)
        seen = (
            site.today(now),
            [_seen_in(folder) for folder in watched],
            recordings.seen(pages),
        )
        if not changed and seen == before and self._since <= now < self._until:
            self._seen = seen
            return
        symbols = library.symbols
        # What stood there before helps over a mistake; a release has none.
        kept = {} if moved else self.served.surveys
        surveys, problems = load_surveys(site, symbols, before=kept)
        listened, more = load_listened(site, symbols, before=None if moved else self._listened)
        self._since, self._until = now, listened.next_end(now)
        voices, unheard = recordings.read(pages)
        wrong = (*library.problems, *problems, *more, *unheard)
        self._wrong = [str(one) for one in wrong]
        served = self._build(site, library, surveys, listened, voices, now)
        self._tell(self._wrong)
        is_new = served.version != self.served.version
        self._listened, self._recordings = listened, recordings
        self.site, self.library = site, library
        self.served = served  # a survey that is not shown today changes no screen
        self.printing.site = site
        self.sounds.edited()  # also when all looks the same: what day it is may only be said
        self._due.set()
        if is_new:
            self._wake()
        self._seen = seen

    def _tell(self, lines: list[str]) -> None:
        for line in lines:
            if line not in self._told:
                self._report(line)
        self._told = frozenset(lines)

    def _build(
        self,
        site: Site,
        library: Library,
        surveys: dict[str, Survey],
        listened: Listened,
        voices: Mapping[Path, PageVoice],
        now: datetime,
    ) -> Served:
        today = site.today(now)
        heard = {path: one for path, one in voices.items() if not one.why_not("screen", today)}
        parts = Parts(library.languages, surveys, listened, library.symbols, heard)
        screens = Renderer(site, self.served.screens).render(parts, Moment(now))
        return self.served.after(library.version, screens, surveys)

    def _look_after(self) -> None:
        while not self._end.is_set():
            self._due.clear()
            try:
                line = purge_once_a_day(self.site, self.store, self.site.today())
            except Exception as error:
                line = f"Answers that are too old could not be deleted: {error}"
            if line:
                self._report(line)
            try:
                taken = self.take_in().taken
                line = f"Answers taken in that were set aside: {taken:,}." if taken else ""
            except Exception as error:
                line = f"Answers that were set aside could not be taken in: {error}"
            if line:
                self._report(line)
            self._due.wait(DAY_SECONDS)

    def _wake(self) -> None:
        for loop, event in list(self._waiting):
            loop.call_soon_threadsafe(event.set)


def _pages(library: Library) -> list[Page]:
    """Return the pages that a person may have read, each once."""
    languages = library.languages.values()
    return list({one.path: one for all_ in languages for one in all_.pages.values()}.values())


def _seen_in(folder: Path) -> object:
    """Return what changes when a file of a folder does; no file is read."""
    try:
        return sorted((path.name, stamp(path.stat())) for path in folder.iterdir())
    except OSError:
        return None


def language_of(language: str, screens: dict[str, Screen]) -> str:
    """Return a language that is served: the one asked for, or the first."""
    return language if language in screens else next(iter(screens))


def known_pages(kiosk: Kiosk) -> set[str]:
    """Return every id that an answer may name as its page."""
    pages = {page for screen in kiosk.served.screens.values() for page in screen.index}
    return pages | set(kiosk.served.surveys)
