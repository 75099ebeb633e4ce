"""Words of one's own, written with the letters on the screen or on any keyboard.

A question may have ready sentences: who finds it hard to write presses one of them instead.
"""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.errors import AnswerUnexpected
from kiosk.feedback.survey.kind import Bounds, Kind, Mistakes, known, line_of, no_answers
from kiosk.feedback.survey.question import MOST_READY, Given, Question, QuestionFile
from kiosk.located import Located


def _mistakes(one: QuestionFile, place: Located) -> Mistakes:
    yield from no_answers(one, place)
    if len(one.ready) > MOST_READY:
        problem = f"A question has at most {MOST_READY} ready sentences."
        yield line_of(place, "ready"), problem, "Take the others away."


def _check(question: Question, value: Given, bounds: Bounds) -> Given:
    if isinstance(value, Mapping):
        return _ready(question, value)
    if not isinstance(value, str):
        raise AnswerUnexpected("choice")
    if len(value) > bounds.words_max:
        raise AnswerUnexpected("words")
    return value


def _ready(question: Question, value: Mapping[str, str]) -> Given:
    """Return the ready sentence that was chosen, with the words that staff have written for it."""
    if not value.keys() <= {"ready", "words"}:
        raise AnswerUnexpected("choice")
    name = known(value.get("ready"), question.ready)
    return {"ready": name, "words": next(one.words for one in question.ready if one.id == name)}


KINDS = (
    Kind(
        "words",
        control="letters",
        please="write",
        mistakes=_mistakes,
        check=_check,
        gives="words",
        keys=frozenset({"ready"}),
    ),
)
