"""Words of one's own, written with the letters on the screen or on any keyboard."""

from __future__ import annotations

from kiosk.errors import AnswerUnexpected
from kiosk.feedback.survey.kind import Bounds, Kind, no_answers
from kiosk.feedback.survey.question import Given, Question


def _check(_: Question, value: Given, bounds: Bounds) -> Given:
    if not isinstance(value, str):
        raise AnswerUnexpected("choice")
    if len(value) > bounds.words_max:
        raise AnswerUnexpected("words")
    return value


KINDS = (
    Kind(
        "words",
        control="letters",
        please="write",
        mistakes=no_answers,
        check=_check,
        gives="words",
    ),
)
