"""Tells whether a page still says what it said when it was translated."""

from __future__ import annotations

import hashlib
import json

from kiosk.content.model import Home, Page

Seen = str | list["Seen"]


def fingerprint(page: Page) -> str:
    """Return 8 hex digits: others when a person would read or see something else on the page.

    That is its title, headings, sentences and items, what its pictures show, and the choices of a
    home page, each with its line. Its dates, its order and where things stand
    in its file make no difference.
    """
    choices = page.choices if isinstance(page, Home) else ()
    return fingerprint_of(
        [
            page.title,
            page.symbol.words,
            [
                [
                    idea.heading or "",
                    idea.words,
                    [one.text for one in idea.sentences],
                    [one.text for one in idea.items],
                ]
                for idea in page.ideas
            ],
            [[one.title, *([one.line] if one.line else []), one.symbol.words] for one in choices],
        ]
    )


def fingerprint_of(seen: Seen) -> str:
    """Return the fingerprint of these words: the same with every release of Python."""
    text = json.dumps(seen, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:8]
