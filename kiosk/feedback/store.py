"""Where answers are kept: one YAML file each, and never lost once "saved" was said.

An answer is written to a temporary file, synced, linked to its name (a link never overwrites), and
the folder is synced; so is the parent of every folder on the way, once for each run of the program,
because a folder that is there may come from a run that died before it was safe.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import yaml

from kiosk.errors import AnswerNotSaved, RecordingMissing
from kiosk.feedback.answer import Answer, Given
from kiosk.feedback.files import FileSystem, RealFileSystem, filled
from kiosk.feedback.shelf import (
    DELETED,
    TEMPORARY,
    answer_id,
    deleted_ids,
    find_days,
    voice_id,
)
from kiosk.feedback.ulid import Ulid

FORMAT = 1
_LEFTOVER_SECONDS = 3600
_RECOUNT_SECONDS = 60
_COUNT_SECONDS = 3600  # another program may keep answers here too
# A folder far above may belong to somebody else, or to a disk that is never written. Nothing of
# ours was made in it, so it has nothing of ours to sync.
_NOT_OURS = frozenset({errno.EACCES, errno.EPERM, errno.EINVAL, errno.EROFS})
_NOT_SAVED = "Your answer is not saved yet. We will try again."


class _Dumper(yaml.SafeDumper):
    """Writes several lines as a block, so that a person can read them."""


def _string(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


class _Choices(list[str]):
    """Several choices, written on one line."""


class _Places(dict[str, str]):
    """Where each item was put, written on one line."""


_Dumper.add_representer(str, _string)
_Dumper.add_representer(
    _Choices,
    lambda dumper, them: dumper.represent_sequence("tag:yaml.org,2002:seq", them, flow_style=True),
)
_Dumper.add_representer(
    _Places,
    lambda dumper, them: dumper.represent_mapping("tag:yaml.org,2002:map", them, flow_style=True),
)


def _written(given: Given) -> object:
    if isinstance(given, tuple):
        return _Choices(given)
    return given if isinstance(given, str) else _Places(given)


class AnswerStore:
    """Keeps answers below `folder`, as YYYY/MM/DD/<id>.yaml by the UTC day inside the id.

    quota: the most bytes of the disk that answers fill, 0 for no such limit. free_floor: bytes of
    the disk that they leave free. Safe to share by threads and programs.
    """

    def __init__(
        self,
        folder: Path,
        *,
        quota: int = 0,
        free_floor: int = 0,
        disk: FileSystem | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._folder = folder
        self._quota = quota
        self._free_floor = free_floor
        self._disk: FileSystem = disk or RealFileSystem()
        self._now = now
        self._lock = threading.Lock()
        self._safe_folders: set[Path] = set()
        self._used: int | None = None
        self._counted = 0.0  # when, by the clock that only goes forward

    @property
    def folder(self) -> Path:
        """Where the answers are."""
        return self._folder

    def path(self, answer: Answer) -> Path:
        """Where this answer is kept."""
        return self._path(answer.id)

    def save(self, answer: Answer) -> bool:
        """Return True once the answer is safe on disk, False when its id was there already.

        The first one stays, and it is made safe too; one that was deleted stays deleted.
        AnswerNotSaved when the disk says no, RecordingMissing when a voice is not there yet.
        """
        with self._told_plainly():
            return self._save(answer)

    def save_recording(self, answer: Ulid, name: str, data: bytes) -> bool:
        """Keep a recorded voice, before the answer that names it; like `save`.

        name: one of `recording_names`. It is swept an hour later when no answer came.
        """
        with self._told_plainly():
            folder = self._path(answer).parent
            if self._is_there(self._tombstone(answer)):
                return False
            self._make_safe(folder)
            self._room(folder, len(data))
            return self._put(folder / name, data)

    def has(self, answer: Ulid) -> bool:
        """Whether this answer is safe on disk already, or was deleted: it may be acknowledged."""
        with self._told_plainly():
            return self._is_there(self._tombstone(answer)) or self._is_safe(self._path(answer))

    def has_recording(self, answer: Ulid, name: str) -> bool:
        """Whether this recorded voice is safe on disk already."""
        with self._told_plainly():
            return self._is_safe(self._path(answer).with_name(name))

    def delete(self, answer: Ulid) -> bool:
        """Take an answer and its recorded voices away for ever; False when it was not here.

        What stays is a tombstone with the id and the day: it outlives everything, and keeps the
        same answer from being stored again. AnswerNotSaved when the disk says no.
        """
        with self._told_plainly("It is not deleted yet. Please try again."):
            tombstone = self._tombstone(answer)
            if not self._files_of(answer) and not self._is_there(tombstone):
                return False
            text = f"format: {FORMAT}\nid: {answer}\ndeleted: {self._now():%Y-%m-%d}\n"
            self._make_safe(tombstone.parent)
            self._put(tombstone, text.encode())
            found = self._files_of(answer)
            self._take_away(found)
            return bool(found)

    def purge(self, answer: Ulid) -> None:
        """Take an answer and its recorded voices away because of its age, without a tombstone."""
        with self._told_plainly("It is not deleted yet. Please try again."):
            # The answer first: a voice without one is swept, an answer without one is broken.
            self._take_away(sorted(self._files_of(answer), key=lambda one: one.suffix != ".yaml"))

    def can_save(self) -> bool:
        """Whether a small file can be written and linked here now."""
        try:
            with self._told_plainly():
                self._make_safe(self._folder)
                self._room(self._folder, 1)
                probe, used = self._folder / f"{TEMPORARY}{secrets.token_hex(8)}", self._used
                self._put(probe, b"ready\n")
                self._disk.unlink(probe)
                self._used = used
        except AnswerNotSaved:
            return False
        return True

    def sweep(self) -> int:
        """Take away what a run that died has left behind; return how many files.

        These are temporary files and voices without an answer that are older than an hour, and
        what stayed of an answer that was being deleted.
        """
        old = time.time() - _LEFTOVER_SECONDS
        swept = 0
        with contextlib.suppress(OSError):  # its writer, or another sweep, came first
            deleted = deleted_ids(self._folder)
            days, _ = find_days(self._folder)
            for folder in (self._folder, self._folder / DELETED, *map(self._folder.joinpath, days)):
                for name in self._leftovers(folder, deleted, old):
                    with self._lock, contextlib.suppress(OSError):
                        owner = voice_id(name)
                        # Its answer may have come since we looked.
                        if owner in deleted or not self._is_there(folder / f"{owner}.yaml"):
                            self._disk.unlink(folder / name)
                            swept += 1
        return swept

    def _leftovers(self, folder: Path, deleted: frozenset[str], old: float) -> list[str]:
        """Return the names in one folder that a sweep takes away."""
        try:
            names = {entry.name: entry for entry in os.scandir(folder)}
        except FileNotFoundError:
            return []
        found = []
        for name, entry in names.items():
            owner = answer_id(name) or voice_id(name)
            if owner in deleted and folder.name != DELETED:
                found.append(name)
            elif name.startswith(TEMPORARY) or (
                voice_id(name) is not None and f"{owner}.yaml" not in names
            ):
                with contextlib.suppress(FileNotFoundError):
                    if entry.stat(follow_symlinks=False).st_mtime < old:
                        found.append(name)
        return found

    @contextlib.contextmanager
    def _told_plainly(self, said: str = _NOT_SAVED) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except OSError as error:
                self._safe_folders.clear()  # somebody may have taken the folders away
                raise AnswerNotSaved(said) from error

    def _path(self, answer: Ulid) -> Path:
        return (
            self._folder
            / f"{answer.day:%Y}"
            / f"{answer.day:%m}"
            / f"{answer.day:%d}"
            / f"{answer}.yaml"
        )

    def _tombstone(self, answer: Ulid) -> Path:
        return self._folder / DELETED / f"{answer}.yaml"

    def _save(self, answer: Answer) -> bool:
        path, tombstone = self._path(answer.id), self._tombstone(answer.id)
        if self._is_there(tombstone):
            return False
        self._make_safe(path.parent)
        data = self._text(answer)
        try:
            self._room(path.parent, len(data))
            self._recordings(answer, path.parent)
        except (AnswerNotSaved, RecordingMissing):
            if self._is_safe(path):
                return False
            raise
        new = self._put(path, data)
        if new and self._is_there(tombstone):  # somebody deleted it at this very moment
            self._take_away(self._files_of(answer.id))
            return False
        try:
            self._recordings(answer, path.parent)
        except RecordingMissing:  # another program has swept it at this very moment
            if new:
                self._take_away([path])
            raise
        return new

    def _recordings(self, answer: Answer, folder: Path) -> None:
        """Raise RecordingMissing when a voice that the answer names is not here; make it safe."""
        for question, name in answer.voices.items():
            if not self._is_there(folder / name):
                raise RecordingMissing(question)
        if answer.voices:
            self._disk.sync_folder(folder)

    def _files_of(self, answer: Ulid) -> list[Path]:
        """Return the file of an answer and those of its voices, as far as they are here."""
        folder = self._path(answer).parent
        names = self._disk.names(folder)
        return sorted(
            folder / one for one in names if str(answer) in (answer_id(one), voice_id(one))
        )

    def _take_away(self, files: list[Path]) -> None:
        for file in files:
            with contextlib.suppress(FileNotFoundError):
                self._disk.unlink(file)
        if files:
            self._disk.sync_folder(files[0].parent)
        self._used = None

    def _is_safe(self, path: Path) -> bool:
        """Tell whether a file is here, and make it safe: another may be writing it just now."""
        if not self._is_there(path):
            return False
        self._make_safe(path.parent)
        self._disk.sync_folder(path.parent)
        return True

    def _is_there(self, path: Path) -> bool:
        try:
            self._disk.read(path, 1)
        except (FileNotFoundError, NotADirectoryError):
            return False
        return True

    def _room(self, folder: Path, size: int) -> None:
        """Raise AnswerNotSaved when a file of this size has no place."""
        if self._disk.free_bytes(folder) - filled(size) < self._free_floor:
            raise AnswerNotSaved(_NOT_SAVED)
        if not self._quota:
            return
        for _ in range(2):
            now = time.monotonic()
            if self._used is None or now - self._counted >= _COUNT_SECONDS:
                self._used, self._counted = self._disk.used_bytes(self._folder), now
            if self._used + filled(size) <= self._quota:
                return
            if now - self._counted < _RECOUNT_SECONDS:
                break
            self._used = None  # answers may have been purged meanwhile
        raise AnswerNotSaved(_NOT_SAVED)

    def _put(self, path: Path, data: bytes) -> bool:
        """Give `data` this name, for good; False when the name is taken. Its folder is safe."""
        temporary = self._write(path.parent, data)
        try:
            self._disk.link(temporary, path)
            new = True
        except FileExistsError:
            new = False
        finally:
            self._disk.unlink(temporary)
        self._disk.sync_folder(path.parent)
        if new and self._used is not None:
            self._used += filled(len(data))
        return new

    def _write(self, folder: Path, data: bytes) -> Path:
        temporary = folder / f"{TEMPORARY}{secrets.token_hex(8)}"
        handle = self._disk.create(temporary)
        try:
            try:
                self._disk.write(handle, data)
                self._disk.sync(handle)
            finally:
                self._disk.close(handle)
        except OSError:
            self._disk.unlink(temporary)
            raise
        return temporary

    def _make_safe(self, folder: Path) -> None:
        """Make a folder and everything above it, so that it outlives a power cut."""
        if folder in self._safe_folders:
            return
        if folder == folder.parent:
            return
        self._make_safe(folder.parent)
        self._disk.make_folder(folder)
        try:
            self._disk.sync_folder(folder.parent)
        except OSError as error:
            far_above = self._folder.parent.is_relative_to(folder)
            if not (far_above and error.errno in _NOT_OURS):
                raise
        self._safe_folders.add(folder)

    def _text(self, answer: Answer) -> bytes:
        told: dict[str, object] = {
            "format": FORMAT,
            "id": str(answer.id),
            "survey": answer.survey,
            "page": answer.page,
            "language": answer.language,
            "made": answer.id.made.isoformat(timespec="milliseconds"),
            "received": self._now().isoformat(timespec="seconds"),
            "answers": {name: _written(given) for name, given in answer.answers.items()},
        }
        if answer.cleaned:
            told["cleaned"] = _Choices(answer.cleaned)
        if answer.marked:
            told["marked"] = answer.marked
        text = yaml.dump(told, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
        return str(text).encode()
