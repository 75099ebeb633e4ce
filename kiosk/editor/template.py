"""A new page to fill in."""

from __future__ import annotations

from datetime import date, timedelta

from kiosk.config import Site
from kiosk.editor.found.page import NO_PICTURE, NO_PICTURE_WORDS, PAGE_PICTURE, front_matter
from kiosk.editor.place import NewPlace, find_place, page_name
from kiosk.editor.save import Files
from kiosk.errors import PageNotMade

REVIEW_AFTER = timedelta(days=364)  # no more than 12 months

_BODY = f"""\
:{NO_PICTURE} = "{NO_PICTURE_WORDS}": Write your first idea here.
An idea has a picture and 1 to 3 short sentences.

:{NO_PICTURE} = "{NO_PICTURE_WORDS}": Write the next idea here.
A list belongs to the idea above it:
- one thing
- another thing

# A heading for the next ideas

:{NO_PICTURE} = "{NO_PICTURE_WORDS}": Say who can help.
"""


def new_page(
    site: Site,
    title: str,
    *,
    part: str | None,
    name: str | None = None,
    language: str | None = None,
    today: date | None = None,
) -> NewPlace:
    """Write a page that is a draft and shows how to fill it in, and return its place.

    part: a folder of pages, old or new; None for a page that only links lead to. name: the page's
    name, or else made from the title. Raises PageNotMade for a place that is taken or cannot be
    used; nothing is ever written over.
    """
    title = " ".join(title.split())
    name = name or page_name(title)
    if not title or not name:
        raise PageNotMade("I cannot make a file's name from this title. Give one with --name.")
    place = find_place(site, name, part=part, language=language)
    day = today or site.today()
    text = front_matter(title, PAGE_PICTURE, place.order, day + REVIEW_AFTER) + _BODY
    with Files(site) as files:
        files.create(place.path, text.encode())
    return place
