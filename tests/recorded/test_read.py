"""Recordings beside a page: which are heard, and that a word is lit only when it is said."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.config import Site
from kiosk.content import Library, Page
from kiosk.recorded.model import PageVoice, lines_of
from kiosk.recorded.read import Recordings, folder_of, may_be_heard
from kiosk.speech.timing import visible_words
from tests.tools.cases import examples
from tests.tools.recorded import AMIRA, read_aloud, site_and_page, times_of, write_sentence
from tests.tools.sites import PEOPLE, tiny_site

TODAY = date(2026, 11, 26)


def voice_of(root: Path, page_id: str = "people") -> tuple[PageVoice, list[str]]:
    site, page = site_and_page(root, page_id)
    voices, problems = Recordings(site).read([page])
    return voices[page.path], [str(one) for one in problems]


def test_every_sentence_of_a_page_has_its_recording_and_the_time_of_its_words(
    tmp_path: Path,
) -> None:
    root = tiny_site(tmp_path)
    read_aloud(root)
    voice, problems = voice_of(root)
    assert not problems
    assert [line.text for line in voice.lines] == [
        "The people here",
        "We use co-production.",
        "Families and staff plan together.",
        "You can come by bus.",
        "Bus 1",
        "Bus 2",
    ]
    assert set(voice.heard()) == {line.text for line in voice.lines}
    for text, one in voice.heard().items():
        assert [(word.start, word.end) for word in one.words] == visible_words(text)
    assert voice.why_not("screen", TODAY) == ""
    assert Library(site_and_page(root, "people")[0]).problems == ()  # the folder is no page


def test_an_edited_sentence_alone_loses_its_recording_and_all_others_stay_byte_for_byte(
    tmp_path: Path,
) -> None:
    root = tiny_site(tmp_path)
    folder = read_aloud(root)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    people = root / "content" / "en" / "about" / "people.md"
    people.write_text(PEOPLE.replace("come by bus", "come by train"), encoding="utf-8")
    voice, problems = voice_of(root)
    assert not problems
    assert [one.text for one in voice.lacking] == ["You can come by train."]
    assert [one.text for one in voice.left_over] == ["You can come by bus."]
    assert voice.why_not("screen", TODAY) == ""
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    people.write_text(people.read_text().replace("Bus 2", "Tram 2"), encoding="utf-8")
    voice, _ = voice_of(root)
    assert voice.why_not("screen", TODAY) == (
        "2 of 6 sentences have no recording, so another voice reads all."
    )


@pytest.mark.parametrize("lost", ["sound", "json", "yaml"])
def test_what_is_damaged_is_named_and_left_out(tmp_path: Path, lost: str) -> None:
    root = tiny_site(tmp_path)
    folder = read_aloud(root)
    line = voice_of(root)[0].lines[3]
    sound = folder / f"{line.hash}.ogg"
    if lost == "sound":
        sound.write_bytes(sound.read_bytes()[:-1])
    elif lost == "json":
        sound.with_suffix(".json").write_text("{")
    else:
        (folder / "voice.yaml").unlink()
    voice, problems = voice_of(root)
    assert len(problems) == 1
    if lost == "yaml":
        assert "voice.yaml:1:" in problems[0]
        assert voice.why_not("screen", TODAY)
    else:
        assert f"{line.hash}.json:1:" in problems[0]
        assert [one.text for one in voice.lacking] == [line.text]


def test_a_recording_of_other_words_than_its_name_says_is_not_heard(tmp_path: Path) -> None:
    root = tiny_site(tmp_path)
    folder = read_aloud(root)
    line = voice_of(root)[0].lines[3]
    write_sentence(folder, line, [], text="We use co-production.")
    voice, problems = voice_of(root)
    assert "other words" in problems[0]
    assert line in voice.lacking


TEXT = "You can come by bus."
NUMBERS = st.floats(-1, 5) | st.sampled_from([float("nan"), float("inf"), 0.2])
WORDS = st.lists(st.tuples(st.integers(-1, 25), st.integers(-1, 25), NUMBERS, NUMBERS), max_size=7)
CHANGES = st.lists(
    st.tuples(st.sampled_from(["drop", "late", "early", "double"]), st.integers(0, 4)), max_size=3
)


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Page]:
    """Return a site and a page of it that was read aloud; this test alone changes it."""
    root = tiny_site(tmp_path_factory.mktemp("people"))
    read_aloud(root)
    return site_and_page(root, "people")


@settings(max_examples=examples(50))
@given(words=WORDS, changes=CHANGES)
def test_a_word_without_a_time_of_its_own_is_never_lit(
    people: tuple[Site, Page], words: list[object], changes: list[tuple[str, int]]
) -> None:
    site, page = people
    (line,) = (one for one in lines_of(page) if one.text == TEXT)
    changed = times_of(TEXT)
    for change, at in changes:
        if at < len(changed):
            if change == "drop":
                del changed[at]
            elif change == "double":
                changed.insert(at, changed[at])
            else:
                changed[at][2] += 9.0 if change == "late" else -0.6
    for told in (words, changed):
        write_sentence(site.root / folder_of(page), line, told)
        one = Recordings(site).read([page]).value[page.path].recordings.get(TEXT)
        if one is None:  # what cannot even be read is not heard
            continue
        clip = one.clip("x")
        if clip["words"]:
            assert [tuple(word[:2]) for word in clip["words"]] == visible_words(TEXT)
            begins = [word[2] for word in clip["words"]]
            assert begins == sorted(begins)
            assert 0 <= begins[0] <= clip["words"][-1][3] <= one.seconds + 0.05
            assert "whole" not in clip
        else:
            assert clip["whole"] is True


def test_what_leaves_the_kiosk_has_only_the_voices_that_may_and_staff_are_told_of_the_others(
    tmp_path: Path,
) -> None:
    root = tiny_site(tmp_path)
    read_aloud(root)
    read_aloud(root, "plan", replace(AMIRA, by="Sam", uses=("book",)))
    site, people = site_and_page(root, "people")
    plan = site_and_page(root, "plan")[1]
    voices, left_out = may_be_heard(site, [people, plan], "book", TODAY)
    assert list(voices) == [plan.path]
    assert left_out == (
        "content/en/about/people.md: Amira's voice is left out. It is not agreed for books.",
    )
    over = replace(AMIRA, by="Sam", until=TODAY, uses=("book",))
    read_aloud(root, "plan", over)
    assert may_be_heard(site, [plan], "book", TODAY)[0]
    voices, left_out = may_be_heard(site, [plan], "book", date(2026, 11, 27))
    assert not voices
    assert "It was agreed until 2026-11-26." in left_out[0]


def test_only_what_has_changed_is_read_again(tmp_path: Path) -> None:
    root = tiny_site(tmp_path)
    folder = read_aloud(root)
    site, page = site_and_page(root, "people")
    recordings = Recordings(site)
    first = recordings.read([page]).value[page.path]
    assert recordings.read([page]).value[page.path].recordings is first.recordings
    (told,) = [one for one in folder.glob("*.json") if json.loads(one.read_text())["text"] == TEXT]
    told.unlink()
    assert TEXT not in recordings.read([page]).value[page.path].recordings
