"""What was sent, checked against the surveys of the site. Nothing about the person is in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from kiosk.errors import AnswerUnexpected
from kiosk.feedback.answer.cleaning import clean
from kiosk.feedback.answer.recording import recording_names
from kiosk.feedback.answer.sent import Given, Sent
from kiosk.feedback.answer.ulid import Ulid
from kiosk.feedback.survey.kind import Bounds
from kiosk.feedback.survey.kinds import KINDS
from kiosk.feedback.survey.survey import Survey

WEB = "web"
"""How an answer came that was given in a copy of the site on the web."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's answer.

    answers: question id -> what was given, in the survey's order. voices: question id -> the file
    of a recorded voice, as `answers` names it too. cleaned: the kinds of contact details that were
    taken out of the words. marked: why it is not counted ("bashing", "flood"), or "". complete:
    False when the person left before the end. was: the id under which it came, when that was of a
    wrong clock. came: "web" from a copy of the site on the web, "" from a screen of the kiosk.
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
    came: str = ""


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
    answers: dict[str, Given] = {}
    voices: dict[str, str] = {}
    cleaned: dict[str, None] = {}
    for question in survey.questions:
        given = sent.answers.get(question.id)
        if not given:
            continue
        kind = KINDS[question.kind]
        bounds = Bounds(words_max, recording_names(sent.id, question.id))
        one = answers[question.id] = kind.check(question, given, bounds)
        if kind.gives == "recording":
            voices[question.id] = str(one)
        if kind.gives == "words" and isinstance(one, str):  # a ready sentence is nobody's own
            answers[question.id], found = clean(one)
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
