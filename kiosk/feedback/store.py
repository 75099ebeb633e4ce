"""Where answers are kept: one YAML file each, and never lost once "saved" was said.

An answer is written to a temporary file, synced, linked to its name (a link never overwrites), and
the folder is synced; so is the parent of every folder on the way, once for each run of the program,
because a folder that is there may come from a run that died before it was safe.
"""

from __future__ import annotations

import contextlib
import errno
import secrets
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import yaml

from kiosk.errors import AnswerNotSaved
from kiosk.feedback.answer import Answer, Given
from kiosk.feedback.files import FileSystem, RealFileSystem

FORMAT = 1
_TEMPORARY = ".tmp-"
_LEFTOVER_SECONDS = 3600
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

    free_floor: bytes of the disk that answers leave free. Safe to share by threads and programs.
    """

    def __init__(
        self,
        folder: Path,
        *,
        free_floor: int = 0,
        disk: FileSystem | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._folder = folder
        self._free_floor = free_floor
        self._disk: FileSystem = disk or RealFileSystem()
        self._now = now
        self._lock = threading.Lock()
        self._safe_folders: set[Path] = set()

    def path(self, answer: Answer) -> Path:
        """Where this answer is kept."""
        day = answer.id.day
        return self._folder / f"{day:%Y}" / f"{day:%m}" / f"{day:%d}" / f"{answer.id}.yaml"

    def save(self, answer: Answer) -> bool:
        """Return True once the answer is safe on disk, False when its id was there already.

        The first one stays, and it is made safe too. AnswerNotSaved when the disk says no.
        """
        with self._lock:
            try:
                return self._save(answer)
            except OSError as error:
                self._safe_folders.clear()  # somebody may have taken the folders away
                raise AnswerNotSaved(_NOT_SAVED) from error

    def can_save(self) -> bool:
        """Whether a small file can be written here now."""
        with self._lock:
            try:
                self._make_safe(self._folder)
                self._room(self._folder)
                self._disk.unlink(self._write(self._folder, b"ready\n"))
            except (OSError, AnswerNotSaved):
                self._safe_folders.clear()
                return False
            return True

    def sweep(self) -> int:
        """Take away temporary files that are older than an hour; return how many."""
        old = time.time() - _LEFTOVER_SECONDS
        swept = 0
        for path in list(self._folder.rglob(f"{_TEMPORARY}*")):
            with contextlib.suppress(OSError):  # its writer, or another sweep, came first
                if path.stat().st_mtime < old:
                    path.unlink()
                    swept += 1
        return swept

    def _save(self, answer: Answer) -> bool:
        path = self.path(answer)
        self._make_safe(path.parent)
        try:
            self._room(path.parent)
        except AnswerNotSaved:
            if not self._is_there(path):
                raise
            self._disk.sync_folder(path.parent)
            return False
        temporary = self._write(path.parent, self._text(answer))
        try:
            self._disk.link(temporary, path)
            new = True
        except FileExistsError:
            new = False
        finally:
            self._disk.unlink(temporary)
        self._disk.sync_folder(path.parent)
        return new

    def _is_there(self, path: Path) -> bool:
        try:
            self._disk.read(path, 1)
        except FileNotFoundError:
            return False
        return True

    def _room(self, folder: Path) -> None:
        if self._disk.free_bytes(folder) < self._free_floor:
            raise AnswerNotSaved(_NOT_SAVED)

    def _write(self, folder: Path, data: bytes) -> Path:
        temporary = folder / f"{_TEMPORARY}{secrets.token_hex(8)}"
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
        told = {
            "format": FORMAT,
            "id": str(answer.id),
            "survey": answer.survey,
            "page": answer.page,
            "language": answer.language,
            "made": answer.id.made.isoformat(timespec="milliseconds"),
            "received": self._now().isoformat(timespec="seconds"),
            "answers": {name: _written(given) for name, given in answer.answers.items()},
        }
        text = yaml.dump(told, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
        return str(text).encode()
