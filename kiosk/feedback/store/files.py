"""The few things that the store asks of a disk, and the real disk.

They stand behind one small protocol so that a test can put a disk in their place that loses its
power at any step.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from kiosk.disk import filled, free_bytes

_FOLDER_MODE = 0o700
_FILE_MODE = 0o600


class FileSystem(Protocol):
    """What the store needs of a disk. Every method raises OSError when the disk says no.

    `handle` is a number that stands for an open file. Nothing is sure to outlive a power cut until
    the matching `sync` or `sync_folder` has returned.
    """

    def make_folder(self, folder: Path) -> None:
        """Make one folder that only its owner may open. Nothing happens when it is there."""
        ...

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

    def read(self, file: Path, limit: int) -> bytes:
        """Return the first `limit` bytes of a file."""
        ...

    def names(self, folder: Path) -> list[str]:
        """Return the names inside a folder; none when there is no such folder."""
        ...

    def free_bytes(self, folder: Path) -> int:
        """Return how many bytes this program may still write on the disk of this folder."""
        ...

    def used_bytes(self, folder: Path, is_counted: Callable[[str], bool]) -> int:
        """Return how many bytes of the disk the files inside this folder fill.

        is_counted: tells it by the name of a file.
        """
        ...


class RealFileSystem:
    """The disk of this machine."""

    def make_folder(self, folder: Path) -> None:  # noqa: D102 - as the protocol says
        try:
            folder.mkdir(mode=_FOLDER_MODE)
        except FileExistsError:
            if not folder.is_dir():
                raise

    def create(self, file: Path) -> int:  # noqa: D102 - as the protocol says
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        return os.open(file, flags, _FILE_MODE)

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

    def read(self, file: Path, limit: int) -> bytes:  # noqa: D102 - as the protocol says
        with file.open("rb") as stream:
            return stream.read(limit)

    def names(self, folder: Path) -> list[str]:  # noqa: D102 - as the protocol says
        try:
            return sorted(one.name for one in folder.iterdir())
        except FileNotFoundError:
            return []

    def free_bytes(self, folder: Path) -> int:  # noqa: D102 - as the protocol says
        return free_bytes(folder)

    def used_bytes(self, folder: Path, is_counted: Callable[[str], bool]) -> int:  # noqa: D102 - as the protocol says
        used = 0
        with os.scandir(folder) as entries:
            for entry in entries:
                try:
                    if entry.is_dir(follow_symlinks=False):
                        used += self.used_bytes(Path(entry.path), is_counted)
                    elif is_counted(entry.name):
                        used += filled(entry.stat(follow_symlinks=False).st_size)
                except FileNotFoundError:
                    continue  # taken away while we look
        return used
