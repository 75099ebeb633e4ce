"""The questions that staff write, in `content/surveys/<id>.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from kiosk.config import Site
from kiosk.errors import ContentError
from kiosk.located import Located, parse_yaml, read_text, validate
from kiosk.symbols import Symbol, SymbolBook, UnknownSymbol

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
        if not found.problems:
            surveys[survey.id] = survey
    return surveys, tuple(problems)


class _Finder:
    """Looks up the pictures of one survey, and keeps every mistake with its line."""

    def __init__(self, symbols: SymbolBook, node: Located, shown: str) -> None:
        self._symbols = symbols
        self._node = node
        self._shown = shown
        self.problems: list[ContentError] = []

    def survey(self, survey_id: str, file: _Survey) -> Survey:
        questions = tuple(self._question(i, one) for i, one in enumerate(file.questions))
        return Survey(survey_id, file.title, self._symbol(file.symbol), questions, file.thanks)

    def _question(self, index: int, one: _Question) -> Question:
        line = self._line(index)
        ids = tuple(answer.id for answer in one.answers)
        if one.kind == "faces-5" and ids != FACES:
            self._wrong(
                line, "The five answers are not the five faces.", f"Use {', '.join(FACES)}."
            )
        if one.kind == "words" and ids:
            self._wrong(line, 'A question of the kind "words" has no answers to choose.')
        choices = tuple(
            Choice(answer.id, answer.words, self._symbol(answer.symbol, line))
            for answer in one.answers
        )
        return Question(one.id, one.kind, one.ask, self._symbol(one.symbol, line), choices)

    def _line(self, index: int) -> int:
        top = self._node.value
        questions = top["questions"].value if isinstance(top, dict) else ()
        return questions[index].line if isinstance(questions, tuple) else self._node.line

    def _symbol(self, name: str, line: int | None = None) -> Symbol:
        try:
            return self._symbols.find(name)
        except UnknownSymbol as error:
            place = line or self._node.key_lines.get("symbol", self._node.line)
            self._wrong(place, str(error), error.hint)
            return self._symbols.find("question mark")

    def _wrong(self, line: int, problem: str, hint: str = "") -> None:
        self.problems.append(ContentError(self._shown, line, problem, hint))
