"""All the questions, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.config import Site
from kiosk.health import browser, machine, printing, show, speak
from kiosk.health.verdict import Verdict
from kiosk.live.kiosk import Kiosk


def examine(site: Site) -> Iterator[Verdict]:
    """Yield an answer as soon as it is known. Nothing is changed but a test file, taken away."""
    problems: list[str] = []
    kiosk = Kiosk(site, report=problems.append)
    try:
        yield from machine.data_folder(site)
        yield from machine.disk(site)
        yield from machine.clock(site)
        yield from show.pages(kiosk, problems)
        yield from show.pictures(kiosk)
        yield from show.letters(kiosk)
        yield from show.sizes(site)
        yield from speak.voices(kiosk)
        yield from speak.own_voices(kiosk)
        yield from speak.sounds(kiosk)
        yield from printing.printer(site)
        yield from browser.browser()
    finally:
        kiosk.close()
