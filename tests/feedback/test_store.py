from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from kiosk.errors import AnswerNotSaved
from kiosk.feedback.answer import Answer
from kiosk.feedback.files import RealFileSystem
from kiosk.feedback.store import AnswerStore
from kiosk.feedback.ulid import UlidMaker, parse

ID = "01KAT5Q0000000000000000000"


def answer(words: str = "Good.", ulid: str = ID) -> Answer:
    return Answer(parse(ulid), "think", "plan", "en", {"feel": "happy", "words": words})


@pytest.mark.parametrize("words", ["no", "012", "12:30", "---", "!!python/object:os.system x"])
def test_hostile_words_stay_words(tmp_path: Path, words: str) -> None:
    store = AnswerStore(tmp_path)
    store.save(answer(words))
    told = yaml.safe_load(store.path(answer()).read_text(encoding="utf-8"))
    assert told["answers"] == {"feel": "happy", "words": words}
    assert told["format"] == 1
    assert set(told) == {
        "format", "id", "survey", "page", "language", "made", "received", "answers",
    }  # fmt: skip


def test_the_first_answer_with_an_id_stays(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path)
    assert store.save(answer("first"))
    assert not store.save(answer("second"))
    assert not AnswerStore(tmp_path).save(answer("third"))
    assert "first" in store.path(answer()).read_text()
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [f"{ID}.yaml"]


def test_the_folder_is_the_day_inside_the_id(tmp_path: Path) -> None:
    one = answer()
    day = datetime.fromtimestamp(one.id.made.timestamp(), UTC)
    assert one.id.day == day.date()
    assert AnswerStore(tmp_path).path(one) == tmp_path / f"{day:%Y/%m/%d}" / f"{ID}.yaml"


def test_one_id_sent_fifty_times_at_once_is_one_file(tmp_path: Path) -> None:
    stores = [AnswerStore(tmp_path) for _ in range(4)]
    with ThreadPoolExecutor(16) as pool:
        told = list(pool.map(lambda n: stores[n % 4].save(answer(f"words {n}")), range(50)))
    assert told.count(True) == 1
    assert len(list(tmp_path.rglob("*.yaml"))) == 1


def test_no_room_on_the_disk_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path, free_floor=1 << 62)
    with pytest.raises(AnswerNotSaved):
        store.save(answer())
    assert not store.can_save()
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_a_folder_that_is_a_file_is_said_and_mended_later(tmp_path: Path) -> None:
    place = tmp_path / "feedback"
    place.write_text("in the way")
    store = AnswerStore(place)
    with pytest.raises(AnswerNotSaved):
        store.save(answer())
    place.unlink()
    assert store.can_save()
    assert store.save(answer())


WRITER = """
import sys
from pathlib import Path
from kiosk.feedback.answer import Answer
from kiosk.feedback.files import RealFileSystem
from kiosk.feedback.store import AnswerStore
from kiosk.feedback.ulid import UlidMaker
store, make = AnswerStore(Path(sys.argv[1])), UlidMaker()
while True:
    one = Answer(make(), "think", "plan", "en", {"words": "x" * 3000 + "end"})
    store.save(one)
    print(one.id, flush=True)
"""


def test_no_acknowledged_answer_is_lost_when_writers_are_killed(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - not a secret
    acknowledged: list[str] = []
    for _ in range(6):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        for _ in range(chance.randrange(5, 60)):
            acknowledged += [writer.stdout.readline().strip()]
        writer.send_signal(signal.SIGKILL)
        rest, _ = writer.communicate()
        acknowledged += [line for line in rest.split("\n")[:-1] if line]
    kept = {path.stem: path for path in tmp_path.rglob("*.yaml")}
    assert len(set(acknowledged)) == len(acknowledged) > 50
    assert set(acknowledged) <= set(kept)
    for path in kept.values():
        assert yaml.safe_load(path.read_text())["answers"]["words"].endswith("xend")


def test_ids_go_up_when_the_clock_goes_back() -> None:
    clock = iter([5000, 5000, 4000, 6000])
    make = UlidMaker(milliseconds=lambda: next(clock))
    ids = [make() for _ in range(4)]
    assert ids == sorted(ids)
    assert len(set(ids)) == 4


def test_an_answer_that_is_saved_stays_saved_when_the_disk_is_full(tmp_path: Path) -> None:
    assert AnswerStore(tmp_path).save(answer())
    assert not AnswerStore(tmp_path, free_floor=1 << 62).save(answer())


class OneFolderSaysNo(RealFileSystem):
    """The real disk, apart from one folder that cannot be synced."""

    def __init__(self, folder: Path, code: int) -> None:
        self.folder = folder
        self.code = code

    def sync_folder(self, folder: Path) -> None:
        if folder == self.folder:
            raise OSError(self.code, os.strerror(self.code))
        super().sync_folder(folder)


@pytest.mark.parametrize("code", [errno.EACCES, errno.EINVAL, errno.EROFS])
def test_a_folder_far_above_that_cannot_be_synced_is_no_hindrance(
    tmp_path: Path, code: int
) -> None:
    assert AnswerStore(tmp_path / "data", disk=OneFolderSaysNo(Path("/"), code)).save(answer())


@pytest.mark.parametrize("place", ["", "data", "data/feedback"])
def test_a_folder_of_ours_that_cannot_be_synced_means_not_saved(tmp_path: Path, place: str) -> None:
    disk = OneFolderSaysNo(tmp_path / place, errno.EIO)
    with pytest.raises(AnswerNotSaved):
        AnswerStore(tmp_path / "data" / "feedback", disk=disk).save(answer())


def test_folders_that_are_taken_away_are_made_again(tmp_path: Path) -> None:
    place = tmp_path / "feedback"
    store = AnswerStore(place)
    assert store.save(answer())
    place.rename(tmp_path / "elsewhere")
    with pytest.raises(AnswerNotSaved):
        store.save(answer())
    assert store.save(answer())


def test_only_old_temporary_files_are_swept(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path)
    store.save(answer())
    old, young = (store.path(answer()).with_name(f".tmp-{name}") for name in ("old", "young"))
    old.write_text("")
    young.write_text("")
    os.utime(old, (1, 1))
    assert store.sweep() == 1
    assert not old.exists()
    assert young.exists()
    assert store.path(answer()).exists()
