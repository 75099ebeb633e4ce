"""A page of a browser that notes when it was clicked, when it was painted, and when it sounded.

The browser's own clock is used throughout: what the program that drives it needs is not counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

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
    const there = here && awaited !== null && here.textContent.trim().startsWith(awaited) &&
      (sessionStorage.getItem("focus") !== "true" || document.activeElement === here);
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
  document.addEventListener("playing", (event) => note("came", event.timeStamp), true);
  first();
  if (sessionStorage.getItem("awaited") !== null) look();
})()"""

BEGIN = """([awaited, focus]) => {
  for (const name of ["clicked", "came", "awaited"]) sessionStorage.removeItem(name);
  if (awaited !== null) sessionStorage.setItem("awaited", awaited);
  sessionStorage.setItem("focus", String(focus));
}"""
CAME = "() => sessionStorage.getItem('came') && sessionStorage.getItem('clicked')"
TOOK = """() => {
  sessionStorage.removeItem("awaited");
  return Number(sessionStorage.getItem("came")) - Number(sessionStorage.getItem("clicked"));
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

    def heading_after(self, click: Locator, heading: str, *, focused: bool) -> float:
        """Return the milliseconds from a click until a heading is painted, with focus if wanted."""
        return self._took(click, [heading, focused])

    def sound_after(self, click: Locator) -> float:
        """Return the milliseconds from a click until sound plays."""
        return self._took(click, [None, False])

    def _took(self, click: Locator, awaited: list[Any]) -> float:
        self.page.evaluate(BEGIN, awaited)
        click.click()
        self.page.wait_for_function(CAME)
        return cast(float, self.page.evaluate(TOOK))
