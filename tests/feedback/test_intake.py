"""An answer on its whole way: checked, cleaned, limited, marked, kept."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from kiosk.config import Feedback
from kiosk.errors import AnswerNotSaved, AnswerRefused, AnswerTooSoon, RecordingMissing
from kiosk.feedback.answer.ulid import parse
from kiosk.feedback.intake import Intake, Taken
from kiosk.feedback.store.limits import from_web
from kiosk.feedback.store.store import AnswerStore
from kiosk.feedback.survey.survey import Survey
from tests.feedback.kept import age
from tests.feedback.sounds import tone, wav
from tests.feedback.surveys import loaded, site_with
from tests.tools.hearing import hear
from tests.tools.ulids import UlidMaker

make = UlidMaker()


@pytest.fixture(scope="module")
def surveys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Survey]:
    return loaded(site_with(tmp_path_factory.mktemp("site")))


class Desk:
    """An intake with a clock of its own."""

    def __init__(
        self,
        surveys: dict[str, Survey],
        folder: Path,
        quotas: dict[str, Any] | None = None,
        **change: Any,
    ) -> None:
        self.now = 0.0
        self.surveys = surveys
        self.store = AnswerStore(folder, **(quotas or {}))
        self.intake = Intake(self.store, Feedback(**change), seconds=lambda: self.now)

    def take(self, source: str = "phone", came: str = "", **change: Any) -> Taken:
        body = {
            "id": str(make()),
            "survey": "think",
            "page": "plan",
            "language": "en",
            "visit": "ann",
            "answers": {"feel": "happy"},
        }
        return self.intake.take(
            body | change,
            surveys=self.surveys,
            pages={"plan"},
            languages={"en"},
            source=source,
            came=came,
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
    assert here.kept(here.take(visit="bob"))["marked"] == "flood"


def test_what_could_not_be_saved_does_not_count(surveys: dict[str, Survey], tmp_path: Path) -> None:
    place = tmp_path / "data"
    place.write_text("in the way")
    here, late = Desk(surveys, place, answers_an_hour=1), str(make())
    for _ in range(3):
        with pytest.raises(AnswerNotSaved):
            here.take(id=late)
    place.unlink()
    assert "marked" not in here.kept(here.take(id=late))


def test_a_refused_answer_does_not_count(desk: Callable[..., Desk]) -> None:
    here = desk(answers_an_hour=1)
    with pytest.raises(AnswerRefused):
        here.take(answers={"feel": 1})
    assert "marked" not in here.kept(here.take())


def test_the_same_face_again_and_again_is_kept_and_marked(desk: Callable[..., Desk]) -> None:
    here = desk(seconds_between_answers=0)
    marks = [here.kept(here.take(visit=f"visit {n}")).get("marked") for n in range(6)]
    assert marks == [None, None, None, "bashing", "bashing", "bashing"]
    assert "marked" not in here.kept(here.take(answers={"feel": "sad"}))


@pytest.mark.drill
def test_a_flood_is_kept_and_marked_and_takes_no_memory(desk: Callable[..., Desk]) -> None:
    here = desk()

    def flood(count: int) -> Counter[str | None]:
        given = ({"words": f"This is {number} of many."} for number in range(count))
        taken = [here.take(visit=str(make()), answers=one) for one in given]
        return Counter(here.kept(one).get("marked") for one in taken)

    assert flood(100) == {None: 60, "flood": 40}
    before = sys.getallocatedblocks()
    assert flood(900) == {"flood": 900}
    assert sys.getallocatedblocks() - before < 20_000
    assert len(list(here.store.folder.rglob("*.yaml"))) == 1000
    # Nobody else is marked, and nobody waits.
    assert "marked" not in here.kept(here.take(source="another phone"))
    here.now += 3600
    assert "marked" not in here.kept(here.take())


def test_all_copies_on_the_web_share_a_limit_and_touch_no_other(
    desk: Callable[..., Desk],
) -> None:
    here = desk(answers_an_hour=1, web_answers_an_hour=3)
    for number in range(5):
        got = here.take(visit=str(make()), source=from_web(f"192.0.2.{number}"), came="web")
        kept = here.kept(got)
        assert (kept["came"], kept.get("marked")) == ("web", None if number < 3 else "flood")
    assert here.intake.is_flooded(from_web("192.0.2.9"))
    assert not here.intake.is_flooded("192.0.2.0 page")
    assert "marked" not in here.kept(here.take(visit="bob", source="192.0.2.0 page"))
    here.now += 3600
    assert not here.intake.is_flooded(from_web("192.0.2.9"))


def test_of_marked_answers_the_oldest_go_first_and_no_other_goes(
    desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    block = 4096
    here = desk(answers_an_hour=3)
    monkeypatch.setattr(here.intake._marked, "_most", 20 * block)
    taken = [here.take(visit=str(make()), answers={"words": f"No. {n}"}) for n in range(60)]
    left = {path.stem for path in here.store.folder.rglob("*.yaml")}
    counted, marked = taken[:3], taken[3:]
    assert {str(one.id) for one in counted} <= left
    stay = [str(one.id) for one in marked if str(one.id) in left]
    assert 18 <= len(stay) <= 20
    assert stay == [str(one.id) for one in marked[-len(stay) :]]
    # Another start of the kiosk finds them again.
    again = Desk(here.surveys, here.store.folder, answers_an_hour=1)
    monkeypatch.setattr(again.intake._marked, "_most", 10 * block)
    again.take()
    again.take(visit="bob", answers={"words": "One more."})
    left = {path.stem for path in here.store.folder.rglob("*.yaml")}
    assert len(left & {str(one.id) for one in marked}) <= 9
    assert {str(one.id) for one in counted} <= left


def test_what_is_marked_gives_way_to_an_answer_when_the_room_is_used_up(
    desk: Callable[..., Desk],
) -> None:
    here = desk(quotas={"quota": 6 * 4096}, answers_an_hour=2)
    for number in range(6):
        here.take(visit=str(make()), answers={"words": f"No. {number}"})
    with pytest.raises(AnswerNotSaved):
        here.take(visit="one more", answers={"words": "of the flood"})
    mine = here.take(source="another phone")
    assert mine.new
    assert "marked" not in here.kept(mine)
    kept = [path.read_text(encoding="utf-8") for path in here.store.folder.rglob("*.yaml")]
    assert sum("marked: flood" in one for one in kept) == 3


def test_a_flood_of_what_is_set_aside_gives_way_too(desk: Callable[..., Desk]) -> None:
    here = desk(quotas={"aside_quota": 6 * 4096}, answers_an_hour=2)
    for number in range(6):
        here.take(visit=str(make()), survey="gone", answers={"words": f"No. {number}"})
    assert here.take(source="another phone", survey="gone").new
    kept = list((here.store.folder / "set-aside").glob("*.yaml"))
    assert sum("marked: flood" in path.read_text(encoding="utf-8") for path in kept) == 3


def test_voices_that_fill_their_own_room_take_none_of_the_answers(
    desk: Callable[..., Desk],
) -> None:
    here = desk(quotas={"quota": 4 * 4096, "voice_quota": 4096})
    here.intake.take_recording(make(), "voice", wav())
    with pytest.raises(AnswerNotSaved):
        here.intake.take_recording(make(), "voice", wav())
    for number in range(4):
        here.take(visit=f"visit {number}", answers={"words": f"No. {number}"})


def test_a_voice_and_then_its_answer_are_kept(desk: Callable[..., Desk]) -> None:
    here, one = desk(), str(make())
    name = f"{one}.voice.mp3"
    answers = {"voice": name, "face": "ok"}
    with pytest.raises(RecordingMissing):
        here.take(id=one, survey="all", answers=answers)
    ulid = here.intake.expect_recording(one, "voice")
    spoken = wav((b"LIST", b"INFOIART\x04\0\0\0Ann\0"), sound=tone(2))
    assert here.intake.take_recording(ulid, "voice", spoken) == (name, True)
    assert here.intake.take_recording(ulid, "voice", spoken) == (name, False)
    taken = here.take(id=one, survey="all", answers=answers)
    assert taken.new
    assert here.kept(taken)["answers"] == {"face": "ok", "voice": name}
    (voice,) = here.store.folder.rglob("*.mp3")
    kept = voice.read_bytes()
    assert b"Ann" not in kept
    assert hear(kept).seconds == 2
    assert here.intake.take_recording(ulid, "voice", wav()) == (name, False)
    assert voice.read_bytes() == kept
    assert len(list(here.store.folder.rglob(f"{one}.*"))) == 2


def test_a_voice_that_was_kept_large_is_not_kept_once_more_when_it_comes_again(
    desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, one = desk(), make()
    with monkeypatch.context() as broken:
        broken.setattr("kiosk.feedback.answer.small._WORKER", Path("nowhere.py"))
        name = here.intake.take_recording(one, "voice", wav())[0]
    assert name == f"{one}.voice.wav"
    assert here.intake.take_recording(one, "voice", wav()) == (name, False)
    taken = here.take(id=str(one), survey="all", answers={"voice": name})
    (voice,) = here.store.folder.rglob(f"{taken.id}.*.*")
    assert voice.read_bytes() == wav()


def test_a_voice_that_an_older_kiosk_kept_is_not_kept_twice_and_its_answer_is_taken(
    desk: Callable[..., Desk],
) -> None:
    here, one = desk(), make()
    here.store.save_recording(one, f"{one}.voice.webm", b"sound")
    assert here.intake.take_recording(one, "voice", wav()) == (f"{one}.voice.webm", False)
    taken = here.take(id=str(one), survey="all", answers={"voice": f"{one}.voice.webm"})
    assert here.kept(taken)["answers"] == {"voice": f"{one}.voice.webm"}
    assert len(list(here.store.folder.rglob(f"{one}.*"))) == 2


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
        here.intake.take_recording(one, "voice", wav(), "a phone")
    with pytest.raises(AnswerTooSoon):
        here.intake.take_recording(ulids[2], "voice", wav(), "a phone")
    assert here.intake.take_recording(ulids[0], "voice", wav(), "a phone")[1] is False
    here.intake.take_recording(ulids[2], "voice", wav(), "another phone")
    here.intake.take_recording(make(), "voice", wav())  # the kiosk's own screen is never a flood
    assert here.take().new


def test_voices_whose_answer_never_came_are_swept_while_the_kiosk_runs(
    desk: Callable[..., Desk],
) -> None:
    here = desk()
    for _ in range(2):
        here.intake.take_recording(make(), "voice", wav())
    for voice in here.store.folder.rglob("*.mp3"):
        age(voice)
    here.intake.take_recording(make(), "voice", wav())
    assert len(list(here.store.folder.rglob("*.mp3"))) == 3
    here.now += 3601
    here.intake.take_recording(make(), "voice", wav())
    assert len(list(here.store.folder.rglob("*.mp3"))) == 2


def test_a_deleted_answer_is_acknowledged_and_not_stored_again(desk: Callable[..., Desk]) -> None:
    here = desk()
    taken = here.take()
    here.store.delete(taken.id)
    assert here.take(id=str(taken.id)) == Taken(taken.id, False, ())
    assert here.intake.take_recording(parse(str(taken.id)), "voice", wav())[1] is False
    names = [path.name for path in here.store.folder.rglob("*") if path.is_file()]
    assert names == [f"{taken.id}.yaml"]
    assert (here.store.folder / "deleted" / names[0]).exists()
