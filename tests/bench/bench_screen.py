"""How fast the screen is, beside plain pages: `python -m tests.bench.bench_screen`.

The shipped site in a real Chromium, served by the real command. The plain pages have the same
HTML, style, pictures and clips, and are served by the same web library. `--quick` is a short run.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain, cycle
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator

from tests.bench.measure import in_turn, show
from tests.bench.static_pages import write_pages
from tests.bench.static_server import served
from tests.bench.watched import Change, First, Watched, started_browser
from tests.tools.server import KioskServer
from tests.tools.visit import Visit

ROOT = Path(__file__).resolve().parents[2]
PLAIN, KIOSK = "plain pages", "kiosk"
FIRST_CHANGES = 4  # of a new browser: what it still does behind the screen may be felt in them
# What is pressed to hear something: the row of the table, whose it is, and where it is.
SOUNDS = (
    ("plain pages, fetched then", PLAIN, "#page .idea .sentence + .play"),
    ("plain pages, fetched before", PLAIN, "#page .idea .play-ready"),
    ("kiosk, a sentence", KIOSK, "#page .idea .sentence"),
    ("kiosk, Listen", KIOSK, "[data-action=listen]"),
)


@dataclass
class Side:
    """One of the two that are compared, with its own window.

    told: what the kiosk's /pages/en gives. route: the page ids of a visit that begins at home.
    """

    name: str
    browser: Browser
    address: str
    told: dict[str, Any]
    route: list[str]
    here: str = "home"
    visit: Visit = field(init=False)
    watched: Watched = field(init=False)

    def __post_init__(self) -> None:
        self.visit = Visit(self.browser)
        self.watched = Watched(self.visit.page)
        self.ahead = cycle(self.route)

    def open(self) -> First:
        """Open home in this window."""
        address = self.address + ("/" if self.name == KIOSK else "/home.html")
        return self.watched.first(address, kiosk=self.name == KIOSK)

    def change(self) -> Change:
        """Go to the next page of the route."""
        to = next(self.ahead)
        taken = self.watched.heading_after(
            self._way(to), self.told["pages"][to]["title"], focused=self.name == KIOSK
        )
        self.here = to
        return taken

    def _way(self, to: str) -> Locator:
        page = self.visit.page
        if self.name == PLAIN:
            return page.locator(f'a[href="{to}.html"]').first
        if to == "home":
            return page.locator("[data-action=home]")
        if to == self.told["pages"][self.here]["next"]:
            return page.locator("[data-action=next]")
        return page.locator(f'#page a[data-page="{to}"]')

    def sound(self, control: str) -> float:
        """Press a control; milliseconds until it sounds. Then it is quiet again."""
        taken = self.watched.sound_after(self.visit.page.locator(control).first)
        self.visit.page.evaluate("document.querySelectorAll('audio').forEach((one) => one.pause())")
        return taken

    def close(self) -> None:
        """Close the window."""
        self.visit.close()


def route_of(told: dict[str, Any], choices: list[str]) -> list[str]:
    """Return each part that home leads to, page after page, then home again; without surveys."""

    def part(page: str) -> Iterator[str]:
        while page:
            yield page
            page = told["pages"][page]["next"]
        yield "home"

    parts = (part(page) for page in choices if not told["pages"][page].get("survey"))
    return list(chain.from_iterable(parts))


@dataclass(frozen=True, slots=True)
class Times:
    """How often each thing is measured."""

    starts: int
    changes: int
    sounds: int


def starts(sides: dict[str, Callable[[], Side]], times: int) -> None:
    """Measure the first seconds, each time in a browser that has kept nothing."""
    first: dict[str, list[First]] = {name: [] for name in sides}
    changed: dict[str, list[list[Change]]] = {name: [] for name in sides}
    for _ in range(times):
        for name, new in sides.items():
            side = new()
            first[name].append(side.open())
            changed[name].append([side.change() for _ in range(FIRST_CHANGES)])
            side.close()
    visible = {name: [one.visible for one in all_] for name, all_ in first.items()}
    interactive = {name: [one.interactive for one in all_] for name, all_ in first.items()}
    show(f"Heading visible, in a new browser, {times} times", visible, against=PLAIN)
    show("The screen answers", interactive, against=PLAIN)
    at_once: dict[str, list[float]] = {}
    for name, turns in changed.items():
        at_once[f"{name}, the first"] = [turn[0].painted for turn in turns]
        at_once[f"{name}, those after it"] = [one.painted for turn in turns for one in turn[1:]]
    title = f"The first {FIRST_CHANGES} page changes in a new browser, without a pause"
    show(title, at_once, against=f"{KIOSK}, those after it")


def changes(sides: dict[str, Callable[[], Side]], times: int) -> None:
    """Measure page changes along the route, in windows that stay open."""
    opened = {name: new() for name, new in sides.items()}
    found: dict[str, list[Change]] = {name: [] for name in sides}
    for side in opened.values():
        side.open()

    def timed(name: str) -> Callable[[], float]:
        def change() -> float:
            found[name].append(opened[name].change())
            return found[name][-1].painted

        return change

    painted = in_turn({name: timed(name) for name in opened}, times)
    focused = {f"{KIOSK}, focus on the heading": [one.focused for one in found[KIOSK][1:]]}
    show(f"Page change, {times} times", painted | focused, against=PLAIN)
    for side in opened.values():
        side.close()


def sounds(sides: dict[str, Callable[[], Side]], times: int) -> None:
    """Measure taps for sound, on pages that were not open before in their window."""
    found: dict[str, list[float]] = {row: [] for row, _, _ in SOUNDS}
    opened: dict[str, Side] = {}
    for n in range(times):
        if opened and n % len(opened[KIOSK].route) == 0:
            for side in opened.values():
                side.close()
            opened = {}
        if not opened:
            opened = {name: new() for name, new in sides.items()}
            for side in opened.values():
                side.open()
        for side in opened.values():
            side.change()
        while not opened[PLAIN].visit.page.locator(SOUNDS[0][2]).count():
            for side in opened.values():  # the first page of a part has cards, and no sentences
                side.change()
        for row, name, control in SOUNDS:
            found[row].append(opened[name].sound(control))
    for side in opened.values():
        side.close()
    show(f"Tap to sound, {times} times", found, against=SOUNDS[0][0])


def main() -> None:
    """Start both servers and a browser, measure, print, and leave nothing running."""
    parser = argparse.ArgumentParser(description="Measure the screen.")
    parser.add_argument("--quick", action="store_true", help="a short run, to see that it runs")
    quick = parser.parse_args().quick
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        data = folder / "data"
        if not quick:  # all clips first, as on a kiosk that has run for a minute
            speak = [sys.executable, "-m", "kiosk", "speak", "--site", str(ROOT)]
            subprocess.run([*speak, "--data", data], check=True, stdout=subprocess.DEVNULL)
        kiosk = KioskServer(ROOT, data, real_command=True)
        running.callback(kiosk.close)
        browser = running.enter_context(started_browser())
        with Visit(browser) as maker:
            told = maker.page.request.get(f"{kiosk.url}/pages/en").json()
            write_pages(kiosk.url, told, maker.page, folder / "plain")
            maker.go(kiosk.url)
            choices = maker.page.locator("#page a.choice").evaluate_all(
                "(all) => all.map((one) => one.dataset.page)"
            )
        plain, _ = running.enter_context(served(folder / "plain"))
        route = route_of(told, choices)
        sides = {
            PLAIN: lambda: Side(PLAIN, browser, plain, told, route),
            KIOSK: lambda: Side(KIOSK, browser, kiosk.url, told, route),
        }
        times = Times(1, 4, 3) if quick else Times(20, 115, 69)
        starts(sides, times.starts)
        changes(sides, times.changes)
        sounds(sides, times.sounds)


if __name__ == "__main__":
    main()
