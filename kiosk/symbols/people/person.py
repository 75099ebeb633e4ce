"""Who stands in a picture, and how they look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Age = Literal["baby", "child", "teenager", "adult", "older"]
Hair = Literal[
    "bald", "bob", "bun", "crop", "curly", "locs", "long", "plaits", "ponytail", "puffs", "short",
    "spiky", "tuft", "wavy",
]  # fmt: skip
Covering = Literal["none", "cap", "headscarf", "kippah", "turban"]
Beard = Literal["none", "long", "moustache", "short"]
Glasses = Literal["none", "clear", "dark"]
Wears = Literal["blouse", "cardigan", "coat", "dress", "hoodie", "jumper", "shirt", "suit"]
Who = Literal[
    "baby", "boy", "child", "doctor", "girl", "grandfather", "grandmother", "leader", "man",
    "member of staff", "person", "teacher", "teenager", "woman", "young man", "young woman",
]  # fmt: skip

WHO = frozenset(get_args(Who))
STAFF: Who = "member of staff"

AGES: Mapping[Who, Age] = {
    "baby": "baby",
    "boy": "child",
    "child": "child",
    "girl": "child",
    "teenager": "teenager",
    "young man": "teenager",
    "young woman": "teenager",
    "grandfather": "older",
    "grandmother": "older",
}
"""How old somebody looks who is this, where it is not said; everybody else is an adult."""

COLOURS = {
    "beige": "#e9d3a6",
    "black": "#2b2b2b",
    "blond": "#f0cc6b",
    "blue": "#3f86d6",
    "brown": "#7a4a28",
    "dark blue": "#134a78",
    "dark grey": "#4a4d55",
    "ginger": "#e07a2c",
    "green": "#4f9e3f",
    "grey": "#a3a5a8",
    "light blue": "#8fcbef",
    "lilac": "#b99ad6",
    "mint": "#8fc7b0",
    "orange": "#f3a531",
    "pink": "#ff9fbd",
    "plum": "#a0486b",
    "purple": "#7c5bb3",
    "red": "#e8543f",
    "teal": "#2b7f8f",
    "white": "#ffffff",
    "yellow": "#fcdf3c",
}
STAFF_COLOUR = "dark blue"
NO_SKIN = 0  # the grey of one who stands for nobody


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the cast.

    who: the key of what is said to those who cannot see the picture; a name is never said.
    skin: 1, the lightest, to 5; 0 is grey. Colours: as SVG has them.
    """

    who: Who
    age: Age = "adult"
    skin: int = 3
    hair: Hair = "short"
    hair_colour: str = COLOURS["black"]
    covering: Covering = "none"
    covering_colour: str = COLOURS["mint"]
    beard: Beard = "none"
    glasses: Glasses = "none"
    hearing_aid: bool = False
    wheelchair: bool = False
    cane: bool = False
    wears: Wears = "jumper"
    top: str = COLOURS["blue"]
    bottom: str = COLOURS["dark grey"]

    @property
    def badge(self) -> bool:
        """Whether this is one of the staff, who alone wear a badge."""
        return self.who == STAFF


Cast = Mapping[str, Person]
"""Folded name -> person."""
