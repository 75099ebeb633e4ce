"""Every screen fits: no label leaves its button, no bar covers a thing, home needs no scroll."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.tools.cases import is_drill, mostly_drill
from tests.tools.person import opened
from tests.tools.server import KioskServer
from tests.tools.visit import OpenVisit, Screen

# Screen -> the least share of its height that is the page's.
SHAPES = {
    "tall": (Screen(1080, 1920, touch=True), 0.80),
    "wide": (Screen(1920, 1080, touch=True), 0.74),
    "laptop": (Screen(1366, 768), 0.74),
    "tablet": (Screen(1024, 768, touch=True), 0.70),
    "phone": (Screen(390, 844, touch=True, scale=3.0), 0.78),
}
LANGUAGES = ("en", "pl", "ro", "ur")
# As a press in Settings does: labels of the bars get what room they have.
SIZE = """async (size) => {
  const root = document.getElementById("kiosk");
  root.dataset.bigger = size;
  const { fit } = await import("./screen/page/fit.js");
  fit(root);
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}"""
BIGGER = (1, 2, 3, 4) if is_drill() else (1, 4)
PAGES = ("home", "outcomes", "safe", "think")
MORE_PAGES = ("our-work", "about", "nonsense", "what-matters", "kiosk") if is_drill() else ()
OPENED = ("settings", "language")  # sheets
CASES = mostly_drill(
    [(shape, language) for shape in SHAPES for language in LANGUAGES],
    ("tablet", "en"),
    ("phone", "ur"),
)

LOOK = """(share) => {
  const root = document.getElementById("kiosk");
  const box = (one) => one.getBoundingClientRect();
  const shown = (where) => [...root.querySelectorAll(where)].filter((one) => one.checkVisibility());
  const wrong = [];
  const name = (one) => (one.ariaLabel ?? one.textContent).trim().slice(0, 40);
  const words = (one) => {
    const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.data.trim() || node.parentElement.closest(".unseen")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      found.push(...range.getClientRects());
    }
    return found;
  };
  for (const one of shown("button, a.choice, a.band, a.tell, [role=radio]")) {
    if (one.matches(".hard")) continue; // a word in a sentence
    const room = box(one);
    // Nothing cuts it off where it cannot be brought into view.
    for (let around = one.parentElement; around !== root; around = around.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(around);
      const edge = box(around);
      const across = overflowX !== "visible";
      const down = overflowY === "hidden" || overflowY === "clip";
      if ((across && (room.left < edge.left - 1 || room.right > edge.right + 1))
        || (down && (room.top < edge.top - 1 || room.bottom > edge.bottom + 1)))
        wrong.push(`cut: ${name(one)}`);
    }
    for (const part of words(one)) {
      // A line box is higher than its letters.
      const spare = part.height * 0.3 + 1;
      const fits = part.left >= room.left - 1 && part.right <= room.right + 1
        && part.top >= room.top - spare && part.bottom <= room.bottom + spare;
      if (!fits) { wrong.push(`label outside: ${name(one)}`); break; }
    }
  }
  const [top, stage, foot] = [".top", ".stage", ".foot"].map((one) => box(root.querySelector(one)));
  if (stage.top < top.bottom - 1 || stage.bottom > foot.top + 1) wrong.push("under the bars");
  if (foot.bottom > innerHeight + 1) wrong.push("the bar is cut");
  // A message stands in a row of its own for a while, and gives that room back.
  const page = box(root.querySelector(".bar")).top - stage.top;
  if (page / innerHeight < share) wrong.push(`page area ${page / innerHeight}`);
  for (const one of [document.documentElement, ...shown("#page, .rows, .sheet")])
    if (one.scrollWidth > one.clientWidth + 1) wrong.push(`sideways: ${one.id || one.className}`);
  const home = root.querySelector(".home:not(.gone)");
  if (home && home.scrollHeight > home.clientHeight + 1)
    wrong.push(`home: ${home.scrollHeight} in ${home.clientHeight}`);
  const strip = shown(".question .answer-bar")[0];
  if (strip && box(strip).height / stage.height > (innerWidth < 700 ? 0.1 : 0.12) + 0.002)
    wrong.push(`strip ${box(strip).height / stage.height}`);
  const faces = shown("[data-control=faces] [data-choice], .quick button");
  const lines = {};
  for (const face of faces) (lines[Math.round(box(face).top)] ??= []).push(name(face));
  const counts = Object.values(lines).map((line) => line.length);
  if (Math.max(...counts) > 1 && Math.min(...counts) === 1) wrong.push("a face is alone");
  return wrong;
}"""


def wrong_on(page: Page, share: float) -> dict[int, Any]:
    """Return what does not fit, by size of words, of the screen that is open."""
    found = {}
    for bigger in BIGGER:
        page.evaluate(SIZE, bigger)
        if wrong := page.evaluate(LOOK, share):
            found[bigger] = wrong
    return found


@pytest.mark.row("K18")
@pytest.mark.parametrize(("shape", "language"), CASES)
def test_every_screen_fits_in_every_size_of_words(
    visit: OpenVisit, luton: KioskServer, shape: str, language: str
) -> None:
    screen, share = SHAPES[shape]
    page = visit(screen).page
    wrong = {}
    for name in (*PAGES, *MORE_PAGES):
        opened(page, f"{luton.url}/?page={name}&lang={language}")
        wrong[name] = wrong_on(page, share)
        while (ahead := page.locator(".question [data-action=skip]:visible")).count():
            ahead.click()
            asked = page.evaluate(
                "document.querySelector('.question:not([hidden])').dataset.question"
            )
            wrong[f"{name}, {asked}"] = wrong_on(page, share)
    for sheet in OPENED:
        opened(page, f"{luton.url}/?page=safe&lang={language}")
        page.locator(f".top [data-action={sheet}]").click()
        wrong[sheet] = wrong_on(page, share)
    assert {name: told for name, told in wrong.items() if told} == {}
