"""The record of an answer: as it goes to its file, comes back from it, and stands in a table.

A file says its format in its first line. `FORMATS` knows every format that was ever written, and
an answer that was kept years ago is read by the format of its time. So raising the format is: a
new line in `FORMATS`, what it writes here, and an example of it in `tests/feedback/data/formats`.
A file of a format that is not in `FORMATS` stays as it is until a newer kiosk reads it.

What comes from a file is parsed behind the guard of `kiosk.located`: no aliases, no tags, no equal
keys, and limits for size, depth and number of values. Every value stays text: `no`, `012` and
`12:30` are what the person wrote.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict

from kiosk.errors import ContentError
from kiosk.feedback.answer.answer import Answer
from kiosk.feedback.answer.aside import SetAside
from kiosk.feedback.answer.sent import Given, Sent
from kiosk.feedback.answer.ulid import parse
from kiosk.feedback.answer.written import Choices, ItemPlaces, text_of
from kiosk.located import Located, Mistake, parse_yaml, validate


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it was kept.

    made: by the clock of the person's screen; received: by the kiosk's own. answers: question ->
    the words or the one choice, several choices, or item -> place. marked: why it is not counted
    ("bashing", "flood"), or "". cleaned: the kinds of contact details taken out of the words.
    complete: False when the person left before the end. came: "web" from a copy of the site on the
    web, "" from a screen of the kiosk.
    """

    id: str
    survey: str
    page: str
    language: str
    made: datetime
    received: datetime
    answers: Mapping[str, Given]
    marked: str = ""
    cleaned: tuple[str, ...] = ()
    complete: bool = True
    came: str = ""


_FIELDS = tuple(one.name for one in fields(KeptAnswer))


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
    """What format 1 has of every answer."""

    format: str
    id: str
    survey: str
    page: str
    language: str
    received: Annotated[datetime, BeforeValidator(_moment)]
    answers: dict[str, Annotated[Given, BeforeValidator(_value)]]
    cleaned: tuple[str, ...] = ()
    marked: str = ""
    complete: bool = True
    came: str = ""


class AnswerFile(_Either):
    """The file of an answer, in format 1; a later format is one with its own `kept`."""

    # A key that a later kiosk adds is no reason to leave a person's answer out.
    model_config = ConfigDict(frozen=True, extra="ignore")
    made: Annotated[datetime, BeforeValidator(_moment)]

    def kept(self) -> KeptAnswer:
        """Return what the file says, as all of the program knows it."""
        return KeptAnswer(**{name: getattr(self, name) for name in _FIELDS})


class AsideFile(_Either):
    """The file of an answer that is set aside, in format 1; what is not known comes as text."""

    model_config = ConfigDict(frozen=True, extra="allow")
    reason: str

    def kept(self) -> SetAside:
        """Return what the file says. ValueError when its id is none."""
        sent = Sent(
            parse(self.id),
            self.survey,
            self.page,
            self.language,
            self.answers,
            complete=self.complete,
            more=dict(self.model_extra or {}),
        )
        return SetAside(sent, self.reason, self.received, self.cleaned, self.marked, self.came)


@dataclass(frozen=True, slots=True)
class Format:
    """How the two kinds of files are read in one format."""

    answer: type[AnswerFile]
    aside: type[AsideFile]


FORMATS: dict[int, Format] = {1: Format(AnswerFile, AsideFile)}
"""Every format that was ever written. None is taken away: there are answers in it somewhere."""

FORMAT = 1
"""The format in which answers are written now."""

_FIRST_LINE = re.compile(rb"format: '?([1-9][0-9]{0,8})'?\n")
_MARK = re.compile(rb"^marked: ", re.MULTILINE)  # a person's own words never begin a line

F = TypeVar("F", bound=_Either)


def answer_text(answer: Answer, received: datetime) -> bytes:
    """Return the file of an answer."""
    told: dict[str, object] = {
        "format": FORMAT,
        "id": str(answer.id),
        "survey": answer.survey,
        "page": answer.page,
        "language": answer.language,
        "made": answer.id.made.isoformat(timespec="milliseconds"),
        "received": received.isoformat(timespec="seconds"),
        "answers": _answers(answer.answers),
    }
    told |= _marks(answer.complete, answer.cleaned, answer.marked, answer.came)
    if answer.was:
        told["was"] = answer.was
    return text_of(told)


def aside_text(one: SetAside) -> bytes:
    """Return the file of an answer that is set aside."""
    sent = one.sent
    told: dict[str, object] = {
        "format": FORMAT,
        "id": str(sent.id),
        "received": one.received.isoformat(timespec="seconds"),
        "reason": one.reason,
        "survey": sent.survey,
        "page": sent.page,
        "language": sent.language,
        "answers": _answers(sent.answers),
    }
    marks = _marks(sent.complete, one.cleaned, one.marked, one.came)
    return text_of(told | marks | dict(sent.more))


def _answers(answers: Mapping[str, Given]) -> dict[str, object]:
    return {name: _given(given) for name, given in answers.items()}


def _given(given: Given) -> object:
    if isinstance(given, tuple):
        return Choices(given)
    return given if isinstance(given, str) else ItemPlaces(given)


def _marks(complete: bool, cleaned: tuple[str, ...], marked: str, came: str) -> dict[str, object]:
    told: dict[str, object] = {}
    if not complete:
        told["complete"] = False
    if cleaned:
        told["cleaned"] = Choices(cleaned)
    if marked:
        told["marked"] = marked
    if came:
        told["came"] = came
    return told


def answer_of(data: bytes, shown: Path) -> KeptAnswer:
    """Return the answer in a file, or raise ContentError with the first thing that is wrong.

    shown: its path, for messages.
    """
    node, kinds = _opened(data, shown)
    return _checked(kinds.answer, node, shown).kept()


def aside_of(data: bytes, shown: Path) -> SetAside:
    """Return the answer in a file that was set aside; like `answer_of`."""
    node, kinds = _opened(data, shown)
    try:
        return _checked(kinds.aside, node, shown).kept()
    except ValueError as error:
        raise ContentError(shown, 1, str(error)) from None


def _opened(data: bytes, shown: Path) -> tuple[Located, Format]:
    """Return what a file says, and the format in which it says it."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ContentError(shown, line, "There is a letter here that is not UTF-8.") from None
    node = parse_yaml(text, shown=shown)
    said = node.value.get("format") if isinstance(node.value, dict) else None
    if said is None:
        return node, FORMATS[FORMAT]  # which will say what is missing
    for number, kinds in FORMATS.items():
        if said.value == str(number):
            return node, kinds
    known = ", ".join(map(str, FORMATS))
    raise ContentError(
        shown,
        said.line,
        f'This answer has the format "{str(said.value)[:20]}", and I know only {known}.',
        "Was it written by a newer kiosk? It stays as it is: update this kiosk to read it.",
    )


def _checked(model: type[F], node: Located, shown: Path) -> F:
    try:
        return validate(model, node, shown=shown, name="This answer")
    except ExceptionGroup as errors:
        first = errors.exceptions[0]
        assert isinstance(first, ContentError)  # noqa: S101 - `validate` raises no other
        raise first from None


def is_marked(data: bytes) -> bool:
    """Tell whether a file is of an answer that is marked, without reading all that it says.

    Not of one in a format that is not known here: nobody can tell what it says.
    """
    first = _FIRST_LINE.match(data)
    return first is not None and int(first[1]) in FORMATS and bool(_MARK.search(data))


# As a row

COLUMNS = tuple(name for name in _FIELDS if name != "answers")
"""What a table says of each answer, beside what was answered."""


def row(one: KeptAnswer, zone: ZoneInfo) -> list[str]:
    """Return the cells of `COLUMNS` for a person; times are those of a clock in this zone."""
    return [_cell(getattr(one, name), zone) for name in COLUMNS]


def _cell(value: object, zone: ZoneInfo) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(value) if isinstance(value, tuple) else str(value)


def as_json(one: KeptAnswer) -> dict[str, Any]:
    """Return everything as JSON has it, for another program."""
    told = {name: getattr(one, name) for name in _FIELDS}
    return told | {name: told[name].isoformat() for name in ("made", "received")}


def from_json(told: Mapping[str, Any]) -> KeptAnswer:
    """Return the answer that `as_json` told."""
    moments = {name: datetime.fromisoformat(told[name]) for name in ("made", "received")}
    answers = {name: _value(given) for name, given in told["answers"].items()}
    return KeptAnswer(**{**told, **moments, "answers": answers, "cleaned": tuple(told["cleaned"])})
