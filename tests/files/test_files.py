"""Files that are there whole or not at all, who may read them, and what tells of a change."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.files import (
    UNREADABLE,
    RealDisk,
    durable_file,
    put,
    replace_durably,
    replace_file,
    stamp,
    stamp_of,
)

WRITERS: list[Callable[[Path, bytes], object]] = [put, replace_durably, replace_file]


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("write", WRITERS)
def test_a_new_file_holds_everything_alone_and_only_its_owner_may_read_it(
    tmp_path: Path, write: Callable[[Path, bytes], object]
) -> None:
    path = tmp_path / "one"
    write(path, b"all of it" * 100_000)
    assert path.read_bytes() == b"all of it" * 100_000
    assert mode_of(path) == 0o600
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("write", [replace_durably, replace_file])
def test_a_file_that_is_written_anew_is_another_one_and_may_keep_who_reads_it(
    tmp_path: Path, write: Callable[..., None]
) -> None:
    path = tmp_path / "one"
    path.write_bytes(b"old")
    path.chmod(0o640)
    (tmp_path / "second").hardlink_to(path)
    write(path, b"new", mode=None)
    assert (path.read_bytes(), mode_of(path)) == (b"new", 0o640)
    assert (tmp_path / "second").read_bytes() == b"old"
    write(path, b"newer", mode=0o644)
    assert (path.read_bytes(), mode_of(path)) == (b"newer", 0o644)
    write(path, b"private")
    assert (path.read_bytes(), mode_of(path)) == (b"private", 0o600)
    write(tmp_path / "third", b"x", mode=None)
    assert mode_of(tmp_path / "third") == 0o600


@pytest.mark.parametrize("write", [replace_durably, replace_file])
def test_a_link_is_replaced_and_not_followed(tmp_path: Path, write: Callable[..., None]) -> None:
    (tmp_path / "elsewhere").write_bytes(b"stays")
    (tmp_path / "one").symlink_to("elsewhere")
    write(tmp_path / "one", b"new")
    assert (tmp_path / "elsewhere").read_bytes() == b"stays"
    assert not (tmp_path / "one").is_symlink()


def test_a_name_that_is_taken_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "one"
    assert put(path, b"first")
    assert not put(path, b"second")
    with pytest.raises(FileExistsError), durable_file(path, replace=False) as file:
        file.write(b"third")
    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]


def test_of_many_who_put_one_name_at_once_one_wins_and_its_file_is_whole(tmp_path: Path) -> None:
    path, won = tmp_path / "one", []
    start = threading.Barrier(8)

    def write(number: int) -> None:
        data = bytes([number]) * 50_000
        start.wait()
        if put(path, data):
            won.append(data)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert [path.read_bytes()] == won
    assert list(tmp_path.iterdir()) == [path]


def test_a_reader_never_finds_half_a_file(tmp_path: Path) -> None:
    path = tmp_path / "one"
    whole = [bytes([number]) * 200_000 for number in range(20)]
    replace_file(path, whole[0])
    done = threading.Event()

    def write() -> None:
        for data in whole:
            replace_file(path, data)
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    seen = {path.read_bytes()}
    while not done.is_set():
        seen.add(path.read_bytes())
    writer.join()
    assert seen <= set(whole)


class Stopped(Exception):
    """What stops a writer half-way; no error of the disk."""


def test_what_is_stopped_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "one"
    path.write_bytes(b"old")

    def stop(*, replace: bool) -> None:
        with durable_file(path, replace=replace) as file:
            file.write(b"half")
            raise Stopped

    for replace in (True, False):
        with pytest.raises(Stopped):
            stop(replace=replace)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", ["write", "sync", "link", "sync_folder"])
def test_a_disk_that_says_no_at_any_step_leaves_nothing_beside(tmp_path: Path, step: str) -> None:
    class Full(RealDisk):
        """The real disk; one step fails."""

        def __getattribute__(self, name: str) -> object:
            return refuse if name == step else super().__getattribute__(name)

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        put(tmp_path / "one", b"data", disk=Full())
    assert {one.name for one in tmp_path.iterdir()} <= {"one"}
    assert (tmp_path / "one").exists() == (step == "sync_folder")


def test_where_there_is_no_folder_the_error_is_that_of_the_disk(tmp_path: Path) -> None:
    for write in WRITERS:
        with pytest.raises(FileNotFoundError):
            write(tmp_path / "no" / "one", b"x")


class Told(RealDisk):
    """The real disk; it tells the steps in their order."""

    def __init__(self) -> None:
        self.steps: list[str] = []

    def __getattribute__(self, name: str) -> object:
        if not name.startswith("_") and name != "steps":
            self.steps.append(name)
        return super().__getattribute__(name)


def test_what_is_put_is_synced_before_it_has_its_name_and_the_name_after(tmp_path: Path) -> None:
    disk = Told()
    put(tmp_path / "one", b"x", disk=disk)
    steps = ["create", "write", "sync", "close", "link", "unlink", "sync_folder"]
    assert disk.steps == steps
    put(tmp_path / "one", b"x", disk=disk)
    # Also when another has written it just now: who is told "taken" may rely on it.
    assert disk.steps == steps * 2


def test_a_durable_file_is_synced_before_it_has_its_name_and_the_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, steps, real = tmp_path / "one", [], os.fsync

    def fsync(handle: int) -> None:
        what = Path(f"/proc/self/fd/{handle}").readlink()
        steps.append(("folder" if what == tmp_path else "file", path.exists()))
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    replace_durably(path, b"x")
    assert steps == [("file", False), ("folder", True)]


def test_a_writer_that_finds_its_temporary_name_taken_touches_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "theirs").write_bytes(b"stays")
    (tmp_path / ".one.00").symlink_to("theirs")
    monkeypatch.setattr(secrets, "token_hex", lambda _: "00")
    for write in WRITERS:
        with pytest.raises(FileExistsError):
            write(tmp_path / "one", b"x")
    assert (tmp_path / "theirs").read_bytes() == b"stays"
    assert (tmp_path / ".one.00").is_symlink()


@pytest.mark.parametrize("write", [put, replace_file])
def test_the_name_of_an_unfinished_file_may_begin_as_its_reader_knows_it(
    tmp_path: Path, write: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "token_hex", lambda _: "00")
    (tmp_path / ".half-00").touch()
    with pytest.raises(FileExistsError):
        write(tmp_path / "one", b"x", prefix=".half-")


def test_a_stamp_tells_of_every_way_to_change_a_file(tmp_path: Path) -> None:
    path = tmp_path / "one"
    assert stamp_of(path) is None
    path.write_bytes(b"old")
    os.utime(path, ns=(1, 1))
    before = stamp_of(path)
    assert before == stamp(path.stat()) == stamp_of(path)
    path.write_bytes(b"longer")
    grown = stamp_of(path)
    assert grown != before
    replace_file(path, b"other!")
    other = stamp_of(path)
    assert other not in (before, grown)
    path.write_bytes(b"again!")
    os.utime(path, ns=(1, 1))
    assert stamp_of(path) not in (before, grown, other)


def test_a_copy_that_keeps_its_old_time_and_size_is_told_apart(tmp_path: Path) -> None:
    path, copy = tmp_path / "one", tmp_path / "two"
    path.write_bytes(b"old")
    copy.write_bytes(b"new")
    os.utime(path, ns=(1, 1))
    before = stamp_of(path)
    shutil.copymode(copy, path)
    os.utime(copy, ns=(1, 1))
    copy.replace(path)
    assert stamp_of(path) != before


def test_a_file_that_cannot_be_looked_at_has_a_stamp_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    assert stamp_of(tmp_path / "loop") == UNREADABLE
