"""A script for the pages behind a Front: it leads each visitor to the words, and tells of them."""

from __future__ import annotations

from tests.lockdown.front import Front

# Tells where the words are as soon as they have the keys, what is written there, and ends the visit
# at a "!".
WRITES = b"""
const NEXT = "a[data-page=think], .question:not([hidden]) [data-action=skip]";
const words = () => [...document.querySelectorAll("textarea")].find((one) => one.checkVisibility());
let here = null;
let changes = 0;
setInterval(() => {
  if (!document.querySelector("#kiosk[data-ready]")) return;
  if (!words()) return document.querySelector(NEXT)?.click();
  if (here === words()) return;
  // The heading of the question takes the keys a moment after it was opened.
  const known = document.activeElement === words();
  words().focus();
  if (!known) return;
  here = words();
  const { x, y, width, height } = here.getBoundingClientRect();
  fetch(`/told/at ${Math.round(x + width / 2)} ${Math.round(y + height / 2)}`);
  here.addEventListener("input", ({ target }) => {
    // No address with these words in it may come into the browser's cache.
    fetch(`/told/now ${changes++} ${target.value}`, { method: "POST" });
    if (target.value.endsWith("!")) document.querySelector("[data-action=finish]").click();
  });
}, 600);
"""


def places(front: Front) -> list[list[str]]:
    """Return where the words of each visitor were, across and down."""
    return [one.split()[1:] for one in front.told if one.startswith("at ")]


def written(front: Front) -> str:
    """Return what was written last; "" before anything was."""
    told = [one.split(" ", 2)[1:] for one in list(front.told) if one.startswith("now ")]
    # They may arrive in another order than they were told.
    return max(told, key=lambda one: int(one[0]))[1] if told else ""
