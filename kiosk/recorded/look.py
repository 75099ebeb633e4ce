"""What there is to say about the recordings of a site: to staff, before a visitor hears them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from kiosk.config import Site
from kiosk.content import Page, Snapshot
from kiosk.content.places import RECORDED
from kiosk.errors import ContentError
from kiosk.recorded.model import PageVoice
from kiosk.recorded.read import Recordings

_SHOWN = 60  # letters of a sentence in a message


def all_voices(site: Site, now: Snapshot) -> tuple[dict[Path, PageVoice], tuple[ContentError, ...]]:
    """Return the voices of all pages, drafts too, and all that is wrong with their files."""
    pages = [one.page for one in now.sources if one.page is not None]
    voices, problems = Recordings(site).read(pages)
    return voices, (*problems, *_without_page(site, pages))


def warnings(voices: Iterable[PageVoice], today: date) -> Iterator[ContentError]:
    """Yield what staff should know: who is not heard and why, and what was edited since."""
    for voice in voices:
        if voice.consent is None:
            continue  # its file is told to be wrong
        by, page = voice.consent.by, voice.page
        why = voice.why_not("screen", today)
        if why:
            hint = f"To take it away: kiosk voice remove {page.stem}"
            yield ContentError(page, 1, f"{by}'s voice is not heard. {why}", hint)
        if voice.consent.why_not("screen", today):
            continue
        numbers = {line.text: number for number, line in enumerate(voice.lines, 1)}
        for line in voice.lacking:
            problem = f'{by} has not read "{_short(line.text)}"'
            hint = f"Record it: kiosk voice add {page.stem} FILE --sentence {numbers[line.text]}"
            yield ContentError(page, line.line, f"{problem}: another voice does.", hint)
        for one in voice.left_over:
            problem = f'{by} reads "{_short(one.text)}", which is not on the page any more.'
            hint = f"To take what is old away: kiosk voice remove {page.stem} --old"
            yield ContentError(page, 1, problem, hint)


def _without_page(site: Site, pages: Iterable[Page]) -> Iterator[ContentError]:
    known = {one.path.with_suffix(RECORDED) for one in pages}
    for path in sorted(site.content.glob(f"*/**/*{RECORDED}")):
        shown = site.shown(path)
        is_draft_or_wrong = path.with_suffix(".md").exists()
        if path.is_dir() and shown not in known and not is_draft_or_wrong:
            page = shown.with_suffix(".md").name
            yield ContentError(
                shown, 1, f"There is no page {page} beside it.", "Give the folder the page's name."
            )


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"
