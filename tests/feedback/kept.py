"""Answers in files, as the store writes them, for the tests of those who read them."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import yaml

from kiosk.feedback.answer.ulid import parse
from tests.tools.ulids import UlidMaker

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
_SEED = count(1)


def new_id(made: datetime = NOON) -> str:
    """Return an id that was made at this moment; no two are the same."""
    seed = next(_SEED)
    return str(
        UlidMaker(lambda: int(made.timestamp() * 1000), lambda bits: seed * 7919 % (1 << bits))()
    )


def path_of(folder: Path, answer_id: str) -> Path:
    """Return where an answer belongs."""
    return folder / f"{parse(answer_id).day:%Y/%m/%d}" / f"{answer_id}.yaml"


def keep(
    folder: Path,
    answers: Mapping[str, object] | None = None,
    *,
    at: datetime = NOON,
    **more: object,
) -> str:
    """Write an answer that was made and received at one moment; return its id."""
    answer_id = new_id(at)
    told = {
        "format": 1,
        "id": answer_id,
        "survey": "think",
        "page": "plan",
        "language": "en",
        "made": at.isoformat(timespec="milliseconds"),
        "received": at.isoformat(timespec="seconds"),
        "answers": dict(answers or {"feel": "happy"}),
    } | more
    write(folder, answer_id, yaml.safe_dump(told, allow_unicode=True, sort_keys=False))
    return answer_id


def write(folder: Path, answer_id: str, text: str | bytes) -> Path:
    """Write any text as the file of an answer."""
    path = path_of(folder, answer_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def age(path: Path) -> Path:
    """Make a file older than an hour, and return its path."""
    os.utime(path, (time.time() - 3700,) * 2)
    return path
