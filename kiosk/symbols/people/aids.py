"""What helps people to get about: a wheelchair, a white cane. The floor is at y 0."""

from __future__ import annotations

import math
from typing import Final

from kiosk.symbols.people.pen import Pen, Point, line_through, written

_TYRE, _RIM, _CLOTH, _RED = "#2b2b2b", "#8d9299", "#4d74a8", "#e8382b"
_WHEEL, _AXLE = 19.5, (-4.0, -19.5)
SEAT: Final = 25.0  # how high one sits


def chair_behind(pen: Pen) -> None:
    """Draw the back of a wheelchair that is seen from the side and looks to the right."""
    pen.path("M-18,-50L-15,-24", line=9)
    pen.path("M-18,-50L-15,-24", line=4.2, ink=_CLOTH)
    pen.path("M-27,-53H-19L-18,-48", line=3)
    pen.path("M-28,-53H-24", line=5.4)


def chair_before(pen: Pen) -> None:
    """Draw the wheels, the seat and the rest for the feet, over the legs."""
    x, y = _AXLE
    pen.path("M-15,-21H13L20,-3H32", line=3.2)
    pen.circle(16, -5.7, 4.4, "#fff")
    pen.circle(16, -5.7, 1.1, _TYRE, 0)
    spokes = []
    for one in range(6):
        turn = math.pi * one / 6
        dx, dy = (_WHEEL - 4) * math.cos(turn), (_WHEEL - 4) * math.sin(turn)
        spokes.append(line_through([(x - dx, y - dy), (x + dx, y + dy)]))
    pen.path("".join(spokes), line=0.9, ink=_RIM)
    pen.circle(x, y, _WHEEL - 5.2, line=1.6, ink=_RIM)
    pen.circle(x, y, _WHEEL - 1.7, line=3.4)
    pen.circle(x, y, 3, "#fff", 2)


def chair_half(pen: Pen, wide: float, shoulders: float) -> None:
    """Draw the back of a wheelchair that is seen from before, behind one who is drawn by half."""
    edge, top = wide + 3, shoulders + 11
    pen.path(written("M{},0V{}H{}V0", -edge, top, edge), _CLOTH, cap="butt")
    for side in (-1, 1):
        pen.path(written("M{},{}H{}", side * (edge + 6), top, side * edge), line=4.4)


def wheels_half(pen: Pen, wide: float) -> None:
    """Draw the tops of both wheels, beside one who is drawn by half."""
    for side in (-1, 1):
        x = side * (wide + 8)
        sides = (x - 4.5, x - 4.5, x + 4.5, x + 4.5)
        pen.path(written("M{},0C{},-26 {},-26 {},0", *sides), "#fff", 3.4, cap="butt")
        pen.path(written("M{},-1V-16", x), line=1.6, ink=_RIM)


def cane(pen: Pen, hand: Point, floor: float) -> None:
    """Draw a long white cane from a hand on the right to the floor, with a red end."""
    x, y = hand
    end = (x + 17, floor - 2.6)
    part = (x + (end[0] - x) * 0.7, y + (end[1] - y) * 0.7)
    start = (x - 1.6, y - 6)
    pen.path(line_through([start, end]), line=5.6)
    pen.path(line_through([start, end]), line=2.8, ink="#fff")
    pen.path(line_through([part, end]), line=2.8, ink=_RED)
    pen.path(line_through([start, (x + 0.8, y + 3)]), line=5)
