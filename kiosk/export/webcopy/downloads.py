"""What a web copy offers to keep: leaflets, talking books and sound that were exported before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kiosk.content import Language, Page
from kiosk.screen.downloads import Download, Downloads

# Kind of file -> its ending, in the order in which they are offered.
KINDS = {"leaflet": ".pdf", "book": ".epub", "audio": ".mp3"}
FOLDER = "downloads"


def downloads_in(folder: Path, languages: Mapping[str, Language]) -> Downloads:
    """Return what lies in a folder for the pages of a site: by language and page.

    A page has its own file, or else that of its part, or else that of the whole site. The first
    page, which only leads to the others, has none.
    """
    found = {
        (code, page.id): tuple(_of_page(folder, page))
        for code, language in languages.items()
        for page in language.pages.values()
    }
    return {place: told for place, told in found.items() if told}


def _of_page(folder: Path, page: Page) -> Iterator[Download]:
    names = dict.fromkeys(one for one in (page.id, page.part) if one)
    for kind, suffix in KINDS.items():
        tried = [f"{kind}-{name}-{page.language}{suffix}" for name in names]
        for name in (*tried, f"{kind}-{page.language}{suffix}"):
            if (folder / name).is_file():
                yield Download(kind, f"{FOLDER}/{name}")
                break


def files_of(folder: Path, downloads: Downloads) -> dict[str, Path]:
    """Return where each file lies that is offered, by its address in the copy."""
    addresses = {one.address for told in downloads.values() for one in told}
    return {one: folder / one.removeprefix(f"{FOLDER}/") for one in sorted(addresses)}
