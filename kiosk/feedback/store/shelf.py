"""Where each file of the answers stands, and how to look there without trusting what is found.

```
data/feedback/2026/11/24/ID.yaml              an answer, in the folder of the day inside its id
data/feedback/2026/11/24/ID.QUESTION.mp3      a recorded voice, beside its answer
data/feedback/set-aside/ID.yaml               an answer that does not fit what is asked now
data/feedback/set-aside/ID.QUESTION.mp3       a recorded voice whose id has no day: a wrong clock
data/feedback/taken-in/ID.yaml                such an answer was taken in, with an id of a right day
data/feedback/deleted/ID.yaml                 the tombstone of an answer that was deleted
```

The voices of an answer that is set aside stand in the folder of their day, or beside it.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.config import Site
from kiosk.errors import ContentError
from kiosk.feedback.answer.recording import voice_id
from kiosk.feedback.answer.ulid import PATTERN
from kiosk.feedback.store.notes import MOST_BYTES, taken_in_as
from kiosk.files import Stamp, stamp

DELETED = "deleted"
ASIDE = "set-aside"
TAKEN_IN = "taken-in"
TEMPORARY = ".tmp-"
MAX_ANSWER_BYTES = 2_097_152
MAX_VOICE_BYTES = 33_554_432

_ANSWER = re.compile(rf"({PATTERN})\.yaml")
_DAY_PARTS = (re.compile("[0-9]{4}"), re.compile("[0-9]{2}"), re.compile("[0-9]{2}"))


@dataclass(slots=True)
class DayFiles:
    """The files of one day. answers: id -> stamp. others: names of what does not belong here."""

    answers: dict[str, Stamp] = field(default_factory=dict)
    voices: dict[str, Stamp] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)


def folder_of(site: Site) -> Path:
    """Return the folder of a site's answers; it may not be there yet."""
    return site.data / "feedback"


def answer_id(name: str) -> str | None:
    """Return the id in the name of an answer's file; None when it is no such name."""
    found = _ANSWER.fullmatch(name)
    return found[1] if found else None


def find_days(folder: Path) -> tuple[dict[str, int], list[str]]:
    """Return "YYYY/MM/DD" -> time of change (ns) of each day's folder, and what does not belong.

    A link is never followed. OSError when a folder cannot be looked into.
    """
    days: dict[str, int] = {}
    others: list[str] = []
    at = [("", 0)]
    while at:
        above, depth = at.pop()
        for entry in _entries(folder / above):
            name = f"{above}{entry.name}"
            if depth == 0 and entry.name in (DELETED, ASIDE, TAKEN_IN):
                continue
            if not entry.is_dir(follow_symlinks=False) or not _DAY_PARTS[depth].fullmatch(
                entry.name
            ):
                if not entry.name.startswith(TEMPORARY):
                    others.append(name)
            elif depth < 2:
                at.append((f"{name}/", depth + 1))
            else:
                days[name] = entry.stat(follow_symlinks=False).st_mtime_ns
    return dict(sorted(days.items())), sorted(others)


def list_day(folder: Path) -> DayFiles:
    """Return the files of a day's folder; those that are still being written are passed over."""
    day = DayFiles()
    for entry in _entries(folder):
        if entry.name.startswith(TEMPORARY):
            continue
        try:
            facts = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            continue  # deleted while we look
        found = answer_id(entry.name)
        if not stat.S_ISREG(facts.st_mode):
            day.others.append(entry.name)
        elif found is not None:
            day.answers[found] = stamp(facts)
        elif voice_id(entry.name) is not None:
            day.voices[entry.name] = stamp(facts)
        else:
            day.others.append(entry.name)
    return day


def deleted_ids(folder: Path) -> frozenset[str]:
    """Return the ids of all answers that were deleted."""
    stones = set(_ids(folder / DELETED))
    for one in stones.intersection(_ids(folder / TAKEN_IN)):
        # It was deleted at the very moment when it was taken in with another id.
        note = folder / TAKEN_IN / f"{one}.yaml"
        with contextlib.suppress(ContentError):
            stones.add(taken_in_as(read_bytes(note, note, MOST_BYTES)) or one)
    return frozenset(stones)


def aside_ids(folder: Path) -> frozenset[str]:
    """Return the ids of all answers that are set aside."""
    return frozenset(_ids(folder / ASIDE))


def taken_in_ids(folder: Path) -> frozenset[str]:
    """Return the ids under which answers came that were taken in with another one."""
    return frozenset(_ids(folder / TAKEN_IN))


def _ids(folder: Path) -> Iterator[str]:
    for entry in _entries(folder):
        found = answer_id(entry.name)
        if found is not None:
            yield found


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            yield from entries
    except FileNotFoundError:
        return


def read_bytes(path: Path, shown: Path, limit: int) -> bytes:
    """Return the bytes of an ordinary file. Raises ContentError: a link, a pipe, too large, gone.

    Neither a link nor a named pipe is opened, so nothing can lead elsewhere or hold us.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise ContentError(shown, 1, "This is not an ordinary file.", "Take it away.")
            with os.fdopen(handle, "rb", closefd=False) as file:
                data = file.read(limit + 1)
        finally:
            os.close(handle)
    except FileNotFoundError:
        raise ContentError(shown, 1, "There is no such file.") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise ContentError(shown, 1, f"I cannot read this file: {reason}.") from None
    if len(data) > limit:
        raise ContentError(shown, 1, f"The file is too large: {limit // 1024} KB is the most.")
    return data
