"""The same drawing in fewer characters: a page has many pictures, and a phone fetches them all."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

_INHERITED: Final = (
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-width",
    "fill",
    "stroke",  # last: the others ask whether there is a line
)
_UNSAID: Final = {
    "fill": "#000",
    "stroke": "none",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-miterlimit": "4",
    "stroke-width": "1",
}
_LINE: Final = tuple(one for one in _INHERITED if one.startswith("stroke-"))
_LEFT_OUT_UNLESS_FILLED: Final = ("fill-rule", "clip-rule")
_MEASURES: Final = frozenset(["cx", "cy", "height", "r", "rx", "ry", "width", "x", "y"])
_WITHOUT_DRAWING: Final = frozenset(
    ["clipPath", "defs", "linearGradient", "mask", "radialGradient", "symbol", "text", "use"]
)

_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
_COMMAND = re.compile(r"([AaCcHhLlMmQqSsTtVvZz])([^AaCcHhLlMmQqSsTtVvZz]*)")
_GOES_ON: Final = {"M": "L", "L": "L", "m": "l", "l": "l"}
_PLACES: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "Z": 0}
_ZERO_BEFORE = re.compile(r"^(-?)0(?=\.)")
_ZERO_BEHIND = re.compile(r"(\.\d*[1-9])0+$|\.0+$")
_LONG_COLOUR = re.compile(r"#([0-9a-fA-F])\1([0-9a-fA-F])\2([0-9a-fA-F])\3")


def shorter(inside: str, side: float = 72) -> str:
    """Return these elements of an SVG with what they repeat said once, around them.

    They look the same. What is no XML by itself, or draws by reference, comes back as it was.
    side: of their picture, in units; a 720th of it is as fine as places get.
    """
    try:
        root = ElementTree.fromstring(f"<g>{inside}</g>")  # noqa: S314 - our own, or cleaned
    except ElementTree.ParseError:
        return inside
    if any(one.tag in _WITHOUT_DRAWING or one.text or one.tail for one in root.iter()):
        return inside
    decimals = max(1, math.ceil(math.log10(720 / side)))
    for one in root.iter():
        _tidy(one, decimals)
    _say_once(root, _UNSAID)
    _join(root, "")
    _leave_out_lines_of_none(root, "none")
    return _written(root)


def _tidy(one: ElementTree.Element, decimals: int) -> None:
    """Leave out what changes nothing, and write the rest in fewer characters."""
    for name in ("fill", "stroke"):
        colour = one.get(name)
        if colour is not None:
            one.set(name, _LONG_COLOUR.sub(r"#\1\2\3", colour).lower())
    if one.get("stroke-linejoin") == "round":
        one.attrib.pop("stroke-miterlimit", None)
    if _is_without_line(one):
        for name in _LINE:
            one.attrib.pop(name, None)
    if len(one) == 0 and one.get("fill") == "none":
        for name in _LEFT_OUT_UNLESS_FILLED:
            one.attrib.pop(name, None)
    for name in _MEASURES & one.attrib.keys():
        if _NUMBER.fullmatch(one.attrib[name]):
            one.set(name, _numbers(one.attrib[name], is_arc=False, decimals=decimals + 1))
    _as_path(one)
    path = one.get("d")
    if path is not None:
        one.set("d", path_in_short(path, decimals))


def _as_path(one: ElementTree.Element) -> None:
    """Make a path of a shape with corners: paths that look alike can be joined."""
    if one.tag == "line":
        ends = [one.attrib.pop(name, "0") for name in ("x1", "y1", "x2", "y2")]
        one.tag, path = "path", f"M{' '.join(ends)}"
    elif one.tag in ("polygon", "polyline"):
        path = f"M{one.attrib.pop('points', '')}{'Z' if one.tag == 'polygon' else ''}"
        one.tag = "path"
    else:
        return
    one.set("d", path)


def path_in_short(path: str, decimals: int = 1) -> str:
    """Return a path with few signs between its numbers: `M0.5,-1 2,3` becomes `M.5-1 2 3`."""
    parts = _COMMAND.findall(path)
    return _by_steps(parts, decimals) or _as_it_goes(parts, decimals)


def _by_steps(parts: Sequence[tuple[str, str]], decimals: int) -> str:
    """Return a path of places with steps instead of places where these are shorter; "" for others.

    The steps are those between rounded places: nothing adds up.
    """
    if not parts or parts[0][0] != "M" or any(command not in _PLACES for command, _ in parts):
        return ""
    said, before = "", ""
    here = start = (0, 0)
    for command, rest in parts:
        if command == "Z":
            said, before, here = f"{said}Z", "Z", start
            continue
        places = [_whole(one, decimals) for one in _NUMBER.findall(rest)]
        size = _PLACES[command]
        if not places or len(places) % size:
            return ""
        for at in range(0, len(places), size):
            some = places[at : at + size]
            kind = "L" if command == "M" and at else command
            steps = [one - here[_axis(kind, n)] for n, one in enumerate(some)]
            ways = [(kind, some), (kind.lower(), steps)]
            if kind == "L" and 0 in steps:  # a line along an edge of the picture
                ways.append(("v", steps[1:]) if steps[0] == 0 else ("h", steps[:1]))
            before, text = min(
                ((one, _spoken(one, values, before, decimals)) for one, values in ways),
                key=lambda way: len(way[1]),
            )
            said += text
            here = _moved(kind, here, some)
        if command == "M":
            start = (places[0], places[1])
    return said


def _whole(number: str, decimals: int) -> int:
    return int(f"{float(number):.{decimals}f}".replace(".", ""))


def _axis(kind: str, number: int) -> int:
    return 1 if kind == "V" else 0 if kind == "H" else number % 2


def _moved(kind: str, here: tuple[int, int], places: Sequence[int]) -> tuple[int, int]:
    if kind == "H":
        return places[0], here[1]
    if kind == "V":
        return here[0], places[0]
    return places[-2], places[-1]


def _spoken(command: str, values: Sequence[int], before: str, decimals: int) -> str:
    """Return a command and its numbers as they are written behind another command."""
    text = " ".join(str(one / 10**decimals) for one in values)
    numbers = _numbers(text, is_arc=False, decimals=decimals)
    if command != _GOES_ON.get(before, before):
        return command + numbers
    return numbers if numbers[0] == "-" else f" {numbers}"


def _as_it_goes(parts: Sequence[tuple[str, str]], decimals: int) -> str:
    """Return a path with its places and steps as they are."""
    said, before = "", ""
    for command, rest in parts:
        # What is too coarse in a step adds up over a path; in a place it does not.
        fine = decimals if command.isupper() and command != "A" else decimals + 1
        numbers = _numbers(rest, is_arc=command in "Aa", decimals=fine)
        if command in _GOES_ON.get(before, ""):  # a line goes on without saying so
            said += numbers if numbers[0] == "-" else f" {numbers}"
        else:
            said += command + numbers
        before = command
    return said


def _numbers(text: str, *, is_arc: bool, decimals: int) -> str:
    if is_arc:  # its flags need no space after them: we do not look for where that is so
        text = re.sub(rf"(\.\d{{{decimals}}})\d+", r"\1", text)
        return re.sub(r"(?<![\d.])0(?=\.)", "", re.sub(r"[\s,]+", " ", text).strip())
    said = ""
    for found in _NUMBER.findall(text):
        bare = _ZERO_BEHIND.sub(r"\1", f"{float(found):.{decimals}f}")
        number = _ZERO_BEFORE.sub(r"\1", bare) if bare.strip("-0") else "0"
        # After a number with a point, another point begins the next one.
        last = re.split("[ -]", said)[-1]
        is_apart = number[0] == "-" or (number[0] == "." and "." in last)
        said += number if not said or is_apart else f" {number}"
    return said


def _say_once(group: ElementTree.Element, around: Mapping[str, str]) -> None:
    """Say at a group what most in it need, and at the others what they need instead.

    around: what they have from outside, for each of _INHERITED.
    """
    around = {name: group.get(name, value) for name, value in around.items()}
    for child in group:
        if child.tag == "g":
            _say_once(child, around)
    for name in _INHERITED:
        # What has no line may be told anything about its line.
        needing = [child for child in group if not (name in _LINE and _is_without_line(child))]
        usual = around[name]
        needed = Counter(child.get(name, usual) for child in needing)
        if not needed:
            continue
        value = needed.most_common(1)[0][0]
        saved = sum(child.get(name) == value for child in needing)
        added = sum(name not in child.attrib for child in needing) if value != usual else 0
        if saved - added > (value != usual and name not in group.attrib):
            for child in needing:
                if value != usual:
                    child.attrib.setdefault(name, usual)
                if child.get(name) == value:
                    del child.attrib[name]
            if value != usual:
                group.set(name, value)


def _is_without_line(one: ElementTree.Element) -> bool:
    return len(one) == 0 and one.get("stroke") == "none"


def _leave_out_lines_of_none(one: ElementTree.Element, stroke: str) -> None:
    """Leave out `stroke="none"` where there is no line anyway. stroke: of what is around."""
    if one.get("stroke") == stroke == "none":
        del one.attrib["stroke"]
    for child in one:
        _leave_out_lines_of_none(child, one.get("stroke", stroke))


def _join(group: ElementTree.Element, fill: str) -> None:
    """Make one path of lines that follow each other and look alike. fill: what the group has."""
    fill = group.get("fill", fill)
    before: ElementTree.Element | None = None
    for child in list(group):
        if child.tag == "g":
            _join(child, fill)
        if before is not None and _is_alike(before, child) and child.get("fill", fill) == "none":
            before.set("d", before.get("d", "") + child.get("d", ""))
            group.remove(child)
        else:
            before = child


def _is_alike(one: ElementTree.Element, other: ElementTree.Element) -> bool:
    """Return whether the second can go on where the first ends: not if its start is relative."""
    if one.tag != "path" or other.tag != "path" or not other.get("d", "").startswith("M"):
        return False
    look = {name: value for name, value in one.attrib.items() if name != "d"}
    seen_through = any("opacity" in name for name in look)
    return not seen_through and look == {n: v for n, v in other.attrib.items() if n != "d"}


def _written(one: ElementTree.Element) -> str:
    said = "".join(f" {name}={quoteattr(value)}" for name, value in one.attrib.items())
    inside = "".join(map(_written, one))
    if one.tag == "g" and (not said or not inside):
        return inside
    if (
        one.tag == "g"
        and len(one) == 1
        and one[0].tag == "g"
        and not one.attrib.keys() & one[0].attrib
    ):
        both = ElementTree.Element("g", {**one.attrib, **one[0].attrib})
        both.extend(one[0])
        return _written(both)
    return f"<{one.tag}{said}>{inside}</{one.tag}>" if inside else f"<{one.tag}{said}/>"
