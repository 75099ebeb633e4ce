from __future__ import annotations

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.errors import AnswerNotSaved, RecordingMissing
from kiosk.feedback.answer.answer import Answer
from kiosk.feedback.answer.ulid import parse
from kiosk.feedback.store.files import RealFileSystem
from kiosk.feedback.store.store import AnswerStore
from tests.feedback.kept import age
from tests.feedback.writers import write_and_kill
from tests.tools.ulids import UlidMaker

ID = "01KAT5Q0000000000000000000"


def answer(words: str = "Good.", ulid: str = ID) -> Answer:
    return Answer(parse(ulid), "think", "plan", "en", {"feel": "happy", "words": words})


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


class Filling(RealFileSystem):
    """A disk with as many bytes left as a test says."""

    left = 0

    def free_bytes(self, folder: Path) -> int:
        del folder
        return self.left


def test_what_others_let_go_makes_room_for_an_answer(tmp_path: Path) -> None:
    disk = Filling()
    store = AnswerStore(tmp_path, free_floor=1000, disk=disk)

    def give() -> None:
        disk.left = 10_000

    store.give_room = give
    assert store.save(answer())
    assert disk.left == 10_000


def test_a_folder_that_is_a_file_is_said_and_mended_later(tmp_path: Path) -> None:
    place = tmp_path / "feedback"
    place.write_text("in the way")
    store = AnswerStore(place)
    with pytest.raises(AnswerNotSaved):
        store.save(answer())
    place.unlink()
    assert store.can_save()
    assert store.save(answer())


def test_nothing_is_lost_torn_or_doubled_when_eight_writers_are_killed(tmp_path: Path) -> None:
    found = write_and_kill(tmp_path, writers=8, most=150, seed=7, seconds=120)
    assert found.kills > 8
    assert found.acknowledged >= 150
    assert (found.lost, found.torn, found.doubled, found.acknowledged_twice) == (0, 0, 0, 0)


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


def test_answers_can_be_saved_only_when_the_folder_of_today_takes_them(tmp_path: Path) -> None:
    now = datetime(2026, 11, 26, 9, tzinfo=UTC)
    store = AnswerStore(tmp_path, now=lambda: now)
    assert store.can_save()
    assert names(tmp_path) == []
    today = tmp_path / "2026/11/26"
    today.rmdir()
    today.write_text("in the way")
    assert not store.can_save()
    today.unlink()
    assert store.can_save()
    disk = OneFolderSaysNo(today, errno.EROFS)
    assert not AnswerStore(tmp_path, disk=disk, now=lambda: now).can_save()


VOICE = f"{ID}.say.webm"


def spoken(ulid: str = ID) -> Answer:
    name = f"{ulid}.say.webm"
    return Answer(parse(ulid), "think", "plan", "en", {"say": name}, {"say": name})


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_voice_is_kept_beside_its_answer(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path)
    assert store.save_recording(parse(ID), VOICE, b"sound")
    assert store.save(spoken())
    assert store.path(spoken()).with_name(VOICE).read_bytes() == b"sound"
    assert names(tmp_path) == [VOICE, f"{ID}.yaml"]


def test_an_answer_whose_voice_did_not_arrive_is_not_saved(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path)
    with pytest.raises(RecordingMissing) as missing:
        store.save(spoken())
    assert missing.value.question == "say"
    assert names(tmp_path) == []
    assert not store.has(parse(ID))


def test_the_first_voice_stays(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path)
    assert not store.has_recording(parse(ID), VOICE)
    assert store.save_recording(parse(ID), VOICE, b"first")
    assert not AnswerStore(tmp_path).save_recording(parse(ID), VOICE, b"second")
    assert store.has_recording(parse(ID), VOICE)
    assert store.path(spoken()).with_name(VOICE).read_bytes() == b"first"


def test_only_what_nobody_can_want_any_more_is_swept(tmp_path: Path) -> None:
    store, make = AnswerStore(tmp_path), UlidMaker()
    store.save_recording(parse(ID), VOICE, b"sound")
    store.save(spoken())
    day = store.path(answer()).parent
    age(day / VOICE)
    age(store.path(answer()))
    gone = [age(path) for path in (day / ".tmp-old", tmp_path / ".tmp-old") if touch(path)]
    young = [day / ".tmp-young"]
    for is_old in (True, False):
        late = make()
        store.save_recording(late, f"{late}.say.wav", b"sound")
        path = store.path(answer(ulid=str(late))).with_name(f"{late}.say.wav")
        (gone if is_old else young).append(age(path) if is_old else path)
    touch(young[0])
    assert store.sweep() == len(gone) == 3
    assert [path for path in gone if path.exists()] == []
    assert all(path.exists() for path in [*young, day / VOICE, store.path(answer())])
    assert store.sweep() == 0


def touch(path: Path) -> bool:
    path.write_text("")
    return True


def test_a_deleted_answer_is_gone_with_its_voice_and_never_comes_back(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path, now=lambda: datetime(2026, 11, 24, 9, tzinfo=UTC))
    other = answer(ulid=str(UlidMaker()()))
    store.save_recording(parse(ID), VOICE, b"sound")
    store.save(spoken())
    store.save(other)
    assert store.delete(parse(ID))
    assert names(tmp_path) == sorted([f"{ID}.yaml", f"{other.id}.yaml"])
    tombstone = tmp_path / "deleted" / f"{ID}.yaml"
    assert tombstone.read_text() == f"format: 1\nid: {ID}\ndeleted: 2026-11-24\n"
    for again in (store, AnswerStore(tmp_path)):
        assert not again.save(answer())
        assert not again.save_recording(parse(ID), VOICE, b"sound")
        assert again.has(parse(ID))
    assert not store.delete(parse(ID))
    assert store.sweep() == 0
    assert names(tmp_path) == sorted([f"{ID}.yaml", f"{other.id}.yaml"])


def test_what_was_never_here_leaves_no_tombstone(tmp_path: Path) -> None:
    assert not AnswerStore(tmp_path).delete(parse(ID))
    assert names(tmp_path) == []


def test_a_deletion_that_was_cut_off_is_finished_by_the_sweep(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path)
    store.save_recording(parse(ID), VOICE, b"sound")
    store.save(spoken())
    tombstones = tmp_path / "deleted"
    tombstones.mkdir()
    (tombstones / f"{ID}.yaml").write_text(f"format: 1\nid: {ID}\ndeleted: 2026-11-24\n")
    assert AnswerStore(tmp_path).sweep() == 2
    assert names(tmp_path) == [f"{ID}.yaml"]


def test_an_answer_that_is_deleted_while_it_is_sent_again_stays_deleted(tmp_path: Path) -> None:
    make = UlidMaker()
    for _ in range(20):
        one = answer(ulid=str(make()))
        stores = [AnswerStore(tmp_path) for _ in range(4)]
        stores[0].save(one)
        with ThreadPoolExecutor(4) as pool:
            work = [pool.submit(store.save, one) for store in stores[:3]]
            assert pool.submit(stores[3].delete, one.id).result()
            for done in work:
                done.result()
        assert not stores[0].path(one).exists()
        assert stores[0].has(one.id)


def test_a_purged_answer_leaves_nothing(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path)
    store.save_recording(parse(ID), VOICE, b"sound")
    store.save(spoken())
    store.purge(parse(ID))
    assert names(tmp_path) == []


def test_a_quota_stops_answers_and_a_purge_lets_them_in_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, clock = UlidMaker(), [0.0]
    monkeypatch.setattr("kiosk.feedback.store.quota.time.monotonic", lambda: clock[0])
    store = AnswerStore(tmp_path, quota=3 * 4096)
    saved = [answer(ulid=str(make())) for _ in range(3)]
    assert all(store.save(one) for one in saved)
    with pytest.raises(AnswerNotSaved):
        store.save(answer(ulid=str(make())))
    assert not store.can_save()
    assert not store.save(saved[0]), "what is saved stays saved"
    AnswerStore(tmp_path).purge(saved[0].id)
    clock[0] += 61
    assert store.can_save()
    assert store.save(answer(ulid=str(make())))
    assert len(names(tmp_path)) == 3


def test_a_quota_counts_within_the_hour_what_another_kiosk_keeps_in_the_same_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, clock = UlidMaker(), [0.0]
    monkeypatch.setattr("kiosk.feedback.store.quota.time.monotonic", lambda: clock[0])
    store = AnswerStore(tmp_path, quota=3 * 4096)
    assert store.save(answer(ulid=str(make())))
    for _ in range(2):
        assert AnswerStore(tmp_path).save(answer(ulid=str(make())))
    clock[0] += 3600
    with pytest.raises(AnswerNotSaved):
        store.save(answer(ulid=str(make())))


def test_a_bashing_mark_is_written_at_the_end(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path)
    store.save(replace(answer(), marked="bashing"))
    assert store.path(answer()).read_text().endswith("\nmarked: bashing\n")


def test_an_id_is_known_only_when_it_is_safe(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path)
    assert not store.has(parse(ID))
    assert names(tmp_path) == []
    store.save(answer())
    assert store.has(parse(ID))
    path = store.path(answer()).parent
    with pytest.raises(AnswerNotSaved):
        AnswerStore(tmp_path, disk=OneFolderSaysNo(path, errno.EIO)).has(parse(ID))
