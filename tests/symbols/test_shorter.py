"""Drawings in fewer characters look as they did."""

from __future__ import annotations

import io
import re

import pytest
import resvg_py
from hypothesis import given
from hypothesis import strategies as st
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
        '<g fill="none" stroke="#000"><path stroke-width="2" d="M1 1v8M2 1v8"/><circle r="3"/></g>'
    )


def test_lines_that_can_be_seen_through_stay_apart() -> None:
    line = '<path stroke="#000" stroke-opacity="0.5" d="M1,{0}L9,1"/>'
    assert shorter(line.format(1) + line.format(9)).count("<path") == 2


@pytest.mark.parametrize("text", ["<path", '<text>a</text><path d="M0,0"/>', "a"])
def test_what_is_no_plain_drawing_comes_back_as_it_was(text: str) -> None:
    assert shorter(text) == text


def test_a_path_keeps_the_steps_that_add_up() -> None:
    assert path_in_short("M10.04,-0.50 l0.25,0.31 L 5,6 A1,1 0 0 1 0.5,2z") == (
        "M10-.5l.25.31L5 6A1 1 0 0 1 .5 2z"
    )


def test_a_step_stands_where_it_is_shorter_than_its_place() -> None:
    assert path_in_short("M20,20 L21,20 C20.5,21 30,31 -1,2 Q3,4 25,25 Z M24,24 H5 V6") == (
        "M20 20h1c-.5 1 9 11-22-18Q3 4 25 25Zm4 4H5V6"
    )


NUMBERS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2}
FINE = st.integers(-9999, 9999).map(lambda one: one / 100)


@st.composite
def paths(draw: st.DrawFn) -> str:
    """Make a path of places."""
    parts = ["M {} {}".format(*(draw(FINE) for _ in range(2)))]
    for command in draw(st.lists(st.sampled_from([*NUMBERS, "Z"]), max_size=12)):
        several = NUMBERS.get(command, 0) * draw(st.integers(1, 3))
        parts.append(" ".join([command, *(str(draw(FINE)) for _ in range(several))]))
    return " ".join(parts)


def reached(path: str) -> list[tuple[str, ...]]:
    """Return the places that a path names, one after the other, however it says them."""
    found: list[tuple[str, ...]] = []
    here = start = [0.0, 0.0]
    for command, rest in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        values = [float(one) for one in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", rest)]
        if command == "Z":
            found.append(("Z",))
            here = start
            continue
        size, kind = NUMBERS[command.upper()], command.upper()
        for at in range(0, len(values), size):
            some = values[at : at + size]
            if kind in "HV":
                some = (
                    [some[0], 0 if command == "h" else here[1]]
                    if kind == "H"
                    else ([0 if command == "v" else here[0], some[0]])
                )
            if command.islower():
                some = [one + here[n % 2] for n, one in enumerate(some)]
            here = some[-2:]
            start = here if command in "Mm" and at == 0 else start
            shown = "L" if kind in "HV" or (kind == "M" and at) else kind
            found.append((shown, *(f"{one + 0:.1f}".replace("-0.0", "0.0") for one in some)))
    return found


@given(paths())
def test_a_path_in_short_reaches_the_same_places(path: str) -> None:
    assert reached(path_in_short(path)) == reached(path)


def test_a_drawing_of_one_unit_keeps_its_places() -> None:
    assert shorter('<path d="M0.0312,1e-2L0.5,0.25"/>', 1) == '<path d="M.031.01 .5.25"/>'
