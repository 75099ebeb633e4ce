"""The rules. Each is declared once, above the function that finds what breaks it."""

from kiosk.easyread.rule import RULES as _DECLARED
from kiosk.easyread.rules import (
    facts,
    numbers,
    pages,
    pictures,
    sentences,
    signs,
    site,
    vocabulary,
)

__all__ = [
    "RULES",
    "facts",
    "numbers",
    "pages",
    "pictures",
    "sentences",
    "signs",
    "site",
    "vocabulary",
]

RULES = {name: _DECLARED[name] for name in sorted(_DECLARED)}
