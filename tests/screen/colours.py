"""The sets of colours that the style sheet has."""

from __future__ import annotations

import re
from importlib.resources import files

STYLES = (files("kiosk.screen") / "frontend" / "page" / "colours.css").read_text(encoding="utf-8")


def sets() -> list[str]:
    """Return their names, in the order of the button."""
    told = re.search(r"--sets: ([\w ]+);", STYLES)
    assert told, "colours.css does not tell its sets."
    return told[1].split()


COLOURS = sets()
EXTRA = re.findall(r':root\[data-colours="(\w+)"\]', STYLES)  # all but the first have a block
