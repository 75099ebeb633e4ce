"""What an export costs, and what a visitor feels of it: `python -m tests.bench.bench_export`.

The shipped site in one language, in all formats, once its sounds are there; and the page changes of
a kiosk on the same machine, alone and while that goes on. The voice is eSpeak NG: the natural one
takes longer only for sounds that are not there yet. `--quick` takes a tiny site.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path

from tests.bench.bench_screen import KIOSK, Side, route_of
from tests.bench.measure import milliseconds, show
from tests.bench.watched import started_browser
from tests.tools.server import KioskServer
from tests.tools.sites import shipped_site, tiny_site
from tests.tools.visit import Visit

ALONE, BESIDE = "alone", "beside an export"
ROOM_MB = 1000  # for sounds
BLOCKS = 3  # turn by turn, so that a busy moment of the machine meets both


def command(site: Path, to: Path) -> list[str]:
    """Return the command that exports the whole site in one language."""
    kiosk = [sys.executable, "-m", "kiosk", "export", "--all", "--language", "en"]
    return [*kiosk, "--site", str(site), "--to", str(to)]


@contextmanager
def exporting(site: Path, folder: Path) -> Iterator[Callable[[], None]]:
    """Export anew without an end; gives what makes sure that it goes on."""
    numbers = count()
    running: list[subprocess.Popen[bytes]] = []

    def go_on() -> None:
        if running and running[0].poll() is None:
            return
        asked = command(site, folder / str(next(numbers)))
        nothing = subprocess.DEVNULL
        running[:] = [subprocess.Popen(asked, stdin=nothing, stdout=nothing, stderr=nothing)]

    try:
        yield go_on
    finally:
        for one in running:
            one.kill()
            one.wait()


def changes(side: Side, site: Path, folder: Path, times: int) -> None:
    """Measure page changes, alone and beside an export."""
    found: dict[str, list[float]] = {ALONE: [], BESIDE: []}
    side.open()
    side.change()
    for block in range(BLOCKS):
        found[ALONE] += [side.change().painted for _ in range(times)]
        with exporting(site, folder / f"beside-{block}") as go_on:
            for _ in range(times):
                go_on()
                found[BESIDE].append(side.change().painted)
    show(f"Page change, {BLOCKS * times} times", found, against=ALONE)


def main() -> None:
    """Export, look at a kiosk meanwhile, print, and leave nothing running."""
    parser = argparse.ArgumentParser(description="Measure what goes home.")
    parser.add_argument("--quick", action="store_true", help="a short run, to see that it runs")
    quick = parser.parse_args().quick
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        site = tiny_site(folder) if quick else shipped_site(folder, ROOM_MB)
        before, after = folder / "before", folder / "after"
        subprocess.run(command(site, before), check=True, stdout=subprocess.DEVNULL)  # its sounds
        taken = milliseconds(
            lambda: subprocess.run(command(site, after), check=True, stdout=subprocess.DEVNULL)
        )
        kiosk = KioskServer(site, folder / "data", real_command=True)
        running.callback(kiosk.close)
        browser = running.enter_context(started_browser())
        with Visit(browser) as visit:
            told = visit.page.request.get(f"{kiosk.url}/pages/en").json()
            visit.go(kiosk.url)
            choices = visit.page.locator("#page a.choice").evaluate_all(
                "(all) => all.map((one) => one.dataset.page)"
            )
        side = Side(KIOSK, browser, kiosk.url, told, route_of(told, choices))
        running.callback(side.close)
        changes(side, site, folder, 2 if quick else 20)
        files = [one for one in after.rglob("*") if one.is_file()]
        size = sum(one.stat().st_size for one in files) / 1e6
        print(f"\nAll formats: {taken / 1000:.1f} s, {len(files)} files, {size:.0f} MB")


if __name__ == "__main__":
    main()
