"""Half an hour of presses at random: `python -m tests.bench.bench_presses`.

By touch, keys, switch and sliding fingers, on the real site, as many visits after each other.
Prints what was pressed, presses a second beside those on a plain page, and every dead end.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from kiosk.lockdown.chromium import flags
from tests.tools import chromium
from tests.tools.person import opened_by_streamlit
from tests.tools.presses import SOUNDS, Presses, is_by_design
from tests.tools.server import KioskServer
from tests.tools.visit import KIOSK, Visit

ROOT = Path(__file__).resolve().parents[2]
PLAIN = "data:text/html,<h1>A plain page</h1><button>Press</button>"


def plain_presses_a_second(visit: Visit, seconds: float) -> float:
    """Return how many touches a second the same program makes on a page that does nothing."""
    page = visit.context.new_page()
    page.goto(PLAIN)
    count, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        page.touchscreen.tap(60, 110)
        page.evaluate("document.querySelectorAll('h1').length")
        count += 1
    page.close()
    return count / seconds


def main() -> None:
    """Press, and tell what came of it; exit code 1 when anything went wrong."""
    parser = argparse.ArgumentParser(description="Press at random.")
    parser.add_argument("--quick", action="store_true", help="a few seconds, to see that it runs")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    seconds = 8.0 if asked.quick else asked.minutes * 60
    program = chromium.find()
    if program is None:
        raise SystemExit("There is no Chromium here. `python -m tests` brings one.")
    trouble: list[str] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = KioskServer(ROOT, Path(folder) / "data", real_command=True)
        browser = playwright.chromium.launch(executable_path=program, args=flags())
        try:
            with Visit(browser, KIOSK) as visit:
                plain = plain_presses_a_second(visit, 2)
                visit.page.add_init_script(f"({SOUNDS})()")
                opened_by_streamlit(visit.page, server.url)
                presses = Presses(visit.page, asked.seed)
                presses.run(most=10**9, seconds=seconds)
                errors = [one for one in visit.errors if not is_by_design(one)]
                trouble = [*presses.dead_ends, *errors, *visit.requests_beyond(server.url)]
        finally:
            browser.close()
            server.close()
    total = sum(presses.done.values())
    print(f"{total} presses in {seconds:.0f} s, seed {asked.seed}: {dict(presses.done)}")
    ratio = total / seconds / plain
    print(f"{total / seconds:.1f} presses a second; a plain page takes {plain:.1f}: {ratio:.2f}x")
    print(f"Dead ends, console errors and requests elsewhere: {len(trouble)}")
    for line in trouble:
        print(f"  {line}")
    raise SystemExit(1 if trouble else 0)


if __name__ == "__main__":
    main()
