"""A talking mat: each item is put under "I like it", "I am not sure" or "I do not like it"."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.errors import AnswerUnexpected
from kiosk.feedback.survey.kind import Bounds, Kind, Mistakes, answers_are, known, line_of
from kiosk.feedback.survey.question import MOST_PICTURES, Given, Question, QuestionFile
from kiosk.located import Located

_places = answers_are("like", "not-sure", "dislike")


def _mistakes(one: QuestionFile, place: Located) -> Mistakes:
    yield from _places(one, place)
    if not 1 <= len(one.items) <= MOST_PICTURES:
        problem = f'A question of the kind "scale" has 1 to {MOST_PICTURES} items.'
        yield line_of(place, "items"), problem, ""


def _check(question: Question, value: Given, _: Bounds) -> Given:
    if not isinstance(value, Mapping):
        raise AnswerUnexpected("choice")
    placed = {known(item, question.items): place for item, place in value.items()}
    return {
        item.id: known(placed[item.id], question.choices)
        for item in question.items
        if item.id in placed
    }


KINDS = (
    Kind(
        "scale",
        control="mat",
        please="put_where",
        mistakes=_mistakes,
        check=_check,
        keys=frozenset({"items"}),
    ),
)
