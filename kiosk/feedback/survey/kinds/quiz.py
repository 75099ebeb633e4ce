"""A blind test of one picture: one of its sentences stands beside it on a page."""

from __future__ import annotations

from kiosk.feedback.survey.kind import Bounds, Kind, Mistakes, known, line_of
from kiosk.feedback.survey.question import Given, Question, QuestionFile
from kiosk.located import Located, did_you_mean

SENTENCES = 4


def _mistakes(one: QuestionFile, place: Located) -> Mistakes:
    names = [answer.id for answer in one.answers]
    if len(names) != SENTENCES:
        problem = f'A question of the kind "quiz" has {SENTENCES} answers.'
        yield line_of(place, "answers"), problem, ""
    if one.right not in names:
        near = did_you_mean(one.right, names)
        hint = f'Did you mean "{near[0]}"?' if near else "Write the id of the answer that is right."
        yield line_of(place, "right"), f'"right" is "{one.right}": there is no such answer.', hint


def _check(question: Question, value: Given, _: Bounds) -> Given:
    return known(value, question.choices)


KINDS = (
    Kind(
        "quiz",
        control="choices",
        please="choose",
        mistakes=_mistakes,
        check=_check,
        words_alone=True,
        keys=frozenset({"right"}),
    ),
)
