"""How a kiosk is, in one list: one verdict for each thing, for a page, a terminal, or a program."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version

from kiosk.config import Site
from kiosk.counted import counted
from kiosk.errors import KioskError
from kiosk.feedback.report.period import edges
from kiosk.feedback.store.index import open_index
from kiosk.feedback.store.shelf import aside_ids, folder_of
from kiosk.health import machine, printing, speak
from kiosk.health.verdict import Verdict
from kiosk.live.kiosk import Kiosk
from kiosk.lockdown.life import NEVER
from kiosk.lockdown.profile import aside


def look(kiosk: Kiosk) -> Iterator[Verdict]:
    """Look at a kiosk that runs: one answer for each thing, those that come first matter most."""
    yield _running(kiosk)
    yield from _screen(kiosk)
    yield from look_at_files(kiosk)
    yield _unsaved(kiosk)
    if kiosk.centre is not None:
        yield Verdict("Centre", *kiosk.centre())
    yield _visit(kiosk)


def look_at_files(kiosk: Kiosk) -> Iterator[Verdict]:
    """Look at what can be told without a running kiosk: pages, answers, disk, voice, sounds."""
    yield from _pages(kiosk)
    yield from _answers(kiosk.site)
    yield from _aside(kiosk.site)
    yield from machine.disk(kiosk.site)
    yield from printing.printer(kiosk.site)
    yield from speak.voices(kiosk)
    yield from speak.own_voices(kiosk)
    yield from speak.sounds(kiosk)


def as_data(found: list[Verdict]) -> dict[str, object]:
    """Return answers as JSON holds them."""
    return {
        "good": all(one.good for one in found),
        "things": [
            {"about": one.about, "says": one.says, "hint": one.hint, "good": one.good}
            for one in found
        ],
    }


def _running(kiosk: Kiosk) -> Verdict:
    try:
        engine = version("kiosk")
    except PackageNotFoundError:
        engine = "unknown"
    return Verdict(
        "Kiosk",
        f"It runs since {moment(kiosk.site, kiosk.since)}. Version {engine};"
        f" the pages are {kiosk.served.version}.",
    )


def _screen(kiosk: Kiosk) -> Iterator[Verdict]:
    seconds = kiosk.signs.life.seconds
    if seconds == NEVER:
        yield Verdict("Screen", "No locked browser has shown a page since the kiosk was started.")
    elif seconds <= kiosk.site.settings.hall.first_sign_seconds:
        yield Verdict("Screen", f"The locked browser showed a page {seconds:.0f} seconds ago.")
    else:
        then = datetime.now(UTC) - timedelta(seconds=seconds)
        yield Verdict(
            "Screen",
            f"The locked browser has shown no page since {moment(kiosk.site, then)}.",
            "look at the screen. Is it on? Then run: kiosk service status",
        )


def _pages(kiosk: Kiosk) -> Iterator[Verdict]:
    for line in kiosk.problems:
        yield Verdict("Pages", line, "mend it and save. The kiosk takes it by itself.")
    screens = kiosk.served.screens
    for code in kiosk.site.settings.site.languages:
        if code not in screens:
            yield Verdict(
                "Pages",
                f'The language "{code}" has no home page, so nobody can choose it.',
                f"write content/{code}/home.md",
            )
    if screens and not kiosk.problems:
        count = sum(len(screen.html) for screen in screens.values())
        yield Verdict("Pages", f"{count} pages, and no mistake in their files.")


def _answers(site: Site) -> Iterator[Verdict]:
    today = site.today()
    begin, end = edges(today, today, site.zone)
    try:
        with open_index(site) as index:
            index.refresh()
            in_all = sum(1 for _ in index.answers())
            of_today = sum(1 for _ in index.answers(begin=begin, end=end))
            problems = index.problems
        aside = len(aside_ids(folder_of(site)))
    except (KioskError, OSError) as error:
        yield Verdict("Answers", str(error), "kiosk feedback verify")
        return
    yield Verdict("Answers", f"{of_today} today, {in_all} in all.")
    if aside:
        wait = counted(aside, "answer waits", "answers wait")
        yield Verdict("Answers", f"{wait} set aside.", "kiosk feedback list --set-aside")
    for problem in problems:
        yield Verdict("Answers", str(problem), "kiosk feedback verify")


def _aside(site: Site) -> Iterator[Verdict]:
    for folder in aside(site):
        yield Verdict(
            "Browser",
            f"Its database was damaged, or of another address. It is kept in {site.shown(folder)}.",
            "an answer may be in it: ask who looks after the machine, then delete the folder.",
        )


def _unsaved(kiosk: Kiosk) -> Verdict:
    count = len(kiosk.unsaved)
    if not count:
        return Verdict(
            "Not saved",
            "Every answer that reached the kiosk is saved. What a screen still holds back while the"
            " kiosk is away cannot be seen here.",
        )
    are = "One answer is" if count == 1 else f"{count} answers are"
    return Verdict(
        "Not saved",
        f"{are} not saved yet. The screen sends them again.",
        "make room on the disk, and leave the screen on.",
    )


def _visit(kiosk: Kiosk) -> Verdict:
    last = kiosk.signs.last_visit
    if last is None:
        return Verdict("Last visit", "Nobody has used it since it was started.")
    return Verdict("Last visit", f"Somebody used it last at {moment(kiosk.site, last)}.")


def moment(site: Site, when: datetime) -> str:
    """Return a moment as staff read it, by the clocks of the site."""
    here = when.astimezone(site.zone)
    return f"{here:%H:%M} on {here:%Y-%m-%d}"
