"""Files that a page offers to keep, where it is not the kiosk's own screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.content import Page
from kiosk.screen.codes import document_path

DOCUMENT = "document"  # the kind of what somebody else has written


@dataclass(frozen=True, slots=True)
class Download:
    """A file. kind: "leaflet", "book", "audio", or "document" for what somebody else has written.

    address: as the first page sees it.
    """

    kind: str
    address: str


Downloads = Mapping[tuple[str, str], tuple[Download, ...]]  # by language and page


def offered_on(
    page: Page, language: str, downloads: Downloads, *, on_web: bool
) -> tuple[Download, ...]:
    """Return what a page offers to keep.

    On the web that is also the document that it is about; at the kiosk this is offered by its code,
    and by the printer.
    """
    found = downloads.get((language, page.id), ())
    if not page.download or not on_web:
        return found
    return (*found, Download(DOCUMENT, document_path(page.download)))
