"""Looks into a folder or a zip that somebody else made, without trusting it.

Nothing is unpacked: names and sizes are checked first, all of them, and then single files are
read with a limit. What a good pack never has is refused with its reason: a name that leads out of
the pack, a link, a device, a zip in the zip, a size that is a lie, a file that grows a
thousandfold, two names that are one on another computer.
"""

from __future__ import annotations

import os
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Protocol

from kiosk.errors import PackRefused

MOST_FILES = 20_000
MOST_BYTES = 400_000_000  # of all files together
LARGEST_FILE = 16_000_000
LARGEST_ZIP = 300_000_000
MOST_GROWTH = 100  # times; pictures and text rarely pass 20
SMALL = 100_000  # bytes: below this a file may grow more, for it stays small

_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
    struct.error,
    zlib.error,
)
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b")


class Source(Protocol):
    """The files of a pack: their names with "/" between folders, and what is in them."""

    names: tuple[str, ...]

    def read(self, name: str) -> bytes:
        """Return a whole file. Raises PackRefused."""


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """Look into a folder, or a zip file. Raises PackRefused."""
    try:
        kind = path.stat().st_mode
    except OSError:
        raise PackRefused(f'There is no file or folder "{path}".') from None
    if stat.S_ISDIR(kind):
        yield _Folder(path)
        return
    if not stat.S_ISREG(kind):
        raise PackRefused(f'"{path.name}" is not an ordinary file.')
    if path.stat().st_size > LARGEST_ZIP:
        raise PackRefused(f"The pack is larger than {LARGEST_ZIP // 1_000_000} MB.")
    try:
        opened = zipfile.ZipFile(path)
    except _BROKEN as error:
        raise PackRefused(f'"{path.name}" is not a zip file that I can read: {error}.') from None
    with opened:
        yield _Zip(opened)


def check_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of files, or refuse those that mean another place on some computer."""
    seen: dict[str, str] = {}
    for name in names:
        parts = name.split("/")
        if name.startswith("/") or (len(name) > 1 and name[1] == ":"):
            raise PackRefused(f'The name "{name}" leads out of the pack (it begins at the disk).')
        if ".." in parts or "\\" in name:
            raise PackRefused(f'The name "{name}" leads out of the pack.')
        if not all(one.isprintable() for one in name) or "" in parts or "." in parts:
            raise PackRefused(f"The name {name!r} cannot be a file's name.")
        if len(name) > 250:
            raise PackRefused(f'The name "{name[:40]}..." is too long.')
        same = unicodedata.normalize("NFC", name).casefold()
        if same in seen:
            raise PackRefused(f'"{seen[same]}" and "{name}" are one name on some computers.')
        seen[same] = name
        if len(seen) > MOST_FILES:
            raise PackRefused(f"The pack has more than {MOST_FILES:,} files.")
    return tuple(seen.values())


class _Folder:
    """A folder; hidden files and folders are passed over."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._total = 0
        self.names = check_names(self._walk(root, ""))

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
            self._total += _check_size(name, facts.st_size, self._total)
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
        _check_size(name, len(data), 0)
        return data


class _Zip:
    """A zip file."""

    def __init__(self, opened: zipfile.ZipFile) -> None:
        self._zip = opened
        check_names(one.orig_filename.removesuffix("/") for one in opened.infolist())
        files = [one for one in opened.infolist() if not one.is_dir()]
        self.names = tuple(one.filename for one in files)
        total = 0
        for one in files:
            total += _check_entry(one, total)
        _check_apart(files)

    def read(self, name: str) -> bytes:
        entry = self._zip.getinfo(name)
        try:
            with self._zip.open(entry) as file:
                data = file.read(entry.file_size + 1)
        except _BROKEN as error:
            raise PackRefused(f'I cannot read "{name}" in the pack: {error}.') from None
        if len(data) != entry.file_size:
            raise PackRefused(f'"{name}" lies about its size.')
        if data.startswith(_ZIPS):
            raise PackRefused(f'"{name}" is a zip inside the pack.')
        return data


def _check_size(name: str, size: int, total: int) -> int:
    if size > LARGEST_FILE:
        raise PackRefused(f'"{name}" is larger than {LARGEST_FILE // 1_000_000} MB.')
    if total + size > MOST_BYTES:
        raise PackRefused(f"The files are larger than {MOST_BYTES // 1_000_000} MB together.")
    return size


def _check_entry(one: zipfile.ZipInfo, total: int) -> int:
    name = one.filename
    kind = stat.S_IFMT(one.external_attr >> 16)
    if stat.S_ISLNK(kind):
        raise PackRefused(f'"{name}" is a link to another place.')
    if kind and not stat.S_ISREG(kind):
        raise PackRefused(f'"{name}" is not an ordinary file.')
    if one.flag_bits & 1:
        raise PackRefused(f'"{name}" is locked with a password.')
    if one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise PackRefused(f'"{name}" is packed in a way that I do not open.')
    if one.file_size > SMALL and one.file_size > MOST_GROWTH * max(one.compress_size, 1):
        raise PackRefused(f'"{name}" grows more than {MOST_GROWTH} times when it is opened.')
    if PurePosixPath(name).suffix.casefold() in (".zip", ".obz", ".7z", ".rar", ".gz"):
        raise PackRefused(f'"{name}" is a zip inside the pack.')
    return _check_size(name, one.file_size, total)


def _check_apart(files: list[zipfile.ZipInfo]) -> None:
    """Refuse files that share their bytes: so a small zip can hold more than it weighs."""
    ends = 0
    for one in sorted(files, key=lambda one: one.header_offset):
        if one.header_offset < ends:
            raise PackRefused(f'"{one.filename}" shares its bytes with another file.')
        ends = one.header_offset + one.compress_size
