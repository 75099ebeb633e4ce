"""Writes the elements of a drawing, and knows where their ink is."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache

from kiosk.symbols.fragment import Box, Fragment

INK = "#000"
LINE = 2.6

Point = tuple[float, float]
_TOKEN = re.compile(r"[A-Z]|-?\d*\.?\d+")


def number(value: float) -> str:
    """Write a number with one decimal at most: `-0.5`, `3`. A finer one could not be seen."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def written(path: str, *values: float) -> str:
    """Fill in the `{}` of a path."""
    return path.format(*map(number, values))


def line_through(points: Sequence[Point], bend: float = 0) -> str:
    """Return a path through these points; bend: how much of each corner is rounded, in units."""
    first, *rest = points
    path = [written("M{},{}", *first)]
    for before, here, after in zip(points, rest, rest[1:], strict=False):
        start, end = _towards(here, before, bend), _towards(here, after, bend)
        path.append(written("L{},{}Q{},{} {},{}", *start, *here, *end))
    path.append(written("L{},{}", *rest[-1]))
    return "".join(path)


def _towards(here: Point, there: Point, far: float) -> Point:
    long = math.dist(here, there)
    share = min(far, long / 2) / long if long else 0
    return here[0] + (there[0] - here[0]) * share, here[1] + (there[1] - here[1]) * share


class Pen:
    """Draws into one fragment; later parts lie over earlier ones."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._spans: list[Box] = []
        self._at: Point = (0, 0)

    @contextmanager
    def moved(self, x: float, y: float) -> Iterator[None]:
        """Draw what is inside the `with` from another place."""
        before = self._at
        self._at = before[0] + x, before[1] + y
        self._parts.append(f'<g transform="translate({number(x)},{number(y)})">')
        try:
            yield
        finally:
            self._parts.append("</g>")
            self._at = before

    def path(
        self, path: str, fill: str = "", line: float = LINE, ink: str = INK, cap: str = ""
    ) -> None:
        """Draw a path of the commands M, L, H, V, Q, C and Z. line: its width, 0 for none."""
        ends = f' stroke-linecap="{cap}"' if cap else ""
        self._parts.append(f'<path{_look(fill, line, ink)}{ends} d="{path}"/>')
        # A line with blunt ends is one that is cut off below: it ends where its path ends.
        self._mark(_span(path), line / 2, 0 if cap == "butt" else line / 2)

    def circle(
        self, x: float, y: float, radius: float, fill: str = "", line: float = LINE, ink: str = INK
    ) -> None:
        """Draw a circle."""
        place = f'cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"'
        self._parts.append(f"<circle{_look(fill, line, ink)} {place}/>")
        self._mark((x - radius, y - radius, x + radius, y + radius), line / 2)

    def dots(self, places: Sequence[Point], radius: float, ink: str, wide: float = 0) -> None:
        """Draw spots without an edge, each around its place; wide: how much longer one lies."""
        half = wide / 2
        far = max(wide, 0.1)  # a line of no length has no ends that all readers draw
        path = "".join(written("M{},{}H{}", x - half, y, x - half + far) for x, y in places)
        self.path(path, line=2 * radius, ink=ink)

    def oval(
        self, x: float, y: float, rx: float, ry: float, fill: str = "", line: float = LINE
    ) -> None:
        """Draw an ellipse."""
        place = f'cx="{number(x)}" cy="{number(y)}" rx="{number(rx)}" ry="{number(ry)}"'
        self._parts.append(f"<ellipse{_look(fill, line, INK)} {place}/>")
        self._mark((x - rx, y - ry, x + rx, y + ry), line / 2)

    def add(self, fragment: Fragment, x: float, y: float, *, mirrored: bool = False) -> None:
        """Draw what is drawn already, with its 0,0 here; or its mirror image."""
        turned = " scale(-1,1)" if mirrored else ""
        place = f"translate({number(x)},{number(y)}){turned}"
        self._parts.append(f'<g transform="{place}">{fragment.svg}</g>')
        left, right = fragment.box.left, fragment.box.right
        if mirrored:
            left, right = -right, -left
        self._mark((x + left, y + fragment.box.top, x + right, y + fragment.box.bottom), 0)

    def limb(self, points: Sequence[Point], fill: str, wide: float, bend: float = 5) -> None:
        """Draw a tube with an edge: an arm, a leg, a strand of hair."""
        path = line_through(points, bend)
        self.path(path, line=wide)
        self.path(path, line=wide - 2 * LINE, ink=fill)

    def fragment(self) -> Fragment:
        """Return what was drawn."""
        boxes = self._spans
        box = Box(
            round(min(one.left for one in boxes), 2),
            round(min(one.top for one in boxes), 2),
            round(max(one.right for one in boxes), 2),
            round(max(one.bottom for one in boxes), 2),
        )
        look = f'fill="none" stroke="{INK}" stroke-width="{LINE}"'
        ends = 'stroke-linecap="round" stroke-linejoin="round"'
        return Fragment(f"<g {look} {ends}>{''.join(self._parts)}</g>", box)

    def _mark(
        self, span: tuple[float, float, float, float], beside: float, above: float | None = None
    ) -> None:
        (x, y), (left, top, right, bottom) = self._at, span
        above = beside if above is None else above
        self._spans.append(
            Box(x + left - beside, y + top - above, x + right + beside, y + bottom + above)
        )


def _look(fill: str, line: float, ink: str) -> str:
    """Return the attributes that differ from those of the group around all."""
    said = f' fill="{fill}"' if fill else ""
    if not line:
        return f'{said} stroke="none"'
    said += f' stroke="{ink}"' if ink != INK else ""
    return said + (f' stroke-width="{number(line)}"' if line != LINE else "")


@lru_cache(maxsize=4096)
def _span(path: str) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a path without its line."""
    xs: list[float] = []
    ys: list[float] = []
    tokens = iter(_TOKEN.findall(path))
    command, x, y = "", 0.0, 0.0

    def take(count: int, first: float | None) -> list[float]:
        given = [] if first is None else [first]
        return given + [float(next(tokens)) for _ in range(count - len(given))]

    for token in tokens:
        value = None
        if token.isalpha():
            command = token
            if command == "Z":
                continue
        else:
            value = float(token)
        if command == "H":
            (x,) = take(1, value)
        elif command == "V":
            (y,) = take(1, value)
        else:
            points = take({"M": 2, "L": 2, "Q": 4, "C": 6}[command], value)
            xs += _turns([x, *points[::2]])
            ys += _turns([y, *points[1::2]])
            x, y = points[-2:]
        xs.append(x)
        ys.append(y)
    return min(xs), min(ys), max(xs), max(ys)


def _turns(along: Sequence[float]) -> list[float]:
    """Return where a curve with these ends and handles turns round, along one axis."""
    if len(along) == 3:  # a curve with one handle is one with two
        start, handle, end = along
        along = (start, (start + 2 * handle) / 3, (end + 2 * handle) / 3, end)
    if len(along) != 4:
        return []
    a, b, c, d = along
    square, linear, fixed = d - 3 * c + 3 * b - a, 2 * (c - 2 * b + a), b - a
    if abs(square) < 1e-9:
        places = [-fixed / linear] if abs(linear) > 1e-9 else []
    else:
        under = linear * linear - 4 * square * fixed
        root = math.sqrt(under) if under >= 0 else None
        places = [] if root is None else [(-linear + s * root) / (2 * square) for s in (1, -1)]
    return [
        a * (1 - t) ** 3 + 3 * b * t * (1 - t) ** 2 + 3 * c * t * t * (1 - t) + d * t**3
        for t in places
        if 0 < t < 1
    ]
