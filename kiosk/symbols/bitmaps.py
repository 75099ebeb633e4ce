"""Draws a photo or a bitmap anew: of a size for a screen, upright, and with nothing else in it."""

from __future__ import annotations

import io
import struct
import zlib

from kiosk.symbols.cleaning import Hostile, Unusable
from kiosk.symbols.drawing import MAX_BYTES, MAX_RATIO

SIDES = (512, 384, 256)  # pixels: the first at which the file is small enough
MOST_PIXELS = 50_000_000
KINDS = ("PNG", "JPEG", "GIF", "WEBP")
NO_CROP = (0.0, 0.0, 0.0, 0.0)

_BAD = (OSError, ValueError, SyntaxError, EOFError, ArithmeticError, LookupError, TypeError)
_WORSE = (struct.error, zlib.error, MemoryError)


def clean_bitmap(
    data: bytes, kinds: tuple[str, ...] = KINDS, crop: tuple[float, float, float, float] = NO_CROP
) -> bytes:
    """Return the picture as a PNG of at most 512 pixels a side. Raises Hostile or Unusable.

    crop: the shares that are cut off left, top, right and bottom, from 0 to 1.
    """
    # Imported here: a site is served without it.
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data), formats=kinds) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                millions = picture.width * picture.height // 1_000_000
                raise Hostile(f"It would fill the memory: it has {millions:,} million pixels.")
            picture.draft("RGB", (2 * SIDES[0], 2 * SIDES[0]))  # a large JPEG is read small
            upright = ImageOps.exif_transpose(picture)
            fresh = upright.convert("RGBA").crop(_box(upright.size, crop))
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
