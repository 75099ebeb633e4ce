"""The questions that staff write, in `content/surveys/<id>.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from kiosk.config import Site
from kiosk.errors import ContentError
from kiosk.located import Located, parse_yaml, read_text, validate
from kiosk.symbols import Symbol, SymbolBook, UnknownSymbol

_STEM = re.compile(r"[a-z0-9-]{1,64}")
FACES = ("very-happy", "happy", "ok", "sad", "very-sad")
Kind = Literal["faces-5", "words"]

_Text = Annotated[str, Field(min_length=1, max_length=300)]
_Id = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,64}$")]


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Answer(_File):
    id: _Id
    words: _Text
    symbol: _Text


class _Question(_File):
    id: _Id
    kind: Kind
    ask: _Text
    symbol: _Text
    answers: tuple[_Answer, ...] = ()


class _Survey(_File):
    title: _Text
    symbol: _Text
    questions: Annotated[tuple[_Question, ...], Field(min_length=1, max_length=10)]
    thanks: _Text


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen: its id in the stored file, its words, its picture."""

    id: str
    words: str
    symbol: Symbol


@dataclass(frozen=True, slots=True)
class Question:
    """One question. kind: "faces-5" has five choices, "words" has none."""

    id: str
    kind: Kind
    ask: str
    symbol: Symbol
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey; its id is its file's name. thanks: what is said at the end."""

    id: str
    title: str
    symbol: Symbol
    questions: tuple[Question, ...]
    thanks: str


def load_surveys(
    site: Site, symbols: SymbolBook
) -> tuple[dict[str, Survey], tuple[ContentError, ...]]:
    """Return the good surveys by id, and every mistake in the others."""
    surveys: dict[str, Survey] = {}
    problems: list[ContentError] = []
    for path in sorted((site.content / "surveys").glob("*.yaml")):
        shown = site.shown(path)
        if not _STEM.fullmatch(path.stem):
            hint = "Use small letters, numbers and hyphens."
            problems.append(ContentError(shown, 1, "This file's name cannot be a survey.", hint))
            continue
        try:
            node = parse_yaml(read_text(path, shown=shown), shown=shown)
            file = validate(_Survey, node, shown=shown)
        except ContentError as error:
            problems.append(error)
            continue
        except ExceptionGroup as group:
            problems += [error for error in group.exceptions if isinstance(error, ContentError)]
            continue
        found = _Finder(symbols, node, shown.as_posix())
        survey = found.survey(path.stem, file)
        problems += found.problems
        if survey is not None:
            surveys[survey.id] = survey
    return surveys, tuple(problems)


class _Finder:
    """Looks up the pictures of one survey, and keeps every mistake with its line."""

    def __init__(self, symbols: SymbolBook, node: Located, shown: str) -> None:
        self._symbols = symbols
        self._node = node
        self._shown = shown
        self.problems: list[ContentError] = []

    def survey(self, survey_id: str, file: _Survey) -> Survey | None:
        """Return the survey, or None when there is any mistake."""
        symbol = self._symbol(file.symbol, self._node)
        nodes = _items(self._node, "questions")
        first: dict[str, int] = {}
        questions = []
        for one, node in zip(file.questions, nodes, strict=True):
            if one.id in first:
                hint = f"The first is on line {first[one.id]}. Give this one another id."
                self._wrong(_line(node, "id"), f'The id "{one.id}" is used twice.', hint)
            first.setdefault(one.id, _line(node, "id"))
            questions.append(self._question(one, node))
        good = tuple(question for question in questions if question is not None)
        if symbol is None or self.problems:
            return None
        return Survey(survey_id, file.title, symbol, good, file.thanks)

    def _question(self, one: _Question, node: Located) -> Question | None:
        ids = tuple(answer.id for answer in one.answers)
        if one.kind == "faces-5" and ids != FACES:
            self._wrong(
                node.line, "The five answers are not the five faces.", f"Use {', '.join(FACES)}."
            )
        if one.kind == "words" and ids:
            self._wrong(node.line, 'A question of the kind "words" has no answers to choose.')
        symbol = self._symbol(one.symbol, node)
        choices = []
        for answer, place in zip(one.answers, _items(node, "answers"), strict=True):
            picture = self._symbol(answer.symbol, place)
            if picture is not None:
                choices.append(Choice(answer.id, answer.words, picture))
        if symbol is None:
            return None
        return Question(one.id, one.kind, one.ask, symbol, tuple(choices))

    def _symbol(self, name: str, place: Located) -> Symbol | None:
        try:
            return self._symbols.find(name)
        except UnknownSymbol as error:
            self._wrong(_line(place, "symbol"), str(error), error.hint)
            return None

    def _wrong(self, line: int, problem: str, hint: str = "") -> None:
        self.problems.append(ContentError(self._shown, line, problem, hint))


def _items(node: Located, key: str) -> tuple[Located, ...]:
    inside = node.value.get(key) if isinstance(node.value, dict) else None
    return inside.value if inside is not None and isinstance(inside.value, tuple) else ()


def _line(node: Located, key: str) -> int:
    return node.key_lines.get(key, node.line)
