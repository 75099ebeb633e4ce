"""A browser that is not Chromium: what a person does in it, whatever drives it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from tests.tools.waiting import wait_until

# The middle of a button by its name, once it is what a press there would meet, and rests.
PLACE = """async (name) => {
  const named = (one) => one.ariaLabel || one.innerText.replace(/\\s+/g, " ").trim();
  const found = [...document.querySelectorAll("button, a")].find(
    (one) => one.checkVisibility() && named(one) === name);
  if (!found) return null;
  const middle = () => {
    const box = found.getBoundingClientRect();
    return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
  };
  const place = middle();
  if (!found.contains(document.elementFromPoint(...place))) {
    found.scrollIntoView({ block: "center" });
    return null;
  }
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  return String(middle()) === String(place) ? place : null;
}"""


class Driven(ABC):
    """One window of a browser."""

    @property
    @abstractmethod
    def problems(self) -> list[str]:
        """The errors of the console, and of code."""

    @abstractmethod
    def go(self, url: str) -> None:
        """Open an address."""

    @abstractmethod
    def tell(self, function: str, *arguments: str) -> Any:
        """Call a function in the page; what it returns must be JSON."""

    @abstractmethod
    def act(self, device: dict[str, Any]) -> None:
        """Move a mouse, or press keys, as WebDriver writes it."""

    def press(self, name: str, seconds: float = 30) -> None:
        """Wait for a button or link of this name, and press it with the mouse."""
        x, y = wait_until(lambda: self.tell(PLACE, name), seconds, name)
        press = [
            {"type": "pointerMove", "x": x, "y": y},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self.act({"type": "pointer", "id": "mouse", "actions": press})

    def text(self, selector: str) -> str:
        """Return the text of an element that is shown, else ""."""
        shown = "(one) => [...document.querySelectorAll(one)].find((it) => it.checkVisibility())"
        return str(self.tell(f"(one) => ({shown})(one)?.innerText.trim() ?? ''", selector))
