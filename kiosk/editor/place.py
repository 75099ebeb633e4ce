"""Where a new page goes: a name that nothing has yet, in a folder of the site."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from kiosk.config import Site
from kiosk.content import PAGE_ID
from kiosk.content.names import RESERVED
from kiosk.content.page import MAX_ORDER
from kiosk.errors import PageNotMade
from kiosk.located import did_you_mean

_ORDER = re.compile(r"^order:[ \t]*[\"']?(\d{1,4})\b", re.M)
_LONGEST = 60  # letters of a name that is made from a title or a file's name


@dataclass(frozen=True, slots=True)
class NewPlace:
    """The place of a page that is not there yet; part: its folder, or None.

    order: a number that puts it behind the pages of its folder.
    """

    path: Path
    id: str
    language: str
    part: str | None
    order: int


def find_place(site: Site, name: str, *, part: str | None, language: str | None) -> NewPlace:
    """Return where the page `name` can be made; language: the site's first one without.

    Raises PageNotMade for a name that is taken or cannot be one, and for an unknown language.
    """
    languages = site.settings.site.languages
    language = language or languages[0]
    if language not in languages:
        problem = f'The site has no language "{language}". It has: {", ".join(languages)}.'
        raise PageNotMade(problem)
    for one in (name, part):
        if one is not None and not PAGE_ID.fullmatch(one):
            better = page_name(one)
            instead = f'Call it "{better}".' if better else "Use small letters, digits and hyphens."
            raise PageNotMade(f'"{one}" cannot be the name of a page or of a part. {instead}')
    hint = "Use --name to give this page another name."
    if name in RESERVED:
        raise PageNotMade(f"{RESERVED[name]} {hint}")
    here = site.content / language
    pages = _taken(site, language)
    for other in pages:
        if other.stem == name:
            raise PageNotMade(f"There is {site.shown(other)} already. {hint}")
    folder = here / part if part else here
    orders = [_order(other) for other in pages if other.parent == folder]
    order = min(max([len(orders), *orders]) + 1, MAX_ORDER)
    return NewPlace(folder / f"{name}.md", name, language, part, order)


def free_name(site: Site, words: str, language: str) -> str:
    """Return a name from words that no page of a language has yet: "bus", "bus-2", "bus-3"."""
    taken = {one.stem for one in _taken(site, language)} | set(RESERVED)
    name = page_name(words) or "page"
    number = 2
    found = name
    while found in taken:
        found = f"{name}-{number}"
        number += 1
    return found


def _taken(site: Site, language: str) -> list[Path]:
    here = site.content / language
    return [*here.glob("*.md"), *here.glob("*/*.md"), *site.content.glob("surveys/*.yaml")]


def _order(page: Path) -> int:
    """Return the number that a page stands at; 0 where it has none that can be read."""
    try:
        head = page.read_text(encoding="utf-8-sig").split("\n---", 1)[0]
        found = _ORDER.search(head)
    except (OSError, UnicodeDecodeError):
        return 0
    return min(int(found[1]), MAX_ORDER) if found else 0


def parts_of(site: Site, language: str) -> list[str]:
    """Return the folders that hold the pages of a language."""
    return sorted(one.name for one in (site.content / language).glob("*/") if one.is_dir())


def nearest_part(site: Site, place: NewPlace) -> str:
    """Return the part that a new part's name may have been meant for, or ""."""
    near = did_you_mean(place.part or "", parts_of(site, place.language))
    return near[0] if near else ""


def page_name(title: str) -> str:
    """Make a page's name from a title or from a file's name; "" when no letter can be used."""
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    words = "".join(one if one.isalnum() else " " for one in letters).split()
    while len("-".join(words)) > _LONGEST and len(words) > 1:
        words.pop()
    return "-".join(words)[:_LONGEST].strip("-")
