"""What the server needs, and how soon it follows: `python -m tests.bench.bench_server`.

Its start and its memory beside a server of plain pages; an edit of a page until it is on an open
screen; a killed server until the open screen goes on. `--quick` is a short run.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.bench.measure import in_turn, memory_mib, milliseconds, show
from tests.bench.static_server import served
from tests.bench.watched import started_browser
from tests.tools.server import KioskServer
from tests.tools.visit import Visit

ROOT = Path(__file__).resolve().parents[2]
PAGE = Path("content/en/our-vision/vision.md")
PLAIN, KIOSK = "plain pages", "kiosk"
EDIT_MOST, RETURN_MOST = 2000.0, 15_000.0  # milliseconds: what is promised


def copy_site(folder: Path) -> Path:
    """Copy the shipped site, so that a page of it can be edited."""
    for name in ("content", "assets"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "kiosk.toml", folder)
    return folder


def opened(page: Page, kiosk: KioskServer) -> None:
    """Open the page that is edited, and wait until Streamlit has its session too."""
    page.goto(f"{kiosk.url}/?page=vision&lang=en")
    page.wait_for_selector("#kiosk[data-ready]")
    page.wait_for_selector("html[data-streamlit]", state="attached")


def edit(site: Path, words: str) -> None:
    """Put one more idea before those of the page."""
    before, marker, rest = (ROOT / PAGE).read_text(encoding="utf-8").rpartition("---\n")
    (site / PAGE).write_text(f"{before}{marker}:red heart: {words}\n\n{rest}", encoding="utf-8")


def starts(kiosk: KioskServer, plain: Path, times: int) -> None:
    """Measure each server from its command until it answers."""

    def start_plain() -> float:
        begins = time.perf_counter()
        with served(plain):
            return (time.perf_counter() - begins) * 1000

    def start_kiosk() -> float:
        kiosk.stop()
        return milliseconds(kiosk.restart)

    found = in_turn({PLAIN: start_plain, KIOSK: start_kiosk}, times)
    show(f"From the command to the first answer, {times} times", found, against=PLAIN)


def memory(kiosk: KioskServer, plain: Path, browser: Browser, most: int) -> None:
    """Tell what the server holds with one and with many open screens."""
    with served(plain) as (address, process), ExitStack() as windows:
        windows.enter_context(Visit(browser)).go(f"{address}/home.html")
        base = memory_mib(process)
        print(f"\nMemory: a server of plain pages holds {base:.0f} MiB,")
        for count in range(1, most + 1):
            # Each in a context of its own: a context opens six connections to a host at most.
            opened(windows.enter_context(Visit(browser)).page, kiosk)
            if count in (1, most):
                held = memory_mib(kiosk.pid)
                print(f"the kiosk {held:.0f} MiB ({held / base:.2f} x) with open screens: {count}")


def follows(kiosk: KioskServer, site: Path, browser: Browser, times: int) -> None:
    """Measure an edit until an open screen shows it, and a killed server until that goes on."""
    with Visit(browser) as visit:
        page = visit.page
        opened(page, kiosk)

        def edited(number: int, restart: Callable[[], None]) -> float:
            words = f"This is change number {number}."

            def change() -> None:
                edit(site, words)
                restart()
                page.wait_for_function(
                    "(words) => document.getElementById('page').textContent.includes(words)",
                    arg=words,
                )

            return milliseconds(change)

        edits = [edited(number, lambda: None) for number in range(times)]
        returns = []
        for number in range(times, times + max(1, times // 4)):
            kiosk.kill9()
            returns.append(edited(number, kiosk.restart))
    tell("An edited page is on the open screen", edits, EDIT_MOST)
    tell("After kill -9, the open screen shows what is new", returns, RETURN_MOST)


def tell(what: str, found: list[float], most: float) -> None:
    """Print how long something takes, beside the longest that is promised."""
    middle = statistics.median(found)
    print(f"\n{what} in {middle:.0f} ms (median of {len(found)}), {max(found):.0f} ms at most:")
    print(f"  {max(found) / most:.2f} x of the {most:.0f} ms that are promised")


def main() -> None:
    """Start the server and a browser, measure, print, and leave nothing running."""
    parser = argparse.ArgumentParser(description="Measure the server.")
    parser.add_argument("--quick", action="store_true", help="a short run, to see that it runs")
    quick = parser.parse_args().quick
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        site = copy_site(folder / "site")
        kiosk = KioskServer(site, folder / "data", real_command=True)
        running.callback(kiosk.close)
        plain = folder / "plain"
        for name in ("files", "clips"):
            (plain / name).mkdir(parents=True)
        (plain / "home.html").write_text("<!doctype html><title>Home</title><h1>Home</h1>")
        browser = running.enter_context(started_browser())
        starts(kiosk, plain, 1 if quick else 10)
        memory(kiosk, plain, browser, 2 if quick else 50)
        follows(kiosk, site, browser, 2 if quick else 20)


if __name__ == "__main__":
    main()
