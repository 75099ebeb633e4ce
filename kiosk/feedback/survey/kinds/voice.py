"""A recorded voice; the answer names its file."""

from __future__ import annotations

from kiosk.errors import AnswerUnexpected
from kiosk.feedback.survey.kind import Bounds, Kind, no_answers
from kiosk.feedback.survey.question import Given, Question


def _check(_: Question, value: Given, bounds: Bounds) -> Given:
    for name in bounds.recordings:
        if value == name:
            return name
    raise AnswerUnexpected("voice")


KINDS = (
    Kind(
        "voice",
        control="recorder",
        please="talk",
        mistakes=no_answers,
        check=_check,
        gives="recording",
        keys=frozenset({"most_seconds"}),
    ),
)
