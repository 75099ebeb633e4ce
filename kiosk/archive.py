"""A zip that somebody else made: read within limits, and never unpacked.

It may be damaged, or made to do harm. Names and sizes are checked first, all of them, and then
single files are read into memory. What a good zip never has is refused with its reason: a name
that leads out of it, a link, a device, a password, a size that is a lie, a file that grows a
thousandfold, files that share their bytes, two names that are one on another computer.
"""

from __future__ import annotations

import io
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Literal

from kiosk.errors import ArchiveRefused

Reason = Literal["damaged", "name", "kind", "locked", "growth", "inside", "many", "large"]

SMALL = 100_000  # bytes: below this a file may grow more, for it stays small
LONGEST_NAME = 250

_LISTED = 300  # bytes of the list of files for each: 46, its name, and what is added to it
_END, _END64, _LEADS_TO_END64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_END_SIZE, _END64_SIZE, _LEADS_SIZE = 22, 56, 20
_LONGEST_COMMENT = 1 << 16
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # Python opens others without a limit
_ZIPS = (b"PK\x03\x04", _END, b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b")
_ZIP_NAMES = (".zip", ".obz", ".7z", ".rar", ".gz")
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a zip may hold. The sizes are bytes, unpacked; None: as much as it likes.

    growth: how many times larger a file may become; pictures and text rarely pass 20. zips: there
    may be zips in it. what: what people call it.
    """

    files: int
    file_bytes: int | None = None
    all_bytes: int | None = None
    growth: int | None = None
    zips: bool = True
    what: str = "this file"

    def check_names(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the names of files, or refuse those that mean another place on some computer."""
        seen: dict[str, str] = {}
        for name in names:
            parts = name.split("/")
            if name.startswith("/") or (len(name) > 1 and name[1] == ":"):
                problem = f'The name "{name}" leads out of {self.what} (it begins at the disk).'
                raise ArchiveRefused("name", problem)
            if ".." in parts or "\\" in name:
                raise ArchiveRefused("name", f'The name "{name}" leads out of {self.what}.')
            if not all(one.isprintable() for one in name) or "" in parts or "." in parts:
                raise ArchiveRefused("name", f"The name {name!r} cannot be a file's name.")
            if len(name) > LONGEST_NAME:
                raise ArchiveRefused("name", f'The name "{name[:40]}..." is too long.')
            same = unicodedata.normalize("NFC", name).casefold()
            if same in seen:
                problem = f'"{seen[same]}" and "{name}" are one name on some computers.'
                raise ArchiveRefused("name", problem)
            seen[same] = name
            self._check_count(len(seen))
        return tuple(seen.values())

    def check_size(self, name: str, size: int, before: int = 0) -> int:
        """Return the size of a file, or refuse it. before: bytes of the files before it."""
        if self.file_bytes is not None and size > self.file_bytes:
            problem = f'"{name}" is larger than {self.file_bytes // 1_000_000} MB.'
            raise ArchiveRefused("large", problem)
        if self.all_bytes is not None and before + size > self.all_bytes:
            problem = f"The files are larger than {self.all_bytes // 1_000_000} MB together."
            raise ArchiveRefused("large", problem)
        return size

    def check_entry(self, one: zipfile.ZipInfo, before: int) -> int:
        """Return the size that a file of a zip will have, or refuse it; before: as above."""
        name = one.filename
        kind = stat.S_IFMT(one.external_attr >> 16)
        if stat.S_ISLNK(kind):
            raise ArchiveRefused("kind", f'"{name}" is a link to another place.')
        if kind and not stat.S_ISREG(kind):
            raise ArchiveRefused("kind", f'"{name}" is not an ordinary file.')
        if one.flag_bits & 1:
            raise ArchiveRefused("locked", f'"{name}" is locked with a password.')
        if one.compress_type not in _PACKINGS:
            raise ArchiveRefused("damaged", f'"{name}" is packed in a way that I do not open.')
        if self.growth is not None and one.file_size > max(
            SMALL, self.growth * max(one.compress_size, 1)
        ):
            problem = f'"{name}" grows more than {self.growth} times when it is opened.'
            raise ArchiveRefused("growth", problem)
        if not self.zips and PurePosixPath(name).suffix.casefold() in _ZIP_NAMES:
            raise ArchiveRefused("inside", f'"{name}" is a zip inside {self.what}.')
        return self.check_size(name, one.file_size, before)

    def check_list(self, size: int) -> None:
        """Refuse a zip whose list of files has so many bytes that it must name too many."""
        self._check_count(0 if size <= self.files * _LISTED else self.files + 1)

    def _check_count(self, count: int) -> None:
        if count > self.files:
            what = self.what[:1].upper() + self.what[1:]
            raise ArchiveRefused("many", f"{what} has more than {self.files:,} files.")


class Archive:
    """A zip whose names and sizes are as they should be. names: its files; folders: the rest."""

    def __init__(self, opened: zipfile.ZipFile, limits: Limits) -> None:
        self._zip = opened
        self._limits = limits
        entries = opened.infolist()
        limits.check_names(one.orig_filename.removesuffix("/") for one in entries)
        self._files = {one.filename: one for one in entries if not one.is_dir()}
        self.names = tuple(self._files)
        self.folders = tuple(one.filename for one in entries if one.is_dir())
        before = 0
        for one in self._files.values():
            before += limits.check_entry(one, before)
        _check_apart(self._files.values())

    def __contains__(self, name: str) -> bool:
        """Tell whether there is such a file."""
        return name in self._files

    def size(self, name: str) -> int:
        """Return how many bytes a file says that it has. Raises KeyError."""
        return self._files[name].file_size

    def read(self, name: str) -> bytes:
        """Return a whole file. Raises ArchiveRefused; KeyError when there is none."""
        entry = self._files[name]
        # One byte more than it should have: what a small file is blown up to is never held.
        problem = f'I cannot read "{name}" in {self._limits.what}'
        with _unbroken(problem), self._zip.open(entry) as file:
            data = file.read(entry.file_size + 1)
        if len(data) != entry.file_size:
            raise ArchiveRefused("damaged", f'"{name}" lies about its size.')
        if not self._limits.zips and data.startswith(_ZIPS):
            raise ArchiveRefused("inside", f'"{name}" is a zip inside {self._limits.what}.')
        return data


def archive_in(stream: IO[bytes], limits: Limits, *, name: str = "") -> Archive:
    """Look into a zip that is open already, and stays so. Raises ArchiveRefused.

    name: of the file, for messages.
    """
    limits.check_list(_list_bytes(stream))
    with _unbroken(f"{name or limits.what} is not a zip file that I can read"):
        opened = zipfile.ZipFile(stream)
    return Archive(opened, limits)


@contextmanager
def open_archive(path: Path, limits: Limits) -> Iterator[Archive]:
    """Open a zip. Raises ArchiveRefused, here or while it is read; OSError when there is none."""
    with path.open("rb") as stream:
        yield archive_in(stream, limits, name=f'"{path.name}"')


def _list_bytes(file: IO[bytes]) -> int:
    """Return how many bytes the list of files has at most, as Python will find it.

    It is asked before: Python makes an object of every 46 bytes, and a list may have millions.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _LONGEST_COMMENT - _END_SIZE - _LEADS_SIZE - _END64_SIZE))
    tail = file.read()
    file.seek(0)
    end = len(tail) - _END_SIZE
    if end < 0 or not tail.startswith(_END, end) or not tail.endswith(b"\0\0"):
        end = tail.rfind(_END)  # with a comment behind it
    told = _number(tail, end + 12, 4) if end >= 0 else 0
    leads = end - _LEADS_SIZE
    if leads >= 0 and tail.startswith(_LEADS_TO_END64, leads):
        end64 = leads - _END64_SIZE
        if end64 < 0 or not tail.startswith(_END64, end64):
            raise ArchiveRefused("damaged", "The end of the list of files is not where it belongs.")
        told64 = _number(tail, end64 + 40, 8)
        told = told64 if told == 0xFFFFFFFF else max(told, told64)
    if told > size:
        raise ArchiveRefused("damaged", "The list of files is larger than the file that holds it.")
    return told


def _number(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size], "little")


def _check_apart(files: Iterable[zipfile.ZipInfo]) -> None:
    """Refuse files that share their bytes: so a small zip can hold more than it weighs."""
    ends = 0
    for one in sorted(files, key=lambda one: one.header_offset):
        if one.header_offset < ends:
            raise ArchiveRefused("damaged", f'"{one.filename}" shares its bytes with another file.')
        ends = one.header_offset + one.compress_size


@contextmanager
def _unbroken(problem: str) -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise ArchiveRefused("damaged", f"{problem}: {error}.") from None
