"""What is in a drawing of a Word file: pictures, and things that a page cannot show.

Word writes a picture as a `drawing` (in the line, or floating beside it), as an older `pict`, or
inside a group or a canvas with other shapes. A text box is a shape, too. `AlternateContent` holds
the same drawing twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from kiosk.editor.found.blocks import FoundPicture
from kiosk.editor.found.layout import Area
from kiosk.editor.found.notes import whole
from kiosk.editor.word.package import Package, Relation
from kiosk.editor.word.spots import Anchor, Frame, frame_of, place_in, spot_of, style_spot
from kiosk.editor.word.xml import A, R, local, words_in
from kiosk.symbols.bitmaps import View

_DRAWINGS = {"chart": "a chart", "diagram": "a SmartArt drawing", "ink": "a drawing by hand"}
_SHAPES = {"wsp", "sp", "cxnSp", "rect", "roundrect", "oval", "line", "polyline", "shape"}
_GROUPS = {"wgp", "grpSp", "wpc", "lockedCanvas", "group"}


@dataclass(frozen=True, slots=True)
class PictureHere:
    """A picture in a drawing; spot: where it floats, None for one that stands in the line."""

    picture: FoundPicture
    spot: Area | None


@dataclass(frozen=True, slots=True)
class TextBox:
    """A box with words in it; inside: the element that holds its paragraphs."""

    inside: Element
    spot: Area | None


@dataclass(slots=True)
class DrawingContent:
    """What is in one drawing, in the order of the file."""

    parts: list[PictureHere | TextBox] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    holds_a_file: bool = False


def has_picture(element: Element) -> bool:
    """Tell whether a person sees more here than words."""
    return any(local(one) in ("drawing", "pict", "object") for one in element.iter())


def look_at_drawing(
    drawing: Element, package: Package, relations: dict[str, Relation], place: str, at: Anchor
) -> DrawingContent:
    """Return the pictures and text boxes of a drawing in their order, and what else it shows."""
    reader = _Reader(package, relations, place, at)
    reader.read(drawing, "")
    if not reader.found.parts and not reader.found.left_out:
        if reader.shapes:
            reader.found.left_out.append("a shape that was drawn, such as an arrow")
        elif reader.unknown:
            reader.found.left_out.append(
                "a drawing that I cannot read. Save it as a picture, and put that in"
            )
    return reader.found


class _Reader:
    def __init__(
        self, package: Package, relations: dict[str, Relation], place: str, at: Anchor
    ) -> None:
        self.package = package
        self.relations = relations
        self.place = place
        self.at = at
        self.found = DrawingContent()
        self.shapes = 0
        self.grouped = False
        self.unknown = False
        self.spot: Area | None = None
        self.frame: Frame | None = None

    def read(self, element: Element, alt: str) -> None:
        """Look at an element and at all inside it; alt: the alternative text around it."""
        name = local(element)
        if name == "AlternateContent":
            chosen = _better_half(element)
            if chosen is not None:
                self.children(chosen, alt)
        elif name in ("inline", "anchor"):
            self.unknown = True
            self.spot = spot_of(element, self.at) if name == "anchor" else None
            self.children(element, _alt(element, "docPr") or alt)
        elif name == "pic":
            own = _alt(element, "cNvPr")
            with self.standing(place_in(self.frame, element)):
                self.picture(element, own or alt if self.grouped else alt or own)
        elif name == "imagedata":
            self.add(element.get(R + "id") or element.get(R + "pict"), alt, View())
        elif name == "graphicData":
            kind = element.get("uri", "").rpartition("/")[2]
            if kind in _DRAWINGS:
                said = whole(self.words_of_parts(element))
                what = _DRAWINGS[kind]
                self.found.left_out.append(f"{what} with the words {said}" if said else what)
            else:
                self.children(element, alt)
        elif name == "txbxContent":
            if words_in(element).strip() or has_picture(element):
                self.found.parts.append(TextBox(element, self.spot))
        elif name in ("txBody", "textpath"):  # words that are drawn, such as WordArt
            said = whole(words_in(element) or element.get("string", ""))
            if said:
                self.found.left_out.append(f"a drawing with the words {said}")
        elif name in ("OLEObject", "control"):
            self.found.holds_a_file = True
        else:
            self.shape(element, name, alt)

    def shape(self, element: Element, name: str, alt: str) -> None:
        """Look into a shape or a group, and note where it stands."""
        self.shapes += name in _SHAPES
        alt = element.get("alt", "").strip() or alt
        if name in _GROUPS:
            self.grouped = True
            before = self.frame
            with self.standing(place_in(before, element)):
                if self.spot is not None:
                    self.frame = frame_of(element, self.spot) or before
                self.children(element, alt)
            self.frame = before
        elif element.get("style"):
            with self.standing(style_spot(element, self.at)):
                self.children(element, alt)
        else:
            with self.standing(place_in(self.frame, element)):
                self.children(element, alt)

    @contextmanager
    def standing(self, spot: Area | None) -> Iterator[None]:
        """Let what is inside stand here, when the place is known."""
        before = self.spot
        self.spot = spot or before
        yield
        self.spot = before

    def words_of_parts(self, element: Element) -> str:
        """Return the words of a chart or of a SmartArt drawing, which stand in parts of their own.

        A part that is missing or broken has none.
        """
        said: list[str] = []
        for one in element.iter():
            for name, key in one.attrib.items():
                to = self.relations.get(key)
                if not name.startswith(R) or to is None or to.outside:
                    continue
                if to.kind in ("chart", "diagramData") and self.package.has(to.target):
                    said.append(words_in(self.package.xml(to.target)))
        return " ".join(said)

    def children(self, element: Element, alt: str) -> None:
        for child in element:
            self.read(child, alt)

    def picture(self, element: Element, alt: str) -> None:
        blip = next(element.iter(A + "blip"), None)
        if blip is None:
            self.found.left_out.append(
                "a picture that is not in the file itself. Put it in, and save"
            )
            return
        rect = next(element.iter(A + "srcRect"), None)
        frame = next(element.iter(A + "xfrm"), None)
        self.add(blip.get(R + "embed"), alt, View(_crop(rect), _turn(frame)))

    def add(self, key: str | None, alt: str, view: View) -> None:
        to = self.relations.get(key or "")
        if to is None or to.outside:
            self.found.left_out.append(
                "a picture that is not in the file itself. Put it in, and save"
            )
        else:
            picture = FoundPicture(self.place, to.target, alt, view)
            self.found.parts.append(PictureHere(picture, self.spot))


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
