"""Where a drawing of a Word file stands on its sheet, in points.

Word knows the place of a floating thing from the sheet, the margin or its own paragraph. Where a
paragraph stands only Word knows when it sets the type; `Anchor` guesses it from the lines above,
which is enough to tell what stands beside what.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from kiosk.editor.found.layout import Area
from kiosk.editor.word.xml import local

EMU = 12_700  # in a point
MARGIN = 72.0  # points, as Word sets it
SHEET = (595.0, 842.0)  # points: A4
LINE = 16.0  # points from one paragraph without words to the next

_UNITS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "pc": 12.0}
_LENGTH = re.compile(r"\s*(-?[\d.]{1,12})\s*([a-z]{2})?")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The paragraph that a floating thing belongs to: its sheet, and where it stands there."""

    sheet: int = 0
    top: float = MARGIN

    def area(self, left: float, top: float, width: float, height: float) -> Area:
        """Return an area on one endless sheet: later sheets are below."""
        top += self.sheet * SHEET[1] * 2
        return Area(left, top, left + width, top + height)


def spot_of(anchor: Element, at: Anchor) -> Area | None:
    """Return where a `wp:anchor` stands; None when the file does not say it."""
    size = _child(anchor, "extent")
    across, down = _child(anchor, "positionH"), _child(anchor, "positionV")
    if size is None or across is None or down is None:
        return None
    width, height = _emu(size.get("cx")), _emu(size.get("cy"))
    left = _offset(across, "left", SHEET[0], width, MARGIN)
    top = _offset(down, "top", SHEET[1], height, at.top)
    return at.area(left, top, width, height)


def style_spot(shape: Element, at: Anchor) -> Area | None:
    """Return where an older shape stands, by its `style`; None when it stands in the line."""
    said = dict(one.split(":", 1) for one in shape.get("style", "").split(";") if ":" in one)
    style = {name.strip(): words.strip() for name, words in said.items()}
    if style.get("position") != "absolute":
        return None
    whole = "page" in style.get("mso-position-vertical-relative", "")
    base = 0.0 if whole else at.top
    paper = "page" in style.get("mso-position-horizontal-relative", "")
    left = (0.0 if paper else MARGIN) + length(style.get("margin-left", style.get("left", "0")))
    top = base + length(style.get("margin-top", style.get("top", "0")))
    return at.area(left, top, length(style.get("width", "0")), length(style.get("height", "0")))


def length(words: str) -> float:
    """Return a length of a style in points; 0 for one that makes no sense."""
    found = _LENGTH.match(words)
    try:
        return float(found[1]) * _UNITS.get(found[2] or "px", 1.0) if found else 0.0
    except ValueError:
        return 0.0


@dataclass(frozen=True, slots=True)
class Frame:
    """What the lengths inside a group mean: where it stands, and how it counts inside."""

    spot: Area
    left: float
    top: float
    width: float
    height: float

    def inside(self, left: float, top: float, width: float, height: float) -> Area:
        """Return where a thing inside the group stands on the sheet."""
        across, down = self.spot.width / self.width, self.spot.height / self.height
        x = self.spot.left + (left - self.left) * across
        y = self.spot.top + (top - self.top) * down
        return Area(x, y, x + width * across, y + height * down)


def frame_of(group: Element, spot: Area) -> Frame | None:
    """Return how a group counts inside; None when it does not say it."""
    facts = _child(group, "grpSpPr")
    frame = _child(facts, "xfrm") if facts is not None else None
    start = _child(frame, "chOff") if frame is not None else None
    size = _child(frame, "chExt") if frame is not None else None
    if start is None or size is None:
        return None
    width, height = _number(size.get("cx")), _number(size.get("cy"))
    if width <= 0 or height <= 0:
        return None
    return Frame(spot, _number(start.get("x")), _number(start.get("y")), width, height)


def place_in(frame: Frame | None, element: Element) -> Area | None:
    """Return where a picture or a shape of a group stands on the sheet."""
    facts = next((one for one in element if local(one) in ("spPr", "grpSpPr")), None)
    own = _child(facts, "xfrm") if facts is not None else None
    start = _child(own, "off") if own is not None else None
    size = _child(own, "ext") if own is not None else None
    if frame is None or start is None or size is None:
        return None
    x, y = _number(start.get("x")), _number(start.get("y"))
    return frame.inside(x, y, _number(size.get("cx")), _number(size.get("cy")))


def _offset(position: Element, edge: str, whole: float, size: float, base: float) -> float:
    given = position.get("relativeFrom", "")
    start = 0.0 if given == "page" else MARGIN if given.endswith("argin") else base
    aligned = _child(position, "align")
    if aligned is not None:
        said = (aligned.text or "").strip()
        room = whole - 2 * MARGIN - size
        return {edge: start, "center": MARGIN + room / 2}.get(said, MARGIN + room)
    offset = _child(position, "posOffset")
    return start + (_emu(offset.text) if offset is not None else 0.0)


def _child(element: Element | None, name: str) -> Element | None:
    if element is None:
        return None
    return next((one for one in element if local(one) == name), None)


def _emu(words: str | None) -> float:
    return _number(words) / EMU


def _number(words: str | None) -> float:
    try:
        return float(int((words or "0").strip()))
    except ValueError:
        return 0.0
