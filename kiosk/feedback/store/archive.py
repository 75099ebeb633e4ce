"""What a backup is: a ZIP file with the answers, and a manifest of what must be in it.

```
manifest.json                      {"format": 1, "made": ..., "files": {name: {bytes, sha256}}}
2026/11/24/ID.yaml                 an answer, byte for byte
2026/11/24/ID.QUESTION.mp3         a recorded voice
set-aside/ID.yaml                  an answer that is set aside; its voice may stand beside it
taken-in/ID.yaml                   the note that such an answer was taken in with another id
deleted/ID.yaml                    a tombstone: this answer must not come back
```

Nothing in such a file is trusted: it may have been damaged, or made to do harm.
"""

from __future__ import annotations

import hashlib
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.errors import BackupRefused
from kiosk.feedback.answer.recording import voice_id
from kiosk.feedback.answer.ulid import parse
from kiosk.feedback.store import shelf

MANIFEST = "manifest.json"
MOST_FILES = 1_000_000

_MOST_MANIFEST_BYTES = 200_000_000
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    OverflowError,
)


class FileFacts(BaseModel):
    """One file of a backup."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    bytes: Annotated[int, Field(ge=0, le=shelf.MAX_VOICE_BYTES)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Manifest(BaseModel):
    """All files of a backup, by name."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    format: Literal[1] = 1
    made: str
    files: Annotated[dict[str, FileFacts], Field(max_length=MOST_FILES)]


def facts_of(data: bytes) -> FileFacts:
    """Return what the manifest says of a file."""
    return FileFacts(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())


def owner(name: str) -> str | None:
    """Return the id of the answer that a file belongs to; None when no backup has such a name."""
    folder, _, file = name.rpartition("/")
    found = shelf.answer_id(file)
    if folder in (shelf.DELETED, shelf.TAKEN_IN):
        return found
    found = found or voice_id(file)
    try:
        day = f"{parse(found).day:%Y/%m/%d}"
    except ValueError:
        return None
    return found if folder in (shelf.ASIDE, day) else None


def most_bytes(name: str) -> int:
    """Return how large a file of this name may be."""
    return shelf.MAX_ANSWER_BYTES if name.endswith(".yaml") else shelf.MAX_VOICE_BYTES


class Archive:
    """A backup that was opened and whose names and sizes are as they should be."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._zip = archive
        entries = archive.infolist()
        self._entries = {one.filename: one for one in entries}
        if len(self._entries) != len(entries):
            raise BackupRefused("This backup holds the same name twice.")
        for one in entries:
            _check_entry(one)
        self.manifest = self._manifest()
        if self._entries.keys() - {MANIFEST} != self.manifest.files.keys():
            raise BackupRefused("This backup does not hold what its list says.")
        for name, facts in self.manifest.files.items():
            if self._entries[name].file_size != facts.bytes or facts.bytes > most_bytes(name):
                raise BackupRefused(f'"{name}" in this backup does not have the size it should.')

    def read(self, name: str) -> bytes:
        """Return what a file holds; BackupRefused when it is not what the list says."""
        facts = self.manifest.files[name]
        data = self._read(name, facts.bytes)
        if facts_of(data) != facts:
            raise BackupRefused(f'"{name}" in this backup is damaged.')
        return data

    def _manifest(self) -> Manifest:
        entry = self._entries.get(MANIFEST)
        if entry is None:
            raise BackupRefused("This file is not a backup of answers.")
        if entry.file_size > _MOST_MANIFEST_BYTES:
            raise BackupRefused("The list in this backup is too long.")
        try:
            return Manifest.model_validate_json(self._read(MANIFEST, entry.file_size))
        except ValidationError:
            raise BackupRefused("I cannot read the list in this backup.") from None

    def _read(self, name: str, size: int) -> bytes:
        # One byte more than it should have: what a small file is blown up to is never held.
        with _unbroken(), self._zip.open(self._entries[name]) as file:
            data = file.read(size + 1)
        if len(data) != size:
            raise BackupRefused(f'"{name}" in this backup does not have the size it should.')
        return data


@contextmanager
def open_archive(file: Path | IO[bytes]) -> Iterator[Archive]:
    """Open a backup. Raises BackupRefused, here or while it is read, when it cannot be trusted."""
    with ExitStack() as opened:
        with _unbroken():
            archive = Archive(opened.enter_context(zipfile.ZipFile(file)))
        yield archive


@contextmanager
def _unbroken() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise BackupRefused(f"There is no file {error.filename}.") from None
    except _BROKEN as error:
        raise BackupRefused(f"I cannot read this backup: {error}.") from error


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    if name != entry.orig_filename or (name != MANIFEST and owner(name) is None):
        raise BackupRefused(f"This backup holds a file that is no answer: {name[:100]!r}.")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise BackupRefused(f'"{name}" in this backup is a link, or no ordinary file.')
    if entry.flag_bits & 0x1:
        raise BackupRefused(f'"{name}" in this backup is locked with a password.')
