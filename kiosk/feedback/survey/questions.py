"""What may stand in a survey's file: the kinds of questions, and what each of them needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from kiosk.content.entries import Language
from kiosk.content.page import Original, Picture, TranslationCheckedBy
from kiosk.errors import ContentError
from kiosk.located import Day, Located, Mistake, did_you_mean, parse_yaml, read_text, validate
from kiosk.symbols import SymbolBook

STEM = re.compile(r"[a-z0-9-]{1,64}")
FACES = ("very-happy", "happy", "ok", "sad", "very-sad")
Kind = Literal["faces-5", "faces-3", "yes-no", "pictures", "scale", "words", "voice"]

# Kinds whose answers are always the same, in this order.
FIXED: dict[Kind, tuple[str, ...]] = {
    "faces-5": FACES,
    "faces-3": ("happy", "ok", "sad"),
    "yes-no": ("yes", "no", "not-sure"),
    "scale": ("like", "not-sure", "dislike"),
}
MOST_PICTURES = 12
VOICE_SECONDS = 60
LONGEST_VOICE_SECONDS = 120
_OWN_KEYS = {"items": "scale", "most": "pictures", "most_seconds": "voice"}


def _id(value: str) -> str:
    if value and not STEM.fullmatch(value):
        raise Mistake(f'"{value[:80]}" cannot be an id.', "Use small letters, digits and hyphens.")
    return value


def _nothing(value: object) -> object:
    return {} if value == "" else value


_Text = Annotated[str, Field(min_length=1, max_length=300)]
_Id = Annotated[str, Field(min_length=1), AfterValidator(_id)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ChoiceFile(_Table):
    """One answer, or one item of a scale."""

    id: _Id
    words: _Text
    symbol: Picture


class QuestionFile(_Table):
    """One question, as it is written; `_mistakes` knows which keys belong to which kind."""

    id: _Id
    kind: Kind
    ask: _Text
    symbol: Picture
    answers: tuple[ChoiceFile, ...] = ()
    items: tuple[ChoiceFile, ...] = ()
    most: Annotated[int, Field(ge=1, le=MOST_PICTURES)] | None = None
    most_seconds: Annotated[int, Field(ge=5, le=LONGEST_VOICE_SECONDS)] | None = None


class ShowFile(_Table):
    """When and in which languages a survey is shown."""

    from_: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None
    languages: tuple[Language, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> ShowFile:
        if self.from_ is not None and self.until is not None and self.until < self.from_:
            raise Mistake('"until" is before "from".', "Look at the two dates.")
        return self


class SurveyFile(_Table):
    """A whole file."""

    title: _Text
    symbol: Picture
    show: Annotated[ShowFile, BeforeValidator(_nothing)] = ShowFile()
    questions: Annotated[tuple[QuestionFile, ...], Field(min_length=1, max_length=10)]
    thanks: _Text
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
    }
    file = validate(SurveyFile, node, shown=shown, context=context, name="This survey")
    found = [ContentError(shown, *one) for one in _mistakes(file, node)]
    if found:
        raise ExceptionGroup(said, sorted(found, key=lambda one: one.line))
    return file


_Found = Iterator[tuple[int, str, str]]  # line, problem, hint


def _mistakes(file: SurveyFile, node: Located) -> _Found:
    yield from _twice([one.id for one in file.questions], _inside(node, "questions"))
    for one, place in zip(file.questions, _inside(node, "questions"), strict=True):
        yield from _kind_mistakes(one, place)
        yield from _twice([choice.id for choice in one.answers], _inside(place, "answers"))
        yield from _twice([item.id for item in one.items], _inside(place, "items"))


def _kind_mistakes(one: QuestionFile, place: Located) -> _Found:
    for key, kind in _OWN_KEYS.items():
        if key in place.key_lines and one.kind != kind:
            problem = f'"{key}" is only for questions of the kind "{kind}".'
            yield place.key_lines[key], problem, "Take the line away."
    count = len(one.answers)
    line = place.key_lines.get("answers", place.line)
    if one.kind in FIXED:
        yield from _fixed_mistakes(one, place)
    elif one.kind == "pictures":
        if not 2 <= count <= MOST_PICTURES:
            yield line, f'A question of the kind "pictures" has 2 to {MOST_PICTURES} answers.', ""
        elif one.most is not None and one.most > count:
            problem = f'"most" is {one.most}, but there are {count} answers.'
            yield place.key_lines["most"], problem, "Make it smaller."
    elif count:
        yield line, f'A question of the kind "{one.kind}" has no answers to choose.', ""
    if one.kind == "scale" and not 1 <= len(one.items) <= MOST_PICTURES:
        line = place.key_lines.get("items", place.line)
        yield line, f'A question of the kind "scale" has 1 to {MOST_PICTURES} items.', ""


def _fixed_mistakes(one: QuestionFile, place: Located) -> _Found:
    wanted = FIXED[one.kind]
    every = f"The answers of {one.kind} are {', '.join(wanted)}, in this order."
    strange = [
        (choice.id, node.key_lines["id"])
        for choice, node in zip(one.answers, _inside(place, "answers"), strict=True)
        if choice.id not in wanted
    ]
    for name, line in strange:
        near = did_you_mean(name, wanted)
        hint = f'Did you mean "{near[0]}"?' if near else every
        yield line, f'"{name}" is not an answer of the kind "{one.kind}".', hint
    if not strange and tuple(choice.id for choice in one.answers) != wanted:
        yield place.key_lines.get("answers", place.line), "These answers are not complete.", every


def _twice(ids: list[str], places: tuple[Located, ...]) -> _Found:
    first: dict[str, int] = {}
    for name, place in zip(ids, places, strict=True):
        line = place.key_lines["id"]
        if name in first:
            hint = f"The first is on line {first[name]}. Give this one another id."
            yield line, f'The id "{name}" is used twice.', hint
        first.setdefault(name, line)


def _inside(node: Located, key: str) -> tuple[Located, ...]:
    inside = node.value.get(key) if isinstance(node.value, dict) else None
    return inside.value if inside is not None and isinstance(inside.value, tuple) else ()
