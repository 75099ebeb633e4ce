"""What stands again and again at the top and the bottom of the sheets: headers, footers, numbers.

A line is one when the same words stand there on a third of the sheets, when it is only the number
of a page, or when the file itself says so. A picture is one when it stands at the same place there,
without words beside it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from kiosk.content.sentences import ENDS
from kiosk.editor.found.notes import LeftOut, whole
from kiosk.editor.pdf.sheet import Line, Sheet, Shown

EDGE = 0.12  # of the height of a sheet
_NUMBER = re.compile(r"\d+")
_PAGE = re.compile(r"(?:\w+\.? )?\W*\d+\W*(?:(?:of|/|-) ?\d+)?\W*", re.I)
_SAME = 8.0  # points


def without_edges(sheets: Sequence[Sheet]) -> list[LeftOut]:
    """Take headers, footers and page numbers off the sheets; return what was there."""
    told: list[LeftOut] = []
    often = max(2, len(sheets) // 3)
    for where in ("top", "bottom"):
        words: dict[str, list[tuple[Sheet, Line]]] = defaultdict(list)
        for sheet in sheets:
            for line in sheet.lines:
                if line.artifact or _is_at(where, line.area.top, line.area.bottom, sheet):
                    if line.artifact and _nearer(line, sheet) != where:
                        continue
                    words[_alike(line, sheet)].append((sheet, line))
        said: list[str] = []
        for found in words.values():
            marked = all(line.artifact for _, line in found)
            if marked or len({sheet.number for sheet, _ in found}) >= often:
                for sheet, line in found:
                    sheet.lines.remove(line)
                said += dict.fromkeys(line.text for _, line in found)
        place = f"the {where} of the sheets"
        if said:
            told.append(LeftOut(place, f"the words {', '.join(map(whole, said))}"))
        if _without_pictures(sheets, where, often):
            told.append(LeftOut(place, "a picture that stands there again and again"))
    return told


def _is_at(where: str, top: float, bottom: float, sheet: Sheet) -> bool:
    edge = sheet.height * EDGE
    return bottom < edge if where == "top" else top > sheet.height - edge


def _nearer(line: Line, sheet: Sheet) -> str:
    return "top" if line.area.top < sheet.height / 2 else "bottom"


def _alike(line: Line, sheet: Sheet) -> str:
    """Return the words of a line, where a number counts on with the sheets without it."""
    text = " ".join(line.text.split())
    if not _PAGE.fullmatch(text) and text.endswith(ENDS):
        return text
    return _NUMBER.sub(lambda one: f"#{int(one[0][:9]) - sheet.number}", text, count=1)


def _without_pictures(sheets: Sequence[Sheet], where: str, often: int) -> bool:
    places: dict[tuple[int, ...], list[tuple[Sheet, Shown]]] = defaultdict(list)
    for sheet in sheets:
        for picture in sheet.pictures:
            area = picture.area
            beside = any(area.beside(line.area) >= 0.5 for line in sheet.lines)
            if _is_at(where, area.top, area.bottom, sheet) and not beside:
                corners = (area.left, area.top, area.right, area.bottom)
                places[tuple(round(one / _SAME) for one in corners)].append((sheet, picture))
    found = [here for here in places.values() if len(here) >= often]
    for sheet, picture in (one for here in found for one in here):
        sheet.pictures.remove(picture)
    return bool(found)
