"""A page that somebody has read: tones stand for a person, whose words are known."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from kiosk.config import Site, load_site
from kiosk.content import Library, Page
from kiosk.recorded.consent import FILE, Consent
from kiosk.recorded.model import Line, lines_of
from kiosk.recorded.read import folder_of
from kiosk.speech.timing import visible_words

RATE = 24_000
AMIRA = Consent("Amira", date(2026, 11, 20), "parent")
LEAD, WORD = 0.12, 0.25  # seconds


def read_aloud(
    root: Path,
    page_id: str = "people",
    consent: Consent = AMIRA,
    *,
    whole: Collection[int] = (),
    leave: Collection[int] = (),
    language: str = "en",
) -> Path:
    """Put recordings beside a page of the site in `root`; return their folder.

    whole: numbers of sentences whose words have no times. leave: those that are not read.
    """
    site, page = site_and_page(root, page_id, language)
    folder = site.root / folder_of(page)
    folder.mkdir(exist_ok=True)
    (folder / FILE).write_text(consent.text(), encoding="utf-8")
    for number, line in enumerate(lines_of(page), 1):
        if number not in leave:
            write_sentence(folder, line, [] if number in whole else times_of(line.text))
    return folder


def site_and_page(root: Path, page_id: str, language: str = "en") -> tuple[Site, Page]:
    """Return a site and one of its pages."""
    site = load_site(root)
    return site, Library(site).languages[language].pages[page_id]


def times_of(text: str) -> list[list[float]]:
    """Return the words of a text, one after the other."""
    return [
        [start, end, round(LEAD + at * WORD, 4), round(LEAD + (at + 1) * WORD, 4)]
        for at, (start, end) in enumerate(visible_words(text))
    ]


def write_sentence(folder: Path, line: Line, words: Any, text: str | None = None) -> Path:
    """Write one recording; return its sound. text: what its file says that it is of."""
    seconds = LEAD + WORD * len(visible_words(line.text)) + 0.1
    at = np.arange(int(seconds * RATE)) / RATE
    # Each text has a tone of its own, and so its own sound.
    tone = 0.2 * np.sin(2 * np.pi * (200 + int(line.hash, 16) % 400) * at)
    file = io.BytesIO()
    soundfile.write(file, tone, RATE, format="OGG", subtype="OPUS")
    sound = folder / f"{line.hash}.ogg"
    sound.write_bytes(file.getvalue())
    told = {
        "text": line.text if text is None else text,
        "seconds": seconds,
        "sound": hashlib.sha256(file.getvalue()).hexdigest(),
        "words": words,
    }
    sound.with_suffix(".json").write_text(json.dumps(told), encoding="utf-8")
    return sound
