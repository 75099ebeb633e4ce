"""Makes a backup of all answers while the kiosk goes on, and puts one back."""

from __future__ import annotations

import contextlib
import os
import secrets
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.errors import BackupRefused, ContentError
from kiosk.feedback.answer.ulid import parse
from kiosk.feedback.store import shelf
from kiosk.feedback.store.archive import (
    MANIFEST,
    MOST_FILES,
    Backup,
    FileFacts,
    Manifest,
    backup_in,
    facts_of,
    most_bytes,
    open_backup,
    owner,
)
from kiosk.feedback.store.files import RealFileSystem
from kiosk.feedback.store.paths import StorePaths
from kiosk.feedback.store.private import private_file

_NO_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP file knows


@dataclass(frozen=True, slots=True)
class BackedUp:
    """How much is in a backup, and which files could not be read and are not in it."""

    answers: int
    voices: int
    bytes: int
    left_out: tuple[ContentError, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """answers, voices: put back. there: files that were there already, and are the same.

    deleted: answers that were deleted, before or after the backup, and so stay away.
    """

    answers: int
    voices: int
    there: int
    deleted: int


def backup(folder: Path, shown: Path, file: Path, now: datetime) -> BackedUp:
    """Write all answers, recorded voices and tombstones into a new file, and read it once again.

    Every answer that was saved before this began is in it. shown: the folder, for messages.
    Raises FeedbackError when the file is there already or cannot be written.
    """
    files: dict[str, FileFacts] = {}
    left_out: list[ContentError] = []
    with private_file(file, replace=False) as written:
        with zipfile.ZipFile(written, "w") as archive:
            for name in _names(folder):
                try:
                    data = shelf.read_bytes(folder / name, shown / name, most_bytes(name))
                except ContentError as error:
                    if (folder / name).exists():  # else it was deleted meanwhile
                        left_out.append(error)
                    continue
                files[name] = facts_of(data)
                _add(archive, name, data)
            manifest = Manifest(made=now.isoformat(timespec="seconds"), files=files)
            _add(archive, MANIFEST, manifest.model_dump_json().encode())
        written.flush()
        made = backup_in(written)
        for name in files:
            made.read(name)
        size = written.seek(0, os.SEEK_END)
    answers = sum(_is_answer(name) for name in files)
    voices = sum(not name.endswith(".yaml") for name in files)
    return BackedUp(answers, voices, size, tuple(left_out))


def _names(folder: Path) -> Iterator[str]:
    # What is set aside comes first: an answer that is taken in meanwhile is found in its day then,
    # and after the days the note of its other id, which was there before it.
    yield from _names_in(folder, shelf.ASIDE)
    days, _ = shelf.find_days(folder)
    for day in days:
        yield from _names_in(folder, day)
    yield from (f"{shelf.TAKEN_IN}/{one}.yaml" for one in sorted(shelf.taken_in_ids(folder)))
    # Last, so that whatever was deleted meanwhile is known to be.
    yield from (f"{shelf.DELETED}/{one}.yaml" for one in sorted(shelf.deleted_ids(folder)))


def _names_in(folder: Path, place: str) -> Iterator[str]:
    answers = shelf.list_day(folder / place).answers
    yield from (f"{place}/{one}.yaml" for one in sorted(answers))
    # Looked for after the answers: a voice is there before its answer is.
    voices = shelf.list_day(folder / place).voices
    yield from (f"{place}/{one}" for one in sorted(voices))


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _NO_DATE)
    entry.external_attr = 0o600 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)


def _is_answer(name: str) -> bool:
    notes = (f"{shelf.DELETED}/", f"{shelf.TAKEN_IN}/")
    return name.endswith(".yaml") and not name.startswith(notes)


def restore(folder: Path, file: Path, *, free_floor: int = 0) -> Restored:
    """Put the answers of a backup back, all of them or none, and read them once again.

    Nothing that is there is changed: a file of the same name that holds something else is a reason
    to refuse. free_floor: bytes of the disk to leave free. Raises BackupRefused; then all is as
    it was before. What a restore that was killed has left is swept when the kiosk starts, and the
    same restore may be done again.
    """
    with open_backup(file) as archive:
        wanted, there, deleted = _wanted(archive, folder)
        _check_room(archive, wanted, folder, free_floor)
        placing = _Placing(folder)
        try:
            placing.write(archive, wanted)
            placing.link()
            placing.verify(archive)
        except OSError as error:
            placing.undo()
            reason = error.strerror or str(error)
            raise BackupRefused(f"I cannot put the backup back: {reason}.") from error
        except BaseException:
            placing.undo()
            raise
        placing.tidy()
    return Restored(
        answers=sum(_is_answer(name) for name in wanted),
        voices=sum(not name.endswith(".yaml") for name in wanted),
        there=there,
        deleted=deleted,
    )


def _wanted(archive: Backup, folder: Path) -> tuple[list[str], int, int]:
    """Return the names to put back in their order, how many are there, and how many deleted."""
    stones = {name for name in archive.manifest.files if name.startswith(f"{shelf.DELETED}/")}
    deleted = shelf.deleted_ids(folder) | {owner(name) for name in stones}
    wanted: list[str] = []
    others: list[str] = []
    there = gone = 0
    for name in archive.manifest.files:
        path = folder / name
        if name in stones:
            if not os.path.lexists(path):
                wanted.append(name)
        elif owner(name) in deleted:
            gone += _is_answer(name)
        elif name.startswith(f"{shelf.ASIDE}/") and _is_taken_in(folder, owner(name)):
            there += 1
        elif not os.path.lexists(path):
            wanted.append(name)
        elif _holds(path, archive.read(name)):
            there += 1
        else:
            others.append(name)
    if others:
        more = f" and {len(others) - 1:,} more" if len(others) > 1 else ""
        raise BackupRefused(
            f"{others[0]}{more}: another file of this name is there already. Nothing was changed."
        )
    # Tombstones first, and a voice before its answer: at no moment is there too much or too little.
    wanted.sort(key=lambda name: (name not in stones, _is_answer(name), name))
    return wanted, there, gone


def _is_taken_in(folder: Path, answer: str | None) -> bool:
    """Tell whether an answer of a backup, which was set aside, stands among the others by now."""
    at = StorePaths(folder, RealFileSystem())
    ulid = parse(answer)
    new = at.id_now(ulid) or ulid
    return os.path.lexists(at.path(new))


def _holds(path: Path, data: bytes) -> bool:
    try:
        return shelf.read_bytes(path, path, len(data)) == data
    except ContentError:
        return False


def _check_room(archive: Backup, wanted: list[str], folder: Path, free_floor: int) -> None:
    above = next(one for one in (folder, *folder.parents) if one.exists())
    disk = os.statvfs(above)
    block = disk.f_frsize
    needed = sum(-(-archive.manifest.files[name].bytes // block) * block for name in wanted)
    if needed > disk.f_bavail * block - free_floor:
        raise BackupRefused(
            f"There is not enough room on the disk: {needed // 1_000_000 + 1:,} MB are needed."
        )
    if len(wanted) > MOST_FILES or len(wanted) > disk.f_favail > 0:
        raise BackupRefused("There is not enough room on the disk for so many files.")


class _Placing:
    """Puts files into their places: all are written beside them first, then linked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written: list[tuple[Path, Path]] = []
        self._linked: list[Path] = []
        self._made: list[Path] = []

    def write(self, archive: Backup, names: list[str]) -> None:
        """Write every file beside its place."""
        for name in names:
            path = self._folder / name
            self._make(path.parent)
            temporary = path.with_name(f"{shelf.TEMPORARY}{secrets.token_hex(8)}")
            data = archive.read(name)
            self._written.append((temporary, path))
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
        os.sync()  # one for all: a sync for each of 100,000 files would take many minutes

    def link(self) -> None:
        """Give every file its name; a name that was taken meanwhile is an error."""
        for temporary, path in self._written:
            os.link(temporary, path)
            self._linked.append(path)
        os.sync()

    def verify(self, archive: Backup) -> None:
        """Read every file at its place; BackupRefused when it is not what the backup holds."""
        for path in self._linked:
            name = path.relative_to(self._folder).as_posix()
            if not _holds(path, archive.read(name)):
                raise BackupRefused(f'"{name}" did not arrive on the disk as it should.')

    def tidy(self) -> None:
        """Take away what is not needed any more."""
        for temporary, _ in self._written:
            with contextlib.suppress(OSError):
                temporary.unlink()

    def undo(self) -> None:
        """Take away everything that was made here."""
        for path in self._linked:
            with contextlib.suppress(OSError):
                path.unlink()
        self.tidy()
        for folder in reversed(self._made):
            with contextlib.suppress(OSError):  # somebody saved an answer there meanwhile
                folder.rmdir()

    def _make(self, folder: Path) -> None:
        if folder.is_symlink() and folder != self._folder:
            raise BackupRefused(f"{folder} is a link. I do not follow it.")
        if not folder.exists():
            self._make(folder.parent)
            folder.mkdir(mode=0o700)
            self._made.append(folder)
        elif folder.is_relative_to(self._folder) and folder != self._folder:
            self._make(folder.parent)
