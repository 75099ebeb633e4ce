"""Reads an answer back from its file, which anything may have happened to since it was written.

The file is parsed behind the guard of `kiosk.located`: no aliases, no tags, no equal keys, and
limits for size, depth and number of values. Every value stays text: `no`, `012` and `12:30` are
what the person wrote.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from kiosk.errors import ContentError
from kiosk.feedback.answer.aside import SetAside
from kiosk.feedback.answer.sent import Given, Sent
from kiosk.feedback.answer.ulid import parse
from kiosk.feedback.answer.written import FORMAT
from kiosk.feedback.store.shelf import ASIDE, MAX_ANSWER_BYTES, answer_id, list_day, read_bytes
from kiosk.located import Mistake, parse_yaml, validate


def _format(text: str) -> str:
    if text != str(FORMAT):
        raise Mistake(
            f'This answer has the format "{text}", and I know only {FORMAT}.',
            "Was it written by a newer kiosk?",
        )
    return text


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not 1970 <= moment.year < 9999:
        raise Mistake(f'"{text[:40]}" is not a time with its time zone.')
    return moment


def _value(given: object) -> object:
    # One of three shapes; a union of types would say what is wrong three times over.
    if isinstance(given, str):
        return given
    if isinstance(given, list) and all(isinstance(one, str) for one in given):
        return tuple(given)
    if isinstance(given, dict) and all(isinstance(one, str) for one in given.values()):
        return given
    raise Mistake("An answer is a text, a list of texts, or a text for each picture.")


class _Either(BaseModel):
    format: Annotated[str, AfterValidator(_format)]
    id: str
    survey: str
    page: str
    language: str
    received: Annotated[datetime, BeforeValidator(_moment)]
    answers: dict[str, Annotated[Given, BeforeValidator(_value)]]
    cleaned: tuple[str, ...] = ()
    marked: str = ""
    complete: bool = True


F = TypeVar("F", bound=_Either)


class _File(_Either):
    # A key that a later kiosk adds is no reason to leave a person's answer out.
    model_config = ConfigDict(frozen=True, extra="ignore")
    made: Annotated[datetime, BeforeValidator(_moment)]


class _AsideFile(_Either):
    model_config = ConfigDict(frozen=True, extra="allow")
    reason: str


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it was kept.

    made: by the clock of the person's screen; received: by the kiosk's own. answers: question ->
    the words or the one choice, several choices, or item -> place. cleaned: the kinds of contact
    details that were taken out of the words. marked: why it is not counted ("bashing"), or "".
    complete: False when the person left before the end.
    """

    id: str
    survey: str
    page: str
    language: str
    made: datetime
    received: datetime
    answers: Mapping[str, Given]
    cleaned: tuple[str, ...] = ()
    marked: str = ""
    complete: bool = True


def read_answer(path: Path, shown: Path) -> KeptAnswer:
    """Return the answer in a file, or raise ContentError with the first thing that is wrong.

    shown: the path for messages.
    """
    file = _read(path, shown, _File)
    _check_place(file.id, path, shown)
    return KeptAnswer(
        id=file.id,
        survey=file.survey,
        page=file.page,
        language=file.language,
        made=file.made,
        received=file.received,
        answers=file.answers,
        cleaned=file.cleaned,
        marked=file.marked,
        complete=file.complete,
    )


def read_set_aside(path: Path, shown: Path) -> SetAside:
    """Return the answer in a file that was set aside, or raise ContentError; like `read_answer`.

    What this kiosk does not know of it comes back as text.
    """
    file = _read(path, shown, _AsideFile)
    _check_id(file.id, path, shown)
    try:
        ulid = parse(file.id)
    except ValueError as error:
        raise ContentError(shown, 1, str(error)) from None
    sent = Sent(
        ulid,
        file.survey,
        file.page,
        file.language,
        file.answers,
        complete=file.complete,
        more=dict(file.model_extra or {}),
    )
    return SetAside(sent, file.reason, file.received, file.cleaned, file.marked)


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


def _read(path: Path, shown: Path, model: type[F]) -> F:
    data = read_bytes(path, shown, MAX_ANSWER_BYTES)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ContentError(shown, line, "There is a letter here that is not UTF-8.") from None
    node = parse_yaml(text, shown=shown)
    try:
        return validate(model, node, shown=shown, name="This answer")
    except ExceptionGroup as errors:
        first = errors.exceptions[0]
        assert isinstance(first, ContentError)  # noqa: S101 - `validate` raises no other
        raise first from None


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
