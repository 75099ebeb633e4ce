"""Faces, yes and no, pictures: one choice, or of pictures some."""

from __future__ import annotations

from kiosk.errors import AnswerUnexpected
from kiosk.feedback.survey.kind import Bounds, Kind, Mistakes, Rule, answers_are, known, line_of
from kiosk.feedback.survey.question import MOST_PICTURES, Given, Question, QuestionFile
from kiosk.located import Located


def _check(question: Question, value: Given, _: Bounds) -> Given:
    return known(value, question.choices)


def _check_pictures(question: Question, value: Given, bounds: Bounds) -> Given:
    if question.most == 1:
        return _check(question, value, bounds)
    if not isinstance(value, tuple):
        raise AnswerUnexpected("choice")
    chosen = {known(one, question.choices) for one in value}
    if len(chosen) > question.most or len(value) != len(chosen):
        raise AnswerUnexpected("choice")
    return tuple(one.id for one in question.choices if one.id in chosen)


def _pictures(one: QuestionFile, place: Located) -> Mistakes:
    count = len(one.answers)
    if not 2 <= count <= MOST_PICTURES:
        problem = f'A question of the kind "pictures" has 2 to {MOST_PICTURES} answers.'
        yield line_of(place, "answers"), problem, ""
    elif one.most is not None and one.most > count:
        problem = f'"most" is {one.most}, but there are {count} answers.'
        yield place.key_lines["most"], problem, "Make it smaller."


def _one_of(name: str, rule: Rule) -> Kind:
    return Kind(name, control="choices", please="choose", mistakes=rule, check=_check)


KINDS = (
    _one_of("faces-5", answers_are("very-happy", "happy", "ok", "sad", "very-sad")),
    _one_of("faces-3", answers_are("happy", "ok", "sad")),
    _one_of("yes-no", answers_are("yes", "no", "not-sure")),
    Kind(
        "pictures",
        control="choices",
        please="choose",
        mistakes=_pictures,
        check=_check_pictures,
        keys=frozenset({"most"}),
    ),
)
