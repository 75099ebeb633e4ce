"""Reads the recordings that stand beside the pages of a site."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.config import Site
from kiosk.content import Home, Page
from kiosk.content.fingerprint import fingerprint_of
from kiosk.content.places import RECORDED
from kiosk.errors import ContentError
from kiosk.files import Stamp, stamp_of
from kiosk.located import Read
from kiosk.recorded.consent import FILE, Consent, Use, read_consent
from kiosk.recorded.model import PageVoice, Recording, lines_of
from kiosk.speech.engine import WordTime
from kiosk.speech.timing import visible_words

SOUNDS = {".wav": "audio/wav", ".ogg": "audio/ogg"}
_AGAIN = "Add the recording again: kiosk voice add."


@dataclass(frozen=True, slots=True)
class _Folder:
    """What a folder holds, and the stamps of what it was read from."""

    seen: tuple[Stamp | None, ...]
    consent: Consent | None
    recordings: dict[str, Recording]
    problems: tuple[ContentError, ...]


class Recordings:
    """The recordings of a site. `refresh` reads only what has changed. For one thread."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._folders: dict[Path, _Folder] = {}

    def seen(self, pages: Iterable[Page]) -> list[object]:
        """Return what is another one when a folder of recordings has changed; nothing is read."""
        return [(page.path, self._stamps(page)) for page in pages]

    def read(self, pages: Iterable[Page]) -> Read[dict[Path, PageVoice]]:
        """Return the voices of these pages, by the page's file, and what is wrong with them.

        A recording that cannot be used is left out.
        """
        found: dict[Path, PageVoice] = {}
        problems: list[ContentError] = []
        folders: dict[Path, _Folder] = {}
        for page in pages:
            shown = folder_of(page)
            seen = self._stamps(page)
            if page.path in found or isinstance(page, Home) or seen[0] is None:
                continue
            old = self._folders.get(shown)
            new = old if old and old.seen == seen else _read(self._site.root / shown, shown, seen)
            folders[shown] = new
            problems += new.problems
            found[page.path] = PageVoice(
                page.path, shown, page.language, new.consent, lines_of(page), new.recordings
            )
        self._folders = folders
        return Read(found, tuple(problems))

    def _stamps(self, page: Page) -> tuple[Stamp | None, ...]:
        # Files there are never written in place, so the folder itself tells of any that changes.
        folder = self._site.root / folder_of(page)
        return stamp_of(folder), stamp_of(folder / FILE)


def folder_of(page: Page) -> Path:
    """Return where the recordings of a page stand, relative to the site's folder."""
    return page.path.with_suffix(RECORDED)


def may_be_heard(
    site: Site, pages: Iterable[Page], use: Use, today: date | None = None, *, whole: bool = True
) -> tuple[dict[Path, PageVoice], tuple[str, ...]]:
    """Return the voices that a book or a web copy may hold, and what to tell of all others.

    Whoever makes something that leaves the kiosk asks here, and for nothing else: what was not
    agreed, or is over, is left out, with a line for staff that says which page and why. The
    voices: by `Page.path`; of each, `heard()` has the recordings by text, and `consent.by` belongs
    beside them. whole: as of `PageVoice.why_not`.
    """
    today = today or site.today()
    voices: dict[Path, PageVoice] = {}
    left_out: list[str] = []
    for path, voice in Recordings(site).read(pages).value.items():
        if why := voice.why_not(use, today, whole=whole):
            by = f"{voice.consent.by}'s voice" if voice.consent else "A person's voice"
            left_out.append(f"{path}: {by} is left out. {why}")
        else:
            voices[path] = voice
    return voices, tuple(left_out)


def _read(folder: Path, shown: Path, seen: tuple[Stamp | None, ...]) -> _Folder:
    consent, problems = read_consent(folder, shown)
    found: dict[str, Recording] = {}
    wrong = list(problems)
    try:
        names = sorted(one.name for one in folder.iterdir() if one.suffix == ".json")
    except OSError as error:
        names = []
        wrong.append(ContentError(shown, 1, f"I cannot read this folder: {error.strerror}."))
    for name in names:
        if name.startswith("."):
            continue
        try:
            one = _recording(folder, shown, name)
        except ContentError as error:
            wrong.append(error)
        else:
            found[one.text] = one
    return _Folder(seen, consent, found, tuple(wrong))


def _recording(folder: Path, shown: Path, name: str) -> Recording:
    """Return one sentence. Raises ContentError: it is damaged, or is not what its name says."""
    path = folder / name
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        text, sound = str(told["text"]), str(told["sound"])
        seconds = float(told["seconds"])
        words = _words(text, told["words"], seconds)
    except (OSError, ValueError, KeyError, TypeError):
        raise ContentError(shown / name, 1, "This cannot be read.", _AGAIN) from None
    if fingerprint_of([text]) != path.stem:
        problem = "This is of other words than its name says."
        raise ContentError(shown / name, 1, problem, _AGAIN)
    for suffix in SOUNDS:
        try:
            data = path.with_suffix(suffix).read_bytes()
        except OSError:
            continue
        if hashlib.sha256(data).hexdigest() == sound:
            return Recording(text, shown / f"{path.stem}{suffix}", sound, seconds, words)
    problem = f'The sound of "{text}" is missing or damaged.'
    raise ContentError(shown / name, 1, problem, _AGAIN)


def _words(text: str, told: Any, seconds: float) -> tuple[WordTime, ...]:
    """Return the times of all words of a text; none of them when one is unknown or impossible."""
    words = tuple(WordTime(int(a), int(b), float(c), float(d)) for a, b, c, d in told)
    if [(one.start, one.end) for one in words] != visible_words(text):
        return ()
    reached = 0.0
    for one in words:
        if not reached <= one.starts_at <= one.ends_at <= seconds + 0.05:
            return ()
        reached = one.starts_at
    return words
