"""The times of the words are those of the sound."""

# ruff: noqa: RUF001 - dashes and other alphabets are what is tested
from __future__ import annotations

import array
import io
import statistics
import wave
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.speech.engine import WordTime
from kiosk.speech.narrator import Narrator, Spoken
from kiosk.speech.timing import visible_words, word_times
from tests.speech.conftest import RATES
from tests.tools.cases import mostly_drill

PEOPLE = ("Parents", "Carers", "Teachers", "Children", "Families")
DOING = ("can help", "talk to us", "make plans", "meet today", "find friends")
WHERE = (", at home.", ": in school. Please come.")
SENTENCES = [f"{who} {what}{where}" for who in PEOPLE for what in DOING for where in WHERE]


def after_pauses(spoken: Spoken) -> list[float]:
    """The starts of the words that come after a pause: the first, and those after a mark."""
    return [
        word.starts_at
        for index, word in enumerate(spoken.words)
        if index == 0 or spoken.text[: word.start].rstrip().endswith((",", ":", "."))
    ]


def onsets(wav: bytes) -> list[float]:
    """Seconds at which sound begins after 60 ms or more of silence."""
    with wave.open(io.BytesIO(wav)) as file:
        rate = file.getframerate()
        samples = array.array("h", file.readframes(file.getnframes()))
    step = rate // 200
    loud = [
        max(map(abs, samples[place : place + step]), default=0) > 300
        for place in range(0, len(samples), step)
    ]
    found = []
    quiet = 100
    for index, is_loud in enumerate(loud):
        if is_loud:
            if quiet >= 12:
                found.append(index * step / rate)
            quiet = 0
        else:
            quiet += 1
    return found


def as_told(spoken: Spoken) -> Spoken:
    return spoken


def spread_by_length(spoken: Spoken) -> Spoken:
    size = sum(word.end - word.start for word in spoken.words)
    reached, words = 0.0, []
    for word in spoken.words:
        length = spoken.seconds * (word.end - word.start) / size
        words.append(WordTime(word.start, word.end, reached, reached + length))
        reached += length
    return Spoken(spoken.text, spoken.key, spoken.seconds, tuple(words))


def errors(narrator: Narrator, speed: str, told: Callable[[Spoken], Spoken]) -> list[float]:
    found = []
    for sentence in SENTENCES:  # each by itself: a busy computer has time for all
        (spoken,) = narrator.narrate([sentence], language="en", speed=speed, say={})
        heard = onsets(narrator.sound(spoken.key) or b"")
        starts = after_pauses(told(spoken))
        found += [min(abs(start - one) for one in heard) for start in starts]
    assert len(found) == 125  # two or three in each sentence
    return found


@pytest.mark.parametrize("speed", mostly_drill(RATES, "normal"))
def test_words_after_a_pause_begin_where_the_sound_does(narrator: Narrator, speed: str) -> None:
    assert len(set(SENTENCES)) == 50
    assert statistics.median(errors(narrator, speed, as_told)) <= 0.040


@pytest.mark.parametrize("speed", mostly_drill(RATES, "normal"))
def test_times_spread_by_length_would_be_found_out(narrator: Narrator, speed: str) -> None:
    assert statistics.median(errors(narrator, speed, spread_by_length)) > 0.040


@given(
    text=st.text(max_size=60),
    raw=st.lists(st.tuples(st.integers(0, 80), st.floats(0, 9), st.floats(0, 2)), max_size=20),
)
def test_times_are_in_order_and_inside_the_clip(
    text: str, raw: list[tuple[int, float, float]]
) -> None:
    events = [WordTime(a, a + 1, t, t + long) for a, t, long in raw]
    times = word_times(text, events, 8.0)
    assert [(one.start, one.end) for one in times] == visible_words(text)
    flat = [time for one in times for time in (one.starts_at, one.ends_at)]
    assert all(b >= a - 0.001 for a, b in pairwise(flat))
    assert all(0 <= time <= 8.0 for time in flat)


ODD_TEXTS = {
    "a number of four events": "In 2,024 we met.",
    "two words in one event": "It is one of the best.",
    "nothing": "",
    "marks only": "... – !",
    "a zero byte": "a\0b and c",
    "a command to the voice": "\x0120S Hello there",
    "pictures": "Hello 😀 you 👩‍👩‍👧.",
    "half a character": "\ud800 x \udfff",
    "a telephone number": "Ring 01582 548 000 now.",
    "markup": "Say <b>yes</b> & [[no]].",
    "many characters": "I like to be heard here. " * 200,
    "one long word": "a" * 5_000,
}


def check_all_timed(narrator: Narrator, text: str, language: str) -> None:
    (spoken,) = narrator.narrate([text], language=language, speed="normal", say={})
    assert [(word.start, word.end) for word in spoken.words] == visible_words(text)
    times = [time for word in spoken.words for time in (word.starts_at, word.ends_at)]
    assert times == sorted(times)
    assert all(time <= spoken.seconds + 0.001 for time in times)
    with wave.open(io.BytesIO(narrator.sound(spoken.key) or b"")) as wav:
        assert wav.getnframes() / wav.getframerate() == pytest.approx(spoken.seconds, abs=0.01)


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS.keys())
def test_every_visible_word_is_timed(narrator: Narrator, text: str) -> None:
    check_all_timed(narrator, text, "en")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pl", "Chcę, żeby mój głos był słyszany."),
        ("ro", "Vreau să fiu ascultat și înțeles."),
        ("ur", "میں چاہتا ہوں کہ میری بات سنی جائے۔"),
        ("bn", "আমি চাই আমার কথা শোনা হোক।"),
        ("en-GB", "I want to be heard."),
    ],
)
def test_other_languages_have_a_voice_and_times(
    narrator: Narrator, language: str, text: str
) -> None:
    check_all_timed(narrator, text, language)
