"""What a screen sends, for each kind of question: what is taken and what is refused."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.errors import AnswerRefused, AnswerUnexpected
from kiosk.feedback.answer.answer import Answer, check_answer
from kiosk.feedback.answer.sent import read_sent
from kiosk.feedback.store.store import AnswerStore
from kiosk.feedback.survey.survey import Survey
from tests.feedback.surveys import loaded, site_with

ID = "01KAT5Q0000000000000000000"


@pytest.fixture(scope="module")
def surveys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Survey]:
    return loaded(site_with(tmp_path_factory.mktemp("site")))


def check(surveys: dict[str, Survey], body: object) -> Answer:
    return check_answer(
        read_sent(body), surveys=surveys, pages={"plan"}, languages={"en"}, words_max=100
    )


def said(surveys: dict[str, Survey], **change: Any) -> Answer:
    body = {
        "id": ID,
        "survey": "think",
        "page": "plan",
        "language": "en",
        "answers": {"feel": "happy"},
    } | change
    return check(surveys, body)


def save_with_voices(store: AnswerStore, answer: Answer) -> None:
    for name in answer.voices.values():
        assert store.save_recording(answer.id, name, b"sound")
    assert store.save(answer)


def test_a_good_answer_is_taken_and_the_visit_is_not_kept(surveys: dict[str, Survey]) -> None:
    got = said(surveys, visit="secret", answers={"feel": "very-sad", "words": " Too loud.\r\n"})
    assert got.answers == {"feel": "very-sad", "words": "Too loud."}
    assert "secret" not in repr(got)


@pytest.mark.parametrize(
    "change",
    [
        {"id": ID.lower()},
        {"id": None},
        {"survey": None},
        {"language": []},
        {"answers": {}},
        {"answers": []},
        {"answers": {"feel": None}},
        {"answers": {"feel": 4}},
        {"answers": {"feel": [["happy"]]}},
        {"answers": {"feel": {"happy": 1}}},
        {"answers": {"Feel it": "happy"}},
        {"answers": {"\ud800": "happy"}},
        {"answers": {"feel": {"\ud800": "happy"}}},
        {"answers": {"words": "x" * 10_001}},
        {"answers": {f"question-{n}": ["x"] * 20 for n in range(100)}},
        {"answers": {"words": " \u200b\n", "feel": [], "other": {}}},
        {"visit": 7},
        {"visit": "x" * 101},
        {"complete": "no"},
        {"\ud800": 1},
        {"received": "2026-11-24T12:00:00+00:00"},
        {"more": float("nan")},
        {"more": {"a": {"b": {"c": {"d": {"e": {}}}}}}},
        {"more": [1] * 2001},
    ],
    ids=lambda change: ascii(change)[:40],
)
def test_what_is_malformed_is_refused_in_plain_words(
    surveys: dict[str, Survey], change: dict[str, Any]
) -> None:
    with pytest.raises(AnswerRefused, match=r"\.$") as refused:
        said(surveys, **change)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"survey": "other"}, "survey"),
        ({"page": "../x"}, "page"),
        ({"language": "xx"}, "language"),
        ({"answers": {"other": "x"}}, "question"),
        ({"answers": {"feel": "furious"}}, "choice"),
        ({"answers": {"feel": ["happy"]}}, "choice"),
        ({"answers": {"feel": {"happy": "happy"}}}, "choice"),
        ({"answers": {"words": "x" * 101}}, "words"),
        ({"answers": {"words": ["x"]}}, "choice"),
        ({"name": "Ann"}, "field"),
    ],
)
def test_what_the_survey_does_not_ask_now_is_unexpected(
    surveys: dict[str, Survey], change: dict[str, Any], reason: str
) -> None:
    with pytest.raises(AnswerUnexpected) as unexpected:
        said(surveys, **change)
    assert unexpected.value.reason == reason


EVERY_KIND = {
    "voice": f"{ID}.voice.webm",
    "likes": {"lunch": "dislike", "bus": "like"},
    "some": ["heard", "healthy"],
    "one": "house",
    "found": "not-sure",
    "face": "sad",
}


def test_every_kind_is_taken_and_kept_in_the_order_of_the_survey(
    surveys: dict[str, Survey], tmp_path: Path
) -> None:
    got = said(surveys, survey="all", answers=EVERY_KIND)
    assert list(got.answers) == ["face", "found", "one", "some", "likes", "voice"]
    assert got.answers["some"] == ("healthy", "heard")
    store = AnswerStore(tmp_path)
    save_with_voices(store, got)
    written = store.path(got).read_text()
    assert "\n  some: [healthy, heard]\n" in written
    assert "\n  likes: {bus: like, lunch: dislike}\n" in written
    assert yaml.safe_load(written)["answers"] == {
        "face": "sad",
        "found": "not-sure",
        "one": "house",
        "some": ["healthy", "heard"],
        "likes": {"bus": "like", "lunch": "dislike"},
        "voice": f"{ID}.voice.webm",
    }


@pytest.mark.parametrize(
    "answers",
    [
        {"found": "maybe"},
        {"one": ["bus"]},
        {"some": "healthy"},
        {"some": ["healthy", "healthy"]},
        {"some": ["healthy", "safe", "heard"]},
        {"some": ["healthy", "bus"]},
        {"some": {"healthy": "safe"}},
        {"likes": "like"},
        {"likes": ["bus"]},
        {"likes": {"bus": "love"}},
        {"likes": {"car": "like"}},
        {"voice": f"{ID}.other.webm"},
        {"voice": "../../etc/passwd"},
        {"voice": f"{ID[:-1]}1.voice.webm"},
        {"voice": f"{ID}.voice.exe"},
        {"voice": [f"{ID}.voice.webm"]},
        {"face": "very-happy"},
        {"more": {"ready": "easy", "words": "It was easy"}},
        {"more": {"words": "It was too hard"}},
        {"more": {"ready": "hard", "own": "Call me"}},
    ],
)
def test_each_kind_takes_only_what_it_asks(
    surveys: dict[str, Survey], answers: dict[str, Any]
) -> None:
    with pytest.raises(AnswerUnexpected):
        said(surveys, survey="all", answers=answers)


@pytest.mark.parametrize("skipped", [{"some": []}, {"likes": {}}, {"voice": ""}])
def test_a_question_that_was_skipped_is_not_kept_and_alone_is_no_answer(
    surveys: dict[str, Survey], skipped: dict[str, Any]
) -> None:
    assert said(surveys, survey="all", answers=skipped | {"one": "bus"}).answers == {"one": "bus"}
    with pytest.raises(AnswerRefused, match="Nothing was answered"):
        said(surveys, survey="all", answers=skipped)


def test_a_ready_sentence_is_kept_with_its_id_and_the_words_of_staff(
    surveys: dict[str, Survey], tmp_path: Path
) -> None:
    got = said(
        surveys,
        survey="all",
        answers={"more": {"ready": "hard", "words": "My name is Ann, 07700 900123"}},
    )
    assert got.answers == {"more": {"ready": "hard", "words": "It was too hard"}}
    assert got.cleaned == ()
    store = AnswerStore(tmp_path)
    assert store.save(got)
    assert "\n  more: {ready: hard, words: It was too hard}\n" in store.path(got).read_text()


def test_own_words_are_taken_where_there_are_ready_sentences(surveys: dict[str, Survey]) -> None:
    got = said(surveys, survey="all", answers={"more": "It was fun"})
    assert got.answers == {"more": "It was fun"}


def test_some_items_of_a_scale_may_be_left_where_they_are(surveys: dict[str, Survey]) -> None:
    got = said(surveys, survey="all", answers={"likes": {"lunch": "not-sure"}})
    assert got.answers == {"likes": {"lunch": "not-sure"}}


def test_an_answer_that_was_not_finished_says_so_in_its_file(
    surveys: dict[str, Survey], tmp_path: Path
) -> None:
    store = AnswerStore(tmp_path)
    left = said(surveys, complete=False)
    store.save(left)
    assert "\ncomplete: false\n" in store.path(left).read_text()
    whole = said(surveys, id=ID[:-1] + "1", complete=True)
    store.save(whole)
    assert "complete" not in store.path(whole).read_text()


def test_contact_details_are_taken_out_of_the_words_and_their_kinds_are_told(
    surveys: dict[str, Survey], tmp_path: Path
) -> None:
    got = said(surveys, answers={"words": "I am ann@example.org. Call 07700 900123."})
    assert got.answers == {"words": "I am [email]. Call [phone]."}
    assert got.cleaned == ("email", "phone")
    store = AnswerStore(tmp_path)
    store.save(got)
    assert "\ncleaned: [email, phone]\n" in store.path(got).read_text()
    assert "900123" not in store.path(got).read_text()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inside: (
        st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=8), inside, max_size=4)
    ),
    max_leaves=8,
)


@pytest.mark.drill
@settings(deadline=None)
@given(
    body=st.dictionaries(
        st.sampled_from(["id", "survey", "page", "language", "visit", "answers", "x"]), json_values
    )
)
def test_any_body_is_taken_or_refused(surveys: dict[str, Survey], body: dict[str, Any]) -> None:
    whole = {"id": ID, "survey": "all", "page": "plan", "language": "en"} | body
    with suppress(AnswerRefused, AnswerUnexpected):
        check(surveys, whole)


names = st.sampled_from(["face", "found", "one", "some", "likes", "voice"])
ids = st.sampled_from(["bus", "lunch", "like", "healthy", "safe", "yes", f"{ID}.voice.wav"])


@settings(deadline=None)
@given(
    answers=st.dictionaries(
        names, ids | st.lists(ids, max_size=3) | st.dictionaries(ids, ids, max_size=3) | json_values
    )
)
def test_any_answers_are_refused_or_come_back_from_the_file_as_they_were_taken(
    surveys: dict[str, Survey],
    answers: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    try:
        taken = said(surveys, survey="all", answers=answers)
    except (AnswerRefused, AnswerUnexpected):
        return
    store = AnswerStore(tmp_path_factory.mktemp("data"))
    save_with_voices(store, taken)
    told = yaml.safe_load(store.path(taken).read_text(encoding="utf-8"))["answers"]
    assert told == {
        name: list(one) if isinstance(one, tuple) else one for name, one in taken.answers.items()
    }
