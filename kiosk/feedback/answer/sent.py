"""What a screen sends, by its shape alone: whatever the surveys of the site ask now.

Who sends something of this shape loses nothing: what the surveys do not know is set aside. Only
what no screen of ours can have sent is refused.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.errors import AnswerRefused
from kiosk.feedback.answer.ulid import Ulid, parse
from kiosk.feedback.survey.question import STEM
from kiosk.feedback.survey.question import Given as Given  # whoever reads what was sent needs it

MOST_CHARACTERS = 10_000  # of one text: no site may allow longer words
MOST_VALUES = 2000
MOST_DEPTH = 5  # of a field that this kiosk does not know

_FIELDS = frozenset({"id", "survey", "page", "language", "visit", "answers", "complete"})
_OURS = frozenset(
    {"format", "received", "reason", "cleaned", "marked", "came"}
)  # in the file set aside
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
_VISIT_MAX = 100
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer as it was sent; its texts are without what cannot be seen or kept.

    answers: question id -> what was given, "" or nothing inside for a question that was skipped.
    complete: False when the person left before the end. more: fields that this kiosk does not know,
    as JSON has them.
    """

    id: Ulid
    survey: str
    page: str
    language: str
    answers: Mapping[str, Given]
    visit: str = ""
    complete: bool = True
    more: Mapping[str, object] = field(default_factory=dict)


def read_sent(body: object) -> Sent:
    """Return what is in a request's body (parsed JSON). AnswerRefused says what is malformed."""
    if not isinstance(body, dict):
        raise AnswerRefused("An answer must be a JSON object.")
    try:
        ulid = parse(body.get("id"))
    except ValueError as error:
        raise AnswerRefused(str(error)) from None
    left = _Left()
    survey, page, language = (_field(body, one, left) for one in ("survey", "page", "language"))
    visit = body.get("visit", "")
    if not isinstance(visit, str) or len(visit) > _VISIT_MAX:
        raise AnswerRefused('"visit" must be a short text.')
    complete = body.get("complete", True)
    if not isinstance(complete, bool):
        raise AnswerRefused('"complete" must be true or false.')
    sent = body.get("answers")
    if not isinstance(sent, dict):
        raise AnswerRefused('"answers" is missing.')
    answers = {_id(name): _given(name, value, left) for name, value in sent.items()}
    if not any(map(_is_answered, answers.values())):
        raise AnswerRefused("Nothing was answered.")
    more = {name: value for name, value in body.items() if name not in _FIELDS}
    if not _OURS.isdisjoint(more):
        raise AnswerRefused("An answer must not say what only the kiosk can know.")
    return Sent(ulid, survey, page, language, answers, visit, complete, _fields(more, left, 1))


class _Left:
    """Counts how many values a body may still have."""

    def __init__(self) -> None:
        self._count = MOST_VALUES

    def take(self) -> None:
        self._count -= 1
        if self._count < 0:
            raise AnswerRefused("There is too much in this answer.")


def _field(body: Mapping[str, Any], name: str, left: _Left) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise AnswerRefused(f'"{name}" is missing.')
    return _text(value, left)


def _id(name: str) -> str:
    if not STEM.fullmatch(name):
        raise AnswerRefused("An id is small letters, digits and hyphens.")
    return name


def _text(value: str, left: _Left) -> str:
    left.take()
    text = _CONTROLS.sub("", _LINE_END.sub("\n", value)).strip()
    if len(text) > MOST_CHARACTERS:
        raise AnswerRefused(f"A text is too long. Use {MOST_CHARACTERS} letters or fewer.")
    return "" if all(unicodedata.category(letter) in _INVISIBLE for letter in text) else text


def _given(question: str, value: object, left: _Left) -> Given:
    if isinstance(value, str):
        return _text(value, left)
    left.take()
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(_text(one, left) for one in value)
    if isinstance(value, dict) and all(isinstance(one, str) for one in value.values()):
        return {_id(item): _text(place, left) for item, place in value.items()}
    raise AnswerRefused(f'The answer to "{question}" must be text, or texts.')


def _is_answered(given: Given) -> bool:
    if isinstance(given, str):
        return bool(given)
    return any(given.values() if isinstance(given, Mapping) else given)


def _fields(fields: Mapping[str, object], left: _Left, depth: int) -> dict[str, object]:
    for name in fields:
        if not _NAME.fullmatch(name):
            raise AnswerRefused("The name of a field must be letters, digits and hyphens.")
    return {name: _any(value, left, depth) for name, value in fields.items()}


def _any(value: object, left: _Left, depth: int) -> object:
    """Return any value of JSON with its texts made fit to be kept."""
    if isinstance(value, str):
        return _text(value, left)
    left.take()
    if isinstance(value, dict | list):
        if depth >= MOST_DEPTH:
            raise AnswerRefused("There is too much inside each other in this answer.")
        if isinstance(value, dict):
            return _fields(value, left, depth + 1)
        return [_any(one, left, depth + 1) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise AnswerRefused("A number is too large.")
    return value
