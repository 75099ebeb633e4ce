"""Writes a file that holds what people said: only its owner may read it."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from kiosk.errors import FeedbackError


@contextlib.contextmanager
def private_file(path: Path, *, replace: bool = True) -> Iterator[IO[bytes]]:
    """Give a file to write; it takes its name only when everything is safely on disk.

    replace: an older file of this name makes room; otherwise it stays, and FeedbackError is raised.
    FeedbackError also when the disk says no; nothing is left then.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            with os.fdopen(handle, "w+b") as file:
                yield file
                file.flush()
                os.fsync(handle)
            if replace:
                temporary.replace(path)
            else:
                os.link(temporary, path)  # never overwrites
        finally:
            with contextlib.suppress(FileNotFoundError):
                temporary.unlink()
        _sync_folder(path.parent)
    except FileExistsError:
        raise FeedbackError(f"{path} is there already. Give another name.") from None
    except OSError as error:
        raise FeedbackError(f"I cannot write {path}: {error.strerror or error}.") from error


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
