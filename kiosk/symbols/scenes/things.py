"""Things that people in a scene have with them: our own drawings, with the lines of the people."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from kiosk.symbols.people.hair import cloud
from kiosk.symbols.people.pen import Pen, written

RED, YELLOW, GOLD, GREEN = "#e8543f", "#fcdf3c", "#f5b52e", "#5fae4b"
SKY, BLUE, WOOD, BROWN, WHITE = "#a9d8f2", "#3f86d6", "#dcb47c", "#8a5a33", "#fff"
FINE: Final = 1.8


def heart(pen: Pen, x: float, y: float, size: float = 1) -> None:
    """Draw a heart, 22 units wide."""
    points = [(0, 9), (-16, -2), (-9, -16), (0, -5), (9, -16), (16, -2), (0, 9)]
    at = [one for px, py in points for one in (x + px * size, y + py * size)]
    pen.path(written("M{},{}C{},{} {},{} {},{}C{},{} {},{} {},{}Z", *at), RED)


def star(pen: Pen, x: float, y: float, size: float) -> None:
    """Draw a star; size: from its middle to a point."""
    points = []
    for one in range(10):
        far = size if one % 2 == 0 else size * 0.46
        turn = one * math.pi / 5
        points.append((x + far * math.sin(turn), y - far * math.cos(turn)))
    pen.path("M" + "L".join(written("{},{}", *one) for one in points) + "Z", GOLD)


def ball(pen: Pen, x: float, y: float) -> None:
    """Draw a football."""
    with pen.moved(x, y):
        pen.circle(0, 0, 11, WHITE)
        pen.path("M0,-4.5L4.3,-1.4L2.6,3.6H-2.6L-4.3,-1.4Z", "#2b2b2b", 1)
        pen.path(
            "M0,-4.5V-10M4.3,-1.4L9.6,-3.4M2.6,3.6L6,8.4M-2.6,3.6L-6,8.4M-4.3,-1.4L-9.6,-3.4",
            line=FINE,
        )


def basketball(pen: Pen, x: float, y: float) -> None:
    """Draw a basketball."""
    with pen.moved(x, y):
        pen.circle(0, 0, 11, "#f08a3c")
        pen.path("M0,-11V11M-11,0H11M-7.5,-7.5Q-2,0 -7.5,7.5M7.5,-7.5Q2,0 7.5,7.5", line=FINE)


def apple(pen: Pen, x: float, y: float) -> None:
    """Draw an apple."""
    with pen.moved(x, y):
        pen.path("M0,-6C5,-10 11,-6 9,1C8,7 4,10 0,8C-4,10 -8,7 -9,1C-11,-6 -5,-10 0,-6Z", RED)
        pen.path("M0,-6Q0,-10 2.5,-12", line=2.2)
        pen.path("M2.5,-9.5Q6,-14 10,-11.5Q7,-7 2.5,-9.5Z", GREEN, FINE)


def tree(pen: Pen, x: float, floor: float, size: float) -> None:
    """Draw a tree in the background, without lines; size: of its crown."""
    pen.path(written("M{},{}H{}V{}H{}Z", x - 3, floor - size * 2, x + 3, floor, x - 3), BROWN, 0)
    pen.circle(x, floor - size * 2, size, "#a5cf92", 0)


def sun(pen: Pen, x: float, y: float) -> None:
    """Draw the sun in the background."""
    pen.circle(x, y, 14, YELLOW, 0)


def house(pen: Pen, x: float, floor: float, roof: str, wide: float = 60, line: float = 0) -> None:
    """Draw a house, from its left edge."""
    k = wide / 60
    with pen.moved(x, floor):
        pen.path(written("M{},0V{}H{}V0Z", 4 * k, -50 * k, 56 * k), WHITE, line)
        pen.path(
            written("M0,{}L{},{}L{},{}Z", -47 * k, 30 * k, -82 * k, 60 * k, -47 * k), roof, line
        )
        pen.path(written("M{},0V{}H{}V0Z", 24 * k, -24 * k, 36 * k), BROWN, line)
        for left in (10, 40):
            pen.path(
                written("M{},{}H{}V{}H{}Z", left * k, -40 * k, (left + 10) * k, -30 * k, left * k),
                SKY,
                line,
            )


def window(pen: Pen, left: float, top: float, wide: float, high: float) -> None:
    """Draw a window in the background, without lines."""
    right, bottom = left + wide, top + high
    pen.path(written("M{},{}H{}V{}H{}Z", left, top, right, bottom, left), "#cfe6f3", 0)
    x, y = (left + right) / 2, (top + bottom) / 2
    frame = written("M{},{}H{}V{}H{}Z", left, top, right, bottom, left)
    pen.path(
        frame + written("M{},{}V{}M{},{}H{}", x, top, bottom, left, y, right), line=4, ink=WHITE
    )


def table(pen: Pen, left: float, right: float, top: float, floor: float) -> None:
    """Draw a table that is seen from before."""
    for x in (left + 9, right - 9):
        pen.path(written("M{},{}V{}", x, top + 6, floor - 2), line=6)
        pen.path(written("M{},{}V{}", x, top + 6, floor - 2), line=2, ink=WOOD)
    pen.path(written("M{},{}H{}V{}H{}Z", left, top, right, top + 8, left), WOOD)


def easel(pen: Pen, x: float, floor: float) -> None:
    """Draw a picture on an easel."""
    with pen.moved(x, floor):
        pen.path("M-17,-1L-5,-66M17,-1L5,-66M-11,-26H11", line=4)
        pen.path("M-26,-92H26V-38H-26Z", WHITE)
        for size, colour in ((20, RED), (16, GOLD), (12, GREEN), (8, BLUE)):
            pen.path(
                written(
                    "M{},-46C{},{} {},{} {},-46",
                    -size,
                    -size,
                    -46 - size * 1.35,
                    size,
                    -46 - size * 1.35,
                    size,
                ),
                line=4.4,
                ink=colour,
            )
        pen.path("M-21.5,-40H21.5", line=3, ink=GREEN)


def brush(pen: Pen, x: float, y: float) -> None:
    """Draw a brush in a hand that reaches to the right."""
    with pen.moved(x, y):
        pen.path("M-5,4L8,-6", line=5)
        pen.path("M-5,4L8,-6", line=2, ink=WOOD)
        pen.path("M8,-6L12,-9", line=6, ink=RED)


def guitar(pen: Pen, x: float, y: float) -> None:
    """Draw a guitar, held before the body."""
    with pen.moved(x, y):
        pen.path("M4,-4L33,-24", line=7)
        pen.path("M4,-4L33,-24", line=2.6, ink=BROWN)
        pen.path("M31,-27L37,-22", line=5)
        pen.path(
            "M-14,13C-22,5 -16,-5 -8,-5C-4,-5 -5,-10 0,-12"
            "C7,-14 13,-7 9,-1C6,4 9,5 7,10C3,18 -8,20 -14,13Z",
            "#e39a3b",
        )
        pen.circle(-1, 1.5, 4, "#5d3a1e", FINE)


def loaf(pen: Pen, x: float, y: float) -> None:
    """Draw bread that lies on something at y."""
    with pen.moved(x, y):
        pen.path("M-17,-1V-12C-21,-16 -17,-21 -12,-21H12C18,-21 21,-16 17,-12V-1Z", "#e9b765")
        pen.path("M5,-1V-12C1,-16 5,-21 10,-21H13C19,-21 21,-16 17,-12V-1Z", "#f9e3b4")


def cheese(pen: Pen, x: float, y: float) -> None:
    """Draw a piece of cheese."""
    with pen.moved(x, y):
        pen.path("M-13,-1V-9L9,-19Q14,-15 13,-9V-1Z", YELLOW)
        pen.path("M-13,-9H13", line=FINE)
        pen.circle(-5, -4.7, 1.8, GOLD, 1.2)
        pen.circle(5, -5.4, 2, GOLD, 1.2)


def sandwich(pen: Pen, x: float, y: float) -> None:
    """Draw a sandwich on a plate."""
    with pen.moved(x, y):
        pen.path("M-16,-4H16Q13,-1 8,-1H-8Q-13,-1 -16,-4Z", WHITE)
        pen.path("M-10,-5H10V-8.5H-10Z", "#f9e3b4", 2.2)
        pen.path("M-11,-9.5H11", line=3.4, ink=GREEN)
        pen.path("M-10,-11C-10,-17 10,-17 10,-11Z", "#e9b765", 2.2)


def cake(pen: Pen, x: float, y: float) -> None:
    """Draw a cake with candles."""
    with pen.moved(x, y):
        for side in (-8, 0, 8):
            pen.path(f"M{side},-17V-23", line=2.4, ink=BLUE)
            pen.circle(side, -25.5, 1.8, GOLD, 1.2)
        pen.path("M-15,-1V-16H15V-1Z", "#f7c8d6")
        pen.path(
            "M-15,-16H15V-11Q11,-6 7.5,-10Q3.5,-6 0,-10Q-4,-6 -7.5,-10Q-11,-6 -15,-11Z", WHITE, FINE
        )


def bowl(pen: Pen, x: float, y: float) -> None:
    """Draw a bowl of salad."""
    with pen.moved(x, y):
        pen.path("M-13,-11Q-12,-18 -6,-17Q-3,-22 2,-18Q8,-21 10,-16Q14,-15 13,-11Z", GREEN)
        pen.circle(-2, -14, 2.6, RED, 1.4)
        pen.circle(6.5, -13.5, 2.2, RED, 1.4)
        pen.path("M-15,-11H15Q13,-1 6,-1H-6Q-13,-1 -15,-11Z", WHITE)


def cup(pen: Pen, x: float, y: float, colour: str = BLUE) -> None:
    """Draw a cup."""
    with pen.moved(x, y):
        pen.path("M5,-10Q11,-10 10,-6Q9,-3 4.5,-3.5", line=2.2)
        pen.path("M-6,-12H6L5,-1H-5Z", colour)


def sheet(pen: Pen, x: float, y: float) -> None:
    """Draw a sheet of paper that lies on a table at y."""
    with pen.moved(x, y):
        pen.path("M-15,-1L-11,-10H15L11,-1Z", WHITE, 2.2)
        pen.path("M-7,-7.5H9M-8,-4.5H5", line=1.4)


def clipboard(pen: Pen, x: float, y: float) -> None:
    """Draw a clipboard, from before."""
    with pen.moved(x, y):
        pen.path("M-11,-14H11V14H-11Z", WOOD)
        pen.path("M-8,-10H8V11H-8Z", WHITE, FINE)
        pen.path("M-4,-16H4V-11H-4Z", "#c3c7cc", FINE)
        pen.path("M-5,-6H5M-5,-1.5H5M-5,3H2", line=FINE)


def flags(pen: Pen, right: float, y: float) -> None:
    """Draw a string of flags across a scene, from its left edge."""
    pen.path(written("M6,{}Q{},{} {},{}", y, right / 2, y + 12, right - 6, y), line=FINE)
    count = 9
    for one in range(count):
        share = (one + 0.5) / count
        x = 6 + (right - 12) * share
        top = y + 24 * share * (1 - share)
        colour = (RED, YELLOW, BLUE, GREEN)[one % 4]
        pen.path(written("M{},{}H{}L{},{}Z", x - 7, top, x + 7, x, top + 15), colour, FINE)


def cap_and_tassel(pen: Pen, x: float, y: float) -> None:
    """Draw the hat of one who has finished learning."""
    with pen.moved(x, y):
        pen.path("M-9,0V8Q0,13 9,8V0Z", "#4a4d55")
        pen.path("M0,-8L19,0L0,8L-19,0Z", "#4a4d55")
        pen.path("M0,0L15,3V11", line=FINE, ink=GOLD)
        pen.circle(15, 12, 2, GOLD, 1)


def smiley(pen: Pen, x: float, y: float, mouth: str, colour: str, size: float = 11) -> None:
    """Draw a face as people press it: `up`, `flat` or `down`."""
    with pen.moved(x, y):
        pen.circle(0, 0, size, colour)
        for side in (-1, 1):
            pen.circle(side * size * 0.36, -size * 0.2, 1.6, "#000", 0)
        bend = {"up": 0.8, "flat": 0.36, "down": -0.1}[mouth] * size
        pen.path(
            written("M{},{}Q0,{} {},{}", -size * 0.45, size * 0.36, bend, size * 0.45, size * 0.36),
            line=2,
        )


def shield(
    pen: Pen, x: float, y: float, size: float, fill: str, line: str = "#000", wide: float = 2.6
) -> None:
    """Draw a shield; size: half its width."""
    points = [
        (0, -1.1),
        (0.45, -0.8),
        (1, -0.78),
        (1.06, 0.45),
        (0, 1.15),
        (-1.06, 0.45),
        (-1, -0.78),
        (-0.45, -0.8),
    ]
    at = [(x + px * size, y + py * size) for px, py in points]
    top, right_in, right, right_low, end, left_low, left, left_in = at
    path = written(
        "M{},{}Q{},{} {},{}Q{},{} {},{}Q{},{} {},{}Q{},{} {},{}Z",
        *(*top, *right_in, *right, *right_low, *end, *left_low, *left, *left_in, *top),
    )
    pen.path(path, fill, wide, line)


def bubble(
    pen: Pen, left: float, top: float, right: float, bottom: float, tip: tuple[float, float]
) -> None:
    """Draw a speech bubble whose tip is near who speaks, below it."""
    r, start = 9, min(max(tip[0], left + 12), right - 24)
    path = written(
        "M{},{}H{}Q{},{} {},{}V{}Q{},{} {},{}H{}L{},{}L{},{}H{}Q{},{} {},{}V{}Q{},{} {},{}Z",
        *(left + r, top, right - r, right, top, right, top + r, bottom - r),
        *(right, bottom, right - r, bottom, start + 12, *tip, start, bottom, left + r),
        *(left, bottom, left, bottom - r, top + r, left, top, left + r, top),
    )
    pen.path(path, WHITE)


def thought(
    pen: Pen, x: float, y: float, rx: float, ry: float, dots: Sequence[tuple[float, float, float]]
) -> None:
    """Draw a cloud of thought, and the dots that lead to who thinks."""
    pen.path(cloud(x, y, rx, ry, 11), WHITE)
    for one in dots:
        pen.circle(*one, WHITE, 2.2)
