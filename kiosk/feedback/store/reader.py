"""Reads an answer back from its file, which anything may have happened to since it was written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiosk.errors import ContentError
from kiosk.feedback.answer.aside import SetAside
from kiosk.feedback.answer.record import KeptAnswer, answer_of, aside_of
from kiosk.feedback.answer.ulid import parse
from kiosk.feedback.store.shelf import ASIDE, MAX_ANSWER_BYTES, answer_id, list_day, read_bytes


def read_answer(path: Path, shown: Path) -> KeptAnswer:
    """Return the answer in a file, or raise ContentError with the first thing that is wrong.

    shown: the path for messages.
    """
    one = answer_of(read_bytes(path, shown, MAX_ANSWER_BYTES), shown)
    _check_place(one.id, path, shown)
    return one


def read_set_aside(path: Path, shown: Path) -> SetAside:
    """Return the answer in a file that was set aside, or raise ContentError; like `read_answer`.

    What this kiosk does not know of it comes back as text.
    """
    one = aside_of(read_bytes(path, shown, MAX_ANSWER_BYTES), shown)
    _check_id(str(one.sent.id), path, shown)
    return one


def read_all_set_aside(folder: Path, shown: Path) -> Iterator[SetAside | ContentError]:
    """Yield each answer that is set aside, in the order of the ids, or why it cannot be read.

    folder: of all answers. shown: the same, for messages.
    """
    for one in sorted(list_day(folder / ASIDE).answers):
        path = folder / ASIDE / f"{one}.yaml"
        try:
            yield read_set_aside(path, shown / ASIDE / path.name)
        except ContentError as error:
            if path.exists():  # else it was taken in meanwhile
                yield error


def _check_id(found: str, path: Path, shown: Path) -> None:
    if found != answer_id(path.name):
        raise ContentError(shown, 1, "The id inside is not the one in the name of the file.")


def _check_place(found: str, path: Path, shown: Path) -> None:
    _check_id(found, path, shown)
    try:
        day = parse(found).day
    except ValueError as error:
        raise ContentError(shown, 1, str(error)) from None
    if path.parts[-4:-1] != (f"{day:%Y}", f"{day:%m}", f"{day:%d}"):
        raise ContentError(shown, 1, f"This answer belongs in the folder {day:%Y/%m/%d}.")
