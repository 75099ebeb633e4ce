"""What a screen sends, for each kind of question: what is taken and what is refused."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.errors import AnswerRefused
from kiosk.feedback.answer import Answer, check_answer
from kiosk.feedback.store import AnswerStore
from kiosk.feedback.survey import Survey
from tests.feedback.surveys import loaded, site_with

ID = "01KAT5Q0000000000000000000"


@pytest.fixture(scope="module")
def surveys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Survey]:
    return loaded(site_with(tmp_path_factory.mktemp("site")))


def check(surveys: dict[str, Survey], **change: Any) -> Answer:
    body = {
        "id": ID,
        "survey": "think",
        "page": "plan",
        "language": "en",
        "answers": {"feel": "happy"},
    } | change
    return check_answer(body, surveys=surveys, pages={"plan"}, languages={"en"}, words_max=100)


def save_with_voices(store: AnswerStore, answer: Answer) -> None:
    for name in answer.voices.values():
        assert store.save_recording(answer.id, name, b"sound")
    assert store.save(answer)


def test_a_good_answer_is_taken_and_the_visit_is_not_kept(surveys: dict[str, Survey]) -> None:
    got = check(surveys, visit="secret", answers={"feel": "very-sad", "words": " Too loud.\r\n"})
    assert got.answers == {"feel": "very-sad", "words": "Too loud."}
    assert "secret" not in repr(got)


@pytest.mark.parametrize(
    "change",
    [
        {"id": ID.lower()},
        {"id": None},
        {"survey": "other"},
        {"survey": None},
        {"page": "../x"},
        {"language": "xx"},
        {"language": []},
        {"answers": {}},
        {"answers": {"feel": "furious"}},
        {"answers": {"feel": ["happy"]}},
        {"answers": {"feel": {"happy": "happy"}}},
        {"answers": {"feel": None}},
        {"answers": {"other": "x"}},
        {"answers": {"words": "x" * 101}},
        {"answers": {"words": ["x"]}},
        {"answers": []},
        {"name": "Ann"},
        {"visit": 7},
    ],
)
def test_what_the_survey_does_not_allow_is_refused_in_plain_words(
    surveys: dict[str, Survey], change: dict[str, Any]
) -> None:
    with pytest.raises(AnswerRefused, match=r"\.$"):
        check(surveys, **change)


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
    got = check(surveys, survey="all", answers=EVERY_KIND)
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
        {"found": True},
        {"found": "maybe"},
        {"one": ["bus"]},
        {"some": "healthy"},
        {"some": ["healthy", "healthy"]},
        {"some": ["healthy", "safe", "heard"]},
        {"some": ["healthy", "bus"]},
        {"some": [["healthy"]]},
        {"some": {"healthy": "safe"}},
        {"likes": "like"},
        {"likes": ["bus"]},
        {"likes": {"bus": "love"}},
        {"likes": {"bus": ["like"]}},
        {"likes": {"car": "like"}},
        {"voice": f"{ID}.other.webm"},
        {"voice": "../../etc/passwd"},
        {"voice": f"{ID[:-1]}1.voice.webm"},
        {"voice": f"{ID}.voice.exe"},
        {"voice": [f"{ID}.voice.webm"]},
        {"voice": 1},
        {"face": "very-happy"},
    ],
)
def test_each_kind_refuses_what_it_does_not_ask(
    surveys: dict[str, Survey], answers: dict[str, Any]
) -> None:
    with pytest.raises(AnswerRefused, match=r"\.$"):
        check(surveys, survey="all", answers=answers)


@pytest.mark.parametrize("skipped", [{"some": []}, {"likes": {}}, {"voice": ""}])
def test_a_question_that_was_skipped_is_not_kept_and_alone_is_no_answer(
    surveys: dict[str, Survey], skipped: dict[str, Any]
) -> None:
    assert check(surveys, survey="all", answers=skipped | {"one": "bus"}).answers == {"one": "bus"}
    with pytest.raises(AnswerRefused, match="Nothing was answered"):
        check(surveys, survey="all", answers=skipped)


def test_some_items_of_a_scale_may_be_left_where_they_are(surveys: dict[str, Survey]) -> None:
    got = check(surveys, survey="all", answers={"likes": {"lunch": "not-sure"}})
    assert got.answers == {"likes": {"lunch": "not-sure"}}


def test_contact_details_are_taken_out_of_the_words_and_their_kinds_are_told(
    surveys: dict[str, Survey], tmp_path: Path
) -> None:
    got = check(surveys, answers={"words": "I am ann@example.org. Call 07700 900123."})
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


@settings(deadline=None)
@given(
    body=st.dictionaries(
        st.sampled_from(["id", "survey", "page", "language", "visit", "answers", "x"]), json_values
    )
)
def test_any_body_is_taken_or_refused(surveys: dict[str, Survey], body: dict[str, Any]) -> None:
    whole = {"id": ID, "survey": "all", "page": "plan", "language": "en"} | body
    with suppress(AnswerRefused):
        check_answer(whole, surveys=surveys, pages={"plan"}, languages={"en"}, words_max=100)


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
        taken = check(surveys, survey="all", answers=answers)
    except AnswerRefused:
        return
    store = AnswerStore(tmp_path_factory.mktemp("data"))
    save_with_voices(store, taken)
    told = yaml.safe_load(store.path(taken).read_text(encoding="utf-8"))["answers"]
    assert told == {
        name: list(one) if isinstance(one, tuple) else one for name, one in taken.answers.items()
    }
