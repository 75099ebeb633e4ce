"""What is in a drawing of a Word file: pictures, and things that a page cannot show.

Word writes a picture as a `drawing` (in the line, or floating beside it), as an older `pict`, or
inside a group or a canvas with other shapes. `AlternateContent` holds the same drawing twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from kiosk.editor.word.notes import quote
from kiosk.editor.word.package import Relation
from kiosk.editor.word.xml import A, R, local, words_in
from kiosk.symbols.bitmaps import View

_DRAWINGS = {"chart": "a chart", "diagram": "a SmartArt drawing", "ink": "a drawing by hand"}
_SHAPES = {"wsp", "sp", "cxnSp", "rect", "roundrect", "oval", "line", "polyline", "shape"}
_GROUPS = {"wgp", "grpSp", "wpc", "lockedCanvas", "group"}


@dataclass(frozen=True, slots=True)
class EmbeddedPicture:
    """A picture that stands in a Word file.

    part: its name in the zip. alt: its alternative text, or "". view: what is seen of it.
    """

    place: str
    part: str
    alt: str
    view: View


@dataclass(slots=True)
class DrawingContent:
    """What is in one drawing."""

    pictures: list[EmbeddedPicture] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    holds_a_file: bool = False


def has_picture(element: Element) -> bool:
    """Tell whether a person sees more here than words."""
    return any(local(one) in ("drawing", "pict", "object") for one in element.iter())


def look_at_drawing(drawing: Element, relations: dict[str, Relation], place: str) -> DrawingContent:
    """Return the pictures of a drawing in their order, and what else it shows."""
    reader = _Reader(relations, place)
    reader.read(drawing, "")
    if not reader.found.pictures and not reader.found.left_out:
        if reader.shapes:
            reader.found.left_out.append("a drawn shape")
        elif reader.unknown:
            reader.found.left_out.append("a drawing that I do not know")
    return reader.found


class _Reader:
    def __init__(self, relations: dict[str, Relation], place: str) -> None:
        self.relations = relations
        self.place = place
        self.found = DrawingContent()
        self.shapes = 0
        self.grouped = False
        self.unknown = False

    def read(self, element: Element, alt: str) -> None:
        """Look at an element and at all inside it; alt: the alternative text around it."""
        name = local(element)
        if name == "AlternateContent":
            chosen = _better_half(element)
            if chosen is not None:
                self.children(chosen, alt)
        elif name in ("inline", "anchor"):
            self.unknown = True
            self.children(element, _alt(element, "docPr") or alt)
        elif name == "pic":
            own = _alt(element, "cNvPr")
            self.picture(element, own or alt if self.grouped else alt or own)
        elif name == "imagedata":
            self.add(element.get(R + "id") or element.get(R + "pict"), alt, View())
        elif name == "graphicData":
            kind = element.get("uri", "").rpartition("/")[2]
            if kind in _DRAWINGS:
                self.found.left_out.append(_DRAWINGS[kind])
            else:
                self.children(element, alt)
        elif name in ("txbxContent", "textbox"):
            self.text_box(element)
        elif name in ("OLEObject", "control"):
            self.found.holds_a_file = True
        else:
            self.shapes += name in _SHAPES
            self.grouped = self.grouped or name in _GROUPS
            self.children(element, element.get("alt", "").strip() or alt)

    def children(self, element: Element, alt: str) -> None:
        for child in element:
            self.read(child, alt)

    def text_box(self, element: Element) -> None:
        said = quote(words_in(element))
        what = f"a text box with the words {said}" if said else "an empty text box"
        if has_picture(element):
            what = f"{what} and a picture" if said else "a text box with a picture"
        if said or has_picture(element):
            self.found.left_out.append(what)

    def picture(self, element: Element, alt: str) -> None:
        blip = next(element.iter(A + "blip"), None)
        if blip is None:
            self.found.left_out.append("a picture that is not in the file")
            return
        rect = next(element.iter(A + "srcRect"), None)
        frame = next(element.iter(A + "xfrm"), None)
        self.add(blip.get(R + "embed"), alt, View(_crop(rect), _turn(frame)))

    def add(self, key: str | None, alt: str, view: View) -> None:
        to = self.relations.get(key or "")
        if to is None or to.outside:
            self.found.left_out.append("a picture that is not in the file")
        else:
            self.found.pictures.append(EmbeddedPicture(self.place, to.target, alt, view))


def _better_half(element: Element) -> Element | None:
    """Return the form of a drawing that has a picture in it, or else the newer one."""
    halves = [one for one in element if local(one) in ("Choice", "Fallback")]
    with_picture = (one for one in halves if _has_bitmap(one))
    return next(with_picture, halves[0] if halves else None)


def _has_bitmap(element: Element) -> bool:
    return any(local(one) in ("pic", "imagedata") for one in _outside_boxes(element))


def _outside_boxes(element: Element) -> Iterator[Element]:
    for child in element:
        if local(child) not in ("txbxContent", "textbox"):
            yield child
            yield from _outside_boxes(child)


def _alt(element: Element, name: str) -> str:
    """Return the alternative text that stands in a child of this name."""
    for one in element.iter():
        if local(one) == name:
            return (one.get("descr", "").strip() or one.get("title", "")).strip()
    return ""


def _crop(rect: Element | None) -> tuple[float, float, float, float]:
    """Return what is cut off; nothing when it makes no sense, or adds an edge instead."""
    if rect is None:
        return 0, 0, 0, 0
    shares = []
    for name in "ltrb":
        try:
            shares.append(min(max(int(rect.get(name, "0")) / 100_000, 0.0), 1.0))
        except ValueError:
            return 0, 0, 0, 0
    left, top, right, bottom = shares
    if left + right >= 1 or top + bottom >= 1:
        return 0, 0, 0, 0
    return left, top, right, bottom


def _turn(frame: Element | None) -> int | None:
    """Return the turn in degrees, to the nearest quarter; None when Word turns nothing.

    Word shows the dots as they are stored and writes down here how they are turned, also for a
    photo that a camera has noted as lying on its side.
    """
    given = frame.get("rot", "0") if frame is not None else "0"
    try:
        return round(int(given) / 60_000 / 90) % 4 * 90 or None
    except ValueError:
        return None
