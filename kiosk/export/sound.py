"""The sound of a chapter: its sentences one after the other, and when each word is said."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.content import Page
from kiosk.errors import ContentError, NotExported, SpeechError
from kiosk.export.aloud import Aloud
from kiosk.export.chapters import Chapter, page_chapter
from kiosk.export.mp3 import Track, track
from kiosk.speech.clips import Spoken
from kiosk.speech.timing import visible_words


@dataclass(frozen=True, slots=True)
class Read:
    """What is read of a chapter. spoken: each with its place in the narration."""

    track: Track
    spoken: tuple[tuple[int, Spoken], ...]


def wavs_of(chapter: Chapter, aloud: Aloud) -> list[tuple[int, Spoken, bytes]]:
    """Return the clips of a chapter in the order in which they are read.

    What has no word, or no voice of its language, is passed over. Raises NotExported for a chapter
    of which nothing can be read, and SpeechError.
    """
    narration = chapter.narration
    found = []
    for place in narration.read:
        said = narration.texts[place]
        clip = aloud.clip(said, chapter.path) if visible_words(said.text) else None
        if clip:
            found.append((place, *clip))
    if not found:
        raise NotExported(
            f'There is no voice for the language "{chapter.language}", so it cannot be read. '
            "Name one in kiosk.toml, under [speech.voices]."
        )
    return found


def read_chapter(chapter: Chapter, aloud: Aloud) -> Read:
    """Return a chapter as one sound. Errors as for `wavs_of`."""
    found = wavs_of(chapter, aloud)
    keys = tuple(spoken.key for _, spoken, _ in found)
    made = aloud.tracks.get(keys)
    if made is None:  # a page is in the book of its part, and in that of the whole site
        made = aloud.tracks[keys] = track(wav for _, _, wav in found)
    return Read(made, tuple((place, spoken) for place, spoken, _ in found))


def say_page(page: Page, aloud: Aloud, *, for_book: bool) -> None:
    """Make the sound of a page, so that it is kept: what is then made of it takes no time.

    Raises ContentError with the place of a page that cannot be read.
    """
    reader = aloud.readers([page]).get(page.path, "") if for_book else ""
    try:
        wavs_of(page_chapter(page, reader=reader), aloud)
    except SpeechError as error:
        problem = f"This page cannot be read aloud. {error}"
        raise ContentError(page.path, 1, problem, f"Try: {error.hint}") from None
    except NotExported as error:
        raise ContentError(page.path, 1, str(error)) from None
