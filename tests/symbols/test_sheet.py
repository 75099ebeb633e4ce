"""The contact sheet."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from kiosk.symbols.drawing import bitmap
from kiosk.symbols.sheet import Tile, draw_sheet
from tests.symbols.test_symbols import book, png


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_a_sheet_has_a_row_for_four_pictures(tmp_path: Path) -> None:
    heart = book(tmp_path).find("heart")
    tile = Tile(heart, ":heart:", ("Red heart",))
    one, two = (opened(draw_sheet("Love", [tile] * count)) for count in (4, 5))
    assert one.width == two.width
    assert two.height - one.height > 200
    red = bitmap(heart, 180).getpixel((90, 90))
    assert isinstance(red, tuple)
    assert red[:3] in {pixel for _, pixel in one.getcolors(1_000_000) or []}


def test_a_warning_and_long_names_make_it_taller(tmp_path: Path) -> None:
    heart = book(tmp_path).find("heart")
    plain = opened(draw_sheet("Love", [Tile(heart, ":heart:")]))
    warned = opened(draw_sheet("Love", [Tile(heart, ":heart:")], warning="Mind this."))
    long = opened(draw_sheet("Love", [Tile(heart, ":" + "long name " * 9 + ":")]))
    assert plain.height < warned.height < long.height


def test_an_empty_sheet_can_be_drawn() -> None:
    assert opened(draw_sheet("Nothing", [])).width > 1000


@pytest.mark.parametrize("name", ["heart", "help others", "town hall"])
def test_a_picture_is_drawn_into_a_square(tmp_path: Path, name: str) -> None:
    symbols = book(
        tmp_path,
        {
            "assets/pictures/town-hall.png": png(400, 300),
            "assets/pictures/pictures.yaml": "town-hall: {words: a, creator: b, licence: c}\n",
        },
    )
    picture = bitmap(symbols.find(name), 90)
    assert max(picture.size) == 90
    assert picture.mode == "RGBA"
