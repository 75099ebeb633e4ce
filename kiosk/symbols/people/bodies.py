"""Bodies: from the shoulders, which are at 0,0, down to the floor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.symbols.people.faces import SKIN
from kiosk.symbols.people.pen import LINE, Pen, number, written
from kiosk.symbols.people.person import COLOURS, Age, Person

SHOE, METAL, WHITE = "#2b2b2b", "#c3c7cc", "#fff"
LANYARD: Final = "#ffd92e"
HEAD: Final = 18.5  # from the middle of the head down to the shoulders
CROWN: Final = 19.0  # from there up to the top of the hair
FINE: Final = 1.8


@dataclass(frozen=True, slots=True)
class Build:
    """The measures of a body of one age.

    wide: half the shoulders. hip, floor: below the shoulders. reach: of an arm, 1 for an adult.
    """

    wide: float
    hip: float
    floor: float
    reach: float


def _build(high: float, wide: float, hip: float, reach: float) -> Build:
    return Build(wide, hip, high - CROWN - HEAD, reach)


BUILDS: Mapping[Age, Build] = {
    "baby": _build(60, 11, 20, 0.6),
    "child": _build(80, 12.5, 24, 0.76),
    "teenager": _build(94, 14, 30, 0.88),
    "adult": _build(106, 16, 36, 1),
    "older": _build(106, 16, 36, 1),
}


def sleeve_of(person: Person) -> str:
    """Return the colour of what is worn outside."""
    return WHITE if person.wears == "coat" else person.top


def legs(pen: Pen, person: Person) -> None:
    """Draw the legs of one who stands, and the shoes."""
    build = BUILDS[person.age]
    for side in (-1, 1):
        x = side * build.wide * 0.46
        pen.limb([(x, build.hip - 3), (x + side, build.floor - 6)], person.bottom, 11.4)
        heel, toe = x - side * 4, x + side * 9.5
        shoe(pen, heel, toe, build.floor - LINE / 2)


def shoe(pen: Pen, heel: float, toe: float, ground: float) -> None:
    """Draw a shoe that stands on the ground."""
    high = ground - 7
    pen.path(
        written("M{},{}C{},{} {},{} {},{}Z", heel, ground, heel, high, toe, high, toe, ground), SHOE
    )


def torso(pen: Pen, person: Person, *, closed: bool) -> None:
    """Draw the body and what it wears. closed: down to the hem, not only to the waist."""
    build = BUILDS[person.age]
    wide, end = build.wide, build.hip
    if person.covering != "headscarf":
        pen.path("M-4.6,-6V4H4.6V-6", SKIN[person.skin], 2.2)
    path = written(
        "M{},{}L{},11C{},4 {},1.5 {},0Q0,5 {},0C{},1.5 {},4 {},11L{},{}",
        *(2 - wide, end, -wide, -wide, 4 - wide, 8 - wide),
        *(wide - 8, wide - 4, wide, wide, wide - 2, end),
    )
    if closed:
        hem, flare = end, wide - 2
        if person.wears == "dress":
            hem, flare = end + (build.floor - end) * 0.5, wide + 2.5
        elif person.wears == "coat":
            hem, flare = end + (build.floor - end) * 0.35, wide - 1
        path += written("L{},{}Q0,{} {},{}Z", flare, hem, hem + 2.5, -flare, hem)
        end = hem + 1
    pen.path(path, sleeve_of(person), cap="" if closed else "butt")
    _clothes(pen, person, end)
    if person.badge:
        pen.path("M-7.5,0.5L0,15L7.5,0.5", line=3, ink=LANYARD)
        pen.path("M-6.5,15H6.5V30H-6.5Z", WHITE, FINE)
        pen.circle(0, 20, 2.7, SKIN[person.skin], 1.1)
        pen.path("M-3.6,25.2H3.6M-3.6,27.6H1.6", line=1.2)


def _clothes(pen: Pen, person: Person, end: float) -> None:
    wears, down = person.wears, number(end)
    if wears in ("cardigan", "coat"):
        inner = WHITE if wears == "cardigan" else person.top
        pen.path(f"M-2.6,{down}L-7,0.4Q0,5 7,0.4L2.6,{down}", inner, FINE, cap="butt")
    if wears == "coat":
        grey = COLOURS["dark grey"]
        pen.path("M-8,0.5C-9,11 -5,12 -5,17M8,0.5C9,9 6,10 5,15", line=2.2, ink=grey)
        pen.circle(-5, 19, 2.8, METAL, 1.6)
        pen.circle(5, 16, 1.6, grey, 0)
    elif wears == "suit":
        pen.path("M-7,0.4L0,18L7,0.4Q0,4 -7,0.4Z", WHITE, FINE)
        pen.path("M-2.2,3.5H2.2L1.4,6L2.4,13L0,16.5L-2.4,13L-1.4,6Z", COLOURS["red"], 1.2)
        pen.path(f"M0,18V{down}", line=FINE, cap="butt")
    elif wears == "hoodie":
        pen.path("M-8,0.4C-6,7 6,7 8,0.4", line=FINE)
        pen.path("M-3,5.5V11M3,5.5V11", line=1.6, ink=WHITE)
        top = number(end - 9)
        pen.path(f"M-7,{number(end - 2)}L-5,{top}H5L7,{number(end - 2)}", line=FINE)
    elif wears == "blouse":
        pen.path("M-7,0.4L-2,7L0,3L2,7L7,0.4", WHITE, FINE)
    elif wears in ("jumper", "shirt", "dress") and not person.badge:
        pen.path("M-7,0.4Q0,8 7,0.4", line=FINE)
