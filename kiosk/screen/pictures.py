"""The pictures of the screen itself: of settings, of its question, and of what invites people."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.symbols import Finder, Symbol

PEOPLE = ("gran glad", "leo glad up", "mum glad", "zara glad up", "tom glad")
_NAMES = {
    "slow": "turtle",
    "normal": "person walking",
    "quick": "rabbit",
    "still": "waving hand",
    "touch": "backhand index pointing up",
} | {name: name for name in PEOPLE}


def screen_pictures(symbols: Finder) -> Mapping[str, Symbol]:
    """Return them by what they are there for; a site's own word book may name others."""
    return {use: symbols.find(name) for use, name in _NAMES.items()}
