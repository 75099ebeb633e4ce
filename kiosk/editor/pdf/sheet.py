"""One sheet of a PDF: its lines of words and its pictures, each with its place.

Pictures are bitmaps, and drawings of curves that lie close together. Frames around words, lines
across the sheet and a ground behind everything are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pdfplumber.page import Page
from pdfplumber.utils.text import dedupe_chars, extract_words

from kiosk.editor.found.layout import Area, around

LEAST = 18.0  # points a side: a smaller drawing is an ornament
MOST_RATIO = 6.0
CLOSE = 3.0  # points between the curves of one drawing
GROUND = 0.6  # of the sheet: what is larger stands behind the words
MOST_CURVES = 30_000
STRIP = 0.4  # of its width: a bitmap that is flatter may be a part of one

_BULLET = re.compile(r"[-*•·▪■●○◦‣⁃–—o\uf0b7\uf0a7\uf0d8]|\d{1,2}[.)]")  # noqa: RUF001
# A bullet or a number of a list that stands so close to its words that they are one word.
_STUCK = re.compile(r"([•·▪■●○◦‣⁃]|\d{1,2}[.)](?=[^\W\d_]))(?=\w)")  # noqa: RUF001
_BOLD = re.compile(r"bold|black|heavy|demi", re.I)


@dataclass(slots=True)
class Line:
    """Words that stand in one line. stretches: words and whether they are bold.

    marks: numbers of the tags that its letters carry. artifact: the file says that it is no
    part of the text, such as a page number.
    """

    area: Area
    stretches: list[tuple[str, bool]]
    size: float
    marks: frozenset[int] = frozenset()
    artifact: bool = False

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join(words for words, _ in self.stretches)


@dataclass(slots=True)
class Shown:
    """A picture; marks: as of a line. of_several: more than one lie on each other here."""

    area: Area
    marks: frozenset[int] = frozenset()
    of_several: bool = False


@dataclass(slots=True)
class Sheet:
    """What stands on one sheet; ground: a bitmap fills nearly all of it."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    pictures: list[Shown] = field(default_factory=list)
    letters: int = 0
    unknown: int = 0  # letters that the file does not name
    turned: str = ""  # words that do not stand upright
    ground: bool = False


def read_sheet(page: Page) -> Sheet:
    """Read one page of a PDF."""
    sheet = Sheet(page.page_number, float(page.width), float(page.height))
    chars = dedupe_chars(page.chars, tolerance=1)
    sheet.letters = sum(not one["text"].isspace() for one in chars)
    sheet.unknown = sum(one["text"].startswith("(cid:") for one in chars)
    inside = [one for one in chars if 0 <= one["x0"] <= page.width and one["top"] <= page.height]
    upright = [one for one in inside if one["upright"]]
    odd = [one for one in chars if one not in upright] if len(upright) < len(chars) else []
    sheet.turned = "".join(one["text"] for one in odd)
    words = extract_words(
        upright, x_tolerance_ratio=0.2, extra_attrs=["fontname", "size"], return_chars=True
    )
    images = [_shown(one) for one in page.images]
    ground = [one for one in images if _covers(one.area, sheet) > GROUND]
    sheet.ground = bool(ground)
    bitmaps = _joined([one for one in images if one not in ground])
    places = [_area(one) for one in words]
    drawings = _drawings(page, places, sheet)
    sheet.pictures = _together(bitmaps, drawings)
    sheet.lines = _lines(words, [one.area for one in sheet.pictures])
    return sheet


def _area(thing: dict[str, Any]) -> Area:
    return Area(float(thing["x0"]), float(thing["top"]), float(thing["x1"]), float(thing["bottom"]))


def _shown(thing: dict[str, Any]) -> Shown:
    mark = thing.get("mcid")
    return Shown(_area(thing), frozenset() if mark is None else frozenset({mark}))


def _covers(area: Area, sheet: Sheet) -> float:
    return area.width * area.height / (sheet.width * sheet.height or 1)


def _is_strip(area: Area) -> bool:
    """Tell a strip of a picture from a whole one: those of a table may touch each other."""
    return area.height < area.width * STRIP


def _joined(images: list[Shown]) -> list[Shown]:
    """Put the strips together that some programs cut a picture into."""
    done: list[Shown] = []
    for one in sorted(images, key=lambda one: (one.area.left, one.area.top)):
        last = done[-1].area if done else None
        if (
            last is not None
            and abs(last.left - one.area.left) < 1
            and abs(last.right - one.area.right) < 1
            and one.area.top - last.bottom < 1
            and (_is_strip(last) or _is_strip(one.area))
        ):
            done[-1] = Shown(around([last, one.area]), done[-1].marks | one.marks)
        else:
            done.append(one)
    return done


def _drawings(page: Page, words: Sequence[Area], sheet: Sheet) -> list[Shown]:
    """Return the drawings of a sheet: curves that lie close together."""
    things = [*page.curves, *page.rects, *page.lines][:MOST_CURVES]
    curves = [one for one in map(_shown, things) if not _is_frame(one.area, words, sheet)]
    groups = _grouped(_grouped(curves))  # what has grown together may touch others
    return [one for one in groups if _is_picture(one.area, words, sheet)]


def _grouped(curves: list[Shown]) -> list[Shown]:
    groups: list[Shown] = []
    for one in sorted(curves, key=lambda one: (one.area.top, one.area.left)):
        close = [other for other in groups if _touch(one.area, other.area)]
        groups = [other for other in groups if other not in close]
        marks = frozenset[int]().union(one.marks, *(other.marks for other in close))
        groups.append(Shown(around([one.area, *(other.area for other in close)]), marks))
    return groups


def _is_frame(area: Area, words: Sequence[Area], sheet: Sheet) -> bool:
    short, long = sorted((area.right - area.left, area.bottom - area.top))
    if _covers(area, sheet) > GROUND or (short < 2 and long > 40):
        return True
    return any(_holds(area, one) for one in words)


def _is_picture(area: Area, words: Sequence[Area], sheet: Sheet) -> bool:
    short, long = sorted((area.width, area.height))
    if short < LEAST or long > short * MOST_RATIO or _covers(area, sheet) > GROUND:
        return False
    return sum(_holds(area, one) for one in words) < 4


def _holds(area: Area, word: Area) -> bool:
    across, down = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return area.left <= across <= area.right and area.top <= down <= area.bottom


def _touch(one: Area, other: Area) -> bool:
    return (
        one.left - CLOSE <= other.right
        and other.left - CLOSE <= one.right
        and one.top - CLOSE <= other.bottom
        and other.top - CLOSE <= one.bottom
    )


def _together(bitmaps: list[Shown], drawings: list[Shown]) -> list[Shown]:
    """Put pictures together that lie on each other, such as a photo with an arrow on it."""
    done: list[Shown] = []
    for number, one in enumerate([*bitmaps, *drawings]):
        over = next((other for other in done if _overlap(one.area, other.area) > 0.5), None)
        if over is None:
            done.append(one)
        else:
            # A drawing on a photo is a part of it; two photos may each have said something.
            is_photo = number < len(bitmaps) and min(one.area.width, one.area.height) >= LEAST
            over.of_several |= is_photo or not _is_inside(one.area, over.area)
            over.area = around([over.area, one.area])
            over.marks |= one.marks
    return done


def _is_inside(one: Area, other: Area) -> bool:
    return (
        other.left - CLOSE <= one.left
        and one.right <= other.right + CLOSE
        and other.top - CLOSE <= one.top
        and one.bottom <= other.bottom + CLOSE
    )


def _overlap(one: Area, other: Area) -> float:
    return max(one.beside(other), 0.0) * max(one.under(other), 0.0)


def _lines(words: list[dict[str, Any]], pictures: Sequence[Area]) -> list[Line]:
    """Put words into lines; a wide gap or a picture between ends one."""
    rows: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda one: (one["bottom"], one["x0"])):
        near = rows[-1][-1] if rows else None
        low = min(float(word["size"]), float(near["size"])) if near else 0.0
        if near is not None and abs(word["bottom"] - near["bottom"]) < max(low * 0.3, 2):
            rows[-1].append(word)
        else:
            rows.append([word])
    lines: list[Line] = []
    for row in rows:
        row.sort(key=lambda one: one["x0"])
        piece: list[dict[str, Any]] = []
        for word in row:
            if piece and _ends_before(word, piece, pictures):
                lines.append(_line(piece))
                piece = []
            piece.append(word)
        lines.append(_line(piece))
    return lines


def _ends_before(
    word: dict[str, Any], piece: list[dict[str, Any]], pictures: Sequence[Area]
) -> bool:
    last = piece[-1]
    gap = word["x0"] - last["x1"]
    size = max(float(word["size"]), float(last["size"]))
    if gap > size * 0.8 and any(
        last["x1"] <= one.left + 2 and one.right <= word["x0"] + 2 and one.beside(_area(word)) > 0.5
        for one in pictures
    ):
        return True
    is_bullet = len(piece) == 1 and _BULLET.fullmatch(last["text"]) is not None
    return bool(gap > size * (6 if is_bullet else 1.5))


def _line(words: list[dict[str, Any]]) -> Line:
    size = max(float(one["size"]) for one in words)
    area = around([_area(one) for one in words])
    chars: Iterable[dict[str, Any]] = (char for one in words for char in one["chars"])
    marks: set[int] = set()
    artifact = True
    for char in chars:
        artifact = artifact and char.get("tag") == "Artifact"
        if char.get("mcid") is not None:
            marks.add(char["mcid"])
    stretches: list[tuple[str, bool]] = []
    for at, one in enumerate(words):
        text = one["text"]
        if at == 0 and len(words) > 1 and text == "o" and _gap(words) > size * 0.8:
            text = "•"
        elif at == 0:
            text = _STUCK.sub(r"\1 ", text, count=1) if _STUCK.match(text) else text
        stretches.append((text, _BOLD.search(one["fontname"]) is not None))
    look = str(round(size))
    area = Area(area.left, area.top, area.right, area.bottom, look)
    return Line(area, stretches, size, frozenset(marks), artifact)


def _gap(words: list[dict[str, Any]]) -> float:
    return float(words[1]["x0"] - words[0]["x1"])
