"""What a screen sends, checked against its survey. Nothing about the person is in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from kiosk.errors import AnswerRefused
from kiosk.feedback.cleaning import clean
from kiosk.feedback.recording import recording_names
from kiosk.feedback.survey import Choice, Question, Survey
from kiosk.feedback.ulid import Ulid, parse

_FIELDS = {"id", "survey", "page", "language", "visit", "answers"}
_VISIT_MAX = 100
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]")

Given = str | tuple[str, ...] | Mapping[str, str]
"""One answer: a choice or the person's own words, several choices, or item -> place."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's answer.

    answers: question id -> what was given, in the survey's order. voices: question id -> the file
    of a recorded voice, as `answers` names it too. cleaned: the kinds of contact details that were
    taken out of the words. marked: why it is not counted ("bashing"), or "".
    """

    id: Ulid
    survey: str
    page: str
    language: str
    answers: Mapping[str, Given]
    voices: Mapping[str, str] = field(default_factory=dict)
    cleaned: tuple[str, ...] = ()
    marked: str = ""


def check_answer(
    body: object,
    *,
    surveys: Mapping[str, Survey],
    pages: Collection[str],
    languages: Collection[str],
    words_max: int,
) -> Answer:
    """Return the answer in a request's body (parsed JSON). AnswerRefused says why it is none.

    words_max: the most characters that a person's own words may have.
    """
    if not isinstance(body, dict):
        raise AnswerRefused("An answer must be a JSON object.")
    unknown = sorted(set(body) - _FIELDS)
    if unknown:
        raise AnswerRefused(f'An answer has no "{unknown[0]}".')
    try:
        ulid = parse(body.get("id"))
    except ValueError as error:
        raise AnswerRefused(str(error)) from None
    survey = surveys.get(_text(body, "survey"))
    if survey is None:
        raise AnswerRefused("There is no such survey.")
    page, language = _text(body, "page"), _text(body, "language")
    if page not in pages:
        raise AnswerRefused("There is no such page.")
    if language not in languages:
        raise AnswerRefused("There is no such language.")
    visit = body.get("visit", "")
    if not isinstance(visit, str) or len(visit) > _VISIT_MAX:
        raise AnswerRefused('"visit" must be a short text.')
    given = body.get("answers")
    if not isinstance(given, dict):
        raise AnswerRefused('"answers" is missing.')
    if set(given) - {question.id for question in survey.questions}:
        raise AnswerRefused("The survey does not ask that.")
    answers = {}
    for question in survey.questions:
        if question.id in given:
            one = _CHECKS[question.kind](question, given[question.id], ulid, words_max)
            if one:
                answers[question.id] = one
    if not answers:
        raise AnswerRefused("Nothing was answered.")
    kinds = {question.id: question.kind for question in survey.questions}
    voices = {name: str(one) for name, one in answers.items() if kinds[name] == "voice"}
    cleaned: dict[str, None] = {}
    for name, one in answers.items():
        if kinds[name] == "words":
            answers[name], found = clean(str(one))
            cleaned |= dict.fromkeys(found)
    return Answer(ulid, survey.id, page, language, answers, voices, tuple(cleaned))


def _text(body: dict[str, object], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise AnswerRefused(f'"{name}" is missing.')
    return value


def _choice(question: Question, value: object, *_: object) -> Given:
    if question.most > 1:
        return _choices(question, value)
    if not isinstance(value, str):
        raise AnswerRefused(f'The answer to "{question.id}" must be text.')
    return _known(value, question.choices)


def _choices(question: Question, value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise AnswerRefused(f'The answer to "{question.id}" must be a list.')
    chosen = {_known(one, question.choices) for one in value}
    if len(chosen) > question.most or len(value) != len(chosen):
        raise AnswerRefused(f"Choose {question.most} or fewer.")
    return tuple(one.id for one in question.choices if one.id in chosen)


def _placed(question: Question, value: object, *_: object) -> Given:
    if not isinstance(value, dict):
        raise AnswerRefused(f'The answer to "{question.id}" must say where each picture is.')
    placed = {_known(item, question.items): place for item, place in value.items()}
    return {
        item.id: _known(placed[item.id], question.choices)
        for item in question.items
        if item.id in placed
    }


def _known(value: object, choices: tuple[Choice, ...]) -> str:
    for one in choices:
        if one.id == value:
            return one.id
    raise AnswerRefused("That is not one of the answers.")


def _words(question: Question, value: object, _: Ulid, words_max: int) -> Given:
    if not isinstance(value, str):
        raise AnswerRefused(f'The answer to "{question.id}" must be text.')
    words = _CONTROLS.sub("", _LINE_END.sub("\n", value)).strip()
    if len(words) > words_max:
        raise AnswerRefused(f"Your words are too long. Use {words_max} letters or fewer.")
    if all(unicodedata.category(letter) in _INVISIBLE for letter in words):
        return ""
    return words


def _voice(question: Question, value: object, ulid: Ulid, _: int) -> Given:
    if value == "":
        return ""
    for name in recording_names(ulid, question.id):
        if value == name:
            return name
    raise AnswerRefused("That is not the name of a recorded voice of this answer.")


_CHECKS: Mapping[str, Callable[[Question, object, Ulid, int], Given]] = {
    "faces-5": _choice,
    "faces-3": _choice,
    "yes-no": _choice,
    "pictures": _choice,
    "scale": _placed,
    "words": _words,
    "voice": _voice,
}
