from __future__ import annotations

import io
from pathlib import Path

import pytest
import resvg_py
import zxingcpp
from PIL import Image, ImageFilter

from kiosk.config import load_site
from kiosk.errors import ContentError, SettingsError
from kiosk.export.code import code, lines_of
from tests.export.papers import chosen_from
from tests.tools.sites import KIOSK_TOML, tiny_site

ADDRESS = "https://example.org/send/?page=plan&lang=en"


def with_address(address: str) -> str:
    return KIOSK_TOML.replace("[site]", f'[site]\nweb_address = "{address}"')


def read(picture: Image.Image) -> list[str]:
    """Read the codes in a picture, as a phone sees it: a little turned, and not sharp."""
    seen = picture.rotate(7, expand=True, fillcolor=255).filter(ImageFilter.GaussianBlur(3))
    return [one.text for one in zxingcpp.read_barcodes(seen)]


def test_a_phone_reads_the_address_of_the_page_in_both_files(tmp_path: Path) -> None:
    site = tiny_site(tmp_path, {"kiosk.toml": with_address("https://example.org/send/")})
    svg, png = code(*chosen_from(site, "plan"))
    with Image.open(io.BytesIO(png)) as drawn:
        assert read(drawn) == [ADDRESS]
        below = drawn.crop((0, drawn.height - 2 * 32, drawn.width, drawn.height))
        assert below.getextrema() == (0, 255)  # the address in words
    assert "<title>Your plan: https://example.org/send/?page=plan&amp;lang=en</title>" in (
        svg.decode()
    )
    with Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg.decode())))) as drawn:
        assert read(drawn.convert("L")) == [ADDRESS]


def test_an_address_in_words_ends_its_lines_between_its_parts() -> None:
    address = "https://www.example.org/easy-read-pages/special-needs/?page=safe&lang=en"
    lines = lines_of(address)
    assert "".join(lines) == address
    assert lines == [
        "https://www.example.org/",
        "easy-read-pages/special-needs/",
        "?page=safe&lang=en",
    ]
    assert "".join(lines_of("https://" + "a" * 90 + ".org/")) == "https://" + "a" * 90 + ".org/"


def test_without_a_web_address_it_says_where_to_write_one(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"^kiosk\.toml:1: .*web_address = "):
        code(*chosen_from(tiny_site(tmp_path), "plan"))


@pytest.mark.parametrize("wrong", ["example.org", "https://example.org/?page=1", "ftp://a.b/"])
def test_a_web_address_that_leads_nowhere_is_refused(tmp_path: Path, wrong: str) -> None:
    site = tiny_site(tmp_path, {"kiosk.toml": with_address(wrong)})
    with pytest.raises(SettingsError, match="is not a web address"):
        load_site(site)
