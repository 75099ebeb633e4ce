"""The documents that pages offer: PDF files in `assets/` that somebody else has written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kiosk.config import Site
from kiosk.content.listing import Listing
from kiosk.content.model import Source
from kiosk.content.places import is_missing
from kiosk.errors import ContentError
from kiosk.located import did_you_mean

ENDING = ".pdf"
KEY = "download"
MOST_BYTES = 20_000_000  # a phone on the road takes a minute for it
_HEAD, _TAIL = b"%PDF-", b"%%EOF"
_LOOKED_AT = 2048  # bytes at the end: some programs write a little after it


def find_documents(site: Site, listing: Listing) -> None:
    """Enter the files of `assets/` in a listing, so that a change of one is seen."""
    if not is_missing(site.assets):
        for _ in listing.folder(site.assets):
            pass


def wrong_documents(
    site: Site, listing: Listing, sources: Iterable[Source]
) -> dict[Path, ContentError]:
    """Return what is wrong with the documents that pages name, by the path of the page."""
    there = [path.name for path in listing.files if path.parent == site.assets]
    wrong: dict[Path, ContentError] = {}
    for source in sources:
        named = source.facts.get(KEY)
        if named is None or not isinstance(named.value, str) or not named.value:
            continue
        told = _wrong(site.assets / named.value, there, site)
        if told is not None:
            wrong[source.path] = ContentError(source.path, named.line, *told)
    return wrong


def _wrong(path: Path, there: list[str], site: Site) -> tuple[str, str] | None:
    """Return the problem with a document and what to try; None for a good one."""
    shown = site.shown(path)
    if path.name not in there:
        near = did_you_mean(path.name, [one for one in there if one.lower().endswith(ENDING)])
        hint = f'Did you mean "{near[0]}"?' if near else "Put the PDF there, or take the line away."
        return f"There is no file {shown}.", hint
    try:
        inside = path.resolve(strict=True).is_relative_to(site.root)
        with path.open("rb") as file:
            head = file.read(len(_HEAD))
            size = file.seek(0, 2)
            file.seek(max(0, size - _LOOKED_AT))
            tail = file.read()
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return f"I cannot read {shown}: {reason}.", "Ask who may read it."
    if not inside:
        return (
            f"{shown} is a link to a file outside the site's folder.",
            "Put the file itself there.",
        )
    if head != _HEAD or _TAIL not in tail:
        return f"{shown} is no whole PDF.", "Open it, and save it as PDF once more."
    if size > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        problem = f"{shown} has {size // 1_000_000} MB. {most} MB is the most."
        return problem, "Save it smaller, for screens."
    return None
