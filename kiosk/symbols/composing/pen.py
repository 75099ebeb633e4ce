"""Shapes with the black line that the people have too."""

from __future__ import annotations

from kiosk.symbols.composing.lettering import short

INK = "#000"
LINE = 2.6


def path(d: str, fill: str = "none", line: str = INK, width: float = LINE) -> str:
    """Draw a path with round ends."""
    return (
        f'<path fill="{fill}" stroke="{line}" stroke-width="{short(width)}"'
        f' stroke-linecap="round" stroke-linejoin="round" d="{d}"/>'
    )


def shape(d: str, fill: str) -> str:
    """Draw a path without a line."""
    return f'<path fill="{fill}" d="{d}"/>'


def circle(x: float, y: float, r: float, fill: str, width: float = LINE, line: str = INK) -> str:
    """Draw a circle; a width of 0 is no line."""
    around = f' stroke="{line}" stroke-width="{short(width)}"' if width else ""
    return f'<circle cx="{short(x)}" cy="{short(y)}" r="{short(r)}" fill="{fill}"{around}/>'
