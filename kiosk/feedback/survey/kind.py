"""What a kind of question is, and what most kinds have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from kiosk.errors import AnswerUnexpected
from kiosk.feedback.survey.question import Choice, Given, Question, QuestionFile
from kiosk.located import Located, did_you_mean

Mistakes = Iterator[tuple[int, str, str]]
"""What is wrong in a file: line, problem, hint."""

Rule = Callable[[QuestionFile, Located], Mistakes]
"""Finds what a kind does not allow in a question, whose values are each good by themselves."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one answer may be, besides its question.

    words_max: the most characters of a person's own words. recordings: the names that the file of
    a recorded voice may have.
    """

    words_max: int
    recordings: tuple[str, ...]


Check = Callable[[Question, Given, Bounds], Given]
"""Returns what was given, as it is kept. AnswerUnexpected when the question does not ask that."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question: all that the engine knows of it.

    name: as survey files and kept pages have it; it stays for ever. control: what it is answered
    with on the screen; one is `screen/templates/controls/<control>.html`, and what that does is
    `screen/frontend/survey/controls/<control>.js`. please: the word of the interface for who goes
    on without an answer. gives: a choice is counted; words are cleaned, and read; a recording is
    a file of its own, and heard. words_alone: its answers have no pictures. keys: keys of a
    question that only some kinds have.
    """

    name: str
    control: str
    please: str
    mistakes: Rule
    check: Check
    gives: Literal["choice", "words", "recording"] = "choice"
    words_alone: bool = False
    keys: frozenset[str] = frozenset()


def answers_are(*ids: str) -> Rule:
    """Return the rule of a kind whose answers are always the same, in this order."""

    def mistakes(one: QuestionFile, place: Located) -> Mistakes:
        every = f"The answers of {one.kind} are {', '.join(ids)}, in this order."
        strange = [
            (choice.id, node.key_lines["id"])
            for choice, node in zip(one.answers, inside(place, "answers"), strict=True)
            if choice.id not in ids
        ]
        for name, line in strange:
            near = did_you_mean(name, ids)
            hint = f'Did you mean "{near[0]}"?' if near else every
            yield line, f'"{name}" is not an answer of the kind "{one.kind}".', hint
        if not strange and tuple(choice.id for choice in one.answers) != ids:
            yield line_of(place, "answers"), "These answers are not complete.", every

    return mistakes


def no_answers(one: QuestionFile, place: Located) -> Mistakes:
    """Find answers where there are none to choose."""
    if one.answers:
        problem = f'A question of the kind "{one.kind}" has no answers to choose.'
        yield line_of(place, "answers"), problem, ""


def known(value: object, choices: tuple[Choice, ...]) -> str:
    """Return the id of the choice that was given. AnswerUnexpected when there is no such choice."""
    for one in choices:
        if one.id == value:
            return one.id
    raise AnswerUnexpected("choice")


def line_of(node: Located, key: str) -> int:
    """Return the line of a key; that of the whole when it is missing."""
    return node.key_lines.get(key, node.line)


def inside(node: Located, key: str) -> tuple[Located, ...]:
    """Return the items below a key."""
    found = node.value.get(key) if isinstance(node.value, dict) else None
    return found.value if found is not None and isinstance(found.value, tuple) else ()
