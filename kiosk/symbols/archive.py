"""Looks into a folder or a zip that somebody else made, without trusting it.

Nothing is unpacked: names and sizes are checked first, all of them, and then single files are
read with a limit. A folder is held to the same limits as a zip.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from kiosk.archive import Limits, open_archive
from kiosk.errors import ArchiveRefused, PackRefused

MOST_FILES = 20_000
MOST_BYTES = 400_000_000  # of all files together
LARGEST_FILE = 16_000_000
LARGEST_ZIP = 300_000_000
MOST_GROWTH = 100  # times; pictures and text rarely pass 20


class PackFiles(Protocol):
    """The files of a pack: their names with "/" between folders, and what is in them."""

    @property
    def names(self) -> tuple[str, ...]:
        """The name of each file."""

    def read(self, name: str) -> bytes:
        """Return a whole file. Raises ArchiveRefused."""


@contextmanager
def open_source(path: Path) -> Iterator[PackFiles]:
    """Look into a folder, or a zip file. Raises PackRefused, also for what is wrong later on."""
    limits = Limits(
        files=MOST_FILES,
        file_bytes=LARGEST_FILE,
        all_bytes=MOST_BYTES,
        growth=MOST_GROWTH,
        zips=False,
        what="the pack",
    )
    try:
        kind = path.stat().st_mode
    except OSError:
        raise PackRefused(f'There is no file or folder "{path}".') from None
    try:
        if stat.S_ISDIR(kind):
            yield _Folder(path, limits)
            return
        if not stat.S_ISREG(kind):
            raise PackRefused(f'"{path.name}" is not an ordinary file.')
        if path.stat().st_size > LARGEST_ZIP:
            raise PackRefused(f"The pack is larger than {LARGEST_ZIP // 1_000_000} MB.")
        with open_archive(path, limits) as archive:
            yield archive
    except ArchiveRefused as error:
        raise PackRefused(str(error)) from None


class _Folder:
    """A folder; hidden files and folders are passed over."""

    def __init__(self, root: Path, limits: Limits) -> None:
        self._root = root
        self._limits = limits
        self._total = 0
        self.names = limits.check_names(self._walk(root, ""))

    def _walk(self, folder: Path, before: str) -> Iterator[str]:
        with os.scandir(folder) as entries:
            inside = sorted(entries, key=lambda one: one.name)
        for one in inside:
            name = f"{before}{one.name}"
            if one.name.startswith("."):
                continue
            if one.is_symlink():
                raise PackRefused(f'"{name}" is a link to another place.')
            if one.is_dir(follow_symlinks=False):
                if before.count("/") > 20:
                    raise PackRefused(f'There are too many folders inside each other: "{name}".')
                yield from self._walk(Path(one.path), f"{name}/")
                continue
            facts = one.stat(follow_symlinks=False)
            if not stat.S_ISREG(facts.st_mode):
                raise PackRefused(f'"{name}" is not an ordinary file.')
            self._total += self._limits.check_size(name, facts.st_size, self._total)
            yield name

    def read(self, name: str) -> bytes:
        # Opened so that it neither follows a link nor waits for a pipe, whatever it is by now.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        try:
            with os.fdopen(os.open(self._root / name, flags), "rb") as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise PackRefused(f'"{name}" is not an ordinary file.')
                data = file.read(LARGEST_FILE + 1)
        except OSError as error:
            raise PackRefused(f'I cannot read "{name}": {error.strerror}.') from None
        self._limits.check_size(name, len(data))
        return data
