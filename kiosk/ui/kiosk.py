"""Everything that one running kiosk holds: the site as it is now, its voice and its answers."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from kiosk.config import Site
from kiosk.content import Library
from kiosk.errors import SpeechError
from kiosk.feedback.daily import purge_once_a_day
from kiosk.feedback.intake import Intake
from kiosk.feedback.shelf import folder_of
from kiosk.feedback.store import AnswerStore
from kiosk.feedback.survey import Survey, load_surveys, shown_surveys, survey_folders
from kiosk.speech.narrator import Narrator
from kiosk.speech.process import Pyttsx3Engine
from kiosk.ui.listened import NEVER, Listened, load_listened
from kiosk.ui.render import render_language
from kiosk.ui.screens import Screen, day_in_words, picture

LOOK_SECONDS = 0.5  # how often the files are looked at
DAY_SECONDS = 3600.0  # how often it is asked whether a new day has come
SPEEDS = ("slow", "normal", "quick")


@dataclass(frozen=True, slots=True)
class Served:
    """What is served at one moment. files: name -> bytes; screens: language -> its pages."""

    version: str = ""
    screens: dict[str, Screen] = field(default_factory=dict)
    surveys: dict[str, Survey] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


class Kiosk:
    """One kiosk. `start` begins to watch the files and to prepare clips; `close` ends all of it."""

    def __init__(self, site: Site, *, report: Callable[[str], None] | None = None) -> None:
        self.site = site
        self.library = Library(site)
        feedback, speech = site.settings.feedback, site.settings.speech
        self.store = AnswerStore(
            folder_of(site),
            quota=feedback.quota_mb * 1_000_000,
            free_floor=feedback.free_space_floor_mb * 1_000_000,
        )
        self.intake = Intake(self.store, feedback)
        self.engine = Pyttsx3Engine(speech.time_limit_seconds)
        self.narrator = Narrator(
            self.engine, site.data / "clips", voices=speech.voices, rates=rates_of(site)
        )
        self._report = report or (lambda line: print(line, file=sys.stderr, flush=True))
        self._told: frozenset[str] = frozenset()
        self._end = threading.Event()
        self._threads: list[threading.Thread] = []
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self._stamp: object = None
        self._until = NEVER  # when an event is over that is shown now
        self._listened: Listened | None = None
        self.prepared = False  # every clip of the site was rendered, or tried
        self.served = Served()
        self._look()

    def start(self) -> None:
        """Watch the files, render the clips that a visitor will ask for, let old answers go."""
        self.store.sweep()
        for work in (self._watch, self._prepare, self._purge):
            thread = threading.Thread(target=work, daemon=True, name=f"kiosk{work.__name__}")
            thread.start()
            self._threads.append(thread)

    def hurry(self) -> None:
        """Let everything that waits come to its end."""
        self._end.set()
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

    def narrate(self, language: str, page: str, speed: str) -> list[dict[str, Any]]:
        """Return the sentences of a page, or of "interface", as clips."""
        screen = self.served.screens[language]
        spoken = self.narrator.narrate(
            screen.texts[page], language=language, speed=speed, say=screen.say
        )
        return [
            {
                "text": one.text,
                "file": f"/clips/{one.key}.wav",
                "seconds": one.seconds,
                "words": [[w.start, w.end, w.starts_at, w.ends_at] for w in one.words],
            }
            for one in spoken
        ]

    def _watch(self) -> None:
        while not self._end.wait(LOOK_SECONDS):
            try:
                self._look()
            except Exception as error:
                self._tell([f"The files could not be read: {error}"])

    def _look(self) -> None:
        changed = self.library.refresh()
        now = datetime.now(UTC)
        content, assets = self.site.content, self.site.assets
        watched = (*survey_folders(self.site), content, assets / "pictures")
        # A survey may be shown from a day on, or until one.
        stamp = (self.site.today(now), [_stamp(folder) for folder in watched])
        if not changed and stamp == self._stamp and now < self._until:
            return
        self._stamp = stamp
        symbols = self.library.symbols
        surveys, problems = load_surveys(self.site, symbols, before=self.served.surveys)
        self._listened, more = load_listened(self.site, symbols, before=self._listened)
        self._until = self._listened.next_end(now)
        self._tell([str(one) for one in (*self.library.problems, *problems, *more)])
        served = self._build(surveys, self._listened, now)
        if served.version != self.served.version:
            self.served = served
            self._wake()

    def _tell(self, lines: list[str]) -> None:
        for line in lines:
            if line not in self._told:
                self._report(line)
        self._told = frozenset(lines)

    def _build(self, surveys: dict[str, Survey], listened: Listened, now: datetime) -> Served:
        today = self.site.today(now)
        screens = {}
        for code, language in self.library.languages.items():
            shown = shown_surveys(surveys, code, today)
            words = self._words(code, today)
            screens[code] = render_language(language, shown, words, listened, now)
        digest = hashlib.sha256(self.library.version.encode())
        for screen in screens.values():
            digest.update(json.dumps(screen.html).encode())
        found = {
            Path(picture(symbol)).name: symbol.svg
            for screen in screens.values()
            for symbol in screen.symbols
        }
        return Served(digest.hexdigest()[:16], screens, surveys, found)

    def _words(self, code: str, today: date) -> dict[str, str]:
        site = self.site.settings.site
        words = interface_words(code)
        today_is = words["today_is"].format(day=day_in_words(today))
        return words | {"site": f"{site.title}. {site.tagline}".strip(), "today": today_is}

    def _prepare(self) -> None:
        for code, screen in self.served.screens.items():
            for speed in ("normal", "slow", "quick"):
                for texts in screen.texts.values():
                    try:
                        for _ in self.narrator.prepare(
                            texts, language=code, speed=speed, say=screen.say, stop=self._end
                        ):
                            pass
                    except (SpeechError, OSError):
                        continue  # a visitor's own request tells what is wrong
        self.prepared = True

    def _purge(self) -> None:
        while True:
            try:
                line = purge_once_a_day(self.site, self.store, self.site.today())
            except Exception as error:
                line = f"Answers that are too old could not be deleted: {error}"
            if line:
                self._report(line)
            if self._end.wait(DAY_SECONDS):
                return

    def _wake(self) -> None:
        for loop, event in list(self._waiting):
            loop.call_soon_threadsafe(event.set)


def rates_of(site: Site) -> dict[str, int]:
    """Return the words a minute of each speed."""
    return {speed: getattr(site.settings.speech, speed) for speed in SPEEDS}


def _stamp(folder: Path) -> object:
    """Return what changes when a file of a folder does; no file is read."""
    try:
        found = sorted((path.name, path.stat()) for path in folder.iterdir())
    except OSError:
        return None
    return [(name, one.st_mtime_ns, one.st_ctime_ns, one.st_size) for name, one in found]


def interface_words(code: str) -> dict[str, str]:
    """Return the words of the screen in a language, English where a language has none yet."""
    folder = files("kiosk.ui") / "interface"
    words: dict[str, str] = yaml.safe_load((folder / "en.yaml").read_text(encoding="utf-8"))
    own = folder / f"{code}.yaml"
    if code != "en" and own.is_file():
        words |= yaml.safe_load(own.read_text(encoding="utf-8"))
    return words


def manifest(kiosk: Kiosk, code: str) -> dict[str, Any]:
    """Return what the screen needs first; it goes to the browser as JSON."""
    screen = kiosk.served.screens[code]
    settings = kiosk.site.settings
    return {
        "version": kiosk.served.version,
        "language": code,
        "pages": screen.index,
        "words": screen.words,
        "spoken": screen.spoken,
        "visit": settings.visit.model_dump(),
        "keypad": settings.keypad.model_dump(),
        "switch": settings.switch.model_dump(),
    }


def language_of(language: str, screens: dict[str, Screen]) -> str:
    """Return a language that is served: the one asked for, or the first."""
    return language if language in screens else next(iter(screens))


def known_pages(kiosk: Kiosk) -> set[str]:
    """Return every id that an answer may name as its page."""
    pages = {page for screen in kiosk.served.screens.values() for page in screen.index}
    return pages | set(kiosk.served.surveys)
