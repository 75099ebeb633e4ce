"""Whether a picture is wide: a scene has room to its edges that a square picture needs."""

from __future__ import annotations

import re
import struct

from kiosk.symbols.model import Symbol

_WIDE = 1.25  # times as wide as high
_VIEW = re.compile(rb"viewBox\s*=\s*[\"']\s*[-\d.e]+[\s,]+[-\d.e]+[\s,]+([\d.]+)[\s,]+([\d.]+)")


def size_of(symbol: Symbol) -> tuple[float, float]:
    """Return how wide and how high a picture says that it is, in its own units."""
    if symbol.media_type == "image/png":
        width, height = map(float, struct.unpack(">II", symbol.svg[16:24]))
    else:
        found = _VIEW.search(symbol.svg)
        width, height = map(float, found.groups()) if found else (1.0, 1.0)
    return width, height


def is_wide(symbol: Symbol) -> bool:
    """Return whether a picture is clearly wider than high."""
    width, height = size_of(symbol)
    return width > _WIDE * height
