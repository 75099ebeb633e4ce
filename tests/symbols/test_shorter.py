"""Drawings in fewer characters look as they did."""

from __future__ import annotations

import io

import pytest
import resvg_py
from PIL import Image, ImageChops

from kiosk.symbols import fold, openmoji
from kiosk.symbols.composing.art import _INSIDE, _REMARK
from kiosk.symbols.composing.shorter import path_in_short, shorter
from kiosk.symbols.people import SHIPPED, figure
from tests.tools.cases import is_drill


def drawn(inside: str, view: str) -> Image.Image:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}">{inside}</svg>'
    png = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=144, background="#ffffff"))
    return Image.open(io.BytesIO(png)).convert("L")


def differing(one: str, other: str, view: str = "0 0 72 72") -> int:
    """Return how many of 144 x 144 dots are clearly lighter or darker."""
    between = ImageChops.difference(drawn(one, view), drawn(other, view))
    return sum(between.histogram()[64:])


def test_a_picture_in_fewer_characters_looks_the_same() -> None:
    other = []
    for name in sorted(openmoji.names())[:: 1 if is_drill() else 60]:
        symbol = openmoji.find(fold(name))
        found = symbol and _INSIDE.search(symbol.svg.decode("utf-8-sig"))
        assert found
        inside = _REMARK.sub("", found[2])
        if differing(inside, shorter(inside)) > 12:
            other.append(name)
    assert not other


@pytest.mark.parametrize("who", sorted(SHIPPED))
def test_a_person_in_fewer_characters_looks_the_same(who: str) -> None:
    person = figure(SHIPPED[who])
    view = "-40 -90 80 100"
    assert len(shorter(person.svg)) < len(person.svg)
    assert differing(person.svg, shorter(person.svg), view) <= 12


def test_what_most_elements_say_is_said_once_around_them() -> None:
    line = '<path fill="none" stroke="#000000" stroke-width="2" d="M{0},1L{0},9"/>'
    text = line.format(1) + line.format(2) + '<circle fill="none" stroke="#000000" r="3"/>'
    assert shorter(text) == (
        '<g fill="none" stroke="#000"><path stroke-width="2" d="M1 1 1 9M2 1 2 9"/>'
        '<circle r="3"/></g>'
    )


def test_lines_that_can_be_seen_through_stay_apart() -> None:
    line = '<path stroke="#000" stroke-opacity="0.5" d="M1,{0}L9,1"/>'
    assert shorter(line.format(1) + line.format(9)).count("<path") == 2


@pytest.mark.parametrize("text", ["<path", '<text>a</text><path d="M0,0"/>', "a"])
def test_what_is_no_plain_drawing_comes_back_as_it_was(text: str) -> None:
    assert shorter(text) == text


def test_a_path_keeps_the_steps_that_add_up() -> None:
    assert path_in_short("M10.04,-0.50 l0.25,0.31 L 5,6 A1,1 0 0 1 0.5,2z") == (
        "M10-.5l.25 .31L5 6A1 1 0 0 1 .5 2z"
    )


def test_a_drawing_of_one_unit_keeps_its_places() -> None:
    assert shorter('<path d="M0.0312,1e-2L0.5,0.25"/>', 1) == '<path d="M.031 .01 .5 .25"/>'
