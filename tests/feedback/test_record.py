"""The record of an answer, in every format that was ever written and in one that is not known.

`data/formats` holds a file of each kind in each format, as the kiosk of its time wrote it. They are
kept for ever: somewhere there are people's answers in that format.
"""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.errors import AnswerRefused, ContentError
from kiosk.feedback.answer import record
from kiosk.feedback.answer.answer import Answer
from kiosk.feedback.answer.aside import SetAside
from kiosk.feedback.answer.record import FORMATS, AnswerFile, Format, KeptAnswer
from kiosk.feedback.answer.sent import Given, Sent, read_sent
from kiosk.feedback.answer.ulid import parse
from kiosk.feedback.store.backup import backup, restore
from kiosk.feedback.store.deletion import find_by_receipt, too_old
from kiosk.feedback.store.index import AnswerIndex
from kiosk.feedback.store.marked import marked_aside, marked_of_days
from kiosk.feedback.store.reader import read_all_set_aside
from kiosk.feedback.store.shelf import ASIDE
from kiosk.feedback.store.store import AnswerStore
from kiosk.feedback.store.verify import verify
from tests.feedback.desks import LONDON, NOW, Desk
from tests.feedback.kept import age, keep, new_id, path_of

EXAMPLES = Path(__file__).with_name("data") / "formats"
SHOWN = Path("data/feedback")
NEXT = record.FORMAT + 1  # what a newer kiosk writes
RECEIVED = datetime(2026, 11, 24, 12, 0, 5, tzinfo=UTC)
ULID = parse("01M86PTPG07K4M2Q7K4M2Q7K4M")
VOICE = f"{ULID}.say.mp3"
GIVEN: dict[str, Given] = {
    "feel": "happy",
    "matters": ("healthy", "heard"),
    "likes": {"bus": "like", "lunch": "dislike"},
    "words": "Too loud.\nRing [phone]. نہیں, 12:30",
    "count": "012",
    "say": VOICE,
}
FEEL: dict[str, Given] = {"feel": "happy"}
ANSWER = Answer(
    ULID,
    "think",
    "plan",
    "en",
    GIVEN,
    voices={"say": VOICE},
    cleaned=("phone",),
    marked="bashing",
    complete=False,
    was="00000000007K4M2Q7K4M2Q7K4M",
)
KEPT = KeptAnswer(
    id=str(ULID),
    survey="think",
    page="plan",
    language="en",
    made=datetime(2026, 11, 24, 12, tzinfo=UTC),
    received=RECEIVED,
    answers=GIVEN,
    marked="bashing",
    cleaned=("phone",),
    complete=False,
)
MORE = {"weather": "rain", "degrees": 4, "inside": {"dark": True}}
SENT = Sent(ULID, "gone", "plan", "pl", GIVEN, complete=False, more=MORE)
SET_ASIDE = SetAside(SENT, "field", RECEIVED, ("phone",), "flood")


def example(number: int, kind: str) -> bytes:
    return (EXAMPLES / f"{number}-{kind}.yaml").read_bytes()


def test_of_every_format_that_was_ever_written_an_example_is_kept() -> None:
    wanted = {f"{number}-{kind}.yaml" for number in FORMATS for kind in ("answer", "set-aside")}
    assert {one.name for one in EXAMPLES.iterdir()} == wanted
    assert max(FORMATS) == record.FORMAT
    assert set(FORMATS) == set(range(1, record.FORMAT + 1))


@pytest.mark.parametrize("number", FORMATS)
def test_every_format_that_was_ever_written_is_read(number: int) -> None:
    assert record.answer_of(example(number, "answer"), SHOWN) == KEPT
    told = record.aside_of(example(number, "set-aside"), SHOWN)
    as_text = {"weather": "rain", "degrees": "4", "inside": {"dark": "true"}}
    assert told == replace(SET_ASIDE, sent=replace(SENT, more=as_text))


def test_what_is_written_now_is_the_kept_example_to_the_letter() -> None:
    assert record.answer_text(ANSWER, RECEIVED) == example(record.FORMAT, "answer")
    assert record.aside_text(SET_ASIDE) == example(record.FORMAT, "set-aside")


def test_how_an_answer_came_is_written_and_read() -> None:
    from_web = record.answer_text(replace(ANSWER, came="web"), RECEIVED)
    assert record.answer_of(from_web, SHOWN) == replace(KEPT, came="web")
    aside = replace(SET_ASIDE, sent=replace(SENT, more={}), came="web")
    assert record.aside_of(record.aside_text(aside), SHOWN) == aside


@pytest.mark.parametrize("number", FORMATS)
def test_a_mark_is_seen_without_reading_it_all_in_every_format(number: int) -> None:
    assert record.is_marked(example(number, "answer"))
    assert record.is_marked(example(number, "set-aside"))
    assert not record.is_marked(example(number, "answer").replace(b"\nmarked:", b"\nother:"))


def test_everything_comes_back_from_json() -> None:
    told = json.loads(json.dumps(record.as_json(KEPT)))
    assert record.from_json(told) == KEPT
    assert told.keys() == {one.name for one in fields(KeptAnswer)}


def test_nobody_can_send_a_field_that_only_the_kiosk_writes() -> None:
    body = {"id": str(ULID), "survey": "a", "page": "b", "language": "c", "answers": {"d": "e"}}
    for name in FORMATS[record.FORMAT].aside.model_fields.keys() - body.keys() - {"complete"}:
        with pytest.raises(AnswerRefused, match="only the kiosk can know"):
            read_sent(body | {name: "x"})


class LaterFile(AnswerFile):
    """A format that is read in another way: what nobody marked, it marks itself."""

    def kept(self) -> KeptAnswer:
        return replace(super().kept(), marked=self.marked or "later")


def update(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make this kiosk one that writes the next format, and knows all before it."""
    monkeypatch.setitem(FORMATS, NEXT, Format(LaterFile, FORMATS[record.FORMAT].aside))
    monkeypatch.setattr(record, "FORMAT", NEXT)


def test_a_later_kiosk_reads_what_was_kept_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Desk({}, tmp_path / "feedback")
    old = keep(here.folder)
    before = path_of(here.folder, old).read_bytes()
    here.store.set_aside(SetAside(Sent(parse(new_id()), "gone", "plan", "en", FEEL), "page", NOW))
    update(monkeypatch)
    new = Answer(parse(new_id()), "think", "plan", "en", {"feel": "sad"})
    here.store.save(new)
    here.store.set_aside(SetAside(Sent(parse(new_id()), "gone", "plan", "en", FEEL), "page", NOW))
    assert path_of(here.folder, old).read_bytes() == before
    assert here.store.path(new).read_bytes().startswith(b"format: %d\n" % NEXT)
    assert [one.sent.answers for one in here.aside()] == [FEEL, FEEL]
    assert {one.id: one.marked for one in here.kept()} == {old: "", str(new.id): "later"}
    here.check()


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """Return a folder with two answers that a newer kiosk wrote, and one of ours."""
    folder = tmp_path / "feedback"
    keep(folder, {"feel": "ok"})
    path = path_of(folder, keep(folder, marked="flood"))
    make_newer(path)
    store = AnswerStore(folder)
    store.save_recording(ULID, VOICE, b"sound")
    store.set_aside(SET_ASIDE)
    make_newer(folder / ASIDE / f"{ULID}.yaml")
    return folder


def make_newer(path: Path) -> None:
    first, _, rest = path.read_bytes().partition(b"\n")
    assert first.startswith(b"format: ")
    path.write_bytes(b"format: %d\n%b" % (NEXT, rest))


def contents(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_staff_are_told_of_an_answer_of_a_newer_kiosk(newer: Path) -> None:
    with AnswerIndex(newer, newer.parent / "index.sqlite", SHOWN) as index:
        index.refresh()
        assert [one.answers for one in index.answers()] == [{"feel": "ok"}]
        (of_day,) = index.problems
        found = verify(index, newer, SHOWN)
    (aside,) = read_all_set_aside(newer, SHOWN)
    assert isinstance(aside, ContentError)
    assert len(found.problems) == 2
    for one in (of_day, aside):
        assert one.line == 1
        known = ", ".join(map(str, FORMATS))
        assert f'has the format "{NEXT}", and I know only {known}.' in one.problem
        assert "It stays as it is: update this kiosk to read it." in one.hint


def test_whatever_is_done_an_answer_of_a_newer_kiosk_stays_as_it_is(newer: Path) -> None:
    before = contents(newer)
    here = Desk({}, newer)
    for name in before:
        age(newer / name)
    assert here.store.sweep() == 0
    assert len(here.take_in().unreadable) == 1
    with AnswerIndex(newer, newer.parent / "index.sqlite") as index:
        index.rebuild()
        verify(index, newer, SHOWN)
    for marked in (marked_of_days(here.store, 1), marked_aside(here.store, 1)):
        assert not marked.make_room()
    assert too_old(newer, today=date(2026, 12, 1), keep_months=1, zone=LONDON) == []
    assert contents(newer) == before


def test_an_answer_of_a_newer_kiosk_is_in_a_backup_and_comes_back(
    newer: Path, tmp_path: Path
) -> None:
    made = backup(newer, SHOWN, tmp_path / "answers.zip", NOW)
    assert (made.answers, made.left_out) == (3, ())
    other = tmp_path / "other" / "feedback"
    assert restore(other, tmp_path / "answers.zip").answers == 3
    assert contents(other) == contents(newer)


def test_a_person_can_have_an_answer_of_a_newer_kiosk_deleted_and_age_takes_it_too(
    newer: Path,
) -> None:
    assert find_by_receipt(newer, str(ULID)[-6:]) == [ULID]
    assert AnswerStore(newer).delete(ULID)
    later = date(2026, 11, 24) + timedelta(days=400)
    assert len(too_old(newer, today=later, keep_months=12, zone=LONDON)) == 2


def test_once_the_kiosk_is_updated_what_it_could_not_read_is_an_answer(
    newer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = newer.parent / "index.sqlite"
    with AnswerIndex(newer, file) as index:
        index.refresh()
        assert len(index.problems) == 1
    update(monkeypatch)
    with AnswerIndex(newer, file) as index:
        index.refresh()
        assert index.problems == ()
        assert sorted(one.marked for one in index.answers()) == ["", "flood"]
    assert [one for one in read_all_set_aside(newer, SHOWN) if isinstance(one, ContentError)] == []
