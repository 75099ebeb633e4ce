"""A contact sheet: pictures in rows with their names below, to look at before one is chosen."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from kiosk.symbols.drawing import bitmap
from kiosk.symbols.model import Symbol

_COLUMNS, _TILE, _PICTURE, _MARGIN = 4, 280, 180, 32
_LINE = 26  # pixels from one line of words to the next
_PAPER, _INK, _QUIET, _FRAME, _AMBER = "#ffffff", "#1d1d1b", "#55534e", "#d9d5cc", "#fff1cc"


@dataclass(frozen=True, slots=True)
class Tile:
    """A picture of a sheet: its name is large, the notes below it are small."""

    symbol: Symbol
    name: str
    notes: tuple[str, ...] = ()


def draw_sheet(title: str, tiles: Sequence[Tile], *, warning: str = "") -> bytes:
    """Return a sheet as PNG, four pictures in a row, numbered from 1."""
    texts = [_lines(tile) for tile in tiles]
    tall = max((len(lines) for lines in texts), default=0)
    height = _PICTURE + 24 + tall * _LINE + 24
    heads = textwrap.wrap(title, 72)
    warns = textwrap.wrap(warning, 92)
    top = _MARGIN + len(heads) * 38 + (len(warns) * _LINE + 28 if warns else 0) + 16
    rows = -(-len(tiles) // _COLUMNS)
    size = (2 * _MARGIN + _COLUMNS * _TILE, top + rows * height + _MARGIN // 2)
    sheet = Image.new("RGB", size, _PAPER)
    pen = ImageDraw.Draw(sheet)
    down = _MARGIN
    for line in heads:
        pen.text((_MARGIN, down), line, _INK, _font(30))
        down += 38
    if warns:
        box = (_MARGIN, down + 4, size[0] - _MARGIN, down + 20 + len(warns) * _LINE)
        pen.rounded_rectangle(box, 8, _AMBER)
        for number, line in enumerate(warns):
            pen.text((_MARGIN + 14, down + 12 + number * _LINE), line, _INK, _font(20))
    for number, (tile, lines) in enumerate(zip(tiles, texts, strict=True)):
        across = _MARGIN + number % _COLUMNS * _TILE
        below = top + number // _COLUMNS * height
        _draw_tile(sheet, pen, (across, below, _TILE, height), number + 1, tile, lines)
    written = io.BytesIO()
    sheet.save(written, "PNG")
    return written.getvalue()


def _draw_tile(
    sheet: Image.Image,
    pen: ImageDraw.ImageDraw,
    place: tuple[int, int, int, int],
    number: int,
    tile: Tile,
    lines: list[tuple[str, bool]],
) -> None:
    across, below, width, height = place
    frame = (across + 6, below + 6, across + width - 6, below + height - 6)
    pen.rounded_rectangle(frame, 12, outline=_FRAME, width=2)
    pen.text((across + 20, below + 16), str(number), _QUIET, _font(20))
    picture = bitmap(tile.symbol, _PICTURE)
    left = across + (width - picture.width) // 2
    sheet.paste(picture, (left, below + 20 + (_PICTURE - picture.height) // 2), picture)
    down = below + _PICTURE + 26
    for line, is_name in lines:
        font = _font(21 if is_name else 17)
        pen.text((across + width // 2, down), line, _INK if is_name else _QUIET, font, anchor="ma")
        down += _LINE


def _lines(tile: Tile) -> list[tuple[str, bool]]:
    names = [(line, True) for line in textwrap.wrap(tile.name, 23)]
    notes = [(line, False) for note in tile.notes for line in textwrap.wrap(note, 29)]
    return names + notes


@lru_cache(maxsize=8)
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
