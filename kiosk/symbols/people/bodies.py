"""Bodies: from the shoulders down. The shoulders are at 0,0; the hip and the floor are below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.symbols.people.faces import SKIN
from kiosk.symbols.people.pen import INK, LINE, Pen, Point
from kiosk.symbols.people.person import COLOURS, Age, Person

SHOE, METAL, WHITE = "#2b2b2b", "#c3c7cc", "#fff"
LANYARD = "#ffd92e"
HEAD: Final = 18.5  # from the middle of the head down to the shoulders
CROWN: Final = 19.0  # from there up to the top of the hair


@dataclass(frozen=True, slots=True)
class Build:
    """The measures of a body of one age.

    wide: half the shoulders. hip, floor: below the shoulders. reach: of an arm, 1 for an adult.
    """

    wide: float
    hip: float
    floor: float
    reach: float


BUILDS: Mapping[Age, Build] = {  # with its head: 80, 94 or 106 high
    "baby": Build(11, 20, 22, 0.6),
    "child": Build(12.5, 24, 80 - CROWN - HEAD, 0.76),
    "teenager": Build(14, 30, 94 - CROWN - HEAD, 0.88),
    "adult": Build(16, 36, 106 - CROWN - HEAD, 1),
    "older": Build(16, 36, 106 - CROWN - HEAD, 1),
}

ARMS: Mapping[str, tuple[Point, Point]] = {
    # elbow and hand of the left arm of an adult, from the shoulder; outwards is to the left
    "down": ((-4, 14), (-3.5, 28)),
    "up": ((-9, 6), (-11, -20)),
    "out": ((-13, 5), (-27, 1)),
    "give": ((-8, 13), (-23, 9)),
    "front": ((-5, 14), (9, 18)),
    "hip": ((-14, 11), (-3, 23)),
    "chin": ((-4, 16), (11, -8)),
    "ear": ((-13, -1), (-6, -21)),
    "heart": ((-6, 14), (11, 9)),
    "high": ((-10, -6), (-14, -30)),
}
_AT_THE_HEAD = frozenset(["chin", "ear", "high", "up"])  # heads are of one size
_OVER = frozenset(["chin", "front", "heart"])  # the arm lies before the body
_OPEN_HAND = frozenset(["give", "high", "out", "up"])


def legs(pen: Pen, person: Person) -> None:
    """Draw the legs of one who stands, and the shoes."""
    build = BUILDS[person.age]
    apart = build.wide * 0.46
    for side in (-1, 1):
        x = side * apart
        pen.limb([(x, build.hip - 3), (x + side, build.floor - 6)], person.bottom, 11.4)
        foot, ground = x + side * 1.4, build.floor - LINE / 2
        toe = side * 3
        pen.path(
            f"M{foot - 5.2 + min(toe, 0):.2f},{ground:.2f}C{foot - 6 + min(toe, 0):.2f},{ground - 7:.2f} "
            f"{foot + 6 + max(toe, 0):.2f},{ground - 7:.2f} {foot + 5.2 + max(toe, 0):.2f},{ground:.2f}Z",
            SHOE,
        )


def torso(pen: Pen, person: Person, *, whole: bool) -> None:
    """Draw the body and what it wears."""
    build = BUILDS[person.age]
    skin = SKIN[person.skin]
    w, end = build.wide, build.hip
    pen.path(f"M-4.6,-6V4H4.6V-6", skin, 2.2)
    outer = "#ffffff" if person.wears == "coat" else person.top
    left = f"M{-w + 2:g},{end}L{-w:g},11C{-w:g},4 {-w + 4:g},1.5 {-w + 8:g},0"
    right = f"L{w - 8:g},0C{w - 4:g},1.5 {w:g},4 {w:g},11L{w - 2:g},{end}"
    neck = "Q0,5 " + right[1:].split("C")[0]
    path = left + neck + "C" + right.split("C", 1)[1]
    if whole and person.wears in ("dress", "coat"):
        hem = end + (build.floor - end) * (0.55 if person.wears == "dress" else 0.35)
        flare = w + (3 if person.wears == "dress" else 0)
        path += f"L{flare:g},{hem:g}Q0,{hem + 3:g} {-flare:g},{hem:g}Z"
        end = hem
    elif whole:
        path += "Z"
    pen.path(path, outer)
    _details(pen, person, end)


def _details(pen: Pen, person: Person, end: float) -> None:
    wears = person.wears
    if wears in ("cardigan", "coat"):
        inner = WHITE if wears == "cardigan" else person.top
        pen.path(f"M-7,0.4L-2.6,{end:g}H2.6L7,0.4Q0,5 -7,0.4Z", inner, 1.8)
        if wears == "coat":
            pen.path(
                "M-8,0.5C-8,12 -5,14 -5,17M8,0.5C8,10 6,12 5,15", line=2, ink=COLOURS["dark grey"]
            )
            pen.circle(-5, 19, 2.6, METAL, 1.6)
            pen.circle(5, 16, 1.4, COLOURS["dark grey"], 0)
    elif wears == "suit":
        pen.path("M-7,0.4L0,18L7,0.4Q0,4 -7,0.4Z", WHITE, 1.8)
        pen.path("M-2.2,3.5H2.2L1.4,6L2.4,13L0,16.5L-2.4,13L-1.4,6Z", COLOURS["red"], 1.2)
        pen.path(f"M0,18V{end:g}", line=1.8)
    elif wears == "hoodie":
        pen.path("M-8,0.4C-6,7 6,7 8,0.4", line=1.8)
        pen.path("M-3,5.5V11M3,5.5V11", line=1.6, ink=WHITE)
        pen.path(f"M-7,{end - 2:g}L-5,{end - 9:g}H5L7,{end - 2:g}", line=1.8)
    elif wears == "blouse":
        pen.path("M-6,0.6L-1,6L0,3L1,6L6,0.6", line=1.8)
    elif wears in ("jumper", "shirt", "dress") and not person.badge:
        pen.path("M-7,0.4Q0,8 7,0.4", line=1.8)
    if person.badge:
        pen.path("M-7.5,0.5L0,15L7.5,0.5", line=3, ink=LANYARD)
        pen.path("M-6.5,15H6.5V30H-6.5Z", WHITE, 1.8)
        pen.circle(0, 20, 2.7, SKIN[person.skin], 1.1)
        pen.path("M-3.6,25.2H3.6M-3.6,27.6H1.6", line=1.2)


def arm(pen: Pen, person: Person, pose: str, side: int, *, layer: str, whole: bool) -> None:
    """Draw one layer of an arm: what lies `under` the body, or `over` it. side: -1 is left."""
    build = BUILDS[person.age]
    shoulder = (-build.wide + 3.4, 7.5)
    elbow, hand = ARMS[pose]
    k = build.reach
    elbow = (elbow[0] * k, elbow[1] * k)
    if pose == "chin":
        hand = (-2.5 - shoulder[0], -9.5)
    elif pose == "ear":
        hand = (-18 - shoulder[0], -22)
    elif pose == "up":
        hand = (-24.5 - shoulder[0], -20)
    elif pose == "high":
        hand = (-25 - shoulder[0], -27 - 4 * k)
    else:
        hand = (hand[0] * k, hand[1] * k)
    points = [(side * -(shoulder[0] + x), shoulder[1] + y) for x, y in ((0.0, 0.0), elbow, hand)]
    sleeve = "#ffffff" if person.wears == "coat" else person.top
    skin = SKIN[person.skin]
    wide = 10.2 if person.age == "child" else 11
    bare = person.wears == "shirt"
    if not whole and pose == "down":
        points = points[:2]
        points[1] = (points[1][0], build.hip)
    front = pose in _OVER
    from kiosk.symbols.people.pen import line_through

    bend = 6.0
    route = line_through(points, bend)
    inner = wide - 2 * LINE
    cap = "" if whole or pose != "down" else "butt"
    if (layer == "under") != front:
        if not cap:
            _hand(pen, points, skin, pose, side)
        pen.path(route, line=wide, cap=cap)
        if front:
            pen.path(route, line=inner, ink=skin if bare else sleeve)
    if layer == "over":
        if not front:
            pen.path(route, line=inner, ink=skin if bare else sleeve, cap=cap)
        inside = (points[0][0] - side * 4, points[0][1] + 1)
        if bare:
            (x, y), (ex, ey) = points[0], points[1]
            cut = (x + (ex - x) * 0.75, y + (ey - y) * 0.75)
            pen.path(line_through([points[0], cut]), line=wide, cap="butt")
            pen.path(
                line_through([points[0], (x + (ex - x) * 0.6, y + (ey - y) * 0.6)]),
                line=inner,
                ink=sleeve,
                cap="butt",
            )
        pen.path(line_through([inside, points[0]]), line=inner, ink=sleeve)
        if not cap:
            pen.circle(*points[-1], 3.1, skin, 0)


def _hand(pen: Pen, points: list[Point], skin: str, pose: str, side: int) -> None:
    x, y = points[-1]
    if pose in _OPEN_HAND:
        up = -1 if pose in ("up", "high") else -0.6
        pen.limb([(x, y), (x - side * 4.4, y + up * 4.4)], skin, 5.4)
    pen.circle(x, y, 4.6, skin, 2.4)
