"""What an action is, and the lock that those share that write."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

from kiosk.config import Site
from kiosk.errors import PageNotSaved
from kiosk.files import PRIVATE

Done = TypeVar("Done", covariant=True)


class Action(Protocol[Done]):
    """Something that staff do to a site."""

    def check(self) -> object:
        """Raise a KioskError when it cannot be done as things are; nothing is changed."""
        ...

    def execute(self) -> Done:
        """Do it, whole or not at all; raise what `check` raises."""
        ...


@contextmanager
def alone(site: Site) -> Iterator[None]:
    """Let no other action of this site write meanwhile, in whatever process it runs."""
    try:
        site.data.mkdir(parents=True, exist_ok=True)
        handle = os.open(site.data / ".writing", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE)
    except OSError as error:
        raise PageNotSaved(
            f"I cannot use the folder {site.data}: {error.strerror}. Nothing was saved."
        ) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
