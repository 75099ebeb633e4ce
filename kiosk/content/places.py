"""Which files of a site are pages, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kiosk.config import Site
from kiosk.content.inline import PAGE_ID
from kiosk.content.listing import Listing
from kiosk.content.names import RESERVED
from kiosk.content.page import HOME

RECORDED = ".voice"  # how the name of a folder ends that has the recordings of a page
_OTHER_ENDINGS = (".md", ".markdown", ".txt", ".docx", ".doc", ".odt")


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Where a page's file stands; part: its folder, or None."""

    id: str
    language: str
    part: str | None


def find_pages(site: Site, listing: Listing) -> dict[Path, PagePlace]:
    """Find the page files of all languages; what cannot be used is noted in the listing."""
    places: dict[Path, PagePlace] = {}
    for code in site.settings.site.languages:
        folder = site.content / code
        if is_missing(folder):
            hint = "Make it, with a home.md in it."
            listing.wrong(folder, f'There is no folder for the language "{code}".', hint)
            continue
        for path, is_folder in list(listing.folder(folder)):
            if not is_folder:
                _note(path, code, None, listing, places)
            elif path.suffix == RECORDED:
                continue
            elif not PAGE_ID.fullmatch(path.name):
                listing.wrong(path, *_bad_name(path.name, "folder"))
            else:
                _look_into(path, code, listing, places)
    return places


def find_surveys(site: Site, listing: Listing, before: frozenset[str]) -> frozenset[str]:
    """Return the ids of the surveys; those of `before` when their folder cannot be read now."""
    folder = site.content / "surveys"
    if is_missing(folder):
        return frozenset()
    files = [path for path, _ in listing.folder(folder) if path.suffix == ".yaml"]
    found = frozenset(path.stem for path in files if path.stem not in RESERVED)
    return before if folder in listing.closed else found


def is_missing(folder: Path) -> bool:
    """Tell whether it is certain that there is no such folder."""
    try:
        folder.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        return False  # it may be there: listing it will say what is wrong
    return False


def _look_into(folder: Path, code: str, listing: Listing, places: dict[Path, PagePlace]) -> None:
    for path, is_folder in list(listing.folder(folder)):
        if is_folder and path.suffix == RECORDED:
            continue
        if is_folder:
            problem = "A folder of pages cannot have a folder in it."
            listing.wrong(path, problem, "Move its pages up.")
        else:
            _note(path, code, folder.name, listing, places)


def _note(
    path: Path, code: str, part: str | None, listing: Listing, places: dict[Path, PagePlace]
) -> None:
    if path.suffix != ".md":
        if path.suffix.casefold() in _OTHER_ENDINGS:
            listing.wrong(path, 'A page\'s file must end in ".md".', "Give it another name.")
    elif not PAGE_ID.fullmatch(path.stem):
        listing.wrong(path, *_bad_name(path.stem, "page"))
    elif path.stem in RESERVED and (path.stem, part) != (HOME, None):
        listing.wrong(path, RESERVED[path.stem], "Give this page another name.")
    else:
        places[path] = PagePlace(path.stem, code, part)


def _bad_name(name: str, what: str) -> tuple[str, str]:
    plain = (one if one.isascii() and one.isalnum() else " " for one in name.casefold())
    better = "-".join("".join(plain).split())
    hint = f'Call it "{better}".' if better else "Use small letters, digits and hyphens."
    return f'"{name}" cannot be the name of a {what}.', hint
