"""The settings of a visitor: the steps of each, in the order in which they stand on the sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files

from kiosk.screen.interface_words import Interface, Utterance

FIRST, SECOND = "first", "second"  # of the voices of a language


def _sets_of_colours() -> tuple[str, ...]:
    """Return what the style sheet tells of them."""
    style = files("kiosk.screen") / "frontend" / "page" / "colours.css"
    (told,) = re.findall(r"--sets: ([\w ]+);", style.read_text(encoding="utf-8"))
    return tuple(told.split())


STEPS: Mapping[str, tuple[str, ...]] = {
    "bigger": ("1", "2", "3", "4"),
    "colours": _sets_of_colours(),
    "pictures": ("all", "headings", "none"),
    "speed": ("slow", "normal", "quick"),
    "voice": (FIRST, SECOND),  # where a language has two
    "volume": ("1", "2", "3", "4", "5"),
}


def step_words(interface: Interface) -> dict[str, Utterance]:
    """Return the name of each step, under `SETTING_step_STEP`: "Colours, step 2 of 4, Dark"."""
    made: dict[str, Utterance] = {}
    for name, steps in STEPS.items():
        for place, step in enumerate(steps, start=1):
            own = interface.words.get(f"step_{name}_{step}")  # a number needs no other name
            made[f"{name}_step_{step}"] = interface.said(
                "step" if own else "step_of",
                name=interface.words[name],
                n=place,
                m=len(steps),
                own=own,
            )
    return made
