"""A page of a browser that notes when it was clicked, when it was painted, and when it sounded.

The browser's own clock is used throughout: what the program that drives it needs is not counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from kiosk.lockdown.chromium import flags as browser_flags
from tests.tools import chromium

# In every document, before anything of its own. A note lives in the session's storage, since plain
# pages begin a new document with each change. A message that is posted in a frame comes after it is
# painted.
WATCH = """(() => {
  if (location.protocol === "about:") return;
  const note = (name, at) => sessionStorage.setItem(name, String(performance.timeOrigin + at));
  const after = (then) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => then(performance.now());
    channel.port2.postMessage(0);
  };
  const heading = () => [...document.querySelectorAll("h1")].find((one) => one.checkVisibility());
  const look = () => {
    const here = heading();
    const awaited = sessionStorage.getItem("awaited");
    const there = here && awaited !== null && here.textContent.trim().startsWith(awaited);
    if (there) after((at) => note("came", at));
    else requestAnimationFrame(look);
  };
  const first = () => {
    if (heading()) after((at) => (window.benchVisible = at));
    else requestAnimationFrame(first);
  };
  new MutationObserver((_, observer) => {
    if (!document.querySelector("#kiosk[data-ready]")) return;
    window.benchReady = performance.now();
    observer.disconnect();
  }).observe(document, {subtree: true, childList: true, attributeFilter: ["data-ready"]});
  addEventListener("click", (event) => {
    note("clicked", event.timeStamp);
    if (sessionStorage.getItem("awaited") !== null) look();
  }, true);
  addEventListener("focusin", ({target, timeStamp}) => {
    const awaited = sessionStorage.getItem("awaited");
    const there = target.matches("h1") && target.textContent.trim().startsWith(awaited);
    if (awaited !== null && there) note("focused", timeStamp);
  }, true);
  document.addEventListener("playing", (event) => note("came", event.timeStamp), true);
  first();
  if (sessionStorage.getItem("awaited") !== null) look();
})()"""

BEGIN = """(awaited) => {
  for (const name of ["clicked", "came", "focused", "awaited"]) sessionStorage.removeItem(name);
  if (awaited !== null) sessionStorage.setItem("awaited", awaited);
}"""
CAME = "(last) => ['clicked', 'came', last].every((name) => sessionStorage.getItem(name))"
TOOK = """(name) => {
  sessionStorage.removeItem("awaited");
  return Number(sessionStorage.getItem(name)) - Number(sessionStorage.getItem("clicked"));
}"""


@contextmanager
def started_browser() -> Iterator[Browser]:
    """Give a headless Chromium with a fresh profile."""
    program = chromium.find_or_bring()
    if program is None:
        raise SystemExit("There is no Chromium here, and none can be brought.")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program, headless=True, args=browser_flags()
        )
        yield started
        started.close()


@dataclass(frozen=True, slots=True)
class First:
    """When the heading was visible, and when the screen could be used: in ms from the start."""

    visible: float
    interactive: float


@dataclass(frozen=True, slots=True)
class Change:
    """When a heading was painted, and when it had the focus: in ms from a click.

    Plain pages give it to none: then it is as when it was painted.
    """

    painted: float
    focused: float


class Watched:
    """One page of a browser, watched from its first document on."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.add_init_script(WATCH)

    def first(self, address: str, *, kiosk: bool) -> First:
        """Open an address; a plain page can be used as soon as it is seen."""
        self.page.goto(address, wait_until="commit")
        name = "benchReady" if kiosk else "benchVisible"
        self.page.wait_for_function(f"() => window.benchVisible && window.{name}")
        found = cast("list[float]", self.page.evaluate(f"[benchVisible, {name}]"))
        return First(found[0], max(found))

    def heading_after(self, click: Locator, heading: str, *, focused: bool) -> Change:
        """Click, wait for a heading, also for its focus if it is `focused`, and tell both."""
        last = "focused" if focused else "came"
        self._wait_for(last, click, heading)
        took = [cast(float, self.page.evaluate(TOOK, name)) for name in ("came", last)]
        return Change(*took)

    def sound_after(self, click: Locator) -> float:
        """Return the milliseconds from a click until sound plays."""
        self._wait_for("came", click, None)
        return cast(float, self.page.evaluate(TOOK, "came"))

    def _wait_for(self, last: str, click: Locator, awaited: str | None) -> None:
        self.page.evaluate(BEGIN, awaited)
        click.click()
        self.page.wait_for_function(CAME, arg=last)
