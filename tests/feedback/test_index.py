from __future__ import annotations

import os
import random
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from kiosk.errors import AnswersUnreadable
from kiosk.feedback.answer.receipt import receipt_of
from kiosk.feedback.answer.ulid import parse
from kiosk.feedback.store.index import AnswerIndex
from kiosk.feedback.store.reader import read_answer
from tests.feedback.kept import NOON, keep, new_id, path_of, write
from tests.tools.cases import examples

WORDS = "Zażółć\n\u0627\u0631\u062f\u0648 🙂"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "feedback"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "index.sqlite"


def ids(index: AnswerIndex, **wanted: Any) -> list[str]:
    return [one.id for one in index.answers(**wanted)]


def test_it_holds_what_the_files_hold(folder: Path, file: Path) -> None:
    names = [
        keep(folder, {"feel": "sad", "matters": ["a", "b"], "likes": {"bus": "like"}}),
        keep(
            folder,
            {"words": WORDS},
            cleaned=["phone"],
            marked="bashing",
        ),
    ]
    with AnswerIndex(folder, file) as index:
        index.refresh()
        expected = [read_answer(path_of(folder, one), Path("x")) for one in names]
        assert sorted(index.answers(), key=lambda one: one.id) == expected
        assert index.problems == ()


def test_no_folder_is_no_answers(folder: Path, file: Path) -> None:
    with AnswerIndex(folder, file) as index:
        index.refresh()
        assert ids(index) == []


def test_a_refresh_sees_what_came_and_what_went(folder: Path, file: Path) -> None:
    first = keep(folder)
    with AnswerIndex(folder, file) as index:
        index.refresh()
        second = keep(folder)
        other_day = keep(folder, at=NOON + timedelta(days=1))
        index.refresh()
        assert ids(index) == [first, second, other_day]
        path_of(folder, first).unlink()
        path_of(folder, other_day).unlink()
        path_of(folder, other_day).parent.rmdir()
        index.refresh()
        assert ids(index) == [second]


def test_a_quick_refresh_lists_only_days_that_have_changed(folder: Path, file: Path) -> None:
    old, new = keep(folder, at=NOON - timedelta(days=9)), keep(folder)
    with AnswerIndex(folder, file) as index:
        os.utime(path_of(folder, old).parent, (1, 1))
        index.refresh()
        # Changed where they are: the time of the first one's folder is old and says nothing.
        for one in (old, new):
            path = path_of(folder, one)
            path.write_text(path.read_text().replace("happy", "sad"))
        index.refresh()
        assert [one.answers["feel"] for one in index.answers()] == ["happy", "sad"]
        index.refresh(every_file=True)
        assert [one.answers["feel"] for one in index.answers()] == ["sad", "sad"]


def test_a_file_that_cannot_be_read_does_not_stop_the_others(folder: Path, file: Path) -> None:
    good = keep(folder)
    bad = write(folder, new_id(), "a: 1\na: 2\n")
    with AnswerIndex(folder, file, Path("data/feedback")) as index:
        index.refresh()
        assert ids(index) == [good]
        (problem,) = index.problems
        shown = Path("data/feedback") / bad.relative_to(folder)
        assert str(problem).startswith(f'{shown}:2: "a" is written twice.')
        bad.unlink()
        index.refresh()
        assert index.problems == ()


def test_a_copy_in_the_wrong_day_is_a_problem_of_its_own(folder: Path, file: Path) -> None:
    good = path_of(folder, keep(folder))
    wrong = folder / "2026" / "11" / "25" / good.name
    wrong.parent.mkdir()
    wrong.write_bytes(good.read_bytes())
    with AnswerIndex(folder, file) as index:
        index.refresh()
        assert ids(index) == [good.stem]
        good.unlink()
        index.refresh()
        assert ids(index) == []
        assert [one.path for one in index.problems] == [wrong]


def test_a_tombstone_hides_a_file_that_is_still_there(folder: Path, file: Path) -> None:
    gone, stays = keep(folder), keep(folder)
    with AnswerIndex(folder, file) as index:
        index.refresh()
        (folder / "deleted").mkdir()
        (folder / "deleted" / f"{gone}.yaml").write_text("format: 1\n")
        index.refresh()
        assert ids(index) == [stays]
        index.rebuild()
        assert ids(index) == [stays]


def test_the_words_of_a_deleted_answer_are_wiped_from_the_index(folder: Path, file: Path) -> None:
    name = keep(folder, {"words": "a very private thing"})
    keep(folder)
    with AnswerIndex(folder, file) as index:
        index.refresh()
        assert b"a very private thing" in file.read_bytes()
        path_of(folder, name).unlink()
        index.refresh()
    assert b"a very private thing" not in file.read_bytes()
    assert name.encode() not in file.read_bytes()


def test_answers_are_those_received_between_two_moments(folder: Path, file: Path) -> None:
    names = [keep(folder, at=NOON + timedelta(hours=hour)) for hour in range(4)]
    with AnswerIndex(folder, file) as index:
        index.refresh()
        begin, end = NOON + timedelta(hours=1), NOON + timedelta(hours=3)
        assert ids(index, begin=begin, end=end) == names[1:3]
        assert ids(index, survey="other") == []
        assert ids(index, survey="think", begin=end) == names[3:]


def test_an_answer_is_found_by_its_id_and_by_its_receipt(folder: Path, file: Path) -> None:
    name, other = keep(folder), keep(folder)
    code, told = name[-6:], receipt_of(parse(name)).code
    assert code != other[-6:]
    with AnswerIndex(folder, file) as index:
        index.refresh()
        for wanted in (name, f" {name.lower()} ", code, code.lower(), told):
            assert [one.id for one in index.find(wanted)] == [name]
        for wanted in ("", "%", code[1:], name[1:], "one two"):
            assert index.find(wanted) == []
        assert index.path(index.find(name)[0]) == path_of(folder, name)


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_index_is_made_again(folder: Path, file: Path, seed: int) -> None:
    names = [keep(folder, {"words": f"{n} " * 40}) for n in range(60)]
    with AnswerIndex(folder, file) as index:
        index.refresh()
    chance = random.Random(seed)  # noqa: S311 - not a secret
    data = bytearray(file.read_bytes())
    for _ in range(4):
        at = chance.randrange(0, len(data) - 600)
        data[at : at + 600] = chance.randbytes(600)
    file.write_bytes(data)
    with AnswerIndex(folder, file) as index:
        index.refresh()
        assert ids(index) == sorted(names)


@pytest.mark.parametrize("data", [b"", b"not a database, but long enough to be looked at " * 30])
def test_a_file_that_is_no_index_is_replaced(folder: Path, file: Path, data: bytes) -> None:
    name = keep(folder)
    file.write_bytes(data)
    with AnswerIndex(folder, file) as index:
        index.refresh()
        assert ids(index) == [name]
    with AnswerIndex(folder, file) as index:
        assert ids(index) == [name]  # it was kept in the file


def test_an_index_of_another_version_is_made_again(folder: Path, file: Path) -> None:
    name = keep(folder)
    with sqlite3.connect(file) as base:
        base.execute("PRAGMA user_version = 99")
    base.close()
    with AnswerIndex(folder, file) as index:
        index.refresh()
        assert ids(index) == [name]


def test_an_index_that_is_cut_short_while_it_is_open_is_made_again(
    folder: Path, file: Path
) -> None:
    names = [keep(folder, {"words": "x" * 500}) for _ in range(50)]
    with AnswerIndex(folder, file) as index:
        index.refresh()
        os.truncate(file, 8192)
        names.append(keep(folder))
        index.refresh(every_file=True)
        assert ids(index) == sorted(names)


def test_without_a_place_for_the_index_everything_is_in_memory(folder: Path) -> None:
    name = keep(folder)
    (folder.parent / "in-the-way").write_text("a file")
    with AnswerIndex(folder, folder.parent / "in-the-way" / "index.sqlite") as index:
        index.refresh()
        assert ids(index) == [name]


def test_an_index_that_another_program_holds_is_passed_by(
    folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.feedback.store.index._WAIT_SECONDS", 0.05)
    AnswerIndex(folder, file).close()
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    name = keep(folder)
    with AnswerIndex(folder, file) as index:
        index.refresh()
        assert ids(index) == [name]
    holder.close()


def test_a_folder_that_cannot_be_looked_into_is_said(folder: Path, file: Path) -> None:
    folder.write_text("not a folder")
    with (
        AnswerIndex(folder, file) as index,
        pytest.raises(AnswersUnreadable, match="cannot look into"),
    ):
        index.refresh()


def test_only_its_owner_may_read_the_index(folder: Path, file: Path) -> None:
    AnswerIndex(folder, file).close()
    assert file.stat().st_mode & 0o077 == 0


class FilesAndIndex(RuleBasedStateMachine):
    """Whatever happens to the files, after a refresh the index says what they say."""

    def __init__(self) -> None:
        super().__init__()
        from tempfile import TemporaryDirectory

        self.place = TemporaryDirectory()
        self.folder = Path(self.place.name) / "feedback"
        self.index = AnswerIndex(self.folder, Path(self.place.name) / "index.sqlite")
        self.files: dict[str, str | None] = {}

    def teardown(self) -> None:
        self.index.close()
        self.place.cleanup()

    @rule(day=st.integers(0, 2), feel=st.sampled_from(["happy", "sad"]))
    def comes(self, day: int, feel: str) -> None:
        self.files[keep(self.folder, {"feel": feel}, at=NOON + timedelta(days=day))] = feel

    @rule(which=st.integers(0, 50), text=st.sampled_from(["x: *a", "a: 1\na: 2", ""]))
    def is_damaged(self, which: int, text: str) -> None:
        if self.files:
            name = sorted(self.files)[which % len(self.files)]
            path_of(self.folder, name).unlink()
            write(self.folder, name, text)
            self.files[name] = None

    @rule(which=st.integers(0, 50))
    def goes(self, which: int) -> None:
        if self.files:
            name = sorted(self.files)[which % len(self.files)]
            path_of(self.folder, name).unlink()
            del self.files[name]

    @rule()
    def is_opened_again(self) -> None:
        self.index.close()
        self.index = AnswerIndex(self.folder, Path(self.place.name) / "index.sqlite")

    @invariant()
    def the_index_says_what_the_files_say(self) -> None:
        self.index.refresh()
        held = {one.id: one.answers["feel"] for one in self.index.answers()}
        assert held == {name: feel for name, feel in self.files.items() if feel is not None}
        broken = sorted(name for name, feel in self.files.items() if feel is None)
        assert sorted(one.path.stem for one in self.index.problems) == broken


FilesAndIndex.TestCase.settings = settings(
    max_examples=examples(10), stateful_step_count=12, deadline=None
)
test_whatever_happens_to_the_files_the_index_follows = FilesAndIndex.TestCase


def test_the_clock_of_the_kiosk_dates_an_answer_not_that_of_the_screen(
    folder: Path, file: Path
) -> None:
    late = datetime(2026, 12, 1, tzinfo=UTC)
    name = keep(folder, received=late.isoformat())
    with AnswerIndex(folder, file) as index:
        index.refresh()
        assert ids(index, begin=late) == [name]
        assert ids(index, end=late) == []
