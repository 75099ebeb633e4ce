"""The translations that are shipped: the same ideas, each with its picture, in other words."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.content import Language, Library, Page, fingerprint
from kiosk.feedback.survey.survey import load_surveys, survey_fingerprint

ROOT = Path(__file__).parents[2]
OTHERS = load_site(ROOT).settings.site.languages[1:]
BEGINNINGS = {"our-vision", "our-work", "take-part"}  # with `outcomes`, all parts
OUTCOMES = {
    "outcomes",
    "about-the-outcomes",
    "healthy",
    "safe",
    "best-i-can-be",
    "do-for-myself",
    "community",
    "heard",
}


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(load_site(ROOT))


def own_pages(language: Language) -> dict[str, Page]:
    pages = {"home": language.home, **language.pages}
    return {name: one for name, one in pages.items() if one.language == language.code}


@pytest.mark.parametrize("code", OTHERS)
def test_home_vision_and_outcomes_are_there_as_drafts(library: Library, code: str) -> None:
    pages = own_pages(library.languages[code])
    assert {"home", *BEGINNINGS, "vision", *OUTCOMES} <= pages.keys()
    assert {(one.checked_by, one.translation_checked_by) for one in pages.values()} == {("", "")}


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_follows_its_page_picture_by_picture(library: Library, code: str) -> None:
    english = library.languages["en"]
    for name, page in own_pages(library.languages[code]).items():
        original = english.home if name == "home" else english.pages[name]
        assert (page.part, page.order) == (original.part, original.order), name
        assert page.title != original.title
        if page.original != fingerprint(original):
            continue  # gone stale: the checker says so, in tests/easyread/test_shipped_site.py
        assert [one.name for one in page.ideas] == [one.name for one in original.ideas], name
        assert [one.heading is None for one in page.ideas] == [
            one.heading is None for one in original.ideas
        ]
        links = [
            [
                mark.target
                for idea in each.ideas
                for one in idea.sentences
                for mark in one.marks
                if mark.kind == "link"
            ]
            for each in (page, original)
        ]
        assert links[0] == links[1], name


@pytest.mark.parametrize("code", OTHERS)
def test_each_picture_of_a_translation_says_what_it_shows_in_its_language(
    library: Library, code: str
) -> None:
    language = library.languages[code]
    pictures = {
        idea.name: idea.words for page in own_pages(language).values() for idea in page.ideas
    }
    english = library.symbols
    assert [name for name, words in pictures.items() if words == english.find(name).words] == []
    hard = [one.symbol for one in language.hard_words.values() if one.symbol is not None]
    words_in_english = {one.words for one in english.ideas.values()}
    assert [one.words for one in hard if one.words in words_in_english] == []


@pytest.mark.parametrize("code", OTHERS)
def test_each_bold_word_of_a_translation_is_explained_and_each_explained_word_is_used(
    library: Library, code: str
) -> None:
    language = library.languages[code]
    marks = [
        (mark.kind, sentence.text[mark.start : mark.end], mark.target)
        for page in own_pages(language).values()
        for idea in page.ideas
        for sentence in idea.sentences
        for mark in sentence.marks
        if mark.kind != "link"
    ]
    assert [words for kind, words, _ in marks if kind != "hard"] == []
    assert {target for _, _, target in marks} == set(language.hard_words)


@pytest.mark.parametrize("code", OTHERS)
def test_each_survey_is_translated_from_its_words_now(library: Library, code: str) -> None:
    surveys, problems = load_surveys(load_site(ROOT), library.symbols)
    assert problems == ()
    for survey in surveys.values():
        translated = survey.translations[code]
        assert translated.original == survey_fingerprint(survey)
        assert translated.title != survey.title


def test_romanian_is_written_with_commas_below() -> None:
    for path in (ROOT / "content/ro").rglob("*.*"):
        assert not set("\u015f\u0163\u015e\u0162") & set(path.read_text(encoding="utf-8")), path
