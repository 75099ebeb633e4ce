"""The voice of each language of this site says each word that is seen, one after the other."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.speech.narrator import Narrator
from kiosk.speech.process import Pyttsx3Engine
from kiosk.speech.timing import visible_words
from tests.speech.conftest import RATES

SITE = load_site(Path(__file__).parents[2])


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(SITE)


@pytest.mark.parametrize("code", SITE.settings.site.languages)
def test_each_word_that_is_seen_is_lit_as_it_is_said(
    engine: Pyttsx3Engine, library: Library, tmp_path: Path, code: str
) -> None:
    language = library.languages[code]
    texts = [language.home.title]
    for name in ("what-is-send", "healthy"):
        page = language.pages[name]
        assert page.language == code
        texts += [page.title, *(one.text for idea in page.ideas for one in idea.sentences)]
    voices = SITE.settings.speech.voices
    narrator = Narrator(engine, tmp_path, voices=voices, rates=RATES, within=30)
    for one in narrator.narrate(texts, language=code, speed="normal", say=language.say):
        assert [(word.start, word.end) for word in one.words] == visible_words(one.text)
        assert all(word.starts_at < word.ends_at <= one.seconds for word in one.words)
        assert all(left.starts_at <= right.starts_at for left, right in pairwise(one.words))
