"""How fast many answers are read: `python -m tests.bench.bench_feedback`.

A year of 100,000 answers is written, then read in three ways: their bytes alone, by PyYAML's
quickest loader without any guard, and by the index. `--quick` is a run of a few seconds.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from kiosk.config import Site, load_site
from kiosk.feedback.report.export import columns, csv_rows
from kiosk.feedback.report.report import report
from kiosk.feedback.report.report_views import as_html, as_text
from kiosk.feedback.store.index import FILE, AnswerIndex, open_index
from kiosk.feedback.store.shelf import folder_of
from kiosk.feedback.store.verify import verify
from kiosk.feedback.survey.survey import load_surveys
from kiosk.symbols import SymbolBook
from tests.bench.measure import interleaved, memory_mib, milliseconds, show
from tests.tools.sites import tiny_site
from tests.tools.ulids import UlidMaker

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FEELINGS = ("very-happy", "happy", "ok", "sad", "very-sad")
ANSWER = """\
format: 1
id: {id}
survey: think
page: plan
language: en
made: '{made}'
received: '{made}'
answers:
  feel: {feel}
"""
WORDS = """\
  words: |-
    It was too loud in the big room.
    I like the bus. Number {number} is the best.
"""


def write(folder: Path, count: int) -> None:
    """Write answers over a year, every third one with words."""
    chance = random.Random(5)  # noqa: S311 - not a secret
    step = timedelta(days=364) / count
    for number in range(count):
        made = NOW - timedelta(days=364) + number * step
        ulid = UlidMaker(partial(int, made.timestamp() * 1000), chance.getrandbits)()
        text = ANSWER.format(id=ulid, made=made.isoformat(), feel=chance.choice(FEELINGS))
        if number % 3 == 0:
            text += WORDS.format(number=number)
        path = folder / f"{ulid.day:%Y/%m/%d}" / f"{ulid}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def files(folder: Path) -> Iterator[bytes]:
    """Yield the bytes of every file."""
    for path in folder.rglob("*.yaml"):
        yield path.read_bytes()


def read_all(index: AnswerIndex, folder: Path, times: int) -> None:
    """Compare reading every file in three ways."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found = interleaved(
        {
            "bytes alone": lambda: sum(len(one) for one in files(folder)),
            "CSafeLoader, no guard": lambda: sum(
                1
                for one in files(folder)
                if yaml.load(one, loader)  # noqa: S506 - a safe loader
            ),
            "index, made again": index.rebuild,
            "verify": lambda: verify(index, folder, folder),
        },
        times,
    )
    show("Every file", found, against="CSafeLoader, no guard")


def refresh(index: AnswerIndex, folder: Path, times: int) -> None:
    """Compare finding the one answer that has just come."""

    def comes() -> None:
        made = datetime.now(UTC)
        ulid = UlidMaker()()
        text = ANSWER.format(id=ulid, made=made.isoformat(), feel="ok")
        path = folder / f"{ulid.day:%Y/%m/%d}" / f"{ulid}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def quickly() -> None:
        comes()
        index.refresh()

    def thoroughly() -> None:
        comes()
        index.refresh(every_file=True)

    works = {
        "nothing new": index.refresh,
        "one new answer": quickly,
        "the time of each file": thoroughly,
    }
    show("The index, up to date", interleaved(works, times), against="nothing new")


def use(index: AnswerIndex, site: Site, times: int) -> None:
    """Compare what is made of the answers."""
    surveys, _ = load_surveys(site, SymbolBook(site))
    last = NOW.date()
    month = last - timedelta(days=30)

    def exported() -> int:
        wanted = columns(index.answers(), surveys)
        return sum(len(row) for row in csv_rows(index.answers(), wanted, ZoneInfo("Europe/London")))

    works = {
        "report of a month": lambda: as_text(
            report(index, site, surveys, NOW, first=month, last=last)
        ),
        "report of the year": lambda: as_text(report(index, site, surveys, NOW)),
        "by month, as a page": lambda: as_html(report(index, site, surveys, NOW, unit="month")),
        "export to CSV": exported,
    }
    show("What is made of them", interleaved(works, times), against="report of the year")


def main() -> None:
    """Measure, print, and leave nothing behind."""
    parser = argparse.ArgumentParser(description="Measure how answers are read.")
    parser.add_argument("--quick", action="store_true", help="a few seconds, to see that it runs")
    quick = parser.parse_args().quick
    count, times = (200, 1) if quick else (100_000, 2)
    with tempfile.TemporaryDirectory() as place:
        site = load_site(tiny_site(Path(place)))
        folder = folder_of(site)
        print(f"Writing {count:,} answers ...")
        write(folder, count)
        before = memory_mib(os.getpid())
        with open_index(site) as index:
            took = milliseconds(index.refresh)
            size = (site.data / FILE).stat().st_size / 1_000_000
            print(f"The first index: {took / 1000:.1f} s, {size:.1f} MB on the disk,")
            held = memory_mib(os.getpid())
            print(f"memory {before:.0f} -> {held:.0f} MiB ({held / before:.2f} x).")
            read_all(index, folder, times)
            refresh(index, folder, 5 if quick else 30)
            use(index, site, times * 2)
            after = memory_mib(os.getpid())
            print(f"\nMemory after all of it: {after:.0f} MiB ({after / before:.2f} x).")


if __name__ == "__main__":
    main()
