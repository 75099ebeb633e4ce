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
from kiosk.files import Disk, RealDisk

_FOLDER_MODE = 0o700


class FileSystem(Disk, Protocol):
    """What the store needs of a disk. Every method raises OSError when the disk says no."""

    def make_folder(self, folder: Path) -> None:
        """Make one folder that only its owner may open. Nothing happens when it is there."""
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


class RealFileSystem(RealDisk):
    """The disk of this machine."""

    def make_folder(self, folder: Path) -> None:  # noqa: D102 - as the protocol says
        try:
            folder.mkdir(mode=_FOLDER_MODE)
        except FileExistsError:
            if not folder.is_dir():
                raise

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
