"""What may be lost of a page on its way to paper."""

from __future__ import annotations

from dataclasses import replace

from kiosk.content import Page

LOST = ("alt", "title", "language", "picture", "letters")


def without(page: Page, lost: str) -> Page:
    """Return a page of two ideas without one thing of LOST."""
    first, second = page.ideas
    if lost == "alt":
        return replace(page, ideas=(first, replace(second, words=" ")))
    if lost == "picture":
        return replace(page, ideas=(first, replace(second, symbol=None)))
    if lost == "language":
        return replace(page, language="")
    return replace(page, title="" if lost == "title" else "\U000e0f00 or \ue123")
