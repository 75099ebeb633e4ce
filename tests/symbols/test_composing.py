"""Pictures that are made of parts."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.errors import ContentError
from kiosk.located import Located
from kiosk.symbols import UnknownSymbol, openmoji, ours
from kiosk.symbols.composing import dates, ink, lettering
from kiosk.symbols.composing.art import hands
from kiosk.symbols.composing.composing import posed
from kiosk.symbols.composing.declaration import DEEPEST, NOT, OPERATORS, Made, Several, read, write
from kiosk.symbols.composing.places import PLACES
from kiosk.symbols.fragment import Box
from kiosk.symbols.people import ARMS, MOODS, SHIPPED
from tests.symbols.composed import compose, declared, drawn, find, safe
from tests.tools.cases import is_drill

EVERY = {
    "beside": "{beside: [mum, red heart, priya]}",
    "four": "{beside: [leo, abacus, mia, artist palette]}",
    "in": "{in: [home, mum, red heart]}",
    "table": "{in: [table, dad, zara, priya talk, clipboard]}",
    "around": "{in: [around, amir, doctor, priya, mum]}",
    "says": "{says: [zara talk, red question mark, priya]}",
    "alone": "{says: [mia talk, [thumbs up, thumbs down]]}",
    "thinks": "{thinks: [mia heart, [red heart, house]]}",
    "with": "{with: [clipboard, zara]}",
    "then": "{then: [zara sad, zara glad]}",
    "not": "{not: locked}",
    "date": '{date: "3 - 7 | December 2018"}',
}


def places(svg: str) -> list[tuple[float, float]]:
    """Return where the outermost parts were put: their corner."""
    found = re.findall(r'<g transform="translate\((-?[\d.]+),(-?[\d.]+)\) scale', svg)
    return [(float(x), float(y)) for x, y in found]


def boxes(text: str, language: str = "en") -> tuple[int, int, int, int]:
    """Return where the ink of a picture is."""
    found = drawn(compose(text, language)).getchannel("A").getbbox()
    assert found is not None
    return found


@pytest.mark.parametrize("name", EVERY)
def test_every_way_gives_a_safe_picture_of_the_same_bytes(name: str) -> None:
    first, second = compose(EVERY[name]), compose(EVERY[name])
    assert first.svg == second.svg
    text = safe(first)
    assert " id=" not in text
    assert "<g/>" not in text
    assert not re.search(r"<g\b[^>]*></g>", text)
    assert not re.search(r"\d\.\d{3,}(?!\))", re.sub(r"scale\([^)]*\)", "", text))
    left, top, right, bottom = boxes(EVERY[name])
    assert left >= 0 and top >= 0 and right <= 144 and bottom <= 144  # noqa: PT018


@pytest.mark.parametrize("place", [name for name, one in PLACES.items() if one is not None])
def test_what_is_in_a_place_stays_inside_it(place: str) -> None:
    where = PLACES[place]
    assert where is not None
    whole = boxes(f"{{in: [{place}, zara, mum]}}")
    assert whole == pytest.approx(
        (where.box.left, where.box.top, where.box.right, where.box.bottom), abs=2
    )


def test_a_child_is_smaller_beside_an_adult() -> None:
    svg = compose("{beside: [zara, priya]}").svg.decode()
    scales = re.findall(r"scale\(([\d.]+)\)", svg)
    assert scales[0] == scales[1]  # one scale for people


def test_what_comes_last_lies_on_the_table_unless_it_is_somebody() -> None:
    with_thing = compose("{in: [table, mum, dad, memo]}").svg.decode()
    without = compose("{in: [table, mum, dad]}").svg.decode()
    board = without.index("#d9b380")
    assert "translate" not in without[board:]
    assert "translate" in with_thing[with_thing.index("#d9b380") :]


def test_the_lines_of_a_small_thing_are_thicker_in_its_own_units_and_people_stay() -> None:
    small = compose("{beside: [house, house, house]}").svg.decode()
    (box,) = {ink.of_shipped()["1F3E0"]}
    scale = float(re.findall(r"scale\(([\d.]+)\)", small)[0])
    assert scale < 1.55
    width = float(re.findall(r'stroke-width="([\d.]+)"', small)[0])
    assert width == pytest.approx(2 * min(1.8, (1.55 / scale) ** 0.6), abs=0.02)
    assert box.width > 0


def test_no_is_a_red_ring_and_a_slash_over_everything() -> None:
    picture = drawn(compose("{not: house}"))
    assert picture.getpixel((72, 72)) == picture.getpixel((72, 9)) == (210, 47, 39, 255)


def test_a_language_from_right_to_left_turns_the_way_of_reading_and_no_letters() -> None:
    for text in (EVERY["then"], EVERY["says"], EVERY["alone"]):
        there, back = compose(text), compose(text, "ur")
        assert there.svg != back.svg
    sad_first = places(compose("{then: [zara, priya]}").svg.decode())
    priya_first = places(compose("{then: [zara, priya]}", "ur").svg.decode())
    assert sad_first[0][0] < sad_first[1][0]
    assert priya_first[0][0] < priya_first[1][0]  # drawn from the left, priya stands there now
    assert compose(EVERY["beside"]).svg == compose(EVERY["beside"], "ur").svg
    assert compose(EVERY["in"]).svg == compose(EVERY["in"], "ur").svg


def test_two_wide_parts_of_then_stand_on_two_steps_where_a_row_would_show_little() -> None:
    wide = "{then: [automobile, bus]}"
    first, second = places(compose(wide).svg.decode())
    assert first[0] < second[0]
    assert first[1] < second[1]
    first, second = places(compose(wide, "ur").svg.decode())
    assert first[0] > second[0]
    assert first[1] < second[1]
    left, top, right, bottom = boxes(wide)
    assert bottom - top > 100
    assert left >= 0
    assert right <= 144
    row = places(compose(EVERY["then"]).svg.decode())
    assert row[0][1] == pytest.approx(row[1][1], abs=5)


def test_a_small_disc_hides_nothing_of_a_wide_row() -> None:
    picture = drawn(compose("{with: [{beside: [zara full, mia full, tom full]}, books]}"))
    assert picture.getchannel("A").getpixel((20, 88)) == 0  # nobody's feet beside the disc


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("3 - 7", "en", ("3", "\u2013", "7")),
        ("December 2018", "pl", ("grudzień", "2018")),
        ("Sept", "ro", ("sept",)),
        ("December 2018", "ur", ("دسمبر", "2018")),
        ("grudzień", "en", ("December",)),
    ],
)
def test_months_are_those_of_the_language(text: str, language: str, words: tuple[str]) -> None:
    assert dates.in_language(text, language) == words


@pytest.mark.parametrize(
    ("count", "language", "words"),
    [
        (1, "en", ("month",)),
        (12, "en", ("months",)),
        (1, "pl", ("miesiąc",)),
        (3, "pl", ("miesiące",)),
        (12, "pl", ("miesięcy",)),
        (24, "pl", ("miesiące",)),
        (12, "ro", ("luni",)),
        (25, "ro", ("de", "luni")),
        (12, "ur", ("مہینے",)),
    ],
)
def test_units_agree_with_their_number(count: int, language: str, words: tuple[str]) -> None:
    assert dates.in_language("months", language, count) == words


def test_every_word_of_a_calendar_has_its_outline_in_every_language() -> None:
    for language in dates.LANGUAGES:
        written = dates.words_of(language).written()
        assert not lettering.missing(word for one in written for word in one.split())
        picture = compose(EVERY["date"], language)
        safe(picture)
    assert len({compose(EVERY["date"], one).svg for one in dates.LANGUAGES}) == len(dates.LANGUAGES)


def test_letters_carry_their_licence() -> None:
    data = Path(ours.__file__).parent / "data" / "composing"
    assert "SIL OPEN FONT LICENSE Version 1.1" in (data / "OFL.txt").read_text()
    table = (data / "lettering.tsv").read_text()
    assert "Adobe" in table and "Google LLC" in table  # noqa: PT018


def test_the_table_of_boxes_has_every_picture_with_a_name() -> None:
    files = (
        {one.file for one in openmoji.names().values()}
        | set(hands())
        | {one.name for name in ours.names() if (one := ours.find(name)) is not None}
    )
    assert files == ink.of_shipped().keys()


@pytest.mark.parametrize("file", ["2764", "1F3E0", "1F4CB", "1F6C4", hands()[0]])
def test_the_table_of_boxes_says_where_the_ink_is(file: str) -> None:
    svg = openmoji.read_file(file).decode()
    assert ink.of_shipped()[file] == ink.measure(svg, Box(0, 0, 72, 72))


def test_the_boxes_of_our_own_pictures_are_those_of_the_table() -> None:
    for name in ours.names():
        one = ours.find(name)
        assert one is not None
        assert ink.of_shipped()[one.name] == ink.measure(one.svg.decode(), Box(0, 0, 72, 72)), name


def test_a_person_is_read_with_mood_and_arms() -> None:
    one = posed("Priya give left", SHIPPED)
    assert one is not None
    assert (one.left, one.right, one.mood) == ("give", "down", "happy")
    two = posed("leader2 angry high up full", SHIPPED)
    assert two is not None
    assert (two.left, two.right, two.mood, two.whole) == ("high", "up", "angry", True)
    assert posed("baby bottle", SHIPPED) is None
    assert posed("nobody", SHIPPED) is None


def test_a_hand_has_a_colour_of_skin_like_the_people_beside_it() -> None:
    plain = find("handshake").svg.decode().casefold()
    assert "#fcea2b" in plain
    assert "#fcea2b" not in compose("{with: [scroll, handshake]}").svg.decode().casefold()


# ------------------------------------------------------------- whatever somebody writes
_seen = st.characters(exclude_categories=("C", "Zl", "Zp"))  # a file with others is refused
_text = st.text(_seen, max_size=12)
_leaves = st.one_of(
    st.sampled_from(["heart", "house", "hospital", "words", "rules 7", "bus", "not a picture"]),
    st.builds(
        " ".join,
        st.lists(
            st.sampled_from([*sorted(SHIPPED), *sorted(MOODS), *sorted(ARMS), "full", "left"]),
            max_size=4,
        ),
    ),
    _text,
)


def _node(value: object) -> Located:
    if isinstance(value, dict):
        inside = {key: _node(one) for key, one in value.items()}
        return Located(inside, 1, dict.fromkeys(inside, 1))
    if isinstance(value, list):
        return Located(tuple(map(_node, value)), 1)
    return Located(str(value), 1)


_names = st.one_of(st.sampled_from([*OPERATORS, *PLACES]), _text)
_declarations = st.recursive(
    _leaves,
    lambda inside: st.one_of(
        st.lists(inside, max_size=5),
        st.dictionaries(_names, inside, max_size=2),
        st.builds(
            lambda name, parts: {name: parts},
            st.sampled_from(OPERATORS),
            st.lists(inside, min_size=1, max_size=5),
        ),
        st.builds(
            lambda place, parts: {"in": [place, *parts]},
            st.sampled_from(sorted(PLACES)),
            st.lists(inside, min_size=1, max_size=5),
        ),
    ),
    max_leaves=12,
)


def deep(part: object) -> int:
    """Return how many operators are inside each other."""
    if isinstance(part, Made):
        return max(map(deep, part.parts)) + (part.operator != NOT)
    return max(map(deep, part.parts)) if isinstance(part, Several) else 0


@settings(max_examples=1000 if is_drill() else 50, deadline=None)
@given(_declarations)
def test_whatever_is_declared_gives_a_safe_picture_or_says_what_is_wrong(value: object) -> None:
    try:
        declaration = read(_node(value), shown=Path("content/symbols.yaml"))
    except ContentError as error:
        told = str(error)
    else:
        told = ""
    if told:
        assert told.startswith("content/symbols.yaml:1: ")
        return
    assert deep(declaration) <= DEEPEST
    assert declared(write(declaration)) == declaration
    with suppress(UnknownSymbol):
        picture = compose(write(declaration))
        safe(picture)
        assert picture.words
