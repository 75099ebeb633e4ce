"""A disk that says no: the person is told so, nothing acknowledged is lost, and it goes on."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from kiosk.errors import AnswerNotSaved
from kiosk.feedback.answer.answer import Answer
from kiosk.feedback.answer.ulid import Ulid
from kiosk.feedback.store.files import RealFileSystem
from kiosk.feedback.store.store import AnswerStore
from tests.tools.cases import mostly_drill
from tests.tools.ulids import UlidMaker

STEPS = ("make_folder", "create", "write", "sync", "link", "unlink", "sync_folder", "free_bytes")
CODES = (errno.ENOSPC, errno.EROFS, errno.EIO, errno.EDQUOT, errno.EACCES, errno.ENOENT)


class Trouble(RealFileSystem):
    """The real disk, apart from one step that says no; a write does half of its work first."""

    def __init__(self, step: str, code: int) -> None:
        self.step = step
        self.code = code

    def __getattribute__(self, name: str) -> Any:
        real = object.__getattribute__(self, name)
        if name not in STEPS or name != object.__getattribute__(self, "step"):
            return real

        def refuse(*given: Any) -> None:
            if name == "write":
                super(Trouble, self).write(given[0], given[1][: len(given[1]) // 2])
            raise OSError(self.code, os.strerror(self.code))

        return refuse


def answer(ulid: Ulid) -> Answer:
    return Answer(ulid, "think", "plan", "en", {"words": "x" * 3000 + "end"})


def assert_whole(folder: Path, kept: list[Answer]) -> None:
    """Every acknowledged answer is there, and none that is there is torn."""
    there = {path.stem: path for path in folder.rglob("*.yaml")}
    assert {str(one.id) for one in kept} <= set(there)
    for path in there.values():
        assert yaml.safe_load(path.read_text())["answers"]["words"].endswith("end")


@pytest.mark.parametrize(
    ("step", "code"),
    mostly_drill(
        [(step, code) for step in STEPS for code in CODES], *((step, CODES[0]) for step in STEPS)
    ),
)
def test_each_step_may_fail_and_the_same_answer_is_taken_once_the_disk_is_mended(
    tmp_path: Path, step: str, code: int
) -> None:
    make, disk = UlidMaker(), Trouble("", code)
    store = AnswerStore(tmp_path / "data" / "feedback", disk=disk)
    kept = [answer(make()) for _ in range(3)]
    assert all(store.save(one) for one in kept)
    late = answer(make())
    fresh = AnswerStore(tmp_path / "data" / "feedback", disk=disk)
    for one in (store, fresh):
        disk.step = step
        if one is store and step == "make_folder":
            continue  # its folders are made already
        with pytest.raises(AnswerNotSaved, match=r"^Your answer is not saved yet\."):
            one.save(late)
        assert not one.can_save()
        disk.step = ""
        assert_whole(tmp_path, kept)
    store.save(late)
    assert store.has(late.id)
    assert_whole(tmp_path, [*kept, late])


LIMITED = """
import resource, sys
from pathlib import Path
from kiosk.errors import AnswerNotSaved
from kiosk.feedback.answer.answer import Answer
from kiosk.feedback.store.store import AnswerStore
from tests.tools.ulids import UlidMaker
store, make = AnswerStore(Path(sys.argv[1])), UlidMaker()
most, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
late = Answer(make(), "think", "plan", "en", {"words": "x" * 3000 + "end"})
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
try:
    store.save(late)
except AnswerNotSaved as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
print(store.save(late))
"""


@pytest.mark.drill
def test_a_system_that_takes_only_a_part_of_a_file_leaves_nothing_torn(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path)],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "Your answer is not saved yet. We will try again.\nTrue\n"
    assert_whole(tmp_path, [])
    assert list(tmp_path.rglob(".tmp-*")) == []


def test_a_clock_that_goes_back_a_day_loses_and_doubles_nothing(tmp_path: Path) -> None:
    day = 86_400_000
    times = iter([1_700_000_000_000 + step for step in (day, day + 1, 0, 1, 2, day + 2)])
    make, store = UlidMaker(milliseconds=times.__next__), AnswerStore(tmp_path)
    kept = [answer(make()) for _ in range(6)]
    assert all(store.save(one) for one in kept)
    assert_whole(tmp_path, kept)
    assert len(list(tmp_path.rglob("*.yaml"))) == 6
    # A kiosk that starts anew with a wrong clock makes ids of another day.
    early = UlidMaker(milliseconds=lambda: 1_600_000_000_000)
    other = [answer(early()) for _ in range(3)]
    assert all(store.save(one) for one in other)
    assert_whole(tmp_path, [*kept, *other])


def test_a_folder_that_is_removed_while_running_is_made_again(tmp_path: Path) -> None:
    make, place = UlidMaker(), tmp_path / "data" / "feedback"
    store = AnswerStore(place)
    store.save(answer(make()))
    place.parent.rename(tmp_path / "elsewhere")
    late = answer(make())
    with pytest.raises(AnswerNotSaved):
        store.save(late)
    assert store.save(late)
    assert_whole(place, [late])
