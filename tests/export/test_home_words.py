from __future__ import annotations

import re
from importlib.resources import files

import pytest

from kiosk.config import load_site
from kiosk.export.home_words import home_words
from kiosk.located import load_yaml
from tests.tools.sites import ROOT

GAP = re.compile(r"\{\w+\}")


@pytest.mark.parametrize("code", load_site(ROOT).settings.site.languages)
def test_each_language_of_the_shipped_site_has_all_words_and_their_gaps(code: str) -> None:
    file = files("kiosk.export") / "words" / f"{code}.yaml"
    own, english = load_yaml(file.read_text(encoding="utf-8")), home_words("en")
    assert own.keys() == english.keys()
    for key, words in english.items():
        assert sorted(GAP.findall(own[key])) == sorted(GAP.findall(words)), key


def test_a_language_without_words_of_its_own_has_english_ones() -> None:
    assert home_words("cy") == home_words("en")
