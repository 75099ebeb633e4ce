"""The sound of a page or of a part (MP3), with a chapter for each page."""

from __future__ import annotations

from itertools import pairwise

from kiosk.config import Site
from kiosk.export.aloud import Aloud
from kiosk.export.chapters import Chapter, chapters_of
from kiosk.export.chosen import Chosen
from kiosk.export.mp3 import track
from kiosk.export.paper import check_first, day_of
from kiosk.export.sound import wavs_of
from kiosk.export.tags import Mark, Tags, id3
from kiosk.export.voices import voice_credits


def audio(site: Site, chosen: Chosen, aloud: Aloud) -> bytes:
    """Return the pages as they are read, then their hard words, and where all of it is from.

    There are no pictures in it, and nobody to thank for them. Raises ContentError with the place of
    what cannot go out, NotExported for a language without a voice, and SpeechError.
    """
    check_first(chosen)
    chapters = chapters_of(site, chosen, None)
    clips = [wavs_of(one, aloud) for one in chapters]
    made = track(wav for found in clips for _, _, wav in found)
    firsts, reached = [], 0
    for found in clips:
        firsts.append(reached)
        reached += len(found)
    edges = [*(made.begins[first] for first in firsts), made.seconds]
    marks = [Mark(one.title, *times) for one, times in zip(chapters, pairwise(edges), strict=True)]
    name, _ = site.settings.site.name_in(chosen.language.code)
    about = [one.text for one in chapters[-1].narration.in_order()[1:]]
    tags = Tags(
        title=chosen.title,
        of=name.title,
        maker=name.title,
        language=chosen.language.code,
        year=day_of(chosen).year,
        about="\n".join([*about, *_thanks(chapters, aloud)]),
        seconds=made.seconds,
        marks=tuple(marks),
    )
    return id3(tags) + made.mp3


def audio_thanks(site: Site, chosen: Chosen, aloud: Aloud) -> list[str]:
    """Return whom a recording thanks, once it was made: for its voices."""
    return _thanks(chapters_of(site, chosen, None), aloud)


def _thanks(chapters: list[Chapter], aloud: Aloud) -> list[str]:
    languages = (said.language for one in chapters for said in one.narration.in_order())
    return [one.line for one in voice_credits(aloud, languages)]
