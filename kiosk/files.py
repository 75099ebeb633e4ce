"""Writes files so that a reader finds all of one or nothing, and tells when one has changed.

A file is written beside its place, under another name that no other program knows, and then takes
its name in one step. What is written durably also outlives a power cut from then on.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple, Protocol

PRIVATE = 0o600  # only its owner may read it

_NEW = os.O_CREAT | os.O_EXCL | os.O_CLOEXEC


class Stamp(NamedTuple):
    """What tells that a file has changed, without reading it: times in ns, size in bytes."""

    changed: int
    moved: int  # the time of its inode also tells of a copy that keeps its old time
    size: int
    inode: int


UNREADABLE = Stamp(0, 0, 0, 0)  # of a file that cannot be looked at: reading it says what is wrong


def stamp(facts: os.stat_result) -> Stamp:
    """Return the stamp of a file that was looked at."""
    return Stamp(facts.st_mtime_ns, facts.st_ctime_ns, facts.st_size, facts.st_ino)


def stamp_of(path: Path) -> Stamp | None:
    """Return the stamp of a file; None when there is none."""
    try:
        return stamp(path.stat())
    except FileNotFoundError:
        return None
    except OSError:
        return UNREADABLE


class Disk(Protocol):
    """What `put` needs of a disk. Every method raises OSError when the disk says no.

    `handle` is a number that stands for an open file. Nothing is sure to outlive a power cut until
    the matching `sync` or `sync_folder` has returned. A test may put a disk in the place of the
    real one that loses its power at any step.
    """

    def create(self, file: Path) -> int:
        """Make a new, empty file that only its owner may read; open it to write."""
        ...

    def write(self, handle: int, data: bytes) -> None:
        """Write all of `data` at the end."""
        ...

    def sync(self, handle: int) -> None:
        """Return when what the file holds is safe on the disk."""
        ...

    def close(self, handle: int) -> None:
        """Give the handle back."""
        ...

    def link(self, file: Path, name: Path) -> None:
        """Give `file` a second name. FileExistsError when the name is taken: it is never lost."""
        ...

    def unlink(self, file: Path) -> None:
        """Take one name away."""
        ...

    def sync_folder(self, folder: Path) -> None:
        """Return when the names inside this folder are safe on the disk."""
        ...


class RealDisk:
    """The disk of this machine."""

    def create(self, file: Path) -> int:  # noqa: D102 - as the protocol says
        return os.open(file, os.O_WRONLY | _NEW, PRIVATE)

    def write(self, handle: int, data: bytes) -> None:  # noqa: D102 - as the protocol says
        rest = memoryview(data)
        while rest:  # a disk that is nearly full may take only a part
            rest = rest[os.write(handle, rest) :]

    def sync(self, handle: int) -> None:  # noqa: D102 - as the protocol says
        os.fsync(handle)

    def close(self, handle: int) -> None:  # noqa: D102 - as the protocol says
        os.close(handle)

    def link(self, file: Path, name: Path) -> None:  # noqa: D102 - as the protocol says
        os.link(file, name)

    def unlink(self, file: Path) -> None:  # noqa: D102 - as the protocol says
        file.unlink()

    def sync_folder(self, folder: Path) -> None:  # noqa: D102 - as the protocol says
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


_DISK = RealDisk()


def put(path: Path, data: bytes, *, prefix: str = "", disk: Disk = _DISK) -> bool:
    """Give `data` this name, for good; False when the name is taken. Its folder is safe then.

    prefix: how the name begins that the file has until then. Raises OSError.
    """
    temporary = _beside(path, prefix)
    handle = disk.create(temporary)
    try:
        try:
            disk.write(handle, data)
            disk.sync(handle)
        finally:
            disk.close(handle)
    except OSError:
        disk.unlink(temporary)
        raise
    try:
        disk.link(temporary, path)
        new = True
    except FileExistsError:
        new = False
    finally:
        disk.unlink(temporary)
    disk.sync_folder(path.parent)
    return new


def sync_folders(folder: Path, top: Path) -> None:
    """Make a folder, and those above it up to `top`, which is there; their names are safe. OSError.

    Only who runs the program may look into a new one.
    """
    missing: list[Path] = []
    while folder != top and not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
        _DISK.sync_folder(one.parent)


@contextlib.contextmanager
def durable_file(
    path: Path, *, replace: bool = True, mode: int | None = PRIVATE
) -> Iterator[IO[bytes]]:
    """Give a file to write and read; it takes its name when everything is safely on disk.

    replace: an older file of this name makes room; otherwise it stays, and FileExistsError is
    raised. mode: who may read and write it; None: as with that older file, or only its owner.
    OSError when the disk says no. Nothing is left after an error.
    """
    with _taking_its_name(path, "", mode, replace=replace) as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    _DISK.sync_folder(path.parent)


def replace_durably(path: Path, data: bytes, *, mode: int | None = PRIVATE) -> None:
    """Write a file anew: also after a power cut a reader finds the old one or the new. OSError.

    mode: as for `durable_file`.
    """
    with durable_file(path, mode=mode) as file:
        file.write(data)


def replace_file(path: Path, data: bytes, *, mode: int | None = PRIVATE, prefix: str = "") -> None:
    """Write a file anew: a reader finds the old one or the new. A power cut may take both. OSError.

    For what can be made again. mode: as for `durable_file`. prefix: how the name begins that the
    file has until it is whole.
    """
    with _taking_its_name(path, prefix, mode, replace=True) as file:
        file.write(data)


@contextlib.contextmanager
def _taking_its_name(
    path: Path, prefix: str, mode: int | None, *, replace: bool
) -> Iterator[IO[bytes]]:
    temporary = _beside(path, prefix)
    handle = os.open(temporary, os.O_RDWR | _NEW, PRIVATE)
    try:
        with os.fdopen(handle, "w+b") as file:
            if mode is None:
                with contextlib.suppress(FileNotFoundError):
                    mode = stat.S_IMODE(path.stat().st_mode)
            if mode not in (None, PRIVATE):
                os.fchmod(handle, mode)
            yield file
        if replace:
            temporary.replace(path)
        else:
            os.link(temporary, path)  # never overwrites
    finally:
        with contextlib.suppress(FileNotFoundError):
            temporary.unlink()


def _beside(path: Path, prefix: str) -> Path:
    return path.with_name(f"{prefix or f'.{path.name}.'}{secrets.token_hex(8)}")
