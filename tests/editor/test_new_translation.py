"""`kiosk new translation` copies a page or a survey that somebody then translates."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.easyread import Checker
from kiosk.editor.check import other_files
from kiosk.editor.translation import new_translation
from kiosk.errors import PageNotMade
from tests.tools.sites import HOME, KIOSK_TOML, PEOPLE, tiny_site

POLISH = {
    "kiosk.toml": KIOSK_TOML.replace('["en"]', '["en", "pl"]'),
    "content/pl/home.md": HOME,
    "content/en/about/people.md": PEOPLE.replace(
        "status: ready", "status: published\nchecked_by: 4 people, 1 May 2026"
    ),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tiny_site(tmp_path, POLISH)


def stale(root: Path) -> list[str]:
    checker = Checker(load_site(root))
    report = checker.check(*other_files(checker.site, checker.library.symbols))
    return [one.path.as_posix() for one in report.findings if one.code == "TR00"]


def test_a_page_is_a_draft_that_knows_what_it_was_made_from(root: Path) -> None:
    made = new_translation(load_site(root), "pl", "people")
    assert made.path == root / "content/pl/about/people.md"
    assert made.original == root / "content/en/about/people.md"
    assert not made.is_shown
    assert stale(root) == ["content/pl/home.md"]
    sources = {(one.language, one.id): one for one in Library(load_site(root)).now.sources}
    page, original = sources["pl", "people"].page, sources["en", "people"].page
    assert page is not None
    assert original is not None
    assert (page.status, page.checked_by, page.translation_checked_by) == ("draft", "", "")
    assert [one.sentences for one in page.ideas] != []
    assert [[each.text for each in one.sentences] for one in page.ideas] == [
        [each.text for each in one.sentences] for one in original.ideas
    ]


def test_a_home_page_and_a_survey_are_shown_at_once(root: Path) -> None:
    (root / "content/pl/home.md").unlink()
    for name in ("home", "think"):
        assert new_translation(load_site(root), "pl", name).is_shown
    assert stale(root) == []
    assert Library(load_site(root)).problems == ()


def test_a_translation_that_is_there_is_never_written_over(root: Path) -> None:
    before = (root / "content/pl/home.md").read_bytes()
    with pytest.raises(PageNotMade, match="already"):
        new_translation(load_site(root), "pl", "home")
    assert (root / "content/pl/home.md").read_bytes() == before


@pytest.mark.parametrize(
    ("language", "name", "said"),
    [
        ("ur", "people", 'no language "ur" to translate into. It has: pl'),
        ("en", "people", 'no language "en" to translate into'),
        ("pl", "peple", 'There is no page or survey "peple" in the language "en". Did you mean'),
        ("pl", "../people", "There is no page or survey"),
    ],
)
def test_what_cannot_be_translated_is_said(root: Path, language: str, name: str, said: str) -> None:
    with pytest.raises(PageNotMade) as refused:
        new_translation(load_site(root), language, name)
    assert said in str(refused.value)
    assert sorted(one.name for one in (root / "content/pl").rglob("*.*")) == ["home.md"]


def test_a_page_with_mistakes_is_mended_first(root: Path) -> None:
    path = root / "content/en/about/people.md"
    path.write_text(path.read_text().replace(":bus:", ":bs:"))
    with pytest.raises(PageNotMade, match=r"people.md has mistakes. To see them: kiosk check"):
        new_translation(load_site(root), "pl", "people")
