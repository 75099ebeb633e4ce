"""The page of a file that a test has read."""

from __future__ import annotations

from kiosk.content.model import Page, Source


def page_of(source: Source) -> Page:
    """Return the page; raise an ExceptionGroup of all that is wrong with its file."""
    if source.page is None:
        raise ExceptionGroup(f"{source.path} has mistakes", source.problems)
    return source.page
