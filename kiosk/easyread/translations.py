"""What each language lacks, and which translations say what the first language no longer says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kiosk.content import Source, fingerprint
from kiosk.easyread.model import TRANSLATION, Finding

Kind = Literal["page", "survey"]


@dataclass(frozen=True, slots=True)
class Edition:
    """A page or a survey in one language.

    fingerprint: of its words now; "" when it cannot be read. original: the fingerprint that it was
    translated from. line: where that stands or should stand. checked_by: who checked the
    translation. is_shown: it is no draft. only_in: the languages that it is for, () for all.
    """

    kind: Kind
    id: str
    language: str
    path: Path
    fingerprint: str
    original: str
    line: int
    checked_by: str
    is_shown: bool = True
    only_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lacks:
    """What a language lacks of the site's first one.

    pages, surveys: ids of those that are not there; all_pages, all_surveys: how many there should
    be. unchecked: how many translations nobody has checked.
    """

    language: str
    pages: tuple[str, ...]
    all_pages: int
    surveys: tuple[str, ...]
    all_surveys: int
    unchecked: int

    def __str__(self) -> str:
        """`pl: 2 of 9 pages are not there yet: champions, strategy. ...`, for a person."""
        said = [
            f"{len(names)} of {number} {kind} {'is' if len(names) == 1 else 'are'} not there yet: "
            f"{', '.join(names)}."
            for kind, names, number in (
                ("pages", self.pages, self.all_pages),
                ("surveys", self.surveys, self.all_surveys),
            )
            if names
        ] or ["All pages and surveys are there."]
        if self.unchecked:
            one = self.unchecked == 1
            said.append(
                f"{self.unchecked} {'translation is a draft' if one else 'translations are drafts'}"
                f": nobody has checked {'it' if one else 'them'} yet."
            )
        return f"{self.language}: {' '.join(said)}"


def page_editions(sources: Iterable[Source]) -> list[Edition]:
    """Return the pages as editions."""
    found = []
    for source in sources:
        page = source.page
        place = source.facts.get("original") or source.facts.get("title")
        found.append(
            Edition(
                "page",
                source.id,
                source.language,
                source.path,
                fingerprint(page) if page else "",
                page.original if page else "",
                place.line if place else 1,
                page.translation_checked_by if page else "",
                page is None or page.status != "draft",
            )
        )
    return found


def compare(
    editions: Sequence[Edition], languages: Sequence[str]
) -> tuple[list[Finding], tuple[Lacks, ...]]:
    """Return what has gone stale, and what each language but the first one lacks."""
    first, *others = languages
    originals = {
        (edition.kind, edition.id): edition for edition in editions if edition.language == first
    }
    findings: list[Finding] = []
    lacks = []
    for code in others:
        here = [edition for edition in editions if edition.language == code]
        findings += [found for edition in here for found in _stale(edition, originals, first)]
        there = {(edition.kind, edition.id) for edition in here if edition.is_shown}
        wanted = [
            edition
            for edition in originals.values()
            if edition.is_shown and (not edition.only_in or code in edition.only_in)
        ]
        missing = sorted(
            (edition.kind, edition.id)
            for edition in wanted
            if (edition.kind, edition.id) not in there
        )
        translated = [
            edition
            for edition in here
            if (edition.kind, edition.id) in originals and edition.is_shown
        ]
        lacks.append(
            Lacks(
                code,
                tuple(name for kind, name in missing if kind == "page"),
                sum(edition.kind == "page" for edition in wanted),
                tuple(name for kind, name in missing if kind == "survey"),
                sum(edition.kind == "survey" for edition in wanted),
                sum(not edition.checked_by for edition in translated),
            )
        )
    return findings, tuple(lacks)


def _stale(
    one: Edition, originals: Mapping[tuple[Kind, str], Edition], first: str
) -> Iterable[Finding]:
    if not one.fingerprint:
        return  # what is wrong with the file is said already
    original = originals.get((one.kind, one.id))
    if original is None:
        if one.original:
            problem = f'There is no {one.kind} "{one.id}" in the language "{first}" any more.'
            hint = 'Take the line "original" away, or this file.'
            yield Finding(TRANSLATION, one.path, one.line, 1, "W", problem, hint)
    elif original.fingerprint and one.original != original.fingerprint:
        problem = f"{original.path} has changed since this was translated."
        hint = f"Read both. Then write: original: {original.fingerprint}"
        if not one.original:
            problem = "This does not say what it was translated from."
            hint = f"Read it beside {original.path}. Then write: original: {original.fingerprint}"
        yield Finding(TRANSLATION, one.path, one.line, 1, "W", problem, hint)
