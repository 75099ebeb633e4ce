from __future__ import annotations

import array
import io
import os
import signal
import statistics
import subprocess
import sys
import wave
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import SpeechTimeout, VoiceMissing
from kiosk.speech.engine import Voice, WordTime
from kiosk.speech.narrator import Narrator, Spoken
from kiosk.speech.process import Pyttsx3Engine
from kiosk.speech.pronounce import spoken_text
from kiosk.speech.timing import visible_words, word_times
from tests.tools.waiting import wait_until

RATES = {"slow": 100, "normal": 130, "quick": 160}
PEOPLE = ("Parents", "Carers", "Teachers", "Children", "Families")
DOING = ("can help", "talk to us", "make plans", "meet today", "find friends")
WHERE = ("at home", "in school")
SENTENCES = [f"{who} {what}, {where}." for who in PEOPLE for what in DOING for where in WHERE]


@pytest.fixture(scope="module")
def engine() -> Iterator[Pyttsx3Engine]:
    made = Pyttsx3Engine()
    yield made
    made.close()


@pytest.fixture
def narrator(engine: Pyttsx3Engine, tmp_path: Path) -> Narrator:
    return Narrator(engine, tmp_path, voices={"en": "gmw/en"}, rates=RATES)


def after_pauses(spoken: Spoken) -> list[float]:
    """The starts of the words that come after a pause: the first, and those after a comma."""
    starts = []
    for index, word in enumerate(spoken.words):
        if index == 0 or spoken.text[: word.start].rstrip().endswith(","):
            starts.append(word.starts_at)
    return starts


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


def proportional(spoken: Spoken) -> Spoken:
    size = sum(word.end - word.start for word in spoken.words)
    reached, words = 0.0, []
    for word in spoken.words:
        length = spoken.seconds * (word.end - word.start) / size
        words.append(WordTime(word.start, word.end, reached, reached + length))
        reached += length
    return Spoken(spoken.text, spoken.key, spoken.seconds, tuple(words))


def errors(narrator: Narrator, speed: str, spread: bool) -> list[float]:
    found = []
    for spoken in narrator.narrate(SENTENCES, language="en", speed=speed, say={}):
        heard = onsets(narrator.clip_path(spoken.key).read_bytes())
        told = proportional(spoken) if spread else spoken
        found += [min(abs(start - one) for one in heard) for start in after_pauses(told)]
    assert len(found) == 2 * len(SENTENCES)
    return found


@pytest.mark.parametrize("speed", RATES)
def test_words_after_a_pause_begin_where_the_sound_does(narrator: Narrator, speed: str) -> None:
    assert len(set(SENTENCES)) == 50
    assert statistics.median(errors(narrator, speed, spread=False)) <= 0.040


@pytest.mark.parametrize("speed", RATES)
def test_times_spread_by_length_would_be_found_out(narrator: Narrator, speed: str) -> None:
    assert statistics.median(errors(narrator, speed, spread=True)) > 0.040


def test_only_the_wheels_speech_library_is_loaded(engine: Pyttsx3Engine) -> None:
    engine.render("Hello.", Voice("en", "gmw/en", 130))
    maps = Path(f"/proc/{engine.pid}/maps").read_text()
    libraries = {
        line.split()[-1] for line in maps.splitlines() if "espeak" in line and ".so" in line
    }
    assert libraries
    assert all("espeakng_loader" in name for name in libraries)


def test_a_killed_worker_is_replaced_without_a_word(engine: Pyttsx3Engine) -> None:
    voice = Voice("en", "gmw/en", 130)
    engine.render("One.", voice)
    assert engine.pid is not None
    old = engine.pid
    os.kill(old, signal.SIGKILL)
    assert engine.render("Two.", voice).seconds > 0
    assert engine.pid != old


def test_a_frozen_worker_is_given_up_and_the_next_sentence_is_spoken() -> None:
    engine = Pyttsx3Engine(seconds=1.5)
    voice = Voice("en", "gmw/en", 130)
    try:
        engine.render("One.", voice)
        assert engine.pid is not None
        old = engine.pid
        os.kill(old, signal.SIGSTOP)
        with pytest.raises(SpeechTimeout):
            engine.render("Two.", voice)
        assert not Path(f"/proc/{old}").exists()
        assert engine.render("Three.", voice).seconds > 0
    finally:
        engine.close()


def test_no_worker_outlives_a_killed_parent() -> None:
    program = (
        "import time\n"
        "from kiosk.speech.engine import Voice\n"
        "from kiosk.speech.process import Pyttsx3Engine\n"
        "engine = Pyttsx3Engine(); engine.render('Hello.', Voice('en', 'gmw/en', 130))\n"
        "print(engine.pid, flush=True)\n"
        "input()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    assert Path(f"/proc/{worker}").exists()
    parent.kill()
    parent.communicate()

    def is_gone() -> bool:
        try:
            return "\nState:\tZ" in Path(f"/proc/{worker}/status").read_text()
        except OSError:
            return True

    wait_until(is_gone, 10, "the end of the worker")


def test_a_language_without_a_voice_is_never_read_by_another(narrator: Narrator) -> None:
    with pytest.raises(VoiceMissing):
        narrator.narrate(["Dzień dobry."], language="pl", speed="normal", say={})


def test_an_unknown_voice_is_an_error_and_no_other_voice(engine: Pyttsx3Engine) -> None:
    with pytest.raises(VoiceMissing):
        engine.render("Hello.", Voice("en", "no/such-voice", 130))


def test_a_kept_clip_is_not_rendered_again_and_a_damaged_one_is(narrator: Narrator) -> None:
    (first,) = narrator.narrate(["I want to be heard."], language="en", speed="normal", say={})
    path = narrator.clip_path(first.key)
    path.touch()
    before = path.stat().st_mtime_ns
    narrator.narrate(["I want to be heard."], language="en", speed="normal", say={})
    assert path.stat().st_mtime_ns == before
    path.write_bytes(b"broken")
    narrator.narrate(["I want to be heard."], language="en", speed="normal", say={})
    assert path.stat().st_size > 1000


@pytest.mark.parametrize(
    "text",
    ["In 2,024 we met.", "It is one of the best.", "", "...", "a\0b", "Hello 😀 you.", "\ud800 x"],
)
def test_every_visible_word_is_timed(narrator: Narrator, text: str) -> None:
    (spoken,) = narrator.narrate([text], language="en", speed="normal", say={})
    assert [(word.start, word.end) for word in spoken.words] == visible_words(text)
    times = [time for word in spoken.words for time in (word.starts_at, word.ends_at)]
    assert times == sorted(times)
    assert all(time <= spoken.seconds + 0.001 for time in times)


def test_a_respelled_word_is_lit_as_it_is_written(narrator: Narrator) -> None:
    text = "An EHCP is a plan."
    say = {"EHCP": "E H C P"}
    assert spoken_text(text, "en", say).text == "An E H C P is a plan."
    (spoken,) = narrator.narrate([text], language="en", speed="slow", say=say)
    assert [text[word.start : word.end] for word in spoken.words] == text.split()
    lengths = {text[w.start : w.end]: w.ends_at - w.starts_at for w in spoken.words}
    assert lengths["EHCP"] > 2 * lengths["is"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Ages 11-16.", "Ages 11 to 16."),
        ("It is 1:1 help.", "It is 1 to 1 help."),
        ("Ring 01582 111 222.", "Ring 0 1 5 8 2, 1 1 1, 2 2 2."),
        ("The ICB met.", "The I C B met."),
        ("SEND and Ofsted.", "SEND and Ofsted."),
    ],
)
def test_numbers_and_letters_are_said_as_people_say_them(written: str, said: str) -> None:
    assert spoken_text(written, "en", {}).text == said


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


def test_many_threads_each_get_their_own_sentence(narrator: Narrator) -> None:
    texts = [f"{'word ' * count}end." for count in range(1, 17)]

    def ask(text: str) -> int:
        return len(narrator.narrate([text], language="en", speed="quick", say={})[0].words)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, texts)) == list(range(2, 18))
