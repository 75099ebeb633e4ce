"""What a backup is: a ZIP file with the answers, and a manifest of what must be in it.

```
manifest.json                      {"format": 1, "made": ..., "files": {name: {bytes, sha256}}}
2026/11/24/ID.yaml                 an answer, byte for byte
2026/11/24/ID.QUESTION.mp3         a recorded voice
set-aside/ID.yaml                  an answer that is set aside; its voice may stand beside it
taken-in/ID.yaml                   the note that such an answer was taken in with another id
deleted/ID.yaml                    a tombstone: this answer must not come back
```

Nothing in such a file is trusted: it may have been damaged, or made to do harm. `kiosk.archive`
looks at its names and sizes first; here is what makes it a backup.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.archive import Archive, Limits, archive_in
from kiosk.errors import ArchiveRefused, BackupRefused
from kiosk.feedback.answer.recording import voice_id
from kiosk.feedback.answer.ulid import parse
from kiosk.feedback.store import shelf

MANIFEST = "manifest.json"
MOST_FILES = 1_000_000

_MOST_MANIFEST_BYTES = 200_000_000
_LIMITS = Limits(files=MOST_FILES + 1, file_bytes=_MOST_MANIFEST_BYTES, what="this backup")


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


class Backup:
    """A backup that was opened and whose names and sizes are as they should be."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        for name in (*archive.folders, *archive.names):
            if name != MANIFEST and owner(name) is None:
                raise BackupRefused(f"This backup holds a file that is no answer: {name[:100]!r}.")
        self.manifest = self._manifest()
        if set(archive.names) - {MANIFEST} != self.manifest.files.keys():
            raise BackupRefused("This backup does not hold what its list says.")
        for name, facts in self.manifest.files.items():
            if archive.size(name) != facts.bytes or facts.bytes > most_bytes(name):
                raise BackupRefused(f'"{name}" in this backup does not have the size it should.')

    def read(self, name: str) -> bytes:
        """Return what a file holds; BackupRefused when it is not what the list says."""
        with _told_plainly():
            data = self._archive.read(name)
        if facts_of(data) != self.manifest.files[name]:
            raise BackupRefused(f'"{name}" in this backup is damaged.')
        return data

    def _manifest(self) -> Manifest:
        if MANIFEST not in self._archive:
            raise BackupRefused("This file is not a backup of answers.")
        with _told_plainly():
            text = self._archive.read(MANIFEST)
        try:
            return Manifest.model_validate_json(text)
        except ValidationError:
            raise BackupRefused("I cannot read the list in this backup.") from None


@contextmanager
def open_backup(path: Path) -> Iterator[Backup]:
    """Open a backup. Raises BackupRefused, here or while it is read, when it cannot be trusted."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise BackupRefused(f"There is no file {path}.") from None
    except OSError as error:
        raise BackupRefused(f"I cannot read this backup: {error.strerror or error}.") from error
    with file:
        yield backup_in(file)


def backup_in(file: IO[bytes]) -> Backup:
    """Look into a backup that is open already, and stays so; like `open_backup`."""
    with _told_plainly():
        archive = archive_in(file, _LIMITS)
    return Backup(archive)


@contextmanager
def _told_plainly() -> Iterator[None]:
    try:
        yield
    except ArchiveRefused as error:
        raise BackupRefused(f"I cannot read this backup. {error}") from error
