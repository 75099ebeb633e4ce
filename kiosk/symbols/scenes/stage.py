"""A wide picture with tinted ground, on which the people of the cast stand."""

from __future__ import annotations

from typing import Final

from kiosk.symbols.people import Cast, figure
from kiosk.symbols.people.pen import Pen

WIDE, HIGH = 250.0, 165.0
FLOOR: Final = 155.0  # where people stand
_TWICE, _ROUND = 2, 10


class Stage:
    """Draws one scene, in units of a person."""

    def __init__(self, cast: Cast, sky: str, ground: str) -> None:
        self.pen = Pen()
        self._cast = cast
        r = _ROUND
        self.pen.path(f"M0,{r}Q0,0 {r},0H{WIDE - r:g}Q{WIDE:g},0 {WIDE:g},{r}V143H0Z", sky, 0)
        self.pen.path(
            f"M0,142H{WIDE:g}V{HIGH - r:g}Q{WIDE:g},{HIGH:g} {WIDE - r:g},{HIGH:g}"
            f"H{r}Q0,{HIGH:g} 0,{HIGH - r:g}Z",
            ground,
            0,
        )

    def put(
        self,
        name: str,
        x: float,
        mood: str = "happy",
        left: str = "down",
        right: str = "down",
        *,
        floor: float = FLOOR,
        mirrored: bool = False,
        cane: bool | None = None,
    ) -> None:
        """Let one of the cast stand here, or sit in a wheelchair; mirrored: looking to the left."""
        drawn = figure(self._cast[name], mood, left, right, whole=True, cane=cane)
        self.pen.add(drawn, x, floor, mirrored=mirrored)

    def half(self, name: str, x: float, y: float, mood: str = "happy") -> None:
        """Show the upper half of one of the cast, which ends at y."""
        self.pen.add(figure(self._cast[name], mood), x, y)

    def svg(self) -> bytes:
        """Return the picture."""
        view = f"0 0 {WIDE * _TWICE:g} {HIGH * _TWICE:g}"
        inside = f'<g transform="scale({_TWICE})">{self.pen.fragment().svg}</g>'
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}">{inside}</svg>'.encode()


def turned(svg: bytes) -> bytes:
    """Return a scene with its right side on the left. Nothing is written in a scene."""
    before = f"scale({_TWICE})".encode()
    other = f"matrix(-{_TWICE} 0 0 {_TWICE} {WIDE * _TWICE:g} 0)".encode()
    return svg.replace(before, other, 1)
