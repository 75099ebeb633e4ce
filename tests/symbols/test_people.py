"""The people in the pictures."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
import resvg_py
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk.config import load_site
from kiosk.located import Read
from kiosk.symbols.drawing import check_svg
from kiosk.symbols.fragment import Box, Fragment
from kiosk.symbols.people import ARMS, MOODS, SHIPPED, WHO, Cast, Person, figure, read_cast
from kiosk.symbols.people.person import (
    COLOURS,
    Age,
    Beard,
    Covering,
    Glasses,
    Hair,
    Wears,
    Who,
)

FILE = "content/cast.yaml"
HIGH = {"child": 80, "teenager": 94, "adult": 106}
POINTS = 4  # pixels a unit


def picture(drawn: Fragment, box: Box = Box(-70, -130, 70, 10)) -> str:  # noqa: B008
    view = f"{box.left} {box.top} {box.width} {box.height}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}">{drawn.svg}</svg>'


def ink(drawn: Fragment) -> Box:
    around = Box(-70, -130, 70, 10)
    svg = picture(drawn, around)
    data = resvg_py.svg_to_bytes(svg_string=svg, width=int(around.width * POINTS))
    found = Image.open(io.BytesIO(data)).convert("RGBA").getchannel("A").getbbox()
    assert found is not None
    left, top, right, bottom = (one / POINTS for one in found)
    return Box(left - 70, top - 130, right - 70, bottom - 130)


def read(folder: Path, text: str, old: Cast = SHIPPED) -> Read[Cast]:
    (folder / "content").mkdir(exist_ok=True)
    (folder / "kiosk.toml").write_text('[site]\ntitle = "A place"\n', "utf-8")
    (folder / FILE).write_text(text, "utf-8")
    site = load_site(folder)
    return read_cast(site, [site.content / "cast.yaml"], old)


def wrong(folder: Path, text: str) -> list[str]:
    return [str(one) for one in read(folder, text).problems]


def safe(drawn: Fragment) -> None:
    check_svg(picture(drawn).encode(), Path("person.svg"))
    assert not re.search(r"\bid=|<style|<text|url\(|\d\.\d{3}", drawn.svg)


SAMPLE = [
    ("zara", "glad", "up", "down", True),
    ("mia", "talk", "down", "give", True),
    ("mia", "calm", "down", "heart", False),
    ("tom", "happy", "down", "down", True),
    ("mum", "worried", "ear", "chin", False),
    ("baby", "cry", "up", "down", False),
]


@pytest.mark.parametrize(("name", "mood", "left", "right", "whole"), SAMPLE)
def test_a_person_is_a_safe_drawing_whose_box_holds_all_its_ink(
    name: str, mood: str, left: str, right: str, whole: bool
) -> None:
    drawn = figure(SHIPPED[name], mood, left, right, whole=whole)
    safe(drawn)
    there, box = ink(drawn), drawn.box
    pairs = [(there.left, box.left), (there.top, box.top), (box.right, there.right)]
    for inner, outer in [*pairs, (box.bottom, there.bottom)]:
        assert -0.3 <= inner - outer <= 1.5


@pytest.mark.drill
@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_every_person_can_be_drawn_in_every_mood_with_every_arm(name: str) -> None:
    for mood in sorted(MOODS):
        for pose in sorted(ARMS):
            for whole in (False, True):
                safe(figure(SHIPPED[name], mood, pose, "down", whole=whole))
                safe(figure(SHIPPED[name], mood, "down", pose, whole=whole, wheelchair=True))


def test_the_older_somebody_is_the_taller_they_stand_and_all_stand_on_the_floor() -> None:
    for age, high in HIGH.items():
        person = Person("person", age, hair="short")  # type: ignore[arg-type]
        box = figure(person, whole=True).box
        assert box.top == pytest.approx(-high, abs=1)
        assert box.bottom == pytest.approx(0, abs=0.1)


def test_everybody_who_is_drawn_by_half_ends_at_the_waist() -> None:
    for name, person in SHIPPED.items():
        assert figure(person).box.bottom == pytest.approx(0, abs=0.5), name
        for pose in ARMS:
            assert figure(person, "happy", pose, pose).box.bottom < 0.5, (name, pose)


def test_the_same_person_is_drawn_with_the_same_bytes() -> None:
    first = figure(SHIPPED["zara"], "sad", "ear")
    figure.cache_clear()
    assert figure(replace(SHIPPED["zara"]), "sad", "ear") == first


def test_each_mood_and_each_arm_looks_like_no_other() -> None:
    moods = {figure(SHIPPED["leo"], mood).svg for mood in MOODS}
    poses = {figure(SHIPPED["leo"], right=pose).svg for pose in ARMS}
    assert (len(moods), len(poses)) == (len(MOODS), len(ARMS))


def test_a_wheelchair_and_a_cane_can_be_given_and_left_out() -> None:
    leo, mia, tom = SHIPPED["leo"], SHIPPED["mia"], SHIPPED["tom"]
    assert figure(leo, whole=True, wheelchair=True) != figure(leo, whole=True)
    assert figure(mia, wheelchair=False) != figure(mia)
    assert figure(leo, whole=True, cane=True) != figure(leo, whole=True)
    assert figure(tom, whole=True, cane=False) != figure(tom, whole=True)


def test_another_word_than_a_mood_or_an_arm_is_refused() -> None:
    with pytest.raises(KeyError):
        figure(SHIPPED["leo"], "merry")
    with pytest.raises(KeyError):
        figure(SHIPPED["leo"], "happy", "sit")


def test_staff_alone_wear_dark_blue_and_a_badge() -> None:
    staff = {name for name, one in SHIPPED.items() if one.badge}
    assert staff == {"priya", "carl", "staff"}
    assert {name for name, one in SHIPPED.items() if one.top == COLOURS["dark blue"]} == staff
    for name in staff:
        assert "#ffd92e" in figure(SHIPPED[name]).svg


def test_the_one_who_is_never_one_of_us_has_no_skin_colour_of_the_cast() -> None:
    assert SHIPPED["other"].skin == 0
    assert all(one.skin for name, one in SHIPPED.items() if name != "other")


def test_what_is_said_for_a_person_is_never_a_name() -> None:
    assert {one.who for one in SHIPPED.values()} <= WHO
    named = {"zara", "leo", "amir", "mia", "tom", "priya", "carl"}
    assert not named & {word for who in WHO for word in who.split()}


def test_a_site_without_own_people_has_those_of_every_site(tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").write_text('[site]\ntitle = "A place"\n', "utf-8")
    assert read_cast(load_site(tmp_path), [], {}) == Read(SHIPPED)


def test_a_site_changes_one_and_adds_one(tmp_path: Path) -> None:
    text = (
        "zara: {skin: 2, hair: bob, hair_colour: ginger}\n"
        "Joe: {who: grandfather, skin: 5, covering: turban, top: '#AA00bb', cane: yes}\n"
    )
    cast, problems = read(tmp_path, text)
    assert not problems
    expected = replace(SHIPPED["zara"], skin=2, hair="bob", hair_colour=COLOURS["ginger"])
    assert cast["zara"] == expected
    assert figure(cast["zara"]) != figure(SHIPPED["zara"])
    joe = cast["joe"]
    assert (joe.age, joe.covering, joe.top, joe.cane) == ("older", "turban", "#aa00bb", True)
    assert cast["leo"] == SHIPPED["leo"]


def test_the_member_of_staff_looks_as_the_site_has_them(tmp_path: Path) -> None:
    cast, _ = read(tmp_path, "priya: {hair: bob}\n")
    assert cast["staff"] == cast["priya"]
    cast, _ = read(tmp_path, "staff: {skin: 1}\ndad: {who: member of staff}\n")
    assert (cast["staff"].skin, cast["priya"].skin) == (1, 3)
    assert cast["dad"].top == COLOURS["dark blue"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("zara:\n  hair: curley\n", 2, 'Did you mean "curly"?'),
        ("zara:\n  skin: 6\n", 2, '"skin" must be 5 or less, not "6".'),
        ("zara:\n  top: yelow\n", 2, 'Did you mean "yellow"?'),
        ("zara:\n  hare: bun\n", 2, 'Did you mean "hair"?'),
        ("leo: {skin: 2}\njoe: {skin: 2}\n", 2, '"who" is missing'),
        ("sad: {who: man}\n", 1, '"sad" says how somebody stands or feels'),
        ("uncle joe: {who: man}\n", 1, "Write one word"),
        ("priya:\n  skin: 2\n  top: red\n", 3, "Staff always wear dark blue"),
        ("other:\n  skin: 4\n", 2, "grey"),
        ("- zara\n", 1, 'must be lines of "key: value"'),
        ("zara: {skin: 2\n", 1, ""),
    ],
)
def test_what_is_wrong_is_said_at_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    (problem,) = read(tmp_path, text).problems
    assert (problem.path, problem.line) == (Path(FILE), line) or not said
    assert said in str(problem)


def test_a_broken_entry_keeps_its_old_version_and_takes_no_other_with_it(tmp_path: Path) -> None:
    old, _ = read(tmp_path, "zara: {skin: 1}\njoe: {who: man}\n")
    cast, problems = read(tmp_path, "zara: {skin: 9}\njoe: {}\nleo: {skin: 5}\n", old)
    assert len(problems) == 2
    assert (cast["zara"], cast["joe"]) == (old["zara"], old["joe"])
    assert cast["leo"].skin == 5
    assert read(tmp_path, "zara: [", old).value == old


KEYS = ["age", "beard", "cane", "glasses", "hair", "skin", "top", "wears", "who", "wheelchair"]
VALUES = st.one_of(
    st.sampled_from([*get_args(Hair), *get_args(Wears), *COLOURS, *WHO, "1", "5", "yes", "no"]),
    st.text(max_size=8),
    st.integers(-1, 7).map(str),
)


ENTRIES = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=4)
NAMES = st.sampled_from([*SHIPPED, "joe", "sad"])


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(NAMES, ENTRIES, max_size=3))
def test_whatever_a_site_writes_everybody_can_be_drawn(
    tmp_path_factory: pytest.TempPathFactory, people: dict[str, dict[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("site")
    cast, problems = read(folder, yaml.safe_dump(people))
    assert all(one.line >= 1 for one in problems)
    assert set(SHIPPED) <= set(cast)
    for name in [*people, "staff"]:
        if name in cast:
            safe(figure(cast[name], whole=True))


def test_what_staff_read_names_every_word_that_the_file_can_have() -> None:
    text = Path("assets/README.md").read_text("utf-8")
    for kind in (Age, Beard, Covering, Glasses, Hair, Wears, Who):
        for word in get_args(kind):
            assert f"`{word}`" in text, word
