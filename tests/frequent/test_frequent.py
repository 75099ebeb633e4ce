"""How common words are, read from the lists of wordfreq without its code."""

from __future__ import annotations

import subprocess
import sys

import pytest
import wordfreq

from kiosk.frequent import frequency, most_frequent


@pytest.mark.parametrize("language", ["en", "pl", "ro", "ur"])
def test_the_commonest_words_are_those_that_wordfreq_names(language: str) -> None:
    for count in (10, 5_000):
        named = wordfreq.top_n_list(language, count, wordlist="small")
        assert list(most_frequent(language, count)) == named


@pytest.mark.parametrize("language", ["en", "pl", "ro"])
def test_a_word_is_as_frequent_as_wordfreq_says(language: str) -> None:
    words = wordfreq.top_n_list(language, 20_000, wordlist="small")[::97]
    for word in (one for one in words if one.isalpha()):
        said = wordfreq.zipf_frequency(word, language, wordlist="small")
        assert frequency(word, language) == pytest.approx(said, abs=0.011), word
    assert frequency("qqqqqq", language) == 0


@pytest.mark.parametrize("language", ["xx", "", "../small_en", "e/n"])
def test_a_language_without_a_list_is_told(language: str) -> None:
    with pytest.raises(LookupError, match="no list of words"):
        frequency("word", language)


def test_the_code_of_wordfreq_is_not_loaded_for_that() -> None:
    code = (
        "import sys; from kiosk.frequent import frequency;"
        " print(frequency('bus', 'en') > 4, 'wordfreq' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]
