from __future__ import annotations

import io
from pathlib import Path

import pytest
import segno
from PIL import Image

from kiosk.config import load_site
from kiosk.errors import ContentError, SettingsError
from kiosk.export.code import code
from tests.export.papers import chosen_from
from tests.tools.sites import KIOSK_TOML, tiny_site

ADDRESS = "https://example.org/send/?page=plan&lang=en"


def with_address(address: str) -> str:
    return KIOSK_TOML.replace("[site]", f'[site]\nweb_address = "{address}"')


def test_a_code_is_the_address_of_its_page_with_the_address_in_words(tmp_path: Path) -> None:
    site = tiny_site(tmp_path, {"kiosk.toml": with_address("https://example.org/send/")})
    svg, png = code(*chosen_from(site, "plan"))
    assert f">{ADDRESS[:38]}".replace("&", "&amp;") in svg.decode()
    with Image.open(io.BytesIO(png)) as drawn:
        wide = int(segno.make_qr(ADDRESS, error="m").symbol_size(scale=12, border=4)[0])
        assert drawn.width == wide
        below = drawn.crop((0, wide - 40, wide, drawn.height))
        assert below.getextrema() == (0, 255)  # words
        squares = [
            [drawn.getpixel((x * 12 + 6, y * 12 + 6)) == 0 for x in range(wide // 12)]
            for y in range(wide // 12 - 4)
        ]
    expected = segno.make_qr(ADDRESS, error="m").matrix_iter(border=4)
    assert squares == [[bool(dot) for dot in row] for row in expected][:-4]


def test_without_a_web_address_it_says_where_to_write_one(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"^kiosk\.toml:1: .*web_address = "):
        code(*chosen_from(tiny_site(tmp_path), "plan"))


@pytest.mark.parametrize("wrong", ["example.org", "https://example.org/?page=1", "ftp://a.b/"])
def test_a_web_address_that_leads_nowhere_is_refused(tmp_path: Path, wrong: str) -> None:
    site = tiny_site(tmp_path, {"kiosk.toml": with_address(wrong)})
    with pytest.raises(SettingsError, match="is not a web address"):
        load_site(site)
