"""An answer on its whole way: checked, cleaned, limited, marked, kept."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from kiosk.config import Feedback
from kiosk.errors import AnswerNotSaved, AnswerRefused, AnswerTooSoon, RecordingMissing
from kiosk.feedback.intake import Intake, Taken
from kiosk.feedback.store import AnswerStore
from kiosk.feedback.survey import Survey
from kiosk.feedback.ulid import UlidMaker, parse
from tests.feedback.kept import age
from tests.feedback.sounds import wav, webm
from tests.feedback.surveys import loaded, site_with

make = UlidMaker()


@pytest.fixture(scope="module")
def surveys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Survey]:
    return loaded(site_with(tmp_path_factory.mktemp("site")))


class Desk:
    """An intake with a clock of its own."""

    def __init__(self, surveys: dict[str, Survey], folder: Path, **change: Any) -> None:
        self.now = 0.0
        self.surveys = surveys
        self.store = AnswerStore(folder)
        self.intake = Intake(self.store, Feedback(**change), seconds=lambda: self.now)

    def take(self, **change: Any) -> Taken:
        body = {
            "id": str(make()),
            "survey": "think",
            "page": "plan",
            "language": "en",
            "visit": "ann",
            "answers": {"feel": "happy"},
        }
        return self.intake.take(
            body | change, surveys=self.surveys, pages={"plan"}, languages={"en"}
        )

    def kept(self, taken: Taken) -> Any:
        path = self.store.folder / f"{taken.id.day:%Y/%m/%d}" / f"{taken.id}.yaml"
        return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture
def desk(surveys: dict[str, Survey], tmp_path: Path) -> Callable[..., Desk]:
    return lambda **change: Desk(surveys, tmp_path / "data", **change)


def test_an_answer_is_kept_without_its_visit_and_its_contact_details(
    desk: Callable[..., Desk], tmp_path: Path
) -> None:
    here = desk()
    taken = here.take(visit="secret", answers={"words": "I am ann@example.org"})
    assert (taken.new, taken.cleaned) == (True, ("email",))
    told = here.kept(taken)
    assert told["answers"] == {"words": "I am [email]"}
    assert told["cleaned"] == ["email"]
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*.yaml"))
    assert b"secret" not in everything
    assert b"example.org" not in everything


def test_one_answer_is_taken_of_a_visit_in_20_seconds_and_the_next_is_not_lost(
    desk: Callable[..., Desk],
) -> None:
    here, late = desk(), str(make())
    here.take()
    with pytest.raises(AnswerTooSoon) as error:
        here.take(id=late)
    assert error.value.seconds == 20
    assert str(error.value).startswith("Your answer is not saved yet.")
    here.take(visit="bob")
    here.now += 20
    assert here.take(id=late).new


def test_what_is_saved_is_acknowledged_again_whatever_the_limits_say(
    desk: Callable[..., Desk],
) -> None:
    here = desk(answers_an_hour=1)
    first = here.take(answers={"words": "Call 07700 900123"})
    for _ in range(5):
        again = here.take(id=str(first.id), answers={"words": "Call 07700 900123"})
        assert (again.id, again.new, again.cleaned) == (first.id, False, ("phone",))
    with pytest.raises(AnswerTooSoon):
        here.take(visit="bob")


def test_what_could_not_be_saved_does_not_count(surveys: dict[str, Survey], tmp_path: Path) -> None:
    place = tmp_path / "data"
    place.write_text("in the way")
    here, late = Desk(surveys, place, answers_an_hour=1), str(make())
    for _ in range(3):
        with pytest.raises(AnswerNotSaved):
            here.take(id=late)
    place.unlink()
    assert here.take(id=late).new


def test_a_refused_answer_does_not_count(desk: Callable[..., Desk]) -> None:
    here = desk(answers_an_hour=1)
    with pytest.raises(AnswerRefused):
        here.take(answers={"feel": 1})
    assert here.take().new


def test_the_same_face_again_and_again_is_kept_and_marked(desk: Callable[..., Desk]) -> None:
    here = desk(seconds_between_answers=0)
    marks = [here.kept(here.take(visit=f"visit {n}")).get("marked") for n in range(6)]
    assert marks == [None, None, None, "bashing", "bashing", "bashing"]
    assert "marked" not in here.kept(here.take(answers={"feel": "sad"}))


def test_a_flood_takes_what_the_limit_lets_in_and_no_memory(desk: Callable[..., Desk]) -> None:
    here = desk()

    def flood(count: int) -> int:
        taken = 0
        for number in range(count):
            try:
                taken += here.take(visit=f"visit {number} {make()}").new
            except AnswerTooSoon:
                continue
        return taken

    assert flood(1000) == 60
    before = sys.getallocatedblocks()
    assert flood(9000) == 0
    assert sys.getallocatedblocks() - before < 1000
    assert len(list(here.store.folder.rglob("*.yaml"))) == 60
    here.now += 3600
    assert here.take().new


def test_a_voice_and_then_its_answer_are_kept(desk: Callable[..., Desk]) -> None:
    here, one = desk(), str(make())
    answers = {"voice": f"{one}.voice.wav", "face": "ok"}
    with pytest.raises(RecordingMissing):
        here.take(id=one, survey="all", answers=answers)
    ulid = here.intake.expect_recording(one, "voice")
    info = (b"LIST", b"INFOIART\x04\0\0\0Ann\0")
    assert here.intake.take_recording(ulid, "voice", wav(info)) == (f"{one}.voice.wav", True)
    assert here.intake.take_recording(ulid, "voice", wav(info)) == (f"{one}.voice.wav", False)
    taken = here.take(id=one, survey="all", answers=answers)
    assert taken.new
    assert here.kept(taken)["answers"] == {"face": "ok", "voice": f"{one}.voice.wav"}
    (voice,) = here.store.folder.rglob("*.wav")
    assert voice.read_bytes() == wav()
    assert here.intake.take_recording(ulid, "voice", webm()) == (f"{one}.voice.webm", False)
    assert [path.suffix for path in voice.parent.iterdir() if path.stem != one] == [".wav"]


@pytest.mark.parametrize(
    ("answer", "question"),
    [
        ("x", "voice"),
        ("01KAT5Q000000000000000000I", "voice"),
        ("01KAT5Q0000000000000000000", "Voice"),
        ("01KAT5Q0000000000000000000", "x" * 65),
        ("01KAT5Q0000000000000000000", "\ud800"),
        ("01KAT5Q0000000000000000000", "../voice"),
        ("../../../etc/passwd", "voice"),
    ],
)
def test_a_voice_with_a_malformed_name_is_refused(
    desk: Callable[..., Desk], answer: str, question: str
) -> None:
    here = desk()
    with pytest.raises(AnswerRefused, match=r"\.$"):
        here.intake.expect_recording(answer, question)


def test_voices_have_a_limit_of_their_own_and_one_that_is_here_is_always_acknowledged(
    desk: Callable[..., Desk],
) -> None:
    here = desk(answers_an_hour=2)
    ulids = [make() for _ in range(3)]
    for one in ulids[:2]:
        here.intake.take_recording(one, "voice", wav())
    with pytest.raises(AnswerTooSoon):
        here.intake.take_recording(ulids[2], "voice", wav())
    assert here.intake.take_recording(ulids[0], "voice", wav())[1] is False
    assert here.take().new


def test_voices_whose_answer_never_came_are_swept_while_the_kiosk_runs(
    desk: Callable[..., Desk],
) -> None:
    here = desk()
    for _ in range(2):
        here.intake.take_recording(make(), "voice", wav())
    for voice in here.store.folder.rglob("*.wav"):
        age(voice)
    here.intake.take_recording(make(), "voice", wav())
    assert len(list(here.store.folder.rglob("*.wav"))) == 3
    here.now += 3601
    here.intake.take_recording(make(), "voice", wav())
    assert len(list(here.store.folder.rglob("*.wav"))) == 2


def test_a_deleted_answer_is_acknowledged_and_not_stored_again(desk: Callable[..., Desk]) -> None:
    here = desk()
    taken = here.take()
    here.store.delete(taken.id)
    assert here.take(id=str(taken.id)) == Taken(taken.id, False, ())
    assert here.intake.take_recording(parse(str(taken.id)), "voice", wav())[1] is False
    names = [path.name for path in here.store.folder.rglob("*") if path.is_file()]
    assert names == [f"{taken.id}.yaml"]
    assert (here.store.folder / "deleted" / names[0]).exists()
