"""What stands in a place that a person still has to fill in.

A page that the program begins for somebody loads as a draft, but says itself what is missing.
"""

from __future__ import annotations

from datetime import date

NO_DAY = date(2000, 1, 1)  # where a file must have a day, and nobody knows it yet

_MARK = "To do:"


def to_do(what: str) -> str:
    """Return `To do: what`, to be put in the place of what is missing."""
    return f"{_MARK} {what}"


def is_to_do(text: object) -> bool:
    """Tell whether this still stands where something else should be."""
    return isinstance(text, str) and text.strip().casefold().startswith(_MARK.casefold())
