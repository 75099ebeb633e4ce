"""What a screen sends, checked against its survey. Nothing about the person is in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kiosk.errors import AnswerRefused
from kiosk.feedback.survey import Survey
from kiosk.feedback.ulid import Ulid, parse

_FIELDS = {"id", "survey", "page", "language", "visit", "answers"}
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's answer. answers: question id -> chosen id, or the person's own words."""

    id: Ulid
    survey: str
    page: str
    language: str
    answers: Mapping[str, str]


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
    if not isinstance(body.get("visit", ""), str):
        raise AnswerRefused('"visit" must be text.')
    given = body.get("answers")
    if not isinstance(given, dict):
        raise AnswerRefused('"answers" is missing.')
    answers = _answers(survey, given, words_max)
    return Answer(ulid, survey.id, page, language, answers)


def _text(body: dict[str, object], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise AnswerRefused(f'"{name}" is missing.')
    return value


def _answers(survey: Survey, given: dict[str, object], words_max: int) -> dict[str, str]:
    questions = {question.id: question for question in survey.questions}
    answers = {}
    for name, value in given.items():
        question = questions.get(name)
        if question is None:
            raise AnswerRefused("The survey does not ask that.")
        if not isinstance(value, str):
            raise AnswerRefused(f'The answer to "{name}" must be text.')
        if question.kind == "words":
            words = _CONTROLS.sub("", _LINE_END.sub("\n", value)).strip()
            if len(words) > words_max:
                raise AnswerRefused(f"Your words are too long. Use {words_max} letters or fewer.")
            if any(unicodedata.category(letter) not in _INVISIBLE for letter in words):
                answers[name] = words
        elif value in {choice.id for choice in question.choices}:
            answers[name] = value
        else:
            raise AnswerRefused("That is not one of the faces.")
    if not answers:
        raise AnswerRefused("Nothing was answered.")
    return answers
