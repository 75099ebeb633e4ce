"""What helps people to get about: a wheelchair, a white cane."""

from __future__ import annotations

import math

from kiosk.symbols.people.pen import Pen, Point, line_through, number

TYRE, RIM, SEAT = "#2b2b2b", "#8d9299", "#3d5a80"
WHEEL, AXLE = 19.5, (-3.0, -19.5)
SEAT_AT = -25.0


def chair_behind(pen: Pen) -> None:
    """Draw the back of a wheelchair that is seen from the side and looks to the right."""
    pen.path("M-24,-54H-17.500C-16,-54 -15,-53 -15,-51L-12,-22", line=3.4)
    pen.path("M-25,-54H-21", line=5.4)
    pen.path("M-19,-50L-16,-24", line=6.4, ink=SEAT)


def chair_before(pen: Pen, toe: Point) -> None:
    """Draw the wheels, the seat and the rest for the feet, over the legs."""
    x, y = AXLE
    pen.path("M-15,-22H14L22,-6M20,-8L17,-6", line=3)
    pen.path(f"M20,-3H{number(toe[0] + 5)}", line=3.4)
    pen.circle(15, -5.6, 4.4, "#fff", 2.6)
    pen.circle(15, -5.6, 1, TYRE, 0)
    pen.circle(x, y, WHEEL - 1.7, line=3.4)
    pen.circle(x, y, WHEEL - 5, line=1.5, ink=RIM)
    spokes = []
    for one in range(6):
        turn = math.pi * one / 6
        dx, dy = (WHEEL - 4) * math.cos(turn), (WHEEL - 4) * math.sin(turn)
        spokes.append(line_through([(x - dx, y - dy), (x + dx, y + dy)]))
    pen.path("".join(spokes), line=0.8, ink=RIM)
    pen.circle(x, y, 3, "#fff", 2)


def chair_half(pen: Pen, wide: float, shoulders: float) -> None:
    """Draw the back of a wheelchair that is seen from before, behind one who is drawn by half."""
    for side in (-1, 1):
        edge = side * (wide + 3)
        pen.path(f"M{edge + side * 6},{shoulders + 9}H{edge}V0", line=3.4)
    pen.path(f"M{-wide - 2},0V{shoulders + 13}H{wide + 2}V0Z", SEAT)


def wheels_half(pen: Pen, wide: float) -> None:
    """Draw the tops of both wheels, beside one who is drawn by half."""
    for side in (-1, 1):
        x = side * (wide + 7)
        pen.path(f"M{x - 4.5},0C{x - 4.5},-24 {x + 4.5},-24 {x + 4.5},0", "#fff", 3.4)
        pen.path(f"M{x},0V-17", line=1.5, ink=RIM)


def cane(pen: Pen, hand: Point, floor: float, side: int) -> None:
    """Draw a long white cane from a hand to the floor, with a red end."""
    x, y = hand
    end = (x + side * 17, floor - 1.5)
    whole = line_through([(x - side * 1.2, y - 5), end])
    part = (x + (end[0] - x) * 0.72, y + (end[1] - y) * 0.72)
    pen.path(whole, line=5.2)
    pen.path(whole, line=2.6, ink="#fff")
    pen.path(line_through([part, end]), line=2.6, ink="#e8382b")
    pen.path(line_through([(x - side * 1.4, y - 6), (x + side * 0.8, y + 3)]), line=4.4)
