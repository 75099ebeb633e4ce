"""What there is to know of a page itself: small at its top, and in full sentences at its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from kiosk.content import Page
from kiosk.content.names import YOU_SAID
from kiosk.screen.languages import day_in_words, isolated, language_name
from kiosk.screen.screens import Screen, Speech


@dataclass(frozen=True, slots=True)
class Note:
    """One of them. name: "draft" or "borrowed". short: a word or two; tell: how these are said."""

    name: str
    short: str
    tell: int
    sentences: list[tuple[int, str]]


def notes_of(speech: Speech, screen: Screen, page: Page, *, is_help: bool) -> list[Note]:
    """Return what a page has to tell of itself. is_help: it tells of the kiosk, not of the site."""
    is_borrowed = page.language != screen.language
    found: list[Note] = []
    if is_borrowed:
        name = language_name(page.language, screen.language)
        sentences = speech.not_translated(screen.language)
        found.append(_note(speech, "borrowed", "borrowed_short", sentences, language=name))
    # Of a translation that nobody has checked at all, a second label would say nothing new.
    is_own_work = page.id == YOU_SAID or page.translation_checked_by
    is_unchecked = screen.translated and not is_borrowed and not is_own_work
    if not is_help and (is_unchecked or page.status == "ready"):
        said = screen.interface.said("draft_translation" if is_unchecked else "draft")
        found.append(_note(speech, "draft", "draft_short", speech.sentences(said)))
    return found


def _note(
    speech: Speech, name: str, key: str, sentences: list[tuple[int, str]], **values: object
) -> Note:
    short = speech.interface.said(key, **values).text
    return Note(name, short, speech.tell(key, **values), sentences)


def source_of(speech: Speech, page: Page, words: Mapping[str, str]) -> tuple[int, Markup] | None:
    """Return where a page comes from, and when that was looked at."""
    if not page.source:
        return None
    day = day_in_words(page.facts_checked, page.language)
    text = f"{words['source']}: {page.source}, {day}."
    # An English name would draw the day, which begins with a number, to itself.
    shown = Markup("{}: <bdi>{}</bdi>, <bdi>{}</bdi>.")
    return speech.say(text), shown.format(words["source"], isolated(page.source), isolated(day))
