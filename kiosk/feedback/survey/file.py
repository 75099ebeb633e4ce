"""What may stand in a survey's file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from kiosk.content.entries import Language
from kiosk.content.page import Original, Picture, TranslationCheckedBy
from kiosk.errors import ContentError
from kiosk.feedback.survey.kind import Mistakes, inside
from kiosk.feedback.survey.kinds import KINDS
from kiosk.feedback.survey.question import QuestionFile, Table, Text
from kiosk.located import Day, Located, Mistake, parse_yaml, read_text, validate
from kiosk.symbols import SymbolBook


def _nothing(value: object) -> object:
    return {} if value == "" else value


class ShowFile(Table):
    """When and in which languages a survey is shown."""

    from_: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None
    languages: tuple[Language, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> ShowFile:
        if self.from_ is not None and self.until is not None and self.until < self.from_:
            raise Mistake('"until" is before "from".', "Look at the two dates.")
        return self


class SurveyFile(Table):
    """A whole file."""

    title: Text
    symbol: Picture
    show: Annotated[ShowFile, BeforeValidator(_nothing)] = ShowFile()
    questions: Annotated[tuple[QuestionFile, ...], Field(min_length=1, max_length=10)]
    thanks: Text
    original: Original = ""
    translation_checked_by: TranslationCheckedBy = ""


def read_survey(
    path: Path, *, shown: Path, symbols: SymbolBook, languages: tuple[str, ...], translated: bool
) -> SurveyFile:
    """Read one file. languages: those of the site; translated: it is not in the first of them.

    Raises ExceptionGroup of ContentError with all mistakes, in the order of their lines.
    """
    said = f"{shown} has mistakes"
    try:
        node = parse_yaml(read_text(path, shown=shown), shown=shown)
    except ContentError as error:
        raise ExceptionGroup(said, [error]) from None
    context: dict[str, object] = {
        "symbols": symbols,
        "languages": languages,
        "translated": translated,
        "kinds": tuple(KINDS),
    }
    file = validate(SurveyFile, node, shown=shown, context=context, name="This survey")
    found = [ContentError(shown, *one) for one in _mistakes(file, node)]
    if found:
        raise ExceptionGroup(said, sorted(found, key=lambda one: one.line))
    return file


def _mistakes(file: SurveyFile, node: Located) -> Mistakes:
    yield from _twice([one.id for one in file.questions], inside(node, "questions"))
    for one, place in zip(file.questions, inside(node, "questions"), strict=True):
        yield from _keys_of_others(one, place)
        yield from _without_pictures(one, place)
        yield from KINDS[one.kind].mistakes(one, place)
        yield from _twice([choice.id for choice in one.answers], inside(place, "answers"))
        yield from _twice([item.id for item in one.items], inside(place, "items"))
        yield from _twice([ready.id for ready in one.ready], inside(place, "ready"))


def _keys_of_others(one: QuestionFile, place: Located) -> Mistakes:
    for key, line in place.key_lines.items():
        having = [f'"{kind.name}"' for kind in KINDS.values() if key in kind.keys]
        if having and key not in KINDS[one.kind].keys:
            problem = f'"{key}" is only for questions of the kind {" or ".join(having)}.'
            yield line, problem, "Take the line away."


def _without_pictures(one: QuestionFile, place: Located) -> Mistakes:
    if KINDS[one.kind].words_alone:
        return
    for key, given in (("answers", one.answers), ("items", one.items), ("ready", one.ready)):
        for choice, node in zip(given, inside(place, key), strict=True):
            if not choice.symbol:
                yield node.line, '"symbol" is missing.', ""


def _twice(ids: list[str], places: tuple[Located, ...]) -> Mistakes:
    first: dict[str, int] = {}
    for name, place in zip(ids, places, strict=True):
        line = place.key_lines["id"]
        if name in first:
            hint = f"The first is on line {first[name]}. Give this one another id."
            yield line, f'The id "{name}" is used twice.', hint
        first.setdefault(name, line)
