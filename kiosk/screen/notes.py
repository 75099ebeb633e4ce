"""What there is to know of a page itself: small at its top, and in full sentences at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import Any

from markupsafe import Markup

from kiosk.content import Page
from kiosk.content.names import YOU_SAID
from kiosk.screen.languages import day_in_words, isolated, language_name
from kiosk.screen.screens import Screen, Speech
from kiosk.symbols import Credit


@dataclass(frozen=True, slots=True)
class Note:
    """One of them. name: "draft", "borrowed" or "voice".

    short: a word or two; tell: how these are said.
    """

    name: str
    short: str
    tell: int
    sentences: list[tuple[int, str]]


def notes_of(
    speech: Speech, screen: Screen, page: Page, *, is_help: bool, reader: str
) -> list[Note]:
    """Return what a page has to tell of itself.

    is_help: it tells of the kiosk, not of the site. reader: who reads it aloud, "" for no person.
    """
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
    if reader:
        said = screen.interface.said("read_by", name=reader)
        found.append(_note(speech, "voice", "read_by_short", speech.sentences(said), name=reader))
    return found


def _note(
    speech: Speech, kind: str, key: str, sentences: list[tuple[int, str]], /, **values: object
) -> Note:
    short = speech.interface.said(key, **values).text
    return Note(kind, short, speech.tell(key, **values), sentences)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of where a page comes from, all in one language. sign: what stands before it."""

    sign: str
    say: int
    html: Markup
    language: str


def source_of(
    speech: Speech, page: Page, words: Mapping[str, str], original: Page | None
) -> list[Stretch]:
    """Return where a page comes from, and when that was looked at.

    original: of a translation, the page in the site's first language. What stands there word for
    word too, such as the name of a document, is said by the voice of that language.
    """
    if not page.source:
        return []
    own, known = page.language, _parts(original.source) if original else []
    parts = [("", words["source"], own)]
    for sign, part in zip_longest([": "], _parts(page.source), fillvalue="; "):
        language = original.language if original and part in known else own
        parts.append((sign, part, language))
    parts.append((", ", f"{day_in_words(page.facts_checked, own)}.", own))
    found = []
    for language, group in groupby(parts, key=itemgetter(2)):
        (sign, begin, _), *others = group
        text = begin + "".join(before + part for before, part, _ in others)
        # An English name would draw the day, which begins with a number, to itself.
        html = isolated(begin) + Markup("").join(
            Markup("{}<bdi>{}</bdi>").format(before, isolated(part)) for before, part, _ in others
        )
        found.append(Stretch(sign, speech.say(text, language), html, language))
    return found


def _parts(source: str) -> list[str]:
    return [one.strip() for one in source.split(";")]


def thanks_of(speech: Speech, thanked: Sequence[Credit]) -> list[dict[str, Any]]:
    """Return the list of who made the pictures, and that some of them were changed."""
    changed = {(one.title, one.creator) for one in thanked if one.changed}
    found: dict[str, dict[str, Any]] = {}
    for one in thanked:
        text = f"{one.title}, {one.creator}. {one.licence}."
        if text in found:  # as it was drawn, and changed: said once
            continue
        say = speech.say(text)
        is_changed = (one.title, one.creator) in changed
        added = [("credit_changed", speech.label("credit_changed"))] if is_changed else []
        if is_changed and one.passes_on:
            added.append(("credit_alike", speech.label("credit_alike")))
        found[text] = {"text": text, "say": say, "url": one.url, "added": added}
    return list(found.values())
