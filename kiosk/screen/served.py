"""What is served at one moment, worked out anew for the pages alone that an edit has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.feedback.survey.survey import Survey
from kiosk.recorded.model import PageVoice
from kiosk.screen.letters import beyond_source_sans, letters_in
from kiosk.screen.screens import Narration, Screen, picture

EARLIER = 8  # versions: an open screen that has one of them gets only what has changed since then

Html = Mapping[str, str]  # of each page


@dataclass(frozen=True, slots=True)
class _Page:
    """What was worked out of one page: its letters in the screen's own language, and a digest."""

    html: str
    narration: Narration
    voice: PageVoice | None
    letters: frozenset[str]
    digest: bytes


@dataclass(frozen=True, slots=True)
class Served:
    """What is served at one moment.

    files: name -> bytes. screens: language -> its pages. letters: language -> those of its own
    letters that the screen's typeface does not have. earlier: version -> language -> what was
    served then, oldest first; this moment comes last. pages: language -> page -> what is known.
    voices: name -> the recording of a person, in the site's folder.
    """

    version: str = ""
    screens: dict[str, Screen] = field(default_factory=dict)
    surveys: dict[str, Survey] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    earlier: dict[str, dict[str, Html]] = field(default_factory=dict)
    pages: dict[str, dict[str, _Page]] = field(default_factory=dict)
    voices: dict[str, Path] = field(default_factory=dict)

    def after(self, version: str, screens: dict[str, Screen], surveys: dict[str, Survey]) -> Served:
        """Return what is served from now on; version: that of the pages, as the library has it."""
        pages = {
            code: _worked_out(screen, self.pages.get(code)) for code, screen in screens.items()
        }
        digest = hashlib.sha256(version.encode())
        for code, found in pages.items():
            digest.update(
                repr((code, [(page, one.digest) for page, one in found.items()])).encode()
            )
        new = digest.hexdigest()[:16]
        earlier = {name: html for name, html in self.earlier.items() if name != new}
        kept = list(earlier.items())[1 - EARLIER :]
        files = {
            Path(picture(symbol)).name: symbol.svg
            for screen in screens.values()
            for symbol in screen.symbols
        } | {
            name: data
            for screen in screens.values()
            for codes in screen.codes.values()
            for name, data in codes.items()
        }
        letters = {
            code: "".join(beyond_source_sans(set().union(*(one.letters for one in found.values()))))
            for code, found in pages.items()
        }
        voices = {
            one.name: one.path
            for screen in screens.values()
            for voice in screen.voices.values()
            for one in voice.heard().values()
        }
        now: dict[str, Html] = {code: screen.html for code, screen in screens.items()}
        earlier = {**dict(kept), new: now}
        return Served(new, screens, surveys, files, letters, earlier, pages, voices)

    def html_since(self, version: str, language: str) -> dict[str, str]:
        """Return the pages that are not as a screen has them which has this version.

        All of them, when nobody knows any more what that was.
        """
        had = self.earlier.get(version, {}).get(language, {})
        html = self.screens[language].html
        return {page: text for page, text in html.items() if had.get(page) != text}


def _worked_out(screen: Screen, before: Mapping[str, _Page] | None) -> dict[str, _Page]:
    found: dict[str, _Page] = {}
    for page, narration in screen.narrations.items():
        html = screen.html.get(page, "")  # that of the words around a page has none
        old = before.get(page) if before else None
        voice = screen.voices.get(page)
        if (
            old is None
            or old.html is not html
            or old.narration is not narration
            or old.voice != voice
        ):
            texts = (one.text for one in narration.texts if one.language == screen.language)
            letters = frozenset(letters_in(texts))
            digest = hashlib.sha256(html.encode())
            if voice:  # an open screen asks for what it says anew
                digest.update(repr(sorted(voice.heard().items())).encode())
            old = _Page(html, narration, voice, letters, digest.digest())
        found[page] = old
    return found
