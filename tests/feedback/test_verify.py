from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.feedback.answer.answer import Answer
from kiosk.feedback.store.index import AnswerIndex
from kiosk.feedback.store.store import AnswerStore
from kiosk.feedback.store.verify import Verified, verify
from tests.feedback.kept import keep, new_id, path_of, write
from tests.tools.ulids import UlidMaker

SHOWN = Path("data/feedback")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "feedback"


def look(folder: Path) -> Verified:
    with AnswerIndex(folder, folder.parent / "index.sqlite") as index:
        return verify(index, folder, SHOWN)


def said(found: Verified) -> list[str]:
    return [str(one) for one in found.problems]


def test_good_answers_are_counted(folder: Path) -> None:
    name = keep(folder, {"voice": "x"})
    voice = f"{name}.voice.webm"
    path = path_of(folder, name)
    path.write_text(path.read_text().replace("voice: x", f"voice: {voice}"))
    path.with_name(voice).write_bytes(b"sound")
    keep(folder)
    path.with_name(".tmp-1234").write_text("half an ans")
    (folder / ".tmp-5678").write_text("ready")
    assert look(folder) == Verified(2, (), ())


def test_no_answers_are_no_problem(folder: Path) -> None:
    assert look(folder) == Verified(0, (), ())


def test_everything_that_is_wrong_is_named_and_nothing_stops(folder: Path) -> None:
    good = keep(folder)
    day = path_of(folder, good).parent
    write(folder, new_id(), "a: &x [*x]\n")
    write(folder, new_id(), "a: 1\na: 2\n")
    (day / "notes.txt").write_text("hello")
    (day / "Copy of answer.yaml").write_text("hello")
    os.mkfifo(day / "pipe")
    (folder / "2026" / "11" / "x24").mkdir()
    (folder / "2026" / "11" / "25").symlink_to(day)
    found = look(folder)
    assert found.answers == 1
    assert found.differences == ()
    lines = said(found)
    assert all(line.startswith("data/feedback/2026/11/") for line in lines)
    assert sum("does not belong among the answers" in line for line in lines) == 5
    assert sum("written twice" in line or 'begin with "*"' in line for line in lines) == 2
    assert len(lines) == 7


def test_a_voice_without_its_answer_and_an_answer_without_its_voice_are_named(
    folder: Path,
) -> None:
    name = keep(folder)
    path = path_of(folder, name)
    path.write_text(path.read_text() + f"  voice: {name}.voice.webm\n")
    lonely = path.with_name(f"{new_id()}.voice.webm")
    lonely.write_bytes(b"sound")
    (missing,) = said(look(folder))  # its answer may still be on the way
    assert missing.endswith(f'"{name}.voice.webm" is not here. Is it in a backup?')
    os.utime(lonely, (1, 1))
    assert any("no answer that this recorded voice belongs to" in one for one in said(look(folder)))


def test_a_deleted_answer_that_is_still_here_is_named(folder: Path) -> None:
    name = keep(folder)
    path_of(folder, name).with_name(f"{name}.voice.webm").write_bytes(b"sound")
    (folder / "deleted").mkdir()
    (folder / "deleted" / f"{name}.yaml").write_text("format: 1\n")
    found = look(folder)
    assert found.answers == 0
    assert ["was deleted, but the file is still here" in one for one in said(found)] == [True, True]


def test_an_index_that_says_something_else_is_named_and_made_again(folder: Path) -> None:
    old, other = keep(folder), keep(folder)
    day = path_of(folder, old).parent
    os.utime(day, (1, 1))
    look(folder)
    path_of(folder, old).write_text(path_of(folder, old).read_text().replace("happy", "sad"))
    assert look(folder) == Verified(2, (), (old,))
    assert look(folder) == Verified(2, (), ())
    path_of(folder, other).unlink()
    os.utime(day, (1, 1))
    assert look(folder) == Verified(1, (), (other,))
    assert look(folder) == Verified(1, (), ())


class Meanwhile(AnswerIndex):
    """An index that looks at the files between two steps of somebody else."""

    def __init__(self, folder: Path, before: Callable[[], object], after: Callable[[], object]):
        super().__init__(folder, folder.parent / "index.sqlite")
        self._before = before
        self._after = after

    def refresh(self, *, every_file: bool = False) -> None:
        self._before()
        super().refresh(every_file=every_file)
        self._after()


@pytest.mark.parametrize("tombstone", [False, True])
def test_an_answer_that_comes_and_goes_while_the_index_looks_is_no_difference(
    folder: Path, tombstone: bool
) -> None:
    store, make, kept = AnswerStore(folder), UlidMaker(), list[Answer]()

    def come() -> None:
        kept.append(Answer(make(), "think", "plan", "en", {"feel": "ok"}))
        assert store.save(kept[-1])

    def go() -> None:
        if tombstone:
            store.delete(kept[-1].id)
        else:
            store.purge(kept[-1].id)

    def going() -> None:
        """Leave the file for now, as a deletion does between its two steps."""
        path = store.path(kept[-1])
        text = path.read_bytes()
        go()
        path.write_bytes(text)

    steps = [(come, go), (come, lambda: None), (lambda: None, go)]
    if tombstone:
        steps.append((come, going))
    for before, after in steps:
        come()
        with Meanwhile(folder, before, after) as index:
            assert verify(index, folder, SHOWN).differences == ()


def test_answers_that_come_meanwhile_are_no_difference(folder: Path) -> None:
    end = threading.Event()

    store, make = AnswerStore(folder), UlidMaker()

    def write_on() -> None:
        while not end.is_set():
            one = Answer(make(), "think", "plan", "en", {"feel": "ok"})
            store.save(one)
            if one.id.text[-1] in "02468":
                store.path(one).unlink()

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        for _ in range(8):
            assert look(folder).differences == ()
    finally:
        end.set()
        writer.join()
