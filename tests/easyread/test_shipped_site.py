"""The shipped site reads easily: nothing is found, and what is ignored has a reason.

A translation whose page has changed since may stand there, as long as the checker says so.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from kiosk.config import Site, load_site
from kiosk.content import Library, fingerprint
from kiosk.easyread import Checker, Finding
from kiosk.easyread.model import TRANSLATION
from kiosk.editor.check import other_files

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)  # the site is not to go bad by itself; its pages are reviewed in a year


def found(site: Site) -> tuple[Finding, ...]:
    library = Library(site)
    return Checker(site, library).check(*other_files(site, library.symbols), today=TODAY).findings


def test_nothing_is_found_on_the_shipped_site_but_what_is_to_be_translated_again() -> None:
    assert [str(one) for one in found(load_site(ROOT)) if one.code != TRANSLATION] == []


def test_each_translation_of_a_page_that_has_changed_since_is_told_of() -> None:
    site = load_site(ROOT)
    first, *others = Library(site).languages.values()
    pages = {one.id: fingerprint(one) for one in (first.home, *first.pages.values())}
    stale = {
        (language.code, one.id)
        for language in others
        for one in (language.home, *language.pages.values())
        if one.language == language.code and one.original != pages[one.id]
    }
    told = {(one.path.parts[1], one.path.stem) for one in found(site) if one.code == TRANSLATION}
    assert told == stale


def test_what_is_ignored_has_a_reason_and_is_still_there_to_ignore() -> None:
    site = load_site(ROOT)
    easyread = site.settings.easyread
    everything = replace(
        site,
        settings=site.settings.model_copy(
            update={"easyread": easyread.model_copy(update={"ignore": ()})}
        ),
    )
    findings = found(everything)
    for one in easyread.ignore:
        assert len(one.reason.split()) >= 4, one
        assert any(
            finding.code == one.rule and finding.path.is_relative_to(one.path)
            for finding in findings
        ), one
