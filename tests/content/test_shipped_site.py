"""The site that this project ships: its hard words, its pictures and its pages."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.content.model import HardWord
from kiosk.content.sentences import sentence_spans
from kiosk.located import Located, parse_yaml

ROOT = Path(__file__).parents[2]
SIGNS = ROOT / "kiosk" / "screen" / "templates" / "signs.html"
MOST_WORDS = 12  # in a sentence of a meaning
MOST_PICTURE_WORDS = 10


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(load_site(ROOT))


@pytest.fixture(scope="module")
def hard_words(library: Library) -> dict[str, HardWord]:
    return library.languages["en"].hard_words


def keys(file: Path, *inside: str) -> list[str]:
    """Return the keys of a YAML file as they stand in it."""
    node: Located = parse_yaml(file.read_text(encoding="utf-8"), shown=file)
    for name in inside:
        assert isinstance(node.value, dict)
        node = node.value[name]
    assert isinstance(node.value, dict)
    return list(node.value)


def test_the_site_has_no_mistakes(library: Library) -> None:
    assert [str(one) for one in library.problems] == []


def test_every_page_is_shown_and_says_that_people_have_not_checked_it(library: Library) -> None:
    english = library.languages["en"]
    pages = [english.home, *english.pages.values()]
    assert len(pages) == len(list((ROOT / "content" / "en").rglob("*.md")))
    assert {page.status for page in pages} == {"ready"}


def test_a_part_begins_with_one_short_idea_above_its_cards(library: Library) -> None:
    for code, language in library.languages.items():
        for choice in language.home.choices:
            assert choice.line, (code, choice.title)
            if choice.part is None:
                continue
            first, *others = language.parts[choice.part]
            assert len(others) >= 2, (code, choice.part)
            assert first.title == choice.title, code
            assert [len(one.sentences) for one in first.ideas] == [2], (code, first.id)


def test_every_hard_word_has_a_picture(hard_words: dict[str, HardWord]) -> None:
    assert len(hard_words) >= 150
    assert [one.word for one in hard_words.values() if one.symbol is None] == []


def test_every_meaning_is_one_or_two_short_sentences(hard_words: dict[str, HardWord]) -> None:
    wrong = []
    for one in hard_words.values():
        sentences = [one.means[start:end] for start, end in sentence_spans(one.means)]
        short = all(len(sentence.split()) <= MOST_WORDS for sentence in sentences)
        if len(sentences) > 2 or not short or not all(text.endswith(".") for text in sentences):
            wrong.append(one.means)
    assert wrong == []


def test_the_hard_words_stand_in_the_order_of_the_alphabet() -> None:
    words = keys(ROOT / "content" / "en" / "words.yaml", "explain")
    plain = [re.sub(r"[^a-z0-9 ]", "", one.casefold().replace("-", " ")).split() for one in words]
    assert plain == sorted(plain)


def test_every_idea_of_the_word_book_has_a_picture_and_says_what_it_shows(library: Library) -> None:
    ideas = keys(ROOT / "content" / "symbols.yaml")
    assert len(ideas) >= 150
    for idea in ideas:
        words = library.symbols.find(idea).words
        assert 1 <= len(words.split()) <= MOST_PICTURE_WORDS, idea
        assert not re.search(r"picture of|image of|\.(?:svg|png)", words, re.IGNORECASE), idea


def test_no_picture_of_the_word_book_stands_for_two_ideas(library: Library) -> None:
    ideas = keys(ROOT / "content" / "symbols.yaml")
    used = Counter(library.symbols.find(idea).sha256 for idea in ideas)
    twice = [idea for idea in ideas if used[library.symbols.find(idea).sha256] > 1]
    assert twice == []


def test_the_pictures_of_the_buttons_are_the_signs_on_the_screen() -> None:
    signs = dict(re.findall(r"'(\w+)': '(M[^']+)'", SIGNS.read_text(encoding="utf-8")))
    pictures = sorted((ROOT / "assets" / "pictures").glob("*-button.svg"))
    assert len(pictures) >= 9
    for picture in pictures:
        name = picture.stem.removesuffix("-button")
        sign = signs[name]
        assert f'd="{sign}"' in picture.read_text(encoding="utf-8"), name
