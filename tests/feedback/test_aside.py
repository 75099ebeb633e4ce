"""Answers that do not fit what is asked now: kept whole, and taken in when it is mended."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.config import Feedback
from kiosk.errors import AnswerNotSaved, AnswerRefused, RecordingMissing
from kiosk.feedback.answer.aside import SetAside, in_words, set_aside
from kiosk.feedback.answer.sent import MOST_CHARACTERS, Sent, read_sent
from kiosk.feedback.answer.ulid import is_in_time, parse, random_part
from kiosk.feedback.intake import Taken
from kiosk.feedback.store.backup import backup, restore
from kiosk.feedback.store.deletion import find_by_receipt, too_old
from kiosk.feedback.store.index import AnswerIndex
from kiosk.feedback.store.reader import read_set_aside
from kiosk.feedback.store.shelf import ASIDE, DELETED, TAKEN_IN
from kiosk.feedback.store.verify import verify
from kiosk.feedback.survey.survey import Survey
from tests.feedback.desks import FAR, LONDON, NOW, Desk, new_id
from tests.feedback.kept import age
from tests.feedback.sounds import small, wav
from tests.feedback.surveys import loaded, site_with


@pytest.fixture(scope="module")
def surveys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Survey]:
    return loaded(site_with(tmp_path_factory.mktemp("site")))


@pytest.fixture
def desk(surveys: dict[str, Survey], tmp_path: Path) -> Callable[..., Desk]:
    return lambda **quota: Desk(surveys, tmp_path / "feedback", **quota)


def lose_the_survey(here: Desk) -> None:
    del here.surveys["think"]


UNKNOWN: list[tuple[str, Callable[[Desk], object], dict[str, Any]]] = [
    ("survey", lose_the_survey, {}),
    ("survey", lambda here: here.surveys.clear(), {}),
    ("page", lambda here: here.pages.clear(), {}),
    ("language", lambda here: here.languages.clear(), {}),
    ("question", lambda _: None, {"answers": {"gone": "yes", "feel": "sad"}}),
    ("choice", lambda _: None, {"answers": {"feel": "furious"}}),
    ("choice", lambda _: None, {"answers": {"feel": ["happy"]}}),
    ("words", lambda _: None, {"answers": {"words": "x" * 2001}}),
    ("voice", lambda _: None, {"survey": "all", "answers": {"voice": "another form"}}),
    ("field", lambda _: None, {"mood": ["sad", 3, {"why": None}]}),
]


@pytest.mark.parametrize(("reason", "change", "sent"), UNKNOWN)
def test_what_does_not_fit_now_is_kept_whole_and_acknowledged_as_saved(
    desk: Callable[..., Desk],
    reason: str,
    change: Callable[[Desk], object],
    sent: dict[str, Any],
) -> None:
    here = desk()
    change(here)
    one = new_id()
    assert here.take(id=one, **sent) == Taken(parse(one), True, ())
    assert here.take(id=one, **sent) == Taken(parse(one), False, ())
    assert here.names() == [f"set-aside/{one}.yaml"]
    told = yaml.safe_load((here.folder / ASIDE / f"{one}.yaml").read_text())
    wanted: dict[str, Any] = {
        "survey": "think",
        "page": "plan",
        "language": "en",
        "answers": {"feel": "happy"},
    }
    wanted |= {"format": 1, "id": one, "reason": reason, "received": NOW.isoformat()} | sent
    assert told == wanted
    (back,) = here.aside()
    assert in_words(back.reason, back.sent).endswith(".")
    here.check()


def test_the_first_one_stays_and_its_file_is_for_its_owner_alone(desk: Callable[..., Desk]) -> None:
    here, one = desk(), new_id()
    here.take(id=one, survey="gone", answers={"feel": "first"})
    assert not here.take(id=one, survey="gone", answers={"feel": "second"}).new
    assert not here.take(id=one).new, "although it fits now"
    (path,) = here.folder.rglob("*.yaml")
    assert "first" in path.read_text()
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_every_text_is_cleaned_and_the_visit_is_never_kept(desk: Callable[..., Desk]) -> None:
    here, phone = desk(), "Call 07700 900123"
    voice = f"{(one := new_id())}.com.mp3"
    taken = here.take(
        id=one,
        survey=phone,
        page="ann@example.org",
        answers={
            "a": phone,
            "b": ["very-happy", "ann@example.org"],
            "c": {"bus": phone},
            "com": here.record(one, "com"),
        },
        name="My name is Ann",
        number=[{"mine": 447700900123}, 3.5, True, None],
    )
    assert set(taken.cleaned) == {"phone", "email", "name"}
    text = (here.folder / ASIDE / f"{one}.yaml").read_text()
    for secret in ("900123", "example.org", "Ann", "secret"):
        assert secret not in text
    told = yaml.safe_load(text)
    assert told["answers"]["b"] == ["very-happy", "[email]"]
    assert told["answers"]["com"] == voice
    assert told["number"] == [{"mine": "[phone]"}, 3.5, True, None]
    assert set(told["cleaned"]) == set(taken.cleaned)


@pytest.mark.parametrize("choice", ["very-happy", "not-sure", "like", "year-3", "1-to-2", "bus"])
def test_ordinary_choices_are_left_as_they_are(desk: Callable[..., Desk], choice: str) -> None:
    here = desk()
    here.take(survey="gone", answers={"one": choice})
    assert here.aside()[0].sent.answers == {"one": choice}


def test_what_is_mended_is_taken_in_as_it_came_and_the_rest_stays(
    desk: Callable[..., Desk],
) -> None:
    here, first, other = desk(), new_id(), new_id()
    survey = here.surveys.pop("think")
    here.take(id=first, answers={"feel": "sad", "words": "Call 07700 900123"}, complete=False)
    here.take(id=other, survey="gone")
    assert here.take_in().taken == 0
    here.clock += timedelta(hours=3)
    here.surveys["think"] = survey
    before = here.names()
    assert (here.take_in(dry_run=True).taken, here.names()) == (1, before)
    done = here.take_in()
    assert (done.taken, [(str(one.sent.id), why) for one, why in done.stay]) == (
        1,
        [(other, "survey")],
    )
    assert here.names() == [f"2026/11/26/{first}.yaml", f"set-aside/{other}.yaml"]
    (kept,) = here.kept()
    assert kept.answers == {"feel": "sad", "words": "Call [phone]"}
    assert (kept.received, kept.cleaned, kept.complete) == (NOW, ("phone",), False)
    assert here.take_in().taken == 0
    assert not here.take(id=first).new
    here.check()


def test_a_mark_is_kept_when_an_answer_is_taken_in(desk: Callable[..., Desk]) -> None:
    here = desk()
    sent = read_sent(
        {"id": new_id(), "survey": "think", "page": "plan", "language": "en"}
        | {"answers": {"feel": "sad"}}
    )
    one = set_aside(sent, "survey", NOW)
    here.store.set_aside(SetAside(one.sent, one.reason, one.received, marked="bashing"))
    assert here.take_in().taken == 1
    assert here.kept()[0].marked == "bashing"


@pytest.mark.parametrize("made", FAR)
def test_an_answer_of_a_wrong_clock_makes_no_folder_and_is_taken_in_on_the_day_it_came(
    desk: Callable[..., Desk], made: datetime
) -> None:
    here, old = desk(), new_id(made)
    answer = {"id": old, "survey": "all", "answers": {"face": "ok", "voice": f"{old}.voice.mp3"}}
    with pytest.raises(RecordingMissing):
        here.take(**answer)
    here.record(old)
    assert here.take(**answer).new
    assert here.aside()[0].reason == "clock"
    assert here.names() == [f"set-aside/{old}.voice.mp3", f"set-aside/{old}.yaml"]
    here.clock += timedelta(seconds=1)
    assert here.take_in().taken == 1
    (kept,) = here.kept()
    assert random_part(parse(kept.id)) == random_part(parse(old))
    assert parse(kept.id).made == kept.received == NOW
    assert kept.answers == {"face": "ok", "voice": f"{kept.id}.voice.mp3"}
    day = here.folder / "2026/11/26"
    assert (day / f"{kept.id}.voice.mp3").read_bytes() == small(wav())
    assert f"\nwas: {old}\n" in (day / f"{kept.id}.yaml").read_text().replace("'", "")
    assert here.names() == [
        f"2026/11/26/{kept.id}.voice.mp3",
        f"2026/11/26/{kept.id}.yaml",
        f"taken-in/{old}.yaml",
    ]
    here.check()
    # The screen may send it again, also when the days have caught up with its clock.
    for clock in (here.clock, datetime(9999, 12, 31, 12, tzinfo=UTC)):
        here.clock = clock
        assert not here.take(**answer).new
        assert here.record(old) == f"{old}.voice.mp3"
    assert len(here.names()) == 3


@pytest.mark.parametrize("made", FAR)
@pytest.mark.parametrize("taken_in", [False, True])
def test_the_code_of_a_receipt_deletes_an_answer_of_a_wrong_clock(
    desk: Callable[..., Desk], made: datetime, taken_in: bool
) -> None:
    here, old = desk(), new_id(made)
    here.record(old)
    answer = {"id": old, "survey": "all", "answers": {"voice": f"{old}.voice.mp3"}}
    here.take(**answer)
    if taken_in:
        here.take_in()
    (found,) = find_by_receipt(here.folder, old[-6:])
    assert here.store.delete(found)
    assert not here.take(**answer).new
    here.record(old)
    assert here.take_in().taken == 0
    assert {name.split("/")[0] for name in here.names()} == {DELETED}
    assert f"deleted/{old}.yaml" in here.names()
    assert find_by_receipt(here.folder, old[-6:]) == []
    here.check()


def test_when_our_own_clock_was_wrong_an_answer_waits_until_it_is_right(
    desk: Callable[..., Desk],
) -> None:
    here = desk()
    here.clock = datetime(1970, 1, 1, tzinfo=UTC)
    own, phone = new_id(here.clock), new_id(NOW)
    for one in (own, phone):
        assert here.take(id=one).new
    assert here.store.can_save()
    assert [why for _, why in here.take_in().stay] == ["clock", "clock"]
    assert {name.split("/")[0] for name in here.names()} == {ASIDE}
    here.clock = NOW + timedelta(minutes=5)
    assert here.take_in().taken == 2
    assert {one.received for one in here.kept()} == {here.clock}
    assert phone in {one.id for one in here.kept()}
    assert {path.name for path in here.folder.iterdir()} == {"2026", ASIDE, TAKEN_IN}
    here.check()


def test_a_clock_that_goes_back_between_a_voice_and_its_answer_loses_neither(
    desk: Callable[..., Desk],
) -> None:
    here, one = desk(), new_id(NOW)
    here.record(one)
    here.clock -= timedelta(days=5)
    answer = {"id": one, "survey": "all", "answers": {"voice": f"{one}.voice.mp3"}}
    assert here.take(**answer).new
    assert here.aside()[0].reason == "clock"
    assert here.take_in().taken == 1
    (kept,) = here.kept()
    assert (here.folder / "2026/11/21" / f"{kept.id}.voice.mp3").read_bytes() == small(wav())
    here.check()
    assert [name for name in here.names() if one in name] == [f"taken-in/{one}.yaml"]


def test_the_voice_of_an_unknown_question_is_kept_as_long_as_an_answer_names_it(
    desk: Callable[..., Desk],
) -> None:
    here, one, lonely, far = desk(), new_id(), new_id(), new_id(FAR[0])
    answer = {"id": one, "answers": {"say-more": f"{one}.say-more.mp3"}}
    with pytest.raises(RecordingMissing):
        here.take(**answer)
    for name in (one, lonely, far):
        here.record(name, "say-more")
    assert here.take(**answer).new
    for path in here.folder.rglob("*.mp3"):
        age(path)
    assert here.store.sweep() == 2
    assert here.names() == [f"2026/11/26/{one}.say-more.mp3", f"set-aside/{one}.yaml"]
    here.check()
    here.store.purge(parse(one))
    assert here.names() == []


def test_a_voice_of_a_form_that_is_not_known_is_not_waited_for(desk: Callable[..., Desk]) -> None:
    here, one = desk(), new_id()
    name = f"{one}.voice.mp4"
    assert here.take(id=one, survey="all", answers={"face": "ok", "voice": name}).new
    assert here.aside()[0].sent.answers == {"face": "ok", "voice": name}
    assert here.aside()[0].reason == "voice"
    assert [why for _, why in here.take_in().stay] == ["voice"]


def test_a_quota_of_its_own_stops_what_is_set_aside_and_nothing_else(
    desk: Callable[..., Desk],
) -> None:
    here = desk(aside_quota=2 * 4096, quota=2 * 4096)
    ids = [new_id() for _ in range(3)]
    for one in ids[:2]:
        assert here.take(id=one, survey="gone").new
    with pytest.raises(AnswerNotSaved):
        here.take(id=ids[2], survey="gone")
    assert not here.take(id=ids[0], survey="gone").new
    assert here.take().new
    assert here.take().new, "what is set aside does not fill the place of the others"
    with pytest.raises(AnswerNotSaved):
        here.take()
    here.store.purge(parse(ids[0]))
    assert here.take(id=ids[2], survey="gone").new


def test_a_full_disk_stops_taking_in_and_loses_nothing(desk: Callable[..., Desk]) -> None:
    here = desk(quota=4096)
    here.take()
    survey = here.surveys.pop("think")
    here.take()
    here.surveys["think"] = survey
    before = here.names()
    with pytest.raises(AnswerNotSaved):
        here.take_in()
    assert here.names() == before


def test_what_is_set_aside_goes_with_age_by_the_day_on_which_it_came(
    desk: Callable[..., Desk],
) -> None:
    here = desk()
    ids = [new_id(FAR[0]), new_id(FAR[3]), new_id(NOW)]
    for one in ids:
        here.take(id=one, survey="gone")
    here.take_in()

    def old(today: datetime) -> set[str]:
        found = too_old(here.folder, today=today.date(), keep_months=12, zone=LONDON)
        return {str(one) for one in found}

    assert old(NOW.replace(year=2027)) == set()
    assert old(NOW.replace(year=2027) + timedelta(days=1)) == set(ids)
    for one in ids:
        here.store.purge(parse(one))
    assert here.names() == []


def test_a_purge_takes_the_note_of_the_other_id_as_well(desk: Callable[..., Desk]) -> None:
    here = desk()
    here.take(id=new_id(FAR[0]))
    here.take_in()
    here.store.purge(parse(here.kept()[0].id))
    assert here.names() == []


def test_a_backup_holds_what_is_set_aside_and_what_was_taken_in(
    desk: Callable[..., Desk], tmp_path: Path
) -> None:
    here, far, gone = desk(), new_id(FAR[0]), new_id()
    here.take(id=far)
    here.take_in()
    here.record(gone, "say")
    here.record(new := new_id(FAR[3]), "say")
    here.take(id=gone, survey="gone", answers={"say": f"{gone}.say.mp3"})
    here.take(id=new, survey="gone", answers={"say": f"{new}.say.mp3"})
    made = backup(here.folder, Path("data"), tmp_path / "a.zip", NOW)
    assert (made.answers, made.voices, made.left_out) == (3, 2, ())
    other = Desk(here.surveys, tmp_path / "other" / "feedback")
    assert restore(other.folder, tmp_path / "a.zip").answers == 3
    assert other.names() == here.names()
    other.check()
    # An answer that was taken in since then does not come back beside its survey.
    here.surveys["gone"] = here.surveys["think"]
    here.folder.joinpath(ASIDE, f"{gone}.yaml").write_text(
        here.folder.joinpath(ASIDE, f"{gone}.yaml").read_text().replace("say: ", "words: ")
    )
    assert here.take_in().taken == 1
    done = restore(here.folder, tmp_path / "a.zip")
    assert (done.answers, gone in " ".join(one.sent.id.text for one in here.aside())) == (0, False)


def test_what_is_wrong_with_what_is_set_aside_is_named(desk: Callable[..., Desk]) -> None:
    here, one, deleted = desk(), new_id(), new_id()
    here.take(id=one, survey="gone")
    here.take(id=deleted, survey="gone")
    place = here.folder / ASIDE
    (place / "notes.txt").write_text("x")
    (place / f"{new_id()}.yaml").write_text("a: &a [*a]")
    (here.folder / DELETED).mkdir()
    (here.folder / DELETED / f"{deleted}.yaml").write_text("format: 1\n")
    with AnswerIndex(here.folder, here.folder.parent / "index.sqlite") as index:
        found = verify(index, here.folder, Path("data/feedback"))
    assert found.aside == 1
    lines = [str(one) for one in found.problems]
    assert all(line.startswith("data/feedback/set-aside/") for line in lines)
    assert len(lines) == 3
    assert here.store.sweep() == 1, "what was deleted"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inside: (
        st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=8), inside, max_size=4)
    ),
    max_leaves=8,
)
fields = ["id", "survey", "page", "language", "visit", "answers", "complete", "mood", "\ud800"]
answers_like = st.dictionaries(
    st.sampled_from(["feel", "words", "gone"]),
    st.sampled_from(["happy", "furious"])
    | st.text(st.characters(), max_size=20)
    | st.lists(st.text(max_size=5), max_size=3)
    | st.dictionaries(st.sampled_from(["bus", "tea"]), st.text(max_size=5), max_size=2),
    max_size=3,
)


@settings(deadline=None)
@given(
    change=st.dictionaries(st.sampled_from(fields), json_values, max_size=2),
    answers=answers_like,
)
def test_any_body_is_malformed_or_kept_and_comes_back_as_it_was_sent(
    surveys: dict[str, Survey],
    tmp_path_factory: pytest.TempPathFactory,
    change: dict[str, Any],
    answers: dict[str, Any],
) -> None:
    here = Desk(surveys, tmp_path_factory.mktemp("data") / "feedback")
    body = {"id": new_id(), "survey": "think", "page": "plan", "language": "en"}
    body |= {"answers": answers} | change
    try:
        taken = here.send(body)
    except AnswerRefused as error:
        json.dumps({"error": str(error)}, ensure_ascii=False).encode()
        assert here.names() == []
        return
    sent: Sent = read_sent(body)
    if here.aside():
        (one,) = here.aside()
        whole = set_aside(sent, one.reason, one.received)
        assert one.sent.answers == whole.sent.answers
        assert (one.sent.survey, one.sent.page) == (whole.sent.survey, whole.sent.page)
        assert (one.sent.language, one.sent.complete) == (sent.language, sent.complete)
        (path,) = here.folder.rglob("*.yaml")
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert {name: told[name] for name in sent.more} == whole.sent.more
        assert read_set_aside(path, path) == one
    else:
        (kept,) = here.kept()
        assert (kept.id, kept.complete) == (str(taken.id), sent.complete)
        if not taken.cleaned:
            assert kept.answers == {name: one for name, one in sent.answers.items() if one}


def test_no_site_may_allow_longer_words_than_can_be_set_aside() -> None:
    rules = Feedback.model_fields["words_max_characters"].metadata
    assert [rule.le for rule in rules if hasattr(rule, "le")] == [MOST_CHARACTERS]


@pytest.mark.parametrize(
    ("made", "right"),
    [*((one, False) for one in FAR), (NOW + timedelta(days=1), True), (NOW, True)],
)
def test_an_id_is_in_time_from_2026_until_a_day_ahead(made: datetime, right: bool) -> None:
    assert is_in_time(parse(new_id(made)), NOW) is right
