"""Draws a photo or a bitmap anew: of a size for a screen, upright, and with nothing else in it."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass

from kiosk.symbols.cleaning import Hostile, Unusable
from kiosk.symbols.drawing import MAX_BYTES, MAX_RATIO

SIDES = (512, 384, 256)  # pixels: the first at which the file is small enough
MOST_PIXELS = 50_000_000
KINDS = ("PNG", "JPEG", "GIF", "WEBP")
_TURNS = {0: 1, 90: 6, 180: 3, 270: 8}  # degrees clockwise -> the same as EXIF says it
_ORIENTATION = 0x0112

_BAD = (OSError, ValueError, SyntaxError, EOFError, ArithmeticError, LookupError, TypeError)
_WORSE = (struct.error, zlib.error, MemoryError)


@dataclass(frozen=True, slots=True)
class View:
    """What is seen of a picture.

    crop: the shares that are cut off left, top, right and bottom, from 0 to 1, before it is turned.
    turn: 0, 90, 180 or 270 degrees clockwise; None: as the camera has noted in the file.
    """

    crop: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    turn: int | None = None


def clean_bitmap(data: bytes, kinds: tuple[str, ...] = KINDS, view: View | None = None) -> bytes:
    """Return the picture as a PNG of at most 512 pixels a side. Raises Hostile or Unusable."""
    view = view or View()
    # Imported here: a site is served without it.
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data), formats=kinds) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                millions = picture.width * picture.height // 1_000_000
                raise Hostile(f"It would fill the memory: it has {millions:,} million pixels.")
            picture.draft("RGB", (2 * SIDES[0], 2 * SIDES[0]))  # a large JPEG is read small
            noted = picture.getexif().get(_ORIENTATION, 1)
            seen = picture.convert("RGBA").crop(_box(picture.size, view.crop))
            seen.getexif()[_ORIENTATION] = noted if view.turn is None else _TURNS[view.turn]
            fresh = ImageOps.exif_transpose(seen)
    except Image.DecompressionBombError:
        raise Hostile("It would fill the memory: it has too many pixels.") from None
    except (*_BAD, *_WORSE):
        raise Unusable("It is not a picture that I can read (PNG, JPEG, GIF, WebP).") from None
    if max(fresh.size) > MAX_RATIO * min(fresh.size):
        fresh.thumbnail((SIDES[0], SIDES[0]), Image.Resampling.LANCZOS)
        square = Image.new("RGBA", (max(fresh.size), max(fresh.size)))
        place = ((square.width - fresh.width) // 2, (square.height - fresh.height) // 2)
        square.paste(fresh, place)
        fresh = square
    fresh.info.clear()
    for side in SIDES:
        fresh.thumbnail((side, side), Image.Resampling.LANCZOS)
        written = io.BytesIO()
        fresh.save(written, "PNG", optimize=True)
        if written.tell() <= MAX_BYTES:
            break
    return written.getvalue()


def _box(
    size: tuple[int, int], crop: tuple[float, float, float, float]
) -> tuple[int, int, int, int]:
    (width, height), (left, top, right, bottom) = size, crop
    return (
        round(width * left),
        round(height * top),
        max(round(width * (1 - right)), round(width * left) + 1),
        max(round(height * (1 - bottom)), round(height * top) + 1),
    )
