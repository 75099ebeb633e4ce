"""The sounds of what a kiosk serves: made ahead, made when asked for, and let go again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

from kiosk.config import Site
from kiosk.errors import VoiceMissing
from kiosk.screen.interface_words import Utterance
from kiosk.screen.said import (
    NORMAL,
    as_told,
    by_language,
    how_to_say,
    narrator_of,
    recorded_by,
    spoken_by,
)
from kiosk.screen.screens import Narration, Screen
from kiosk.speech.engines import Engines
from kiosk.speech.narrator import Progress, Wanted

REST_SECONDS = 1.0  # after an edit: what people see comes first
LOOK_SECONDS = 10.0  # how often it is asked whether other things need the room on the disk
OLD_SECONDS = 600.0  # how long the sounds of what was served before are kept for open screens
AHEAD = ("normal", "slow", "quick")  # what the next visitor asks for comes first

Screens = Mapping[str, Screen]
_Place = tuple[str, str, str, bool]  # language, page, speed, whether by the second voice
_Made = dict[tuple[str, str, bool], dict[str, Wanted]]  # by language, speed and voice, by text


class _OfPage(NamedTuple):
    """What a page wants at one speed, and what that was made of; say: by language."""

    told: tuple[Utterance, ...]
    wanted: list[Wanted]
    say: dict[str, dict[str, str]]


class Sounds:
    """The sounds of one site. `work` makes them ahead until `stop`.

    served: what is served now; another object after each edit, and `edited` is told so.
    """

    def __init__(
        self,
        site: Site,
        engine: Engines,
        served: Callable[[], Screens],
        report: Callable[[str], None],
    ) -> None:
        self.narrator = narrator_of(site, engine)
        self._site = site
        self._served = served
        self._report = report
        self._prepared: Screens | None = None
        self._again = threading.Event()
        self._end = False
        self._looked = 0.0
        self._gave = False
        # What each page wants, and what it was made of: most pages stay as they are in an edit.
        self._wanted: dict[_Place, _OfPage] = {}

    @property
    def prepared(self) -> bool:
        """Whether every text that is served now has its clip, as far as there is room for clips.

        What has no room, or failed, is made when somebody asks for it.
        """
        return self._prepared is self._served()

    def voices(self, language: str) -> int:
        """Return how many voices a visitor can choose from for a language: 1 is no choice."""
        return 2 if self.narrator.second(language, NORMAL) else 1

    def narrate(
        self, language: str, page: str, speed: str, *, second: bool = False
    ) -> list[dict[str, Any] | None]:
        """Return the sentences of a page, or of "interface", as clips: each in its own voice.

        second: in the second voice of its language, where that has one. None: there is no voice
        for the language of this one. What a person has read is said by them, whatever is chosen.
        """
        screens = self._served()
        told = screens[language].narrations[page].texts
        clips = recorded_by(self._site, screens, language, page, speed)
        rest = [one for one in told if one not in clips]
        spoken = spoken_by(self.narrator, screens, rest, speed, second=second)
        clips |= {said: as_told(one, f"clips/{one.key}.wav") for said, one in spoken.items()}
        return [clips.get(one) for one in told]

    def prepare(self) -> Iterator[Progress]:
        """Render what is served and not kept yet; ends at once after `edited` and `stop`.

        At the normal speed first, and there the pages that are new since the last time; then the
        others page by page, so that no language comes last; then what second voices say. A language
        without a voice is passed over.
        """
        self._again.clear()
        if self._end:
            return
        screens = self._served()
        yield from self.narrator.prepare(self._all(screens), stop=self._again)
        if not self._again.is_set():
            self._prepared = screens

    def edited(self) -> None:
        """Begin anew: something else is served."""
        self._again.set()

    def give_room(self, rest: float = 1.0) -> None:
        """Let sounds go where other things need the disk, unless it was looked at just now.

        rest: in so many seconds. An answer that has no room cannot wait for the next look. While
        each look finds some, the next one is worth it at once.
        """
        if self._gave or time.monotonic() - self._looked >= rest:
            self._looked = time.monotonic()
            self._gave = self.narrator.give_room() > 0

    def stop(self) -> None:
        """Let `work` come to its end."""
        self._end = True
        self._again.set()

    def work(self) -> None:
        """Make the sounds ahead, now and after each edit, and let go what nobody needs."""
        while not self._end:
            try:
                self._work()
            except Exception as error:
                self._report(f"The sounds could not be made ahead: {error}")
                self._again.wait(LOOK_SECONDS)
            self._again.clear()
            while not self._end and self._again.wait(REST_SECONDS):
                self._again.clear()  # one edit follows the other

    def _work(self) -> None:
        day, failed = self._site.today(), False
        for one in self.prepare():
            failed = failed or one.problem is not None
            self.give_room(LOOK_SECONDS)
        old_until = time.monotonic() + OLD_SECONDS
        while not self._again.wait(LOOK_SECONDS):
            self.give_room(LOOK_SECONDS)
            new_day = self._site.today() != day
            if new_day or time.monotonic() >= old_until:
                self._prune()
                old_until = float("inf")
                if new_day or failed:
                    return  # what failed, or went for other things meanwhile, is made again

    def _prune(self) -> None:
        # Nothing is served while the folder of the pages is away: it will come back.
        if keys := {one.key for one in self._all(self._served())}:
            try:
                self.narrator.prune(keys)
            except OSError as error:
                self._report(f"Old sounds could not be deleted: {error.strerror or error}")

    def _all(self, screens: Screens) -> list[Wanted]:
        """Return what is wanted for these screens, each once, what matters most first."""
        pages = [
            (_narration(self._prepared or {}, code, page) == told, number, code, page)
            for code, screen in screens.items()
            for number, (page, told) in enumerate(screen.narrations.items())
        ]
        pages.sort(key=lambda one: one[:2])
        found: dict[str, Wanted] = {}
        now: dict[_Place, _OfPage] = {}
        made: _Made = {}
        choice = {code for code in screens if self.voices(code) > 1}
        for second, speed in product((False, True), AHEAD):
            for *_, code, page in pages:
                if second and code not in choice:
                    continue
                place = (code, page, speed, second)
                now[place] = self._of_page(screens, place, made)
                for one in now[place].wanted:
                    found.setdefault(one.key, one)
        self._wanted = now
        return list(found.values())

    def _of_page(self, screens: Screens, place: _Place, made: _Made | None = None) -> _OfPage:
        """Return what one page wants; made: for other pages, as many texts stand on all of them."""
        language, page, speed, second = place
        theirs = recorded_by(self._site, screens, language, page, speed)
        told = tuple(one for one in screens[language].narrations[page].texts if one not in theirs)
        known = self._wanted.get(place)
        if (
            known
            and known.told == told
            and all(how_to_say(screens, code) == say for code, say in known.say.items())
        ):
            return known
        new = _OfPage(told, [], {})
        for code, texts in by_language(told).items():
            say = new.say[code] = how_to_say(screens, code)
            there = {} if made is None else made.setdefault((code, speed, second), {})
            lacking = [text for text in dict.fromkeys(texts) if text not in there]
            try:
                wanted = self.narrator.wanted(
                    lacking, language=code, speed=speed, say=say, second=second
                )
            except VoiceMissing:
                continue
            there |= zip(lacking, wanted, strict=True)
            new.wanted.extend(there[text] for text in texts)
        return new


def _narration(screens: Screens, language: str, page: str) -> Narration | None:
    screen = screens.get(language)
    return screen.narrations.get(page) if screen else None
