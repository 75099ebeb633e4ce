"""Where the words of a reading are, with the truth beside it; and what is told to be in doubt."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.recorded.add import _said
from kiosk.recorded.features import RATE, speech_in
from kiosk.recorded.model import lines_of
from kiosk.recorded.second import SecondOpinion, sounds_of
from kiosk.recorded.sound import KEPT_RATE, LOUDNESS, levelled, loudness, resampled
from kiosk.recorded.warp import Alignment, Spoken, align
from kiosk.recorded.worker import _agreed, _doubt
from tests.recorded.readers import OTHER, Read, Samples, Sentence, read, say
from tests.recorded.spoiled import in_a_room
from tests.tools.cases import is_drill
from tests.tools.sites import ROOT

TEXTS: tuple[str, ...] = (
    "The right support can help you.",
    "Young people and their families plan together.",
    "We ask you what you want to change.",
    "You can come by bus.",
    "Some things take a long time.",
    "An EHCP is a plan for your support.",
)
if not is_drill():
    TEXTS = TEXTS[:4]
RESPELLED = {"EHCP": "E H C P"}
READERS = {"other": (OTHER, 110), "quick": (OTHER, 160)}
NATURAL = {"natural": ("natural/heart", 130), "slow": ("natural/heart", 100)}


@pytest.fixture(scope="module")
def page() -> list[Sentence]:
    """Return the sentences as eSpeak NG says them: what recordings are compared with."""
    return say(TEXTS, "gmw/en", RESPELLED)


@pytest.fixture(scope="module")
def readers() -> dict[str, list[Sentence]]:
    some = list(READERS.items())[: 2 if is_drill() else 1]
    return {name: say(TEXTS, *of_reader(voice, rate)) for name, (voice, rate) in some}


@pytest.fixture(scope="module")
def opinion() -> SecondOpinion:
    """Return the one of these tests: a process of the kiosk has one only."""
    return SecondOpinion()


def of_reader(voice: str, rate: int) -> tuple[str, dict[str, str], int]:
    return voice, RESPELLED, rate


def compared(sentences: list[Sentence]) -> list[Spoken]:
    return [Spoken(resampled(one.samples, one.rate, RATE), one.words) for one in sentences]


def found_in(reading: Read, page: list[Sentence]) -> Alignment:
    return align(resampled(reading.samples, reading.rate, RATE), compared(page))


def apart(found: Alignment, reading: Read) -> NDArray[np.float64]:
    """Return how far each word's begin is from where it is, in seconds; 9 for one not found.

    Of a word that is said twice, either is right.
    """
    return np.array(
        [
            min(abs(word.starts_at - begins), abs(word.starts_at - also.get(place, begins)))
            if word.starts_at >= 0
            else 9.0
            for one, words, also in zip(found.sentences, reading.truth, reading.also, strict=True)
            for place, (word, begins) in enumerate(zip(one.words, words, strict=True))
        ]
    )


def test_the_words_of_a_reading_are_where_they_are_also_in_a_noisy_room(
    page: list[Sentence], readers: dict[str, list[Sentence]]
) -> None:
    clean, noisy = [], []
    for name, sentences in list(readers.items())[: 2 if is_drill() else 1]:
        reading = read(sentences, seed=len(name))
        clean.append(apart(found_in(reading, page), reading))
        noisy.append(apart(found_in(in_a_room(reading), page), reading))
    check_times(np.concatenate(clean), np.concatenate(noisy))


def check_times(clean: NDArray[np.float64], noisy: NDArray[np.float64]) -> None:
    assert np.median(clean) <= 0.030
    assert np.percentile(clean, 90) <= 0.100
    assert (clean <= 0.2).mean() >= 0.97
    assert (noisy <= 0.2).mean() >= 0.95


@pytest.mark.drill
@pytest.mark.natural
def test_so_are_those_of_a_voice_like_a_persons(page: list[Sentence]) -> None:
    clean, noisy = [], []
    for voice, rate in (*READERS.values(), *NATURAL.values()):
        reading = read(say(TEXTS, *of_reader(voice, rate)), seed=rate)
        clean.append(apart(found_in(reading, page), reading))
        noisy.append(apart(found_in(in_a_room(reading), page), reading))
    check_times(np.concatenate(clean), np.concatenate(noisy))


def test_what_is_not_read_and_what_is_read_too_much_is_found(
    page: list[Sentence], readers: dict[str, list[Sentence]]
) -> None:
    sentences = readers["other"]
    (title,) = say(["My name is Amira and this is my page."], OTHER, {})
    order = [title, *sentences[:2], *sentences[3:]]
    reading = read(order)
    found = found_in(reading, page)
    assert [bool(one.heard) for one in found.sentences] == [at != 2 for at in range(len(TEXTS))]
    (extra,) = [one for one in found.left_out if one[1] - one[0] > 1]
    assert extra[2] == 0
    assert extra[1] < reading.truth[1][0] + 0.1
    others = Alignment([one for at, one in enumerate(found.sentences) if at != 2], found.left_out)
    of_page = replace(reading, truth=reading.truth[1:], also=reading.also[1:])
    assert (apart(others, of_page) <= 0.2).mean() >= 0.97


def test_the_second_opinion_lets_the_right_words_pass_and_doubts_others(
    opinion: SecondOpinion, page: list[Sentence], readers: dict[str, list[Sentence]]
) -> None:
    assert sounds_of("E H C P") == "IY EY CH S IY P IY"
    right, wrong = doubted(opinion, TEXTS[1:4], readers["other"][1:4], page[1:4])
    assert not right.any()
    assert wrong.all()


@pytest.mark.drill
@pytest.mark.natural
def test_so_it_does_with_whole_pages_of_the_shipped_site(opinion: SecondOpinion) -> None:
    library = Library(load_site(ROOT))
    pages, respelled = library.languages["en"].pages, library.languages["en"].say
    texts = [line.text for name in ("safe", "what-is-send") for line in lines_of(pages[name])]
    spoken = say(texts, "gmw/en", respelled)
    both = [
        doubted(opinion, texts, say(texts, voice, respelled, rate), spoken)
        for voice, rate in (READERS["other"], *NATURAL.values())
    ]
    right, wrong = (np.concatenate(one) for one in zip(*both, strict=True))
    print(f"doubted: right {right.mean():.1%}, wrong {wrong.mean():.1%} of {len(right)}")
    assert right.mean() <= 0.07
    assert wrong.mean() >= 0.9


@pytest.mark.drill
@pytest.mark.natural
@pytest.mark.parametrize(("voice", "rate"), [READERS["other"], *NATURAL.values()])
def test_voices_tell_of_their_words_when_another_method_hears_them(
    opinion: SecondOpinion, voice: str, rate: int
) -> None:
    library = Library(load_site(ROOT))
    pages, respelled = library.languages["en"].pages, library.languages["en"].say
    texts = [line.text for name in ("safe", "what-is-send") for line in lines_of(pages[name])]
    late: list[float] = []
    for text, one in zip(texts, say(texts, voice, respelled, rate), strict=True):
        alone = read([one])
        sound = resampled(alone.samples, alone.rate, RATE)
        found = opinion.times(sound, _said(text, "en", respelled))
        if found is not None and len(found) == len(one.words):  # the first one is after silence
            late += [a[0] - b[0] for a, b in zip(found[1:], one.words[1:], strict=True)]
    assert len(late) > 100
    assert np.median(late) == pytest.approx(0, abs=0.015)


def doubted(
    opinion: SecondOpinion,
    texts: Sequence[str],
    said: Sequence[Sentence],
    spoken: Sequence[Sentence],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return whether each is in doubt with its own words, and with those of the next one."""
    right, wrong = [], []
    for at, one in enumerate(said):
        alone = read([one])
        sound = resampled(alone.samples, alone.rate, RATE)
        right.append(is_doubted(opinion, sound, texts[at], spoken[at]))
        other = (at + 1) % len(texts)
        wrong.append(is_doubted(opinion, sound, texts[other], spoken[other]))
    return np.array(right), np.array(wrong)


def is_doubted(opinion: SecondOpinion, sound: Samples, text: str, spoken: Sentence) -> bool:
    one = align(sound, compared([spoken])).sentences[0]
    if not one.heard or _doubt(one):
        return True
    words = [(word.starts_at, word.ends_at) for word in one.words]
    times = opinion.times(sound, _said(text, "en", RESPELLED))
    return bool(_agreed(words, times, 0.0)[1])


def test_without_the_second_opinion_its_words_are_found_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from kiosk.recorded import worker

    assert worker._other("pl") is None  # it knows English alone
    assert worker._other("en-GB") is not None
    monkeypatch.setitem(sys.modules, "kiosk.recorded.second", None)
    assert worker._other("en") is None


def test_every_recording_is_brought_to_one_level_and_nothing_is_cut_off() -> None:
    chance = np.random.default_rng(1)
    at = np.arange(4 * KEPT_RATE) / KEPT_RATE
    speech = np.sin(2 * np.pi * 200 * at) * (0.4 + 0.4 * np.sin(2 * np.pi * 3 * at))
    for loud in (0.01, 0.1, 0.9):
        levelled_ = levelled((loud * speech).astype(np.float32), KEPT_RATE)
        assert loudness(levelled_, KEPT_RATE) == pytest.approx(LOUDNESS, abs=0.5)
    clicks = 0.02 * speech
    clicks[chance.integers(0, len(at), 20)] = 1.0
    levelled_ = levelled(clicks.astype(np.float32), KEPT_RATE)
    assert np.abs(levelled_).max() <= 10 ** (-1 / 20) + 1e-6
    # As the standard has it: a tone of 997 Hz at full scale is at -3.01 LUFS.
    tone = np.sin(2 * np.pi * 997 * np.arange(4 * 48_000) / 48_000).astype(np.float32)
    assert loudness(tone, 48_000) == pytest.approx(-3.01, abs=0.1)


def test_a_tone_keeps_its_pitch_and_its_place_at_another_rate() -> None:
    for rate, to in ((44_100, 24_000), (48_000, 16_000), (8_000, 24_000)):
        tone = np.zeros(rate, np.float32)
        tone[rate // 2 :] = np.sin(2 * np.pi * 440 * np.arange(rate - rate // 2) / rate)
        other = resampled(tone, rate, to)
        assert len(other) == to
        spectrum = np.abs(np.fft.rfft(other[to // 2 :] * np.hanning(to - to // 2)))
        assert np.argmax(spectrum) * 2 == pytest.approx(440, abs=2)
        first = int(np.argmax(np.abs(other) > 0.3))
        assert first / to == pytest.approx(0.5, abs=0.002)


def test_silence_is_no_speech_and_has_no_words() -> None:
    silence = np.full(RATE, 1e-5, np.float32)
    kept, loud, _ = speech_in(silence)
    assert not loud.any()
    assert len(kept) == 100
    assert align(silence, []).sentences == []
    assert align(np.zeros(10, np.float32), []).sentences == []


WHOLE = """
import resource, sys, time
from kiosk.recorded import worker
worker.main()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000, time.process_time())
"""


@pytest.mark.drill
def test_three_minutes_with_a_second_opinion_need_no_more_than_400_mb(
    page: list[Sentence], readers: dict[str, list[Sentence]], tmp_path: Path
) -> None:
    times = 1 + int(180 / sum(len(one.samples) / one.rate + 0.65 for one in readers["other"]))
    reading = read(readers["other"] * times)
    soundfile.write(tmp_path / "reading.wav", reading.samples, reading.rate)
    sentences = []
    for at, (text, one) in enumerate(zip(TEXTS * times, page * times, strict=True)):
        soundfile.write(tmp_path / f"{at}.wav", one.samples, one.rate)
        words = [[0, 0, *word] for word in one.words]
        said = _said(text, "en", RESPELLED)
        sentences.append({"name": str(at), "said": said, "sound": f"{at}.wav", "words": words})
    job = {
        "recording": str(tmp_path / "reading.wav"),
        "language": "en",
        "sentences": sentences,
    }
    (tmp_path / "job.json").write_text(json.dumps(job), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", WHOLE, str(tmp_path)],
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    memory, seconds = map(float, done.stdout.split())
    print(f"{len(reading.samples) / reading.rate:.0f} s of sound: {seconds:.1f} s, {memory:.0f} MB")
    assert memory < 400
    result = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    assert all(one["read"] for one in result["sentences"])
