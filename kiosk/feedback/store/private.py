"""Writes a file that holds what people said: only its owner may read it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from kiosk.errors import FeedbackError
from kiosk.files import durable_file


@contextlib.contextmanager
def private_file(path: Path, *, replace: bool = True) -> Iterator[IO[bytes]]:
    """Give a file to write; it takes its name only when everything is safely on disk.

    replace: an older file of this name makes room; otherwise it stays, and FeedbackError is raised.
    FeedbackError also when the disk says no; nothing is left then.
    """
    try:
        with durable_file(path, replace=replace) as file:
            yield file
    except FileExistsError:
        raise FeedbackError(f"{path} is there already. Give another name.") from None
    except OSError as error:
        raise FeedbackError(f"I cannot write {path}: {error.strerror or error}.") from error
