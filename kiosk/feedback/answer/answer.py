"""What was sent, checked against the surveys of the site. Nothing about the person is in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from kiosk.errors import AnswerUnexpected
from kiosk.feedback.answer.cleaning import clean
from kiosk.feedback.answer.recording import recording_names
from kiosk.feedback.answer.sent import Given, Sent
from kiosk.feedback.answer.ulid import Ulid
from kiosk.feedback.survey.survey import Choice, Question, Survey


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's answer.

    answers: question id -> what was given, in the survey's order. voices: question id -> the file
    of a recorded voice, as `answers` names it too. cleaned: the kinds of contact details that were
    taken out of the words. marked: why it is not counted ("bashing"), or "". complete: False when
    the person left before the end. was: the id under which it came, when that was of a wrong clock.
    """

    id: Ulid
    survey: str
    page: str
    language: str
    answers: Mapping[str, Given]
    voices: Mapping[str, str] = field(default_factory=dict)
    cleaned: tuple[str, ...] = ()
    marked: str = ""
    complete: bool = True
    was: str = ""


def check_answer(
    sent: Sent,
    *,
    surveys: Mapping[str, Survey],
    pages: Collection[str],
    languages: Collection[str],
    words_max: int,
) -> Answer:
    """Return the answer that was sent. AnswerUnexpected when it does not fit what is asked now.

    words_max: the most characters that a person's own words may have.
    """
    if sent.more:
        raise AnswerUnexpected("field")
    survey = surveys.get(sent.survey)
    if survey is None:
        raise AnswerUnexpected("survey")
    if sent.page not in pages:
        raise AnswerUnexpected("page")
    if sent.language not in languages:
        raise AnswerUnexpected("language")
    if set(sent.answers) - {question.id for question in survey.questions}:
        raise AnswerUnexpected("question")
    answers = {}
    for question in survey.questions:
        given = sent.answers.get(question.id)
        if given:
            answers[question.id] = _CHECKS[question.kind](question, given, sent.id, words_max)
    kinds = {question.id: question.kind for question in survey.questions}
    voices = {name: str(one) for name, one in answers.items() if kinds[name] == "voice"}
    cleaned: dict[str, None] = {}
    for name, one in answers.items():
        if kinds[name] == "words":
            answers[name], found = clean(str(one))
            cleaned |= dict.fromkeys(found)
    return Answer(
        sent.id,
        survey.id,
        sent.page,
        sent.language,
        answers,
        voices,
        tuple(cleaned),
        complete=sent.complete,
    )


def _choice(question: Question, value: Given, *_: object) -> Given:
    if question.most > 1:
        return _choices(question, value)
    return _known(value, question.choices)


def _choices(question: Question, value: Given) -> tuple[str, ...]:
    if not isinstance(value, tuple):
        raise AnswerUnexpected("choice")
    chosen = {_known(one, question.choices) for one in value}
    if len(chosen) > question.most or len(value) != len(chosen):
        raise AnswerUnexpected("choice")
    return tuple(one.id for one in question.choices if one.id in chosen)


def _placed(question: Question, value: Given, *_: object) -> Given:
    if not isinstance(value, Mapping):
        raise AnswerUnexpected("choice")
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
    raise AnswerUnexpected("choice")


def _words(_: Question, value: Given, __: Ulid, words_max: int) -> Given:
    if not isinstance(value, str):
        raise AnswerUnexpected("choice")
    if len(value) > words_max:
        raise AnswerUnexpected("words")
    return value


def _voice(question: Question, value: Given, ulid: Ulid, _: int) -> Given:
    for name in recording_names(ulid, question.id):
        if value == name:
            return name
    raise AnswerUnexpected("voice")


_CHECKS: Mapping[str, Callable[[Question, Given, Ulid, int], Given]] = {
    "faces-5": _choice,
    "faces-3": _choice,
    "yes-no": _choice,
    "pictures": _choice,
    "scale": _placed,
    "words": _words,
    "voice": _voice,
}
