"""A piece of a picture that is not a picture yet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """Where something is drawn: left, top, right, bottom, in units of the picture, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Fragment:
    """SVG elements, without the `<svg>` around them, and the box of all ink in them.

    svg: has no ids, no `<style>`, no text; two decimals at most; the same input gives the same
    bytes.
    """

    svg: str
    box: Box
