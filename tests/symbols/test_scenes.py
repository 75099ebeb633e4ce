"""The wide pictures for cards."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from kiosk.config import load_site
from kiosk.symbols import SymbolBook, is_wide
from kiosk.symbols.drawing import MAX_RATIO, check_svg
from kiosk.symbols.people import SHIPPED
from kiosk.symbols.scenes import names, scene
from tests.symbols.composed import drawn, word_book

CAST = "content/cast.yaml"


@pytest.mark.parametrize("name", names())
def test_a_scene_is_a_safe_wide_picture_that_says_what_it_shows(name: str) -> None:
    shown = scene(name)
    assert shown is not None
    check_svg(shown.svg, Path("scene.svg"))
    assert b'viewBox="0 0 500 330"' in shown.svg
    assert MAX_RATIO > 500 / 330
    assert not re.search(rb"\bid=|<style|<text", shown.svg)
    assert len(shown.svg) < 25_000
    assert len(shown.words.split()) <= 10
    assert not set(re.findall(r"\w+", shown.words.casefold())) & {"zara", "leo", "amir", "mia"}


def test_a_scene_shows_the_people_of_the_site() -> None:
    first = scene("scene heard")
    others = {**SHIPPED, "zara": replace(SHIPPED["zara"], skin=1, hair="bob")}
    second = scene("scene heard", others)
    assert first is not None
    assert second is not None
    assert first.svg != second.svg
    assert first == scene("scene heard")


def test_what_is_no_scene_is_left_to_others() -> None:
    assert scene("scene dull") is None
    assert scene("safe") is None


def test_a_page_names_a_scene_and_a_change_of_the_cast_changes_it(tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").write_text('[site]\ntitle = "A place"\n', "utf-8")
    (tmp_path / "content").mkdir()
    book = SymbolBook(load_site(tmp_path))
    before = book.find("Scene my-best").svg
    assert before == book.find("scene my best").svg
    (tmp_path / CAST).write_text("amir: {skin: 5, hair: locs}\n", "utf-8")
    assert book.refresh()
    assert book.cast["amir"].skin == 5
    assert book.find("scene my best").svg != before
    (tmp_path / CAST).write_text("amir: {skin: 9}\n", "utf-8")
    assert book.refresh()
    assert [(one.path, one.line) for one in book.problems] == [(Path(CAST), 1)]
    assert book.cast["amir"].skin == 5


def test_who_speaks_in_a_scene_stands_where_reading_begins(tmp_path: Path) -> None:
    pictures = word_book(tmp_path, "heard: {symbol: scene heard, words: A girl speaks}\n")
    here, there = pictures.find("heard"), pictures.in_language("ur").find("heard")
    assert here.svg != there.svg
    first, mirrored = drawn(here, 250), drawn(there, 250)
    assert first.size == mirrored.size
    turned = first.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    apart = ImageChops.difference(turned.convert("RGB"), mirrored.convert("RGB"))
    assert max(ImageStat.Stat(apart).mean) < 3
    assert pictures.in_language("pl").find("heard").svg == here.svg
    safe = pictures.in_language("ur").find("scene safe")
    assert safe.svg == pictures.find("scene safe").svg


def test_an_unknown_scene_is_told_with_those_that_are_near(tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").write_text('[site]\ntitle = "A place"\n', "utf-8")
    book = SymbolBook(load_site(tmp_path))
    with pytest.raises(LookupError) as found:
        book.find("scene save")
    assert "scene safe" in getattr(found.value, "suggestions", ())


def test_a_picture_is_wide_when_it_is_clearly_wider_than_high(tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").write_text('[site]\ntitle = "A place"\n', "utf-8")
    book = SymbolBook(load_site(tmp_path))
    assert is_wide(book.find("scene safe"))
    heart = book.find("red heart")
    assert not is_wide(heart)
    for size, wide in (((500, 330), True), ((300, 300), False), ((330, 500), False)):
        drawn = io.BytesIO()
        Image.new("RGBA", size).save(drawn, "PNG")
        photo = replace(heart, file=drawn.getvalue(), media_type="image/png")
        assert is_wide(photo) is wide
