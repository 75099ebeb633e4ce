"""How fast the checker is, and what 1,000 pages cost: `python -m tests.bench.bench_check`.

Times on a busy machine say little: look at the ratios. `--quick` is a run of some seconds with 200
pages instead of 1,000 and 500 damaged pages instead of 10,000.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.easyread import Checker
from tests.bench.measure import in_turn, memory_mib, milliseconds
from tests.bench.watched import started_browser
from tests.easyread.damage import Damaged
from tests.easyread.sites import FACTS
from tests.tools.server import KioskServer

ROOT = Path(__file__).resolve().parents[2]
FEW = 100
ROUNDS = 3
EDITS = 15
LONG_MS = 60_000
SHOWN = "(words) => document.querySelector('#page').textContent.includes(words)"


def shipped(folder: Path) -> Path:
    """Copy the site that this project ships."""
    site = folder / "shipped"
    for name in ("content", "assets"):
        shutil.copytree(ROOT / name, site / name)
    shutil.copy(ROOT / "kiosk.toml", site)
    return site


def generated(folder: Path, pages: int) -> Path:
    """Write a site of so many pages: the shipped ones, again and again with other names.

    Its sounds are soon all made that have room: making them for hours would be measured as well.
    """
    site = shutil.copytree(shipped(folder / str(pages)), folder / f"site-{pages}")
    models = sorted((site / "content" / "en").glob("*/*.md"))
    choose = random.Random(1)  # noqa: S311 - no secret
    for number in range(pages - len(models) - 1):
        model = choose.choice(models)
        shutil.copy(model, model.with_name(f"page-{number}.md"))
    settings = (site / "kiosk.toml").read_text(encoding="utf-8")
    (site / "kiosk.toml").write_text(re.sub(r"(?m)^clips_mb = \d+", "clips_mb = 1", settings))
    return site


def cold(site: Path, times: int) -> None:
    """Tell how long the whole command takes on the shipped site."""

    check = [sys.executable, "-m", "kiosk", "check", "--site", str(site)]
    nothing = [sys.executable, "-c", "pass"]
    works = {"`python -c pass`": nothing, "`kiosk check` on the shipped site, cold": check}
    command(check)  # the first run of a version writes its .pyc files
    turns = [{name: command(one) for name, one in works.items()} for _ in range(times)]
    print("\nA whole command: seconds on the clock, and seconds of a processor (medians)")
    for name in works:
        clock, processor = (statistics.median(one[name][at] for one in turns) for at in (0, 1))
        print(f"  {name:<42} {clock:6.2f} {processor:6.2f}")


def command(arguments: list[str]) -> tuple[float, float]:
    """Return the seconds of a command: on the clock, and of a processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    clock = milliseconds(lambda: subprocess.run(arguments, capture_output=True, check=False))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return clock / 1000, spent


IN_A_PROCESS = """
import json, re, sys, time
from pathlib import Path
from kiosk.config import load_site
from kiosk.content import Library
from kiosk.easyread import Checker

def held():
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmRSS:\\s+(\\d+) kB", status)[1]) / 1024

site = load_site(Path(sys.argv[1]))
start = held()
begins = time.perf_counter()
library = Library(site)
loaded, loaded_mib = time.perf_counter(), held()
report = Checker(site, library).check()
checked, checked_mib = time.perf_counter(), held()
words = sum(page.words for page in report.pages)
print(json.dumps({
    "load s": loaded - begins, "check s": checked - loaded,
    "load MiB": loaded_mib - start, "check MiB": checked_mib - loaded_mib, "words": words,
}))
"""


def in_a_process(site: Path) -> dict[str, float]:
    """Load and check a site in a process of its own, so that memory is only its own."""
    done = subprocess.run(
        [sys.executable, "-c", IN_A_PROCESS, str(site)], capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def served(site: Path, data: Path) -> dict[str, float]:
    """Serve a site: seconds until it answers, MiB, and what all pages of a language need."""
    server: KioskServer | None = None

    def start() -> None:
        nonlocal server
        server = KioskServer(site, data, real_command=True)

    found = {"ready s": milliseconds(start) / 1000}
    if server is None:
        raise SystemExit("The kiosk did not start.")
    try:
        found["all pages ms"] = milliseconds(lambda: get(server, "/pages/en"))
        found["all pages MB"] = len(get(server, "/pages/en")) / 1_000_000
        found["memory MiB"] = held_by(server)
    finally:
        server.close()
    return found


def held_by(server: KioskServer) -> float:
    """Return the memory of the kiosk in MiB, once answering no longer lets it grow."""
    before, now = 0.0, memory_mib(server.pid)
    while now > before * 1.02:
        get(server, "/ready")  # answered after what was asked before it
        before, now = now, memory_mib(server.pid)
    return now


class Edited:
    """A site that is served, open on a screen at the page that staff edit."""

    def __init__(self, site: Path, data: Path, browser: Browser) -> None:
        self._file = site / "content" / "en" / "our-vision" / "vision.md"
        self._text = self._file.read_text(encoding="utf-8")
        self._turn = 0
        self._server = KioskServer(site, data, real_command=True)
        self._page = browser.new_page()
        with self._page.expect_response("**/pages/en", timeout=LONG_MS) as pages:
            self._page.goto(f"{self._server.url}/?page=vision")
        pages.value.finished()  # as every screen, it has all pages soon after it was opened
        self._page.wait_for_selector("#kiosk[data-ready]")

    def edit(self) -> float:
        """Change the page, and return the milliseconds until the screen shows its new words."""
        self._turn += 1
        words = f"This is turn {self._turn} of the edit."
        begins = time.perf_counter()
        self._file.write_text(f"{self._text}\n:vision: {words}\n", encoding="utf-8")
        self._page.wait_for_function(SHOWN, arg=words, polling=20, timeout=LONG_MS)
        return (time.perf_counter() - begins) * 1000

    def close(self) -> None:
        """End the kiosk."""
        self._server.close()


def edits(folder: Path, sites: dict[str, Path], times: int) -> None:
    """Tell how soon an edit is on an open screen: of a large site beside a small one, in turns."""
    opened: dict[str, Edited] = {}
    with started_browser() as browser:
        try:
            for name, site in sites.items():
                opened[name] = Edited(site, folder / f"edited-{site.name}", browser)
            found = in_turn({name: one.edit for name, one in opened.items()}, times)
        finally:
            for one in opened.values():
                one.close()
    small, *_ = (statistics.median(one) for one in found.values())
    print("\nAn edit, until an open screen shows it (the files are looked at twice a second)")
    for name, values in found.items():
        middle = statistics.median(values)
        print(
            f"  {name:<40} {middle / 1000:6.2f} s (median of {times}; the slowest "
            f"{max(values) / 1000:.2f})   {middle / small:5.2f} x"
        )


def get(server: KioskServer, path: str) -> str:
    """Fetch an address of the kiosk."""
    with urllib.request.urlopen(f"{server.url}{path}", timeout=60) as answer:
        return str(answer.read().decode())


def speed(site: Path, times: int) -> None:
    """Tell how many words are checked in a second, once everything is loaded."""
    loaded = load_site(site)
    library = Library(loaded)
    Checker(loaded, library).check()  # loads the lists of words
    rates = []
    for _ in range(times):
        checker = Checker(loaded, library)
        begins = time.perf_counter()
        report = checker.check()
        rates.append(sum(page.words for page in report.pages) / (time.perf_counter() - begins))
    print(f"\nWords checked in a second: {statistics.median(rates):,.0f} (median of {times})")


def growth(title: str, few: dict[str, float], many: dict[str, float], times: float) -> None:
    """Print each figure of two sites, and how much it grew beside the number of pages."""
    print(
        f"\n{title}: {FEW} pages, {FEW * times:,.0f} pages, growth (the pages grew {times:.0f} x)"
    )
    for name, value in few.items():
        print(f"  {name:<14} {value:10.2f} {many[name]:10.2f}   {many[name] / value:6.2f} x")


def damaged(count: int) -> None:
    """Check randomly damaged pages, and tell the slowest."""
    with tempfile.TemporaryDirectory() as folder:
        pages = Damaged(Path(folder))
        pages.check_text(FACTS)  # loads the lists of words
        slowest = max(milliseconds(partial(pages.check, seed)) for seed in range(count))
    print(f"\n{count:,} damaged pages: only located errors; the slowest took {slowest:.0f} ms")


def middle(measure: Callable[[], dict[str, float]], times: int) -> dict[str, float]:
    """Return the median of each figure."""
    found = [measure() for _ in range(times)]
    return {name: statistics.median(one[name] for one in found) for name in found[0]}


def main() -> None:
    """Measure and print; nothing is left."""
    parser = argparse.ArgumentParser(description="Measure the checker.")
    parser.add_argument("--quick", action="store_true", help="some seconds, to see that it runs")
    quick = parser.parse_args().quick
    many, times = (200, 1) if quick else (1000, ROUNDS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small, large = generated(folder, FEW), generated(folder, many)
        cold(shipped(folder), times)
        speed(large, times)
        few, lot = (middle(partial(in_a_process, site), times) for site in (small, large))
        growth("Loaded and checked", few, lot, many / FEW)
        few, lot = (served(site, folder / f"data-{site.name}") for site in (small, large))
        growth("Served", few, lot, many / FEW)
        sites = {f"edit at {FEW} pages": small, f"edit at {many:,} pages in four languages": large}
        edits(folder, sites, 1 if quick else EDITS)
    damaged(500 if quick else 10_000)


if __name__ == "__main__":
    main()
