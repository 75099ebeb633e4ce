from __future__ import annotations

import hashlib
import json
import os
import signal
import stat
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.errors import BackupRefused, FeedbackError
from kiosk.feedback.answer.answer import Answer
from kiosk.feedback.store.backup import BackedUp, backup, restore
from kiosk.feedback.store.store import AnswerStore
from tests.feedback.kept import NOON, keep, new_id, path_of, write
from tests.tools.cases import examples
from tests.tools.ulids import UlidMaker
from tests.tools.waiting import wait_until


def files(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder, temporary ones too, by its name there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def tree(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """Return a folder with answers, a recorded voice, a broken answer and a tombstone."""
    folder = tmp_path / "feedback"
    for number in range(5):
        keep(folder, {"words": f"Number {number} 🙂"}, at=NOON.replace(day=1 + number))
    name = keep(folder)
    path_of(folder, name).with_name(f"{name}.voice.webm").write_bytes(os.urandom(5000))
    write(folder, new_id(), "a: &a [*a]")
    (folder / "deleted").mkdir()
    (folder / "deleted" / f"{new_id()}.yaml").write_text("format: 1\n")
    return folder


def make(folder: Path, file: Path) -> BackedUp:
    return backup(folder, Path("data/feedback"), file, NOON)


def test_a_backup_comes_back_byte_for_byte(full: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "answers.zip", tmp_path / "new" / "feedback"
    made = make(full, file)
    assert (made.answers, made.voices, made.left_out) == (7, 1, ())
    assert made.bytes == file.stat().st_size
    done = restore(other, file)
    assert files(other) == files(full)
    assert (done.answers, done.voices, done.there, done.deleted) == (7, 1, 0, 0)
    again = restore(other, file)
    assert (again.answers, again.there) == (0, 8)
    assert files(other) == files(full)


def test_an_empty_folder_and_a_missing_one_round_trip_too(tmp_path: Path) -> None:
    made = make(tmp_path / "nowhere", tmp_path / "answers.zip")
    assert made.answers == 0
    assert restore(tmp_path / "other", tmp_path / "answers.zip").answers == 0


def test_only_its_owner_may_read_a_backup_and_what_was_put_back(full: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "answers.zip", tmp_path / "other"
    make(full, file)
    restore(other, file)
    for path in (file, other, *other.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0


def test_a_backup_never_takes_the_place_of_another_file(full: Path, tmp_path: Path) -> None:
    file = tmp_path / "answers.zip"
    file.write_text("last week's")
    with pytest.raises(FeedbackError, match="is there already"):
        make(full, file)
    assert file.read_text() == "last week's"
    with pytest.raises(FeedbackError, match="I cannot write"):
        make(full, tmp_path / "no" / "folder.zip")
    assert tree(tmp_path) == sorted(
        ["answers.zip", "feedback", *(f"feedback/{x}" for x in tree(full))]
    )


def test_what_cannot_be_read_is_named_and_the_rest_is_kept(full: Path, tmp_path: Path) -> None:
    name = new_id()
    write(full, name, "x" * 3_000_000)
    made = make(full, tmp_path / "answers.zip")
    assert made.answers == 7
    assert [one.path.stem for one in made.left_out] == [name]


def test_what_does_not_belong_among_the_answers_is_not_taken(full: Path, tmp_path: Path) -> None:
    day = path_of(full, new_id()).parent
    (day / "notes.txt").write_text("x")
    (day / ".tmp-123").write_text("half")
    (day / f"{new_id()}.yaml").symlink_to("/etc/hostname")
    make(full, tmp_path / "answers.zip")
    names = zipfile.ZipFile(tmp_path / "answers.zip").namelist()
    assert len(names) == 7 + 1 + 1 + 1


def test_every_answer_that_was_saved_before_is_in_a_backup_made_while_others_come_and_go(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "feedback"
    store, make_id = AnswerStore(folder), UlidMaker()
    saved: list[str] = []
    end = threading.Event()

    def write_on() -> None:
        while not end.is_set():
            one = Answer(make_id(), "think", "plan", "en", {"words": "x" * 300})
            store.save(one)
            if one.id.text[-1] in "0123456789":
                store.path(one).unlink()
            else:
                saved.append(one.id.text)

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        for number in range(4):
            enough = 20 * (number + 1)
            wait_until(lambda: len(saved) > enough, 20)  # noqa: B023 - it is called at once
            before = set(saved)
            assert make(folder, tmp_path / f"{number}.zip").left_out == ()
            other = tmp_path / f"other-{number}"
            restore(other, tmp_path / f"{number}.zip")
            back = {path.stem: path.read_text() for path in other.rglob("*.yaml")}
            assert before <= back.keys()
            assert all(text.endswith("xxx\n") for text in back.values())
    finally:
        end.set()
        writer.join()


def test_a_restore_adds_to_what_is_there_and_changes_nothing_of_it(
    full: Path, tmp_path: Path
) -> None:
    file, other = tmp_path / "answers.zip", tmp_path / "other"
    make(full, file)
    newer = path_of(other, keep(other)).relative_to(other).as_posix()
    before = files(other)
    restore(other, file)
    assert files(other) == files(full) | before
    assert newer in files(other)


def test_another_file_of_the_same_name_is_a_reason_to_refuse_everything(
    full: Path, tmp_path: Path
) -> None:
    file, other = tmp_path / "answers.zip", tmp_path / "other"
    make(full, file)
    name = next(iter(files(full)))
    (other / name).parent.mkdir(parents=True)
    (other / name).write_text("something else")
    with pytest.raises(BackupRefused, match=f"^{name}: another file of this name"):
        restore(other, file)
    assert files(other) == {name: b"something else"}
    (other / name).unlink()
    (other / name).symlink_to(full / name)
    with pytest.raises(BackupRefused, match="another file of this name"):
        restore(other, file)


def test_a_deleted_answer_does_not_come_back(full: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "answers.zip", tmp_path / "other"
    gone, gone_too = keep(full), keep(full)
    voice = path_of(full, gone).with_name(f"{gone}.voice.webm")
    voice.write_bytes(b"sound")
    (full / "deleted" / f"{gone_too}.yaml").write_text("format: 1\n")  # it was being deleted
    make(full, file)
    (other / "deleted").mkdir(parents=True)
    (other / "deleted" / f"{gone}.yaml").write_text("format: 1\ndeleted: since\n")
    done = restore(other, file)
    assert done.deleted == 2
    assert not path_of(other, gone).exists()
    assert not path_of(other, gone_too).exists()
    assert not (other / voice.relative_to(full)).exists()
    assert "since" in (other / "deleted" / f"{gone}.yaml").read_text()
    assert (other / "deleted" / f"{gone_too}.yaml").exists()


def test_a_disk_with_too_little_room_is_left_as_it_is(full: Path, tmp_path: Path) -> None:
    make(full, tmp_path / "answers.zip")
    with pytest.raises(BackupRefused, match="not enough room"):
        restore(tmp_path / "other", tmp_path / "answers.zip", free_floor=1 << 62)
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("step", ["link", "sync", "open"])
@pytest.mark.parametrize("after", [0, 3])
def test_a_disk_that_says_no_half_way_is_left_as_it_was(
    full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, after: int
) -> None:
    file, other = tmp_path / "answers.zip", tmp_path / "other"
    make(full, file)
    keep(other, at=NOON.replace(day=2))
    before = tree(other), files(other)
    real: Callable[..., Any] = getattr(os, step)
    calls = iter(range(1000))

    def fail(*arguments: Any) -> Any:
        writes = step != "open" or (len(arguments) > 1 and arguments[1] & os.O_CREAT)
        if writes and next(calls) >= after // (2 if step == "sync" else 1):
            raise OSError(28, "No space left on device")
        return real(*arguments)

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(BackupRefused, match="No space left on device"):
        restore(other, file)
    monkeypatch.undo()
    assert (tree(other), files(other)) == before
    restore(other, file)


@pytest.mark.drill
@pytest.mark.parametrize("moments", [[1], [1, 150, 400]])
def test_a_restore_that_is_killed_shows_nothing_torn_and_can_be_done_again(
    tmp_path: Path, moments: list[int]
) -> None:
    folder, file = tmp_path / "feedback", tmp_path / "answers.zip"
    for _ in range(300):
        keep(folder, {"words": "x" * 3000})
    make(folder, file)
    whole = files(folder)
    code = "import sys; from pathlib import Path; from kiosk.feedback.store.backup import restore\n"
    code += "restore(Path(sys.argv[1]), Path(sys.argv[2]))"
    stopped_half_way = 0
    for number, moment in enumerate(moments):
        other = tmp_path / f"other-{number}"
        day = other / "2026" / "11" / "24"
        running = subprocess.Popen([sys.executable, "-c", code, str(other), str(file)])
        while running.poll() is None and (not day.exists() or len([*day.iterdir()]) < moment):
            pass  # no pause: the moment would be over
        running.send_signal(signal.SIGKILL)
        running.communicate()
        seen = {name: data for name, data in files(other).items() if "/.tmp-" not in name}
        assert seen.items() <= whole.items()
        stopped_half_way += seen != whole
        restore(other, file)
        for path in other.rglob(".tmp-*"):
            os.utime(path, (1, 1))
        AnswerStore(other).sweep()
        assert files(other) == whole
    assert stopped_half_way >= 1


class Forged:
    """Writes backups that somebody made by hand."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.id = new_id()
        self.good = f"2026/11/24/{self.id}.yaml"

    def write(
        self,
        entries: list[tuple[str | zipfile.ZipInfo, bytes]],
        listed: dict[str, bytes] | None = None,
        **manifest: Any,
    ) -> None:
        names = {e if isinstance(e, str) else e.filename: data for e, data in entries}
        told = {
            "format": 1,
            "made": "now",
            "files": {
                name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
                for name, data in (names if listed is None else listed).items()
            },
        } | manifest
        with zipfile.ZipFile(self.file, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry, data in entries:
                archive.writestr(entry, data)
            archive.writestr("manifest.json", json.dumps(told))


@pytest.fixture
def forged(tmp_path: Path) -> Forged:
    return Forged(tmp_path / "forged.zip")


def refused(forged: Forged, folder: Path) -> str:
    with pytest.raises(BackupRefused) as caught:
        restore(folder, forged.file)
    assert not folder.exists()
    return str(caught.value)


def test_a_forged_backup_that_is_right_is_taken(forged: Forged, tmp_path: Path) -> None:
    forged.write([(forged.good, b"x")])
    assert restore(tmp_path / "other", forged.file).answers == 1


@pytest.mark.parametrize(
    "name",
    [
        "../ID.yaml",
        "2026/11/24/../../../ID.yaml",
        "/etc/ID.yaml",
        "/2026/11/24/ID.yaml",
        "2026/11/24//ID.yaml",
        "./2026/11/24/ID.yaml",
        "2026\\11\\24\\ID.yaml",
        "C:/2026/11/24/ID.yaml",
        "2026/11/25/ID.yaml",
        "2026/11/24/ID.yaml\n",
        "2026/11/24/ID.yaml\0.txt",
        "2026/11/24/ID.yaml/",
        "2026/11/24/id.yaml",
        "2026/11/24/.tmp-1",
        "2026/11/24/ID.sh",
        "2026/11/24/ID.voice.webm/../x",
        "deleted/../ID.yaml",
        "deleted/ID.voice.webm",
        "manifest.json/x",
        "",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(forged: Forged, tmp_path: Path, name: str) -> None:
    entry = zipfile.ZipInfo("x")
    entry.filename = name.replace("ID", forged.id)
    forged.write([(forged.good, b"x"), (entry, b"x")])
    assert refused(forged, tmp_path / "deep" / "deep" / "other")
    assert not (tmp_path / "deep").exists()


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFDIR, stat.S_IFIFO, stat.S_IFCHR])
def test_a_link_or_a_strange_file_is_refused(forged: Forged, tmp_path: Path, kind: int) -> None:
    entry = zipfile.ZipInfo(forged.good)
    entry.external_attr = (kind | 0o777) << 16
    forged.write([(entry, b"/etc/passwd")])
    said = "is a link to another place" if kind == stat.S_IFLNK else "is not an ordinary file"
    assert f'"{forged.good}" {said}' in refused(forged, tmp_path / "other")


def test_a_backup_whose_list_is_wrong_is_refused(forged: Forged, tmp_path: Path) -> None:
    other = tmp_path / "other"
    second = f"2026/11/24/{new_id()}.yaml"
    forged.write([(forged.good, b"x")], listed={forged.good: b"y"})
    assert "is damaged" in refused(forged, other)
    forged.write([(forged.good, b"x")], listed={forged.good: b"xx"})
    assert "does not have the size" in refused(forged, other)
    forged.write([(forged.good, b"x")], listed={})
    assert "does not hold what its list says" in refused(forged, other)
    forged.write([(forged.good, b"x")], listed={forged.good: b"x", second: b"x"})
    assert "does not hold what its list says" in refused(forged, other)
    forged.write([(forged.good, b"x")], format=2)
    assert "I cannot read the list" in refused(forged, other)
    forged.write([(forged.good, b"x")], files=[1])
    assert "I cannot read the list" in refused(forged, other)
    with pytest.warns(UserWarning, match="Duplicate name"):
        forged.write([(forged.good, b"x"), (forged.good, b"x")])
    assert f'"{forged.good}" and "{forged.good}" are one name' in refused(forged, other)
    with zipfile.ZipFile(forged.file, "w") as archive:
        archive.writestr(forged.good, b"x")
    assert "not a backup of answers" in refused(forged, other)
    forged.file.write_bytes(b"PK not really")
    assert "I cannot read this backup" in refused(forged, other)
    forged.file.unlink()
    assert "There is no file" in refused(forged, other)


def test_the_second_of_two_files_is_bad_and_the_first_is_not_left_behind(
    forged: Forged, tmp_path: Path
) -> None:
    second = f"2026/11/24/{new_id()}.yaml"
    listed = {forged.good: b"x", second: b"z"}
    forged.write([(forged.good, b"x"), (second, b"y")], listed=listed)
    assert "is damaged" in refused(forged, tmp_path / "other")


def test_a_bomb_is_refused_before_it_grows(forged: Forged, tmp_path: Path) -> None:
    forged.write([(forged.good, b"0" * 50_000_000)])
    assert forged.file.stat().st_size < 100_000
    assert refused(forged, tmp_path / "other")
    # It says that it is small, in the list and in both places of the ZIP file.
    forged.write([(forged.good, b"0" * 50_000_000)], listed={forged.good: b"0" * 9})
    data = forged.file.read_bytes()
    forged.file.write_bytes(data.replace((50_000_000).to_bytes(4, "little"), b"\x09\0\0\0"))
    tracked = peak(lambda: refused(forged, tmp_path / "other"))
    assert tracked < 10_000_000


def peak(work: Callable[[], object]) -> int:
    import tracemalloc

    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.fixture(scope="module")
def one_backup(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, dict[str, bytes]]:
    place = tmp_path_factory.mktemp("one")
    for number in range(3):
        keep(place / "feedback", {"words": f"Number {number}"})
    make(place / "feedback", place / "answers.zip")
    return (place / "answers.zip").read_bytes(), files(place / "feedback")


@settings(deadline=None, max_examples=examples(150), suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_damaged_backup_is_refused_or_comes_back_right(
    one_backup: tuple[bytes, dict[str, bytes]],
    tmp_path_factory: pytest.TempPathFactory,
    data: st.DataObject,
) -> None:
    good, expected = one_backup
    damaged = bytearray(good)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at : at + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    place = tmp_path_factory.mktemp("damaged")
    (place / "answers.zip").write_bytes(damaged)
    try:
        restore(place / "other", place / "answers.zip")
    except BackupRefused:
        assert not (place / "other").exists()
    else:
        assert files(place / "other") == expected
