"""Hair and what covers it, around a head whose middle is at 0,0: 28 units wide, 31 high."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from kiosk.symbols.people.pen import Pen, number
from kiosk.symbols.people.person import Covering, Hair, Person

FINE: Final = 1.8


def cloud(x: float, y: float, rx: float, ry: float, bumps: int) -> str:
    """Return the path of a cloud: curls around an ellipse."""
    turns = [2 * math.pi * one / bumps - math.pi / 2 for one in range(bumps + 1)]
    path = [f"M{number(x + rx * math.cos(turns[0]))},{number(y + ry * math.sin(turns[0]))}"]
    for start, end in pairwise(turns):
        out = 1 + 3.4 / bumps
        parts = []
        for turn in (start + (end - start) * 0.15, end - (end - start) * 0.15):
            parts += [x + rx * out * math.cos(turn), y + ry * out * math.sin(turn)]
        parts += [x + rx * math.cos(end), y + ry * math.sin(end)]
        path.append("C" + " ".join(number(one) for one in parts))
    return "".join(path) + "Z"


_CROWN = "M-14.8,1C-17.5,-24.5 17.5,-24.5 14.8,1L12.8,0"
"""From ear to ear over the top; a fringe leads back."""

_BEHIND: Mapping[Hair, tuple[str, ...]] = {
    "bob": (
        "M-16.5,-2C-16.5,-22 16.5,-22 16.5,-2C17,4 18,10 18,15"
        "C14,18 -14,18 -18,15C-18,10 -17,4 -16.5,-2Z",
    ),
    "bun": ("M-7,-22C-7,-31 7,-31 7,-22C7,-13 -7,-13 -7,-22Z",),
    "curly": (cloud(0, -5, 19, 17, 13),),
    "locs": ("M-15,-4C-15,-22 15,-22 15,-4L17,22C12,26 -12,26 -17,22Z",),
    "long": (
        "M-16,-2C-16,-22 16,-22 16,-2C16,8 18.5,20 18,32C12,36 -12,36 -18,32"
        "C-18.5,20 -16,8 -16,-2Z",
    ),
    "ponytail": (
        "M9,-17C20,-23 28,-14 25,-4C23,4 24,9 27,13C18,13 14,6 16,-2C17,-8 13,-11 9,-11Z",
    ),
    "puffs": (cloud(-15, -14, 7.4, 7.4, 9), cloud(15, -14, 7.4, 7.4, 9)),
    "wavy": (
        "M-15.5,-4C-16,-22 16,-22 15.5,-4C15.5,0 20,4 18,9C16,13 21,17 19,23C14,28 -14,28 -19,23"
        "C-21,17 -16,13 -18,9C-20,4 -15.5,0 -15.5,-4Z",
    ),
}
_BEFORE: Mapping[Hair, str] = {
    "bob": f"{_CROWN}C12.6,-4 12,-6 11,-8C4,-6 -4,-6 -11,-8C-12,-6 -12.6,-4 -12.8,0Z",
    "bun": f"{_CROWN}C12,-7 7,-11 0,-11C-7,-11 -12,-7 -12.8,0Z",
    "crop": "M-14.4,-2C-16,-22.5 16,-22.5 14.4,-2L12.6,-3C12.4,-7.5 9,-9.5 6,-9.5H-6"
    "C-9,-9.5 -12.4,-7.5 -12.6,-3Z",
    "curly": "M-13.8,-3C-15,-21 15,-21 13.8,-3C12.5,-5 12,-8 8.5,-7.5C7,-10.5 3,-10.5 1,-8"
    "C-1,-10.5 -5,-10.5 -6,-7.5C-10,-9 -12.5,-6 -13.8,-3Z",
    "locs": f"{_CROWN}C12,-7 7,-11 0,-11C-7,-11 -12,-7 -12.8,0Z",
    "long": f"{_CROWN}C12,-5 9,-8.5 4,-11.5C0,-6.5 -8,-4.5 -12.8,0Z",
    "plaits": f"{_CROWN}C12,-6 6,-9.5 0,-12C-6,-9.5 -12,-6 -12.8,0Z",
    "ponytail": f"{_CROWN}C12,-5 9,-8.5 4,-11.5C-1,-7 -8,-5.5 -12.8,0Z",
    "puffs": f"{_CROWN}C12,-6 7,-10 0,-11.5C-7,-10 -12,-6 -12.8,0Z",
    "short": f"{_CROWN}C12.6,-4 11.6,-7 9.6,-8.8C4,-6.5 -3,-7.5 -7,-11C-8.5,-7.5 -11,-5 -12.8,0Z",
    "spiky": "M-14.8,1C-17.5,-7 -16,-12 -14.5,-14.5L-10.5,-14L-10,-19.5L-4.5,-17.5L-1,-22L3.5,-18"
    "L9.5,-20L10,-14.5L15,-14C16.5,-10 16.5,-5 14.8,1L12.8,0C12.6,-4 11.5,-7 9.5,-9L6,-6.5"
    "L2,-9.5L-2.5,-6.5L-6,-9.5C-9,-8 -12,-5 -12.8,0Z",
    "wavy": f"{_CROWN}C12,-5 8,-8 2,-11.5C-1,-6.5 -8,-4.5 -12.8,0Z",
}
_PART: Mapping[Hair, str] = {"puffs": "M0,-17V-11.5", "plaits": "M0,-17V-12"}
_COVER: Mapping[Covering, tuple[str, ...]] = {
    "cap": (
        "M-15,-5C-17,-25 17,-25 15,-5C6,-8.5 -6,-8.5 -15,-5Z",
        "M-11,-6.8C-4,-9 4,-9 11,-6.8C12,-3.5 9,-3 7,-3.5C3,-4.5 -3,-4.5 -7,-3.5"
        "C-9,-3 -12,-3.5 -11,-6.8Z",
    ),
    "kippah": ("M-9,-15.5C-7,-21.5 7,-21.5 9,-15.5C4,-17 -4,-17 -9,-15.5Z",),
    "turban": ("M-15.4,-1C-22,-27 22,-27 15.4,-1C13,-7 7,-10 0,-14C-7,-10 -13,-7 -15.4,-1Z",),
}
_HOOD = (
    "M-16.5,-3C-18,-26 18,-26 16.5,-3C16.5,6 18,14 21,21"
    "C20,31 -20,31 -21,21C-18,14 -16.5,6 -16.5,-3Z"
)


def behind(pen: Pen, person: Person) -> None:
    """Draw what hangs down behind the shoulders."""
    colour = person.hair_colour
    if person.covering == "headscarf":
        return
    if person.covering == "turban":
        return
    for path in _BEHIND.get(person.hair, ()):
        if person.covering == "none" or person.hair not in ("bun", "puffs"):
            pen.path(path, colour)
    if person.hair == "locs":
        for x, far, down in ((14, 18, 24), (10, 13, 27)):
            for side in (-1, 1):
                pen.limb([(side * x, -8), (side * far, 6), (side * far, down)], colour, 8)


def hood(pen: Pen, person: Person) -> None:
    """Draw the headscarf, over the shoulders and under the face."""
    if person.covering == "headscarf":
        pen.path(_HOOD, person.covering_colour)


def before(pen: Pen, person: Person) -> None:
    """Draw what lies over the forehead."""
    colour = person.hair_colour
    if person.covering == "headscarf":
        pen.path("M-12,9C-8,20 4,22 15,27", line=FINE)
        return
    if person.hair == "tuft":
        pen.path("M-5,-14.5C-3,-19 3,-19 4.5,-16M0,-15C2,-19 6,-18.5 6,-15.5", line=2.2, ink=colour)
    if person.hair in _BEFORE:
        pen.path(_BEFORE[person.hair], colour)
    if person.hair in _PART and person.covering == "none":
        pen.path(_PART[person.hair], line=1.4)
    if person.hair == "plaits":
        for side in (-1, 1):
            for down in (4, 11, 18):
                pen.oval(side * 16, down, 4.2, 4.8, colour)
            pen.path(f"M{side * 16},22.5V27", line=5, ink=colour)
            pen.path(f"M{side * 16 - 3},23H{side * 16 + 3}", line=2.6, ink=person.top)
    if person.hair == "puffs" and person.covering == "none":
        for side in (-1, 1):
            pen.circle(side * 10.5, -11.5, 1.9, person.top, 1.4)
    for path in _COVER.get(person.covering, ()):
        pen.path(path, person.covering_colour)
    if person.covering == "turban":
        pen.path(
            "M-13,-9C-8,-13 -4,-15 0,-19M13,-9C8,-13 4,-15 0,-19M-10,-15C-7,-18 -4,-19 0,-19",
            line=FINE,
        )
