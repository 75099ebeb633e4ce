"""Readings as people give them, with the truth beside it: what is lit is what is said."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.recorded.add import _said, _worked
from kiosk.recorded.model import lines_of
from kiosk.recorded.warp import Alignment
from tests.recorded.readers import OTHER, Read, Sentence, read, say
from tests.recorded.spoiled import as_mp3, begun_twice, hesitating, in_a_room
from tests.recorded.test_words import apart, found_in
from tests.tools.cases import is_drill, mostly_drill
from tests.tools.sites import ROOT

TEXTS: tuple[str, ...] = (
    "The right support can help you.",
    "You can come by bus.",
    "We ask you what you want to change.",
    "Some things take a long time.",
    "Young people and their families plan together.",
    "Tell us what you think.",
)
MORE = ("um.", "My name is Amira and this is my page.", "We went to the seaside in summer.")
READERS = {"other": (OTHER, 110), "quick": (OTHER, 160)}
NATURAL = {"natural": ("natural/heart", 130), "slow": ("natural/heart", 100)}


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody reads the page. more: what they say beside it: "um", their name, something else."""

    sentences: list[Sentence]
    more: list[Sentence]


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A reading. unread: the places of the sentences of the page that are not in it.

    noisy: fewer words must be right.
    """

    reading: Read
    unread: tuple[int, ...] = ()
    noisy: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The page, as eSpeak NG says it, and as its readers do."""

    texts: Sequence[str]
    respelled: Mapping[str, str]
    spoken: list[Sentence]
    readers: dict[str, Reader]


@pytest.fixture(scope="module")
def page() -> Page:
    if not is_drill():
        return page_of(TEXTS, {}, dict(list(READERS.items())[:1]))
    return shipped(READERS)


def shipped(voices: dict[str, tuple[str, int]]) -> Page:
    language = Library(load_site(ROOT)).languages["en"]
    names = ("safe", "what-is-send")
    texts = [line.text for name in names for line in lines_of(language.pages[name])]
    return page_of(texts, language.say, voices)


def page_of(
    texts: Sequence[str], respelled: Mapping[str, str], voices: dict[str, tuple[str, int]]
) -> Page:
    readers = {
        name: Reader(say(texts, voice, respelled, rate), say(MORE, voice, {}, rate))
        for name, (voice, rate) in voices.items()
    }
    return Page(texts, respelled, say(texts, "gmw/en", respelled), readers)


def whole(reader: Reader) -> Spoiled:
    return Spoiled(as_mp3(read(reader.sentences)))


def hesitates(reader: Reader) -> Spoiled:
    return Spoiled(read(hesitating(reader.sentences, reader.more[0])))


def hesitates_in_a_room(reader: Reader) -> Spoiled:
    hesitates_ = hesitates(reader)
    return Spoiled(in_a_room(hesitates_.reading), noisy=True)


def begins_twice(reader: Reader) -> Spoiled:
    return Spoiled(changed(reader, [begun_twice(reader.sentences[middle(reader)])]))


def reads_twice(reader: Reader) -> Spoiled:
    place = middle(reader)
    reading = changed(reader, [reader.sentences[place]] * 2)
    also = dict(enumerate(reading.truth.pop(place)))
    return Spoiled(replace(reading, also=[*reading.also[:place], also, *reading.also[place + 2 :]]))


def leaves_out(reader: Reader) -> Spoiled:
    return lacking(reader, changed(reader, []))


def says_another(reader: Reader) -> Spoiled:
    """Return a reading with something else in the place of a sentence."""
    place = middle(reader)
    reading = changed(reader, [reader.more[2]])
    del reading.truth[place], reading.also[place]
    return lacking(reader, reading)


def says_more(reader: Reader) -> Spoiled:
    """Return a reading that begins with a name, and goes astray in the middle."""
    place = middle(reader)
    reading = changed(reader, [reader.more[2], reader.sentences[place]], [reader.more[1]])
    for at in (place + 1, 0):
        del reading.truth[at], reading.also[at]
    return Spoiled(reading)


def middle(reader: Reader) -> int:
    return len(reader.sentences) // 2


def changed(reader: Reader, instead: list[Sentence], before: Sequence[Sentence] = ()) -> Read:
    """Return a reading with other sentences in the place of the middle one."""
    place = middle(reader)
    said = [*before, *reader.sentences[:place], *instead, *reader.sentences[place + 1 :]]
    return read(said)


def lacking(reader: Reader, reading: Read) -> Spoiled:
    place = middle(reader)
    reading.truth.insert(place, [0.0] * len(reader.sentences[place].words))
    reading.also.insert(place, {})
    return Spoiled(reading, (place,))


WAYS = {
    one.__name__: one
    for one in (
        whole,
        hesitates,
        hesitates_in_a_room,
        begins_twice,
        reads_twice,
        leaves_out,
        says_another,
        says_more,
    )
}


@pytest.mark.parametrize("way", WAYS)
def test_the_words_are_where_they_are_whatever_a_reader_does(way: str, page: Page) -> None:
    check_words(way, page)


@pytest.mark.drill
@pytest.mark.natural
@pytest.mark.parametrize("way", WAYS)
def test_so_are_those_of_voices_like_a_persons_among_them(way: str) -> None:
    check_words(way, shipped(READERS | NATURAL))


def check_words(way: str, page: Page) -> None:
    parts = []
    for name, reader in page.readers.items():
        spoiled = WAYS[way](reader)
        found = found_in(spoiled.reading, page.spoken)
        if way == "leaves_out":
            assert [at for at, one in enumerate(found.sentences) if not one.heard] == [
                *spoiled.unread
            ]
        parts.append(apart(*without(spoiled, found)))
        print(told(f"{way}, {name}", parts[-1]))
    late = np.concatenate(parts)
    print(told(f"{way}, all", late))
    assert np.median(late) <= 0.030
    assert np.percentile(late, 90) <= 0.100
    assert (late <= 0.2).mean() >= (0.95 if spoiled.noisy else 0.97)


def told(what: str, late: NDArray[np.float64]) -> str:
    median, tenth = 1000 * np.percentile(late, [50, 90])
    within = (late <= 0.2).mean()
    return f"{what}: median {median:.0f} ms, p90 {tenth:.0f}, {within:.1%} of {len(late)} in 200 ms"


def without(spoiled: Spoiled, found: Alignment) -> tuple[Alignment, Read]:
    """Return what was found, and the truth, without the sentences that were not read."""
    reading = spoiled.reading
    there = [at for at in range(len(reading.truth)) if at not in spoiled.unread]
    truth = replace(
        reading,
        truth=[reading.truth[at] for at in there],
        also=[reading.also[at] for at in there],
    )
    return Alignment([found.sentences[at] for at in there], found.left_out), truth


@pytest.mark.parametrize("way", mostly_drill(WAYS, "says_another"))
def test_what_lights_word_by_word_is_what_is_said(way: str, page: Page, tmp_path: Path) -> None:
    check_lit(way, page, tmp_path)


@pytest.mark.drill
@pytest.mark.natural
@pytest.mark.parametrize("way", WAYS)
def test_so_it_does_with_a_voice_like_a_persons(way: str, tmp_path: Path) -> None:
    check_lit(way, shipped(NATURAL), tmp_path)


def check_lit(way: str, page: Page, folder: Path) -> None:
    """Let the worker do all of its work, and look at what will light."""
    late: list[float] = []
    lit = of_all = 0
    for reader in page.readers.values():
        spoiled = WAYS[way](reader)
        for at, one in enumerate(worked(folder, page, spoiled.reading)):
            if at in spoiled.unread:
                assert not one["words"], "Words light that nobody said."
                continue
            of_all += 1
            if one["words"]:
                lit += 1
                late += from_the_first(one["words"], spoiled.reading, at)
    print(f"{way}: {lit} of {of_all} light word by word, within 200 ms {share(late):.1%}")
    assert share(late) >= (0.95 if spoiled.noisy else 0.97)
    assert lit >= 0.8 * of_all


def share(late: list[float]) -> float:
    return float((np.array(late) <= 0.2).mean())


def from_the_first(words: list[list[float]], reading: Read, at: int) -> list[float]:
    """Return how far each word is from where it is, when the first one is where it is."""
    begins = np.array([begins for begins, _ in words])
    truth, also = reading.truth[at], reading.also[at]
    found = []
    for first in {truth[0], also.get(0, truth[0])}:
        moved = begins - begins[0] + first
        ways = np.array([[one, also.get(place, one)] for place, one in enumerate(truth)])
        found.append(np.abs(ways - moved[:, None]).min(1))
    return list(min(found, key=max))


def worked(folder: Path, page: Page, reading: Read) -> list[dict[str, Any]]:
    soundfile.write(folder / "reading.wav", reading.samples, reading.rate)
    sentences = []
    for at, (text, one) in enumerate(zip(page.texts, page.spoken, strict=True)):
        soundfile.write(folder / f"{at}.wav", one.samples, one.rate)
        words = [[0, 0, *word] for word in one.words]
        said = _said(text, "en", page.respelled)
        sentences.append({"name": str(at), "said": said, "sound": f"{at}.wav", "words": words})
    job = {"recording": str(folder / "reading.wav"), "language": "en", "sentences": sentences}
    (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
    # In a process of its own, as in the kiosk: eSpeak NG is there once in each.
    found: list[dict[str, Any]] = _worked(folder)["sentences"]
    return found
