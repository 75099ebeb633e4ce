"""The natural voices: they speak by themselves, and eSpeak NG speaks when they cannot."""

from __future__ import annotations

import hashlib
import io
import json
import os
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import time
import wave
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.errors import SpeechError, VoiceMissing, VoiceStarting
from kiosk.speech import natural, resting
from kiosk.speech.engine import Clip, Voice, WordTime
from kiosk.speech.engines import Engines
from kiosk.speech.narrator import Narrator
from kiosk.speech.natural import VOICES, NaturalEngine
from kiosk.speech.pace import SLOWEST_NATURAL, natural_speed
from kiosk.speech.process import Pyttsx3Engine
from kiosk.speech.timing import visible_words
from tests.speech.conftest import PATIENCE, RATES
from tests.speech.heard import heard, sentences
from tests.tools.cases import is_drill
from tests.tools.waiting import wait_until

pytestmark = pytest.mark.natural

ROOT = Path(__file__).parents[2]
HEART = Voice("en", "natural/heart", 130)
TWIN = Voice("en", "natural/twin", 130)
TEXT = "I want to tell people what I think, and to be heard."


@pytest.fixture(scope="module")
def heart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NaturalEngine]:
    """Give the one engine of these tests, as it takes a while to start. It outlives its worker."""
    made = NaturalEngine(PATIENCE, tmp_path_factory.mktemp("voices"))
    yield made
    made.close()


@pytest.fixture
def twin(monkeypatch: pytest.MonkeyPatch, heart: NaturalEngine) -> Path:
    """Give the file of a voice that a site has dropped into its folder: "natural/twin"."""
    known = replace(VOICES["heart"], file="twin.onnx", inside=False)
    monkeypatch.setitem(natural.VOICES, "twin", known)
    file = heart.model(known)
    shutil.copy(heart.model(VOICES["heart"]), file)
    return file


def worker_of(engine: NaturalEngine) -> int:
    assert engine.pid is not None
    return engine.pid


def told(narrator: Narrator, *texts: str) -> list[int]:
    """Let it narrate a page; return the samples a second of each sentence: 24,000 is natural."""
    found = []
    for one in narrator.narrate(texts, language="en", speed="normal", say={}):
        assert [(word.start, word.end) for word in one.words] == visible_words(one.text)
        with wave.open(io.BytesIO(narrator.sound(one.key) or b"")) as wav:
            found.append(wav.getframerate())
    return found


def narrates(
    plain: Pyttsx3Engine, engine: NaturalEngine, folder: Path, voice: str = "natural/heart"
) -> Narrator:
    engines = Engines(plain, engine)
    return Narrator(engines, folder, voices={"en": voice}, rates=RATES, within=PATIENCE)


def test_its_worker_cannot_use_the_network() -> None:
    program = """
import socket
from kiosk.speech.worker import refuse_sockets
refuse_sockets()
socket.socket()
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert "PermissionError: A voice does not use the network." in done.stderr


@pytest.mark.parametrize(
    "text", ["", ".", "漢字", "\N{GRINNING FACE}", "[a](/b/) \0 \ud800", "a" * 900]
)
def test_whatever_is_written_it_goes_on(heart: NaturalEngine, text: str) -> None:
    assert heart.render(text, HEART).seconds > 0


def test_a_long_text_is_said_in_parts_and_every_word_has_its_time(heart: NaturalEngine) -> None:
    text = "This is how we help you and your family. " * 2 + "word " * 100
    clip = heart.render(text, HEART)
    assert [word.start for word in clip.words] == [start for start, _ in visible_words(text)]
    starts = [word.starts_at for word in clip.words]
    assert starts == sorted(starts)
    assert clip.words[-1].ends_at < clip.seconds


def onsets(clip: Clip) -> list[float]:
    """Return the seconds at which sound begins after 60 ms of silence."""
    with wave.open(io.BytesIO(clip.wav)) as wav:
        rate = wav.getframerate()
        samples = np.frombuffer(wav.readframes(wav.getnframes()), "<i2")
    step = rate // 200
    count = len(samples) // step
    loud = np.abs(samples[: count * step].reshape(count, step)).max(axis=1) > 330
    quiet, found = 0, []
    for at, is_loud in enumerate(loud):
        if is_loud and quiet >= 12:
            found.append(at * step / rate)
        quiet = 0 if is_loud else quiet + 1
    return found


def spread(text: str, clip: Clip) -> list[WordTime]:
    """Return times that are a guess by the length of each word."""
    words, last = visible_words(text), clip.words[-1].ends_at
    letters = sum(end - start for start, end in words)
    found, reached = [], clip.words[0].starts_at
    for start, end in words:
        lasts = (last - clip.words[0].starts_at) * (end - start) / letters
        found.append(WordTime(start, end, reached, reached + lasts))
        reached += lasts
    return found


def lateness(text: str, words: list[WordTime], clip: Clip) -> list[float]:
    """Return how far words after a mark are from where their sound begins, after real silence."""
    found = onsets(clip)
    after = [
        word for before, word in pairwise(words) if text[before.start :].split()[0][-1] in ",;:.!?"
    ]
    near = [min((abs(one - word.starts_at) for one in found), default=1.0) for word in after]
    return [one for one in near if one < 0.3]


@pytest.mark.drill
def test_words_after_silence_begin_where_the_durations_say(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from kiosk.speech import natural_voice

    # The model's durations alone: nothing is looked for in the sound.
    monkeypatch.setattr(natural_voice, "heard_from", lambda _, word, __: word.begins)
    renderer = natural_voice.Renderer()
    model = str(NaturalEngine().model(VOICES["heart"]))
    lines = [one for one in sentences(Library(load_site(ROOT)), "en") if one.endswith(".")]
    pairs = list(zip(lines[::2], lines[1::2], strict=False))[: 50 if is_drill() else 10]
    good: list[float] = []
    guessed: list[float] = []
    for first, second in pairs:
        text = f"{first[:-1]}, {second}"
        for words in RATES.values() if is_drill() else (130,):
            speed = natural_speed("heart", max(words, SLOWEST_NATURAL))
            wav, times = renderer.render(text, model, False, speed, 0.5)
            clip = Clip(wav, 60, tuple(WordTime(*one) for one in times))
            good += lateness(text, list(clip.words), clip)
            guessed += lateness(text, spread(text, clip), clip)
    assert len(good) >= len(pairs) // 2, "Few words come after silence."
    assert statistics.median(good) <= 0.03
    assert statistics.median(guessed) > 0.04


@pytest.mark.drill
@pytest.mark.parametrize("speed", list(RATES))
def test_it_speaks_the_words_a_minute_of_the_setting(heart: NaturalEngine, speed: str) -> None:
    voice = Voice("en", "natural/heart", RATES[speed])
    library = Library(load_site(ROOT))
    words = heard(library, "en", sentences(library, "en"), lambda text: heart.render(text, voice))
    assert words / max(voice.rate, SLOWEST_NATURAL) == pytest.approx(1, abs=0.05)


def test_the_page_goes_on_after_a_kill_with_the_same_bytes(
    engine: Pyttsx3Engine, heart: NaturalEngine, tmp_path: Path
) -> None:
    wait_until(lambda: starts(heart), 60, "the voice")
    before = heart.render("One, and two.", HEART)
    old = worker_of(heart)
    os.kill(old, signal.SIGKILL)
    wait_until(lambda: starts(heart), 60, "the voice")
    assert worker_of(heart) != old
    narrator = narrates(engine, heart, tmp_path)
    assert told(narrator, "One.", "Two.") == [24_000, 24_000]
    assert heart.render("One, and two.", HEART) == before


@pytest.mark.drill
def test_a_frozen_worker_is_given_up_and_the_next_page_is_natural_again(
    engine: Pyttsx3Engine, heart: NaturalEngine, tmp_path: Path
) -> None:
    wait_until(lambda: starts(heart), 60, "the voice")
    narrator = narrates(engine, heart, tmp_path)
    assert told(narrator, "One.") == [24_000]
    os.kill(worker_of(heart), signal.SIGSTOP)
    narrator._within = 4.0
    # What is kept stays natural; from the first that fails, eSpeak speaks to the end of the page.
    assert told(narrator, "One.", "Two.", "Three.", "One.") == [24_000, 22_050, 22_050, 22_050]
    assert "took too long" in narrator.fallen_back["en"].why
    wait_until(lambda: starts(heart), 60, "the voice")
    narrator._within = PATIENCE
    assert told(narrator, "Two.", "Four.") == [24_000, 24_000]
    assert narrator.fallen_back == {}


@pytest.mark.drill
def test_without_memory_espeak_speaks_in_time_and_the_next_page_is_natural_again(
    engine: Pyttsx3Engine, heart: NaturalEngine, tmp_path: Path
) -> None:
    wait_until(lambda: starts(heart), 60, "the voice")
    narrator = narrates(engine, heart, tmp_path)
    # No memory is given to it any more: a long sentence needs more than it has.
    worker = worker_of(heart)
    held = int(Path(f"/proc/{worker}/statm").read_text().split()[0]) * resource.getpagesize()
    resource.prlimit(worker, resource.RLIMIT_AS, (held, resource.RLIM_INFINITY))
    long = "All of us plan together what will be, and all of us can say what we want. " * 8
    began = time.monotonic()
    (spoken,) = narrator.narrate([long], language="en", speed="slow", say={})
    assert time.monotonic() - began < PATIENCE
    with wave.open(io.BytesIO(narrator.sound(spoken.key) or b"")) as wav:
        assert wav.getframerate() == 22_050
    assert narrator.fallen_back["en"].voice == "natural/heart"
    assert narrator.fallen_back["en"].why
    if heart.pid == worker:
        unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        resource.prlimit(worker, resource.RLIMIT_AS, unlimited)
    wait_until(lambda: starts(heart), 60, "the voice")
    assert told(narrator, "Five.", "Six.") == [24_000, 24_000]
    assert narrator.fallen_back == {}


@pytest.mark.drill
def test_a_kill_in_the_middle_of_a_sentence_leaves_no_sentence_out(
    engine: Pyttsx3Engine, heart: NaturalEngine, tmp_path: Path
) -> None:
    wait_until(lambda: starts(heart), 60, "the voice")
    narrator = narrates(engine, heart, tmp_path)
    before = worker_of(heart)
    long = "All of us plan together what will be, and all of us can say what we want. " * 8
    with ThreadPoolExecutor(1) as pool:
        telling = pool.submit(told, narrator, long, "Seven.")
        wait_until(heart._lock.locked, 30, "a sentence that is being said")
        os.kill(before, signal.SIGKILL)
        rates = telling.result(timeout=2 * PATIENCE)
    # A worker that was killed is replaced and asked once more; while it starts, eSpeak NG speaks.
    assert rates in ([24_000, 24_000], [22_050, 22_050])
    wait_until(lambda: starts(heart), 60, "the voice")
    assert worker_of(heart) != before
    assert told(narrator, "Eight.") == [24_000]
    assert narrator.fallen_back == {}


def starts(engine: NaturalEngine) -> bool:
    try:
        return engine.render("Hello.", HEART).seconds > 0
    except VoiceStarting:
        return False


def test_one_that_is_starting_is_left_to_start(engine: Pyttsx3Engine, tmp_path: Path) -> None:
    slow = NaturalEngine(0.05)
    try:
        with pytest.raises(VoiceStarting):
            slow.render("Hello.", HEART)
        first = worker_of(slow)
        assert told(narrates(engine, slow, tmp_path), "One.") == [22_050]
        assert worker_of(slow) == first
    finally:
        slow.close()


def test_one_that_is_ready_has_read_its_model(heart: NaturalEngine, tmp_path: Path) -> None:
    # A slow computer takes long for that: it is a part of the start, and not of a sentence.
    model = tmp_path / "moved.onnx"
    shutil.copy(heart.model(VOICES["heart"]), model)
    request = json.dumps(heart._request("One.", HEART) | {"model": str(model)})
    with subprocess.Popen(
        [sys.executable, "-m", "kiosk.speech.natural_worker", request],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        assert json.loads(worker.stdout.readline()) == {"ready": True}
        model.unlink()
        worker.stdin.write(request.encode() + b"\n")
        worker.stdin.flush()
        assert json.loads(worker.stdout.readline())["bytes"] > 10_000
        worker.kill()


def test_one_that_is_started_is_told_whose_model_to_read(heart: NaturalEngine) -> None:
    wait_until(lambda: starts(heart), 60, "the voice")
    told = Path(f"/proc/{worker_of(heart)}/cmdline").read_text().split("\0")
    assert any(str(heart.model(VOICES["heart"])) in one for one in told)


def test_one_that_fails_again_and_again_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NaturalEngine, "_module", "kiosk.speech.no_such_module")
    engine = NaturalEngine(PATIENCE)
    for _ in range(3):
        with pytest.raises(SpeechError, match="stopped"):
            engine.render("Hello.", HEART)
    with pytest.raises(SpeechError, match="rests"):
        engine.render("Hello.", HEART)
    monkeypatch.setattr(resting, "_REST_SECONDS", 0.0)
    with pytest.raises(SpeechError, match="stopped"):
        engine.render("Hello.", HEART)


def test_a_file_in_the_folder_speaks_until_it_is_cut_short(
    engine: Pyttsx3Engine, heart: NaturalEngine, twin: Path, tmp_path: Path
) -> None:
    wait_until(lambda: starts(heart), 60, "the voice")
    narrator = narrates(engine, heart, tmp_path, "natural/twin")
    assert told(narrator, "One.") == [24_000]
    os.truncate(twin, 1_000_000)
    assert told(narrator, "Two.") == [22_050]
    assert "damaged" in narrator.fallen_back["en"].why
    assert "twin.onnx" in narrator.fallen_back["en"].hint
    twin.unlink()
    assert told(narrator, "Three.") == [22_050]
    assert "cannot be read" in narrator.fallen_back["en"].why


def test_the_file_in_the_package_is_the_one_that_was_looked_into() -> None:
    model = NaturalEngine().model(VOICES["heart"])
    assert hashlib.sha256(model.read_bytes()).hexdigest() == VOICES["heart"].sha256


@pytest.mark.parametrize(
    ("voice", "why"),
    [
        (Voice("en", "natural/nobody", 130), "There are: natural/heart, "),
        (Voice("pl", "natural/heart", 130), "speaks English only"),
        (Voice("en", "natural/emma", 130), "cannot be read"),
    ],
)
def test_a_voice_that_is_not_there_says_why(heart: NaturalEngine, voice: Voice, why: str) -> None:
    with pytest.raises(VoiceMissing, match=why):
        heart.render("Hello.", voice)
