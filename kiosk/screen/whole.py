"""A whole site as screens, in each of its languages, and what a screen must know of it first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kiosk.config import Site
from kiosk.content import Language
from kiosk.feedback.survey.survey import Survey, shown_surveys
from kiosk.recorded.model import PageVoice
from kiosk.screen.downloads import Downloads
from kiosk.screen.interface_words import Interface, Utterance, interface_of
from kiosk.screen.languages import day_in_words, direction, language_name, own_name
from kiosk.screen.listened import Listened
from kiosk.screen.pictures import screen_pictures
from kiosk.screen.render import Around, render_language
from kiosk.screen.screens import Screen
from kiosk.screen.served import Served
from kiosk.screen.steps import step_words
from kiosk.screen.taken import Ways
from kiosk.symbols import Finder


@dataclass(frozen=True, slots=True)
class Parts:
    """All that the screens of a site are made of. languages: the first one first.

    surveys: all of them, whether they are shown now or not. voices: of people who read a page and
    may be heard, by the file of the page.
    """

    languages: Mapping[str, Language]
    surveys: dict[str, Survey]
    listened: Listened
    symbols: Finder
    voices: Mapping[Path, PageVoice] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Moment:
    """When, and for what, screens are made. now: with its time zone.

    on_web: for a copy on the web, which has no printer, and no words for what day it is.
    takes_answers: whether what people answer is kept anywhere. downloads: what pages offer to keep.
    """

    now: datetime
    on_web: bool = False
    takes_answers: bool = True
    downloads: Downloads = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Renderer:
    """Makes the screens of one site.

    before: those of the last time; what has not changed is taken from there.
    """

    site: Site
    before: Mapping[str, Screen] = field(default_factory=dict)

    def render(self, parts: Parts, moment: Moment) -> dict[str, Screen]:
        """Return all screens, by language."""
        today = self.site.today(moment.now)
        interfaces = {
            code: self._interface(code, parts.languages, None if moment.on_web else today)
            for code in parts.languages
        }
        around = Around(
            parts.languages,
            interfaces,
            parts.listened,
            screen_pictures(parts.symbols),
            moment.now,
            # The printer stands beside a kiosk.
            Ways(self.site, prints=bool(self.site.settings.print.printer) and not moment.on_web),
            moment.takes_answers,
            moment.on_web,
            parts.voices,
            moment.downloads,
        )
        return {
            code: render_language(
                code, shown_surveys(parts.surveys, code, today), around, self.before.get(code)
            )
            for code in parts.languages
        }

    def _interface(self, code: str, languages: Iterable[str], today: date | None) -> Interface:
        words = interface_of(code)
        called, its_language = self.site.settings.site.name_in(code)
        more = {"site": Utterance(f"{called.title}. {called.tagline}".strip(), its_language)}
        if today:
            more["today"] = words.said("today_is", day=day_in_words(today, words.language))
        more["now_speaks"] = words.said("now_speaks", own=language_name(code, words.language))
        for other in languages:  # each in its own words and voice
            theirs = interface_of(other)
            name = language_name(other, theirs.language)
            more[f"name_{other}"] = Utterance(own_name(other), other)
            more[f"name_{other}_tell"] = theirs.said("tell_language", own=name)
        made = words.more(more | step_words(words))
        before = self.before.get(code)
        # The same object tells at once that there is nothing to do for it.
        return before.interface if before and before.interface == made else made


def manifest(site: Site, served: Served, code: str, *, voices: int = 1) -> dict[str, Any]:
    """Return what the screen needs first; it goes to the browser as JSON.

    served: the same as what goes with it, so that nobody is given a mix of two versions. voices:
    how many there are to choose from.
    """
    settings = site.settings
    screen = served.screens[code]
    around = screen.interface.language
    name, its_language = settings.site.name_in(code)
    return {
        "version": served.version,
        "language": code,
        "languages": [
            {"code": one, "dir": direction(one), "letters": served.letters[one]}
            for one in served.screens
        ],
        "name": {
            "textContent": name.title,
            "lang": its_language,
            "dir": direction(its_language),
        },
        "around": {"lang": around, "dir": direction(around)},
        "pages": screen.index,
        "words": dict(screen.interface.words),
        "spoken": screen.spoken,
        "voices": voices,
        "visit": settings.visit.model_dump(),
        "keypad": settings.keypad.model_dump(),
        "switch": settings.switch.model_dump(),
    }
