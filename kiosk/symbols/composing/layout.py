"""Puts the parts of a picture in their places: one function for each operator."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kiosk.symbols.composing import dates, lettering
from kiosk.symbols.composing.art import Art
from kiosk.symbols.composing.declaration import NOT, Date
from kiosk.symbols.composing.lettering import short
from kiosk.symbols.composing.pen import INK, circle, path, shape
from kiosk.symbols.composing.places import AROUND, PLACES, TABLE
from kiosk.symbols.composing.tree import Group, Put, Tree, Whole
from kiosk.symbols.fragment import Box, Fragment

SIDE = 144
_WHOLE = Box(4, 4, SIDE - 4, SIDE - 4)
_BLUE, _RED, _GREY = "#1e50a0", "#d22f27", "#9b9b9a"

_WIDTH = re.compile(r'stroke-width="([\d.]+)"')
_USUAL = 1.55  # the scale at which lines of 2 are as thick as those of people
_THING_BESIDE_PEOPLE = 0.62
_TOO_WIDE = 2.4  # two parts, of their height: a row of them is lower than a third of the picture


@dataclass(frozen=True, slots=True)
class Node:
    """A part that can be placed. kind: people keep their lines and stand on one floor."""

    fragment: Fragment
    kind: str  # "person", "thing", "made"
    unit: float = 1.0

    @property
    def box(self) -> Box:
        """Where its ink is."""
        return self.fragment.box


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where each part of a row came to stand."""

    svg: str
    boxes: tuple[Box, ...]


def lay_out(tree: Whole, language: str) -> str:
    """Return the elements of a picture of 144 by 144 units."""
    layout = _Layout(language)
    node = layout.node(tree)
    if isinstance(tree, Put):
        return node.fragment.svg
    return _put(node, _WHOLE, bottom=node.kind == "person").svg


def _put(node: Node, room: Box, *, bottom: bool = False, scale: float | None = None) -> Fragment:
    """Place a part, as large as it fits, in the middle of a room or on its floor."""
    box = node.box
    scale = scale or min(room.width / box.width, room.height / box.height)
    wide, high = box.width * scale, box.height * scale
    x = room.left + (room.width - wide) / 2
    y = room.bottom - high if bottom else room.top + (room.height - high) / 2
    svg = node.fragment.svg
    if node.kind != "person":
        svg = _even_lines(svg, scale * node.unit, nested=node.kind == "made")
    move = f"translate({short(x - box.left * scale)},{short(y - box.top * scale)})"
    return Fragment(
        f'<g transform="{move} scale({scale:.3f})">{svg}</g>', Box(x, y, x + wide, y + high)
    )


def _even_lines(svg: str, scale: float, *, nested: bool) -> str:
    """Make the lines of small parts thicker and of large ones thinner, so that all look alike."""
    if scale < _USUAL:
        factor = min(1.8, (_USUAL / scale) ** 0.6)
    else:
        factor = max(0.75, (1.9 / scale) ** 0.5)
    if nested:
        factor = min(factor, 1.2)
    return _WIDTH.sub(lambda found: f'stroke-width="{short(float(found[1]) * factor)}"', svg)


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(one.left for one in boxes),
        min(one.top for one in boxes),
        max(one.right for one in boxes),
        max(one.bottom for one in boxes),
    )


class _Layout:
    def __init__(self, language: str) -> None:
        self.language = language
        self.leftwards = dates.words_of(language).leftwards
        self.ways: Mapping[str, Callable[[Put], Fragment]] = {
            "beside": self.beside,
            "in": self.inside,
            "says": self.says,
            "thinks": self.says,
            "with": self.with_,
            "then": self.then,
            NOT: self.not_,
        }

    def node(self, tree: Tree) -> Node:
        if isinstance(tree, Art):
            kind = "thing" if tree.person is None else "person"
            return Node(tree.drawn.made, kind, tree.unit)
        if isinstance(tree, Date):
            return Node(self.date(tree), "made")
        assert isinstance(tree, Put)  # noqa: S101 - there is no other kind
        return Node(self.ways[tree.operator](tree), "made")

    def in_order(self, nodes: Sequence[Node]) -> list[Node]:
        """Return parts from left to right, of those that are read one after the other."""
        return list(reversed(nodes)) if self.leftwards else list(nodes)

    # --------------------------------------------------------------- operators
    def beside(self, made: Put) -> Fragment:
        nodes = [self.node(one) for one in made.parts]
        if len(nodes) < 4:
            placed = _row(nodes, Box(3, 5, SIDE - 3, SIDE - 5))
            return Fragment(placed.svg, _around(placed.boxes))
        rooms = [Box(5 + x, 5 + y, 70 + x, 70 + y) for y in (0, 69) for x in (0, 69)]
        fragments = [
            _put(node, room, bottom=node.kind == "person")
            for node, room in zip(nodes, rooms, strict=True)
        ]
        return _joined(fragments)

    def then(self, made: Put) -> Fragment:
        inside = [self.node(one) for one in made.parts]
        if len(inside) == 2 and sum(_wide(one) for one in inside) > _TOO_WIDE:
            return self.one_below_the_other(inside)
        nodes = self.in_order(inside)
        gap = 32 if len(nodes) == 2 else 24
        placed = _row(nodes, Box(2, 8, SIDE - 2, SIDE - 8), gap)
        arrows = ""
        for before, after in zip(placed.boxes, placed.boxes[1:], strict=False):
            start, end = before.right + 8, after.left - 4
            if self.leftwards:
                start, end = after.left - 8, before.right + 4
            arrows += _arrow(start, end)
        return Fragment(placed.svg + arrows, _around(placed.boxes))

    def one_below_the_other(self, nodes: Sequence[Node]) -> Fragment:
        """Place two wide parts, of which a row would show little, on two steps."""
        rooms = [Box(4, 3, 108, 67), Box(36, 77, SIDE - 4, SIDE - 3)]
        x = 122.0
        if self.leftwards:
            rooms, x = [_mirrored(one) for one in rooms], SIDE - x
        steps = [_put(node, room) for node, room in zip(nodes, rooms, strict=True)]
        arrow = f'<g transform="rotate(90 {short(x)} 72)">{_arrow(x - 36, x + 2)}</g>'
        return _joined([*steps, Fragment(arrow, Box(x - 13, 34, x + 13, 75))])

    def with_(self, made: Put) -> Fragment:
        large, small = (self.node(one) for one in made.parts)
        room = Box(4, 4, 120, 122)
        if large.kind != "person":  # a wide one stands high, so that the disc hides little of it
            room = Box(4, 4, 120, min(122, 4 + 116 / _wide(large)))
        first = _put(large, room, bottom=large.kind == "person")
        disc = circle(109, 109, 32, "#fff", 3)
        second = _put(small, Box(87, 87, 131, 131))
        return Fragment(
            first.svg + disc + second.svg, _around([first.box, Box(75.5, 75.5, 142.5, 142.5)])
        )

    def not_(self, made: Put) -> Fragment:
        (part,) = made.parts
        node = self.node(part)
        slash = "M29,29L115,115"
        svg = (
            _put(node, Box(18, 18, 126, 126)).svg
            + path(slash, "none", "#fff", 12)
            + path(slash, "none", _RED, 8)
            + circle(72, 72, 63, "none", 9, _RED)
        )
        return Fragment(svg, Box(4.5, 4.5, 139.5, 139.5))

    def inside(self, made: Put) -> Fragment:
        nodes = [self.node(one) for one in made.parts]
        if made.place == TABLE:
            return _at_a_table(nodes)
        if made.place == AROUND:
            return _all_around(nodes)
        place = PLACES[made.place]
        assert place is not None  # noqa: S101 - the two without are above
        if len(nodes) == 1:
            placed = _put(nodes[0], place.room, bottom=place.floor).svg
        else:
            placed = _row(nodes, place.room, on_floor=place.floor).svg
        return Fragment(place.svg + placed, place.box)

    def says(self, made: Put) -> Fragment:
        who, what, *to = made.parts
        speaker = self.node(who)
        listeners = [self.node(one) for one in to]
        if listeners:
            gap = 20 if len(listeners) == 1 else 7
            row = self.in_order([speaker, *listeners])
            people = _row(row, Box(4, 71, SIDE - 4, SIDE - 3), gap, on_floor=True)
            stands = people.boxes[-1 if self.leftwards else 0]
            svg = people.svg
            heads = min(one.top for one in people.boxes)  # many are small: more room for words
            balloon = Box(6, 4, SIDE - 6, max(60, heads - 15))
        else:
            room, balloon = Box(2, 72, 58, SIDE - 3), Box(24, 4, 142, 70)
            if speaker.kind == "made":
                room = Box(2, 78, 90, SIDE - 3)
            if self.leftwards:
                room, balloon = _mirrored(room), _mirrored(balloon)
            placed = _put(speaker, room, bottom=True)
            stands, svg = placed.box, placed.svg
        head = (stands.left + stands.right) / 2
        way = (-1 if self.leftwards else 1) * (not listeners)
        if made.operator == "says":
            aside = 21 if speaker.kind == "person" else 0  # several speak with one voice
            svg += _speech(balloon, (head + aside * way, stands.top + 12 * abs(way)), way)
            room = Box(balloon.left + 7, balloon.top + 6, balloon.right - 7, balloon.bottom - 6)
        else:
            svg += _thought(balloon, head, way)
            room = Box(balloon.left + 17, balloon.top + 10, balloon.right - 17, balloon.bottom - 10)
        things = what.parts if isinstance(what, Group) else (what,)
        nodes = [self.node(one) for one in things]
        if len(nodes) == 1:
            svg += _put(nodes[0], room).svg
        else:
            svg += _row(self.in_order(nodes), room, 5).svg
        return Fragment(svg, _around([balloon, stands, *([] if not to else people.boxes)]))

    def date(self, tree: Date) -> Fragment:
        count = int(tree.large) if tree.large.isdecimal() else 1
        large = dates.in_language(tree.large, self.language)
        small = dates.in_language(tree.small, self.language, count)
        svg = path(
            "M16,16H128Q136,16 136,24V130Q136,138 128,138H16Q8,138 8,130V24Q8,16 16,16Z",
            "#fff",
            width=4,
        )
        svg += path("M8,52V24Q8,16 16,16H128Q136,16 136,24V52Z", "#ea5a47", width=4)
        svg += path("M40,6V26M104,6V26", width=7)
        svg += self.line(small, Box(14, 27, 130, 50), 23)
        svg += self.line(large, Box(15, 58, 129, 132), 88)
        return Fragment(svg, Box(6, 2.5, 138, 140))

    def line(self, words: tuple[str, ...], room: Box, largest: float) -> str:
        if not words:
            return ""
        size = min(largest, 100 * room.width / max(1.0, lettering.width_of(words)))
        middle, line = (room.left + room.right) / 2, (room.top + room.bottom) / 2 + size * 0.33
        drawn = lettering.draw(words, size=size, middle=middle, line=line, leftwards=self.leftwards)
        return shape(drawn, INK)


# ------------------------------------------------------------------- places
def _wide(node: Node) -> float:
    return node.box.width / node.box.height


def _joined(fragments: Sequence[Fragment]) -> Fragment:
    return Fragment("".join(one.svg for one in fragments), _around([one.box for one in fragments]))


def _mirrored(box: Box) -> Box:
    return Box(SIDE - box.right, box.top, SIDE - box.left, box.bottom)


def _row(nodes: Sequence[Node], room: Box, gap: float = 4, *, on_floor: bool = False) -> _Placed:
    """Place parts side by side, as large as they fit; people keep one scale and one floor."""
    wide, high = room.width - gap * (len(nodes) - 1), room.height
    people = [one.box.height for one in nodes if one.kind == "person"]
    scale = high / max(people) if people else 0.0
    shares = []
    for one in nodes:
        box = one.box
        if one.kind == "person":
            shares.append(box.width * scale)
        else:
            tall = high * (_THING_BESIDE_PEOPLE if people and one.kind == "thing" else 1)
            shares.append(min(box.width * tall / box.height, tall * 1.3))
    fit = min(1.0, wide / sum(shares))
    tall = high * fit
    top = room.bottom - tall if on_floor else room.top + (high - tall) / 2
    x = room.left + (wide - sum(shares) * fit) / 2
    drawn, boxes = [], []
    for one, share in zip(nodes, shares, strict=True):
        place = Box(x, top, x + share * fit, top + tall)
        person = one.kind == "person"
        placed = _put(one, place, bottom=person, scale=scale * fit if person else None)
        drawn.append(placed.svg)
        boxes.append(placed.box)
        x += share * fit + gap
    return _Placed("".join(drawn), tuple(boxes))


def _at_a_table(nodes: Sequence[Node]) -> Fragment:
    """People behind a table. What comes last lies on it, unless it is a person too."""
    people, things = list(nodes), []
    if len(nodes) > 1 and nodes[-1].kind != "person":
        things = [people.pop()]
    placed = _row(people, Box(4, 5, SIDE - 4, 102), 3, on_floor=True)
    svg = placed.svg
    svg += path("M21,114V140M123,114V140", width=6)
    svg += path("M4,101H140V115H4Z", "#d9b380", width=3.2)
    boxes = [*placed.boxes, Box(2.4, 99, 141.6, 143)]
    for one in things:
        lies = _put(one, Box(48, 72, 96, 109), bottom=True)
        svg += lies.svg
    return Fragment(svg, _around(boxes))


_ROUND = {
    2: (Box(3, 42, 47, 102), Box(97, 42, 141, 102)),
    3: (Box(48, 2, 96, 46), Box(2, 92, 49, 142), Box(95, 92, 142, 142)),
    4: (Box(2, 2, 50, 62), Box(94, 2, 142, 62), Box(2, 82, 50, 142), Box(94, 82, 142, 142)),
}
_CENTRE = {2: Box(48, 34, 96, 110), 3: Box(48, 52, 96, 114), 4: Box(46, 36, 98, 110)}


def _all_around(nodes: Sequence[Node]) -> Fragment:
    centre, *others = nodes
    ring = (
        f'<circle cx="72" cy="74" r="54" fill="none" stroke="{_GREY}" stroke-width="3"'
        ' stroke-dasharray="7 6"/>'
    )
    fragments = [_put(centre, _CENTRE[len(others)])]
    fragments += [_put(one, room) for one, room in zip(others, _ROUND[len(others)], strict=True)]
    joined = _joined(fragments)
    return Fragment(ring + joined.svg, _around([joined.box, Box(16, 18, 128, 130)]))


def _arrow(start: float, end: float) -> str:
    """Draw a blue arrow in the middle of the height."""
    way = 1 if end > start else -1
    x0, x1 = short(start), short(end - 9 * way)
    head = f"M{short(end - 10 * way)},60L{short(end)},72L{short(end - 10 * way)},84Z"
    return (
        path(f"M{x0},72H{x1}", "none", INK, 9.4)
        + path(head, _BLUE)
        + path(f"M{x0},72H{x1}", "none", _BLUE, 4.4)
    )


def _speech(box: Box, tip: tuple[float, float], way: int) -> str:
    """Draw a speech balloon. tip: at a head. way: to which side of it the words are, 0: above."""
    left, right, bottom = box.left, box.right, box.bottom
    tip_x, tip_y = tip[0], max(bottom + 8, min(tip[1] - 2, bottom + 24))
    foot = min(max(tip_x + 4 * (way or 1) - 7 * (way < 0) * 2, left + 14), right - 29)
    a, b, m = short(left + 12), short(right - 12), short(bottom - 12)
    return path(
        f"M{a},{short(box.top)}H{b}Q{short(right)},{short(box.top)} {short(right)},16V{m}"
        f"Q{short(right)},{short(bottom)} {b},{short(bottom)}H{short(foot + 15)}"
        f"L{short(tip_x)},{short(tip_y)}L{short(foot)},{short(bottom)}H{a}"
        f"Q{short(left)},{short(bottom)} {short(left)},{m}V16"
        f"Q{short(left)},{short(box.top)} {a},{short(box.top)}Z",
        "#fff",
        width=3,
    )


_PUFFS = 16


def _thought(box: Box, head: float, way: int) -> str:
    """Draw a thought: a cloud, and two bubbles that lead to a head."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    wide, high = box.width / 2 - 12, box.height / 2 - 12
    turns = [one * 2 * math.pi / _PUFFS for one in range(_PUFFS)]
    puffs = [(x + wide * math.cos(one), y + high * math.sin(one)) for one in turns]
    svg = "".join(circle(*one, 12.5, "#fff", 3) for one in puffs)
    svg += f'<ellipse cx="{short(x)}" cy="{short(y)}" rx="{short(wide + 3)}"'
    svg += f' ry="{short(high + 3)}" fill="#fff"/>'
    svg += "".join(circle(*one, 11.2, "#fff", 0) for one in puffs)
    if not way:
        svg += circle(head + 3, box.bottom + 4, 3.6, "#fff", 2.4)
        return svg + circle(head, box.bottom + 10.5, 2.2, "#fff", 2.2)
    svg += circle(head + 27 * way, box.bottom + 7, 4.6, "#fff", 2.6)
    return svg + circle(head + 21 * way, box.bottom + 17, 3, "#fff", 2.4)
