"""Presses everything that can be pressed on a screen, one thing after the other."""

from __future__ import annotations

from collections.abc import Callable, Container

from playwright.sync_api import Error, Page

from tests.tools.person import wait_quiet

CLICK_MS = 10_000

# What can be pressed, each by what stays the same of it while its words change.
BUTTONS = """() => {
  const names = ["action", "choice", "face", "ready", "item", "put", "letter", "hard", "language",
    "page", "label", "word"];
  const layer = document.querySelector("dialog[open]") ?? document.body;
  const found = [...layer.querySelectorAll("button, a[href], summary, [role=button]")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("[inert]"))
    .map((one) => {
      const name = names.find((name) => name in one.dataset);
      return name ? `[data-${name}="${CSS.escape(one.dataset[name])}"]`
        : `${one.localName}:text-is(${JSON.stringify(one.innerText.trim())})`;
    });
  return [...new Set(found)];
}"""

# Where one is: a press that leaves it begins somewhere else.
PLACE = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
  const kiosk = document.getElementById("kiosk");
  const shown = (selector) => [...document.querySelectorAll(selector)]
    .find((one) => one.checkVisibility());
  const question = shown(".question");
  done(JSON.stringify([location.pathname, kiosk?.dataset.page, document.documentElement.lang,
    question && (question.dataset.question ?? "thanks"), shown("dialog")?.id,
    shown(".sheet")?.dataset.sheet]));
})))"""

# The next thing comes only after a moment, and must be pressed too.
LEADS_TO = {"record": "stop", "stop": "hear", "drop": "record"}


def press_everything(
    page: Page, reach: Callable[[], object], *, leave_out: Container[str] = ()
) -> list[str]:
    """Press each thing of a screen once, also what comes by a press; return them in this order.

    reach: brings the screen; it is called again after each press that leads away from it.
    leave_out: things that are not pressed, as `BUTTONS` names them.
    """
    reach()
    place, pressed = page.evaluate(PLACE), list[str]()
    while left := [
        one for one in page.evaluate(BUTTONS) if one not in pressed and one not in leave_out
    ]:
        thing = left[0]
        if _press(page, thing, place):
            pressed.append(thing)
            _wait_for_the_next(page, thing)
        if page.evaluate(PLACE) != place:
            reach()
            assert page.evaluate(PLACE) == place, f"{place} cannot be reached again."
    wait_quiet(page)
    return pressed


def _press(page: Page, thing: str, place: str) -> bool:
    """Press a thing; False when the screen has changed of itself before."""
    one = page.locator(thing).filter(visible=True).first
    try:
        # What does nothing here is told to screen readers, and can be touched all the same.
        idle = one.get_attribute("aria-disabled", timeout=CLICK_MS) == "true"
        one.click(force=idle, timeout=CLICK_MS)
    except Error:
        if page.evaluate(PLACE) == place:
            raise
        return False
    return True


def _wait_for_the_next(page: Page, thing: str) -> None:
    for name, then in LEADS_TO.items():
        if thing == f'[data-action="{name}"]':
            page.locator(f'[data-action="{then}"]').filter(visible=True).first.wait_for()
