"""One question: as staff write it, as it is asked, and what an answer to it looks like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
)
from pydantic_core import PydanticKnownError

from kiosk.content.page import Picture
from kiosk.located import Mistake
from kiosk.symbols import Symbol, picture_name

# The name of a question, of a choice, and of a file with choices.
STEM = re.compile(r"[a-z0-9-]{1,64}")
MOST_PICTURES = 12
MOST_READY = 6
VOICE_SECONDS = 60
LONGEST_VOICE_SECONDS = 120

Given = str | tuple[str, ...] | Mapping[str, str]
"""One answer: a choice or the person's own words, several choices, or a mapping: item -> place, or
`ready` and `words`, see `ready_words`."""

_READY = {"ready", "words"}


def _id(value: str) -> str:
    if value and not STEM.fullmatch(value):
        raise Mistake(f'"{value[:80]}" cannot be an id.', "Use small letters, digits and hyphens.")
    return value


def _known_kind(value: object, info: ValidationInfo) -> object:
    known = info.context["kinds"] if info.context else ()
    if not isinstance(value, str) or value not in known:
        expected = ", ".join(f"'{name}'" for name in known)
        raise PydanticKnownError("literal_error", {"expected": expected})
    return value


Text = Annotated[str, Field(min_length=1, max_length=300)]
# A picture that a page has put together for itself has no name: its parts stand here.
_Declared = Annotated[str, Field(min_length=1, max_length=400), AfterValidator(picture_name)]
_Id = Annotated[str, Field(min_length=1), AfterValidator(_id)]


def ready_words(given: Given) -> str | None:
    """Return the words of a ready sentence that was chosen instead of own words; else None.

    Its `ready` is the id in the survey: so staff can read it in another language than its person.
    """
    if not isinstance(given, Mapping) or given.keys() != _READY:
        return None
    words = given["words"]
    return None if STEM.fullmatch(words) else words  # a talking mat may have items of these names


class Table(BaseModel):
    """A mapping in a survey's file: no other keys than its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ChoiceFile(Table):
    """One answer, or one item of a scale; symbol: "" only where its kind has words alone."""

    id: _Id
    words: Text
    symbol: Picture = ""


class QuestionFile(Table):
    """One question, as it is written; its kind knows which keys it may have, and what in them.

    Validated with the names of all kinds as `kinds` in the context.
    """

    id: _Id
    kind: Annotated[str, BeforeValidator(_known_kind)]
    ask: Text
    symbol: _Declared
    answers: tuple[ChoiceFile, ...] = ()
    items: tuple[ChoiceFile, ...] = ()
    ready: tuple[ChoiceFile, ...] = ()
    most: Annotated[int, Field(ge=1, le=MOST_PICTURES)] | None = None
    most_seconds: Annotated[int, Field(ge=5, le=LONGEST_VOICE_SECONDS)] | None = None
    right: Annotated[str, AfterValidator(_id)] = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose, or to place: its id in the stored file, its words, its picture.

    One that is words alone has the picture of its question.
    """

    id: str
    words: str
    symbol: Symbol


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    kind: the name of one of `KINDS`. choices: what can be chosen; for a "scale" the places under
    which its items are put. none for "words" and "voice". items: the things of a "scale". most: how
    many choices of "pictures" may be taken. most_seconds: the longest "voice". ready: sentences of
    "words" that can be chosen instead of writing. right: of a "quiz", the id of the sentence that
    stands beside its picture.
    """

    id: str
    kind: str
    ask: str
    symbol: Symbol
    choices: tuple[Choice, ...]
    items: tuple[Choice, ...] = ()
    most: int = 1
    most_seconds: int = VOICE_SECONDS
    ready: tuple[Choice, ...] = ()
    right: str = ""
