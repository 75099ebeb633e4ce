"""Draws the pictures of a PDF: the part of its sheet where each stands, as dots."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2

from kiosk.editor.found.layout import Area
from kiosk.editor.found.opening import refused
from kiosk.editor.found.pictures import NotDrawn

DOTS = 3.0  # in a point: a picture of 6 cm has 500
MOST_DOTS = 3200  # a side of the whole sheet


class Artwork:
    """The pictures of one PDF. Each sheet is drawn once, while its pictures are asked for."""

    def __init__(self, name: str, data: bytes) -> None:
        self._name = name
        self._data = data
        self._areas: dict[str, tuple[int, Area, tuple[float, float]]] = {}
        self._sheet: tuple[int, Any] | None = None

    def add(self, sheet: int, area: Area, size: tuple[float, float]) -> str:
        """Remember a picture and return its key; size: of the sheet, in points."""
        key = str(len(self._areas))
        self._areas[key] = (sheet, area, size)
        return key

    def read(self, key: str) -> bytes:
        """Return a picture as PNG. Raises NotDrawn when nothing of it lies on the sheet."""
        sheet, area, (width, height) = self._areas[key]
        drawn = self._drawn(sheet)
        across, down = drawn.width / width, drawn.height / height
        box = (
            max(int(area.left * across), 0),
            max(int(area.top * down), 0),
            min(int(area.right * across + 1), drawn.width),
            min(int(area.bottom * down + 1), drawn.height),
        )
        if box[2] - box[0] < 2 or box[3] - box[1] < 2:
            raise NotDrawn("a picture that lies outside of the sheet")
        written = io.BytesIO()
        drawn.crop(box).save(written, "PNG", compress_level=1)  # only to hand it on
        return written.getvalue()

    def _drawn(self, sheet: int) -> Any:
        if self._sheet is None or self._sheet[0] != sheet:
            try:
                document = pypdfium2.PdfDocument(self._data)
                page = document[sheet - 1]
                scale = min(DOTS, MOST_DOTS / max(*page.get_size(), 1))
                self._sheet = (sheet, page.render(scale=scale).to_pil().convert("RGB"))
                document.close()
            except (pypdfium2.PdfiumError, MemoryError, ValueError):
                problem = f"I cannot draw the pictures on sheet {sheet}."
                raise refused(self._name, problem, "Print it to a new PDF, and try that.") from None
        return self._sheet[1]
