"""The speeds of the settings are words a minute as people hear them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.screen.said import SPEEDS, rates_of
from kiosk.speech.engine import DEFAULT_VOICES, SpeechEngine, Voice
from kiosk.speech.pace import (
    SLOWEST_NATURAL,
    espeak_pace,
    natural_pace,
    pause_after,
    piper_pace,
    slowest_piper,
)
from kiosk.speech.process import Pyttsx3Engine
from tests.speech.heard import heard, sentences
from tests.tools.cases import is_drill

SITE = load_site(Path(__file__).parents[2])
RATES = rates_of(SITE)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(SITE)


def is_heard(engine: SpeechEngine, library: Library, voice: Voice, texts: list[str]) -> float:
    """Return what is heard, in parts of what the setting says."""
    words = heard(library, voice.language, texts, lambda text: engine.render(text, voice))
    return words / voice.rate


@pytest.mark.drill
@pytest.mark.parametrize("speed", SPEEDS)
@pytest.mark.parametrize("code", SITE.settings.site.languages)
def test_each_language_speaks_the_words_a_minute_of_the_setting(
    engine: Pyttsx3Engine, library: Library, code: str, speed: str
) -> None:
    voice = Voice(code, DEFAULT_VOICES[code], RATES[speed])
    share = is_heard(engine, library, voice, sentences(library, code))
    assert share == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize("speed", ["slow", "normal"])
def test_some_sentences_have_about_the_words_a_minute_of_the_setting(
    engine: Pyttsx3Engine, library: Library, speed: str
) -> None:
    voice = Voice("en", "gmw/en", RATES[speed])
    texts = sentences(library, "en")
    share = is_heard(engine, library, voice, texts if is_drill() else texts[::20])
    assert share == pytest.approx(1, abs=0.08)


@pytest.mark.parametrize("code", ["en", "pl", "ro", "ur", "bn", "pt-BR"])
def test_more_words_a_minute_are_never_said_more_slowly(code: str) -> None:
    told = [espeak_pace(code, words) for words in range(50, 401)]
    assert [one.rate for one in told if not one.gap] == sorted(
        one.rate for one in told if not one.gap
    )
    assert all(80 <= one.rate <= 450 and 0 <= one.gap <= 25 for one in told)
    gaps = [one.gap for one in told]
    assert gaps == sorted(gaps, reverse=True)
    pauses = [pause_after(words) for words in range(50, 401)]
    assert pauses == sorted(pauses, reverse=True)
    assert min(pauses) > 0


def test_a_pause_after_a_sentence_is_as_long_as_the_setting_says(engine: Pyttsx3Engine) -> None:
    slow, quick = (
        engine.render("You can choose.", Voice("en", "gmw/en", words)) for words in (100, 160)
    )
    for clip, words in ((slow, 100), (quick, 160)):
        pause = clip.seconds - clip.words[-1].ends_at
        assert pause == pytest.approx(pause_after(words), abs=0.1)


def test_a_natural_voice_is_never_slower_than_is_clear_and_pauses_instead() -> None:
    normal, clear, slow = (natural_pace("heart", words) for words in (130, SLOWEST_NATURAL, 80))
    assert slow.speed == clear.speed < normal.speed
    assert clear.pause == pause_after(SLOWEST_NATURAL)
    # As long as a usual sentence would take at that speed.
    assert slow.pause - pause_after(80) == pytest.approx(7.1 * 60 * (1 / 80 - 1 / 110), abs=0.01)
    assert natural_pace("heart", 130).pause == pause_after(130)


def test_an_english_piper_voice_is_never_slower_than_is_clear_and_others_are_as_slow_as_told() -> (
    None
):
    assert slowest_piper("en-GB") > 100
    slow, clear = piper_pace("en", 100), espeak_pace("en", slowest_piper("en"))
    assert (slow.rate, slow.gap) == (clear.rate, clear.gap)
    assert slow.pause > pause_after(100)
    assert piper_pace("en", 130) == espeak_pace("en", 130)
    assert piper_pace("pl", 100) == espeak_pace("pl", 100)
