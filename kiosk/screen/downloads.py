"""Files that a page offers to keep, where it is not the kiosk's own screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Download:
    """A file. kind: "leaflet", "book" or "audio"; address: as the first page sees it."""

    kind: str
    address: str


Downloads = Mapping[tuple[str, str], tuple[Download, ...]]  # by language and page
