"""What people wrote, made safe for where staff look at it."""

from __future__ import annotations

import re

from kiosk.feedback.answer.sent import Given
from kiosk.feedback.survey.question import ready_words

# Codes that move a terminal's cursor, and marks that turn the order of letters around.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def seen(text: str) -> str:
    """Return the text without what would not be seen as a letter; lines and tabs stay."""
    return _UNSEEN.sub("", text)


def one_line(text: str, most: int = 60) -> str:
    """Return the beginning of the text on one line, in at most `most` characters."""
    line = " ".join(seen(text).split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}\u2026"


def told(value: Given, between: str = ", ") -> str:
    """Return what was answered to one question as one text."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return between.join(value)
    ready = ready_words(value)
    if ready is not None:
        return ready
    return between.join(f"{item}: {place}" for item, place in value.items())
