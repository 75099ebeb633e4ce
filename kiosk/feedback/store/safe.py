"""Gives files their names so that they outlive a power cut, and never overwrites one.

How one file gets its name: `kiosk.files.put`. The parent of every folder on the way is synced too,
once for each run of the program, because a folder that is there may come from a run that died
before it was safe.
"""

from __future__ import annotations

import contextlib
import errno
import secrets
from collections.abc import Sequence
from pathlib import Path

from kiosk.feedback.store.files import FileSystem
from kiosk.feedback.store.shelf import TEMPORARY
from kiosk.files import put

# A folder far above may belong to somebody else, or to a disk that is never written. Nothing of
# ours was made in it, so it has nothing of ours to sync.
_NOT_OURS = frozenset({errno.EACCES, errno.EPERM, errno.EINVAL, errno.EROFS})


class SafeFiles:
    """Files below `folder`, on a disk. Every method raises OSError when the disk says no."""

    def __init__(self, folder: Path, disk: FileSystem) -> None:
        self._folder = folder
        self._disk = disk
        self._safe_folders: set[Path] = set()

    def forget(self) -> None:
        """Trust no folder any more: somebody may have taken them away."""
        self._safe_folders.clear()

    def is_there(self, path: Path) -> bool:
        """Tell whether there is such a file."""
        try:
            self._disk.read(path, 1)
        except (FileNotFoundError, NotADirectoryError):
            return False
        return True

    def is_safe(self, path: Path) -> bool:
        """Tell whether a file is here, and make it safe: another may be writing it just now."""
        if not self.is_there(path):
            return False
        self.make(path.parent)
        self._disk.sync_folder(path.parent)
        return True

    def make(self, folder: Path) -> None:
        """Make a folder and everything above it, so that it outlives a power cut."""
        if folder in self._safe_folders or folder == folder.parent:
            return
        self.make(folder.parent)
        self._disk.make_folder(folder)
        try:
            self._disk.sync_folder(folder.parent)
        except OSError as error:
            far_above = self._folder.parent.is_relative_to(folder)
            if not (far_above and error.errno in _NOT_OURS):
                raise
        self._safe_folders.add(folder)

    def put(self, path: Path, data: bytes) -> bool:
        """Give `data` this name, for good; False when the name is taken. Its folder is safe."""
        return put(path, data, prefix=TEMPORARY, disk=self._disk)

    def probe(self, folder: Path) -> None:
        """Do in this folder all that it takes to save a small file, and leave nothing."""
        self.make(folder)
        path = folder / f"{TEMPORARY}{secrets.token_hex(8)}"
        self.put(path, b"ready\n")
        self._disk.unlink(path)

    def take_away(self, files: Sequence[Path]) -> None:
        """Take files away for good, in this order, as far as they are there."""
        for file in files:
            with contextlib.suppress(FileNotFoundError):
                self._disk.unlink(file)
        for folder in dict.fromkeys(file.parent for file in files):
            self._disk.sync_folder(folder)
