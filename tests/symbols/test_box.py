"""The box that stands in for a missing picture."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from kiosk.symbols import WithBoxes, credits  # noqa: A004
from kiosk.symbols.box import MOST_LETTERS, words_in_a_box
from kiosk.symbols.drawing import bitmap, check_svg
from tests.symbols.test_symbols import book

SHOWN = Path("box.svg")


def words_of(svg: bytes) -> list[str]:
    return ["".join(one.itertext()) for one in ElementTree.fromstring(svg) if one.tag[-1] == "g"]  # noqa: S314


def test_a_box_shows_the_whole_name_and_can_be_drawn() -> None:
    box = words_in_a_box("education, health & care plan")
    assert words_of(box.svg) == ["education,health &care plan"]
    assert box.words == "education, health & care plan"
    dark, light = bitmap(box, 72).convert("L").getextrema()
    assert (dark, light) == (0, 255)


def test_a_very_long_name_is_cut() -> None:
    box = words_in_a_box("word " * 50)
    assert len(box.words) <= MOST_LETTERS
    assert box.words.endswith("\u2026")


@given(name=st.text(max_size=200))
def test_a_box_is_a_safe_picture_of_any_name(name: str) -> None:
    check_svg(words_in_a_box(name).svg, SHOWN)


def test_a_finder_with_boxes_always_finds_and_a_box_thanks_nobody(tmp_path: Path) -> None:
    finder = WithBoxes(book(tmp_path))
    assert finder.find("heart").name == "red heart"
    box = finder.find("hart")
    assert words_of(box.svg) == ["hart"]
    assert credits([box], "print") == []
