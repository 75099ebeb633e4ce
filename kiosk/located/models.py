"""`Located` values -> pydantic models, and pydantic's errors -> plain words."""

from __future__ import annotations

import difflib
import re
import typing
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ValidationError

from kiosk.errors import ContentError
from kiosk.located.days import how_to_write
from kiosk.located.read import Read
from kiosk.located.tree import Located

M = TypeVar("M", bound=BaseModel)


class Mistake(ValueError):
    """For validators of a model: what is wrong, and what to try, each one plain sentence."""

    def __init__(self, problem: str, hint: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.hint = hint


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _day(value: object) -> object:
    # Pydantic alone would take "2026" for a number of seconds.
    if isinstance(value, str) and value and not _DAY.fullmatch(value):
        raise Mistake(f'"{value[:40]}" is not a date.', how_to_write(value))
    return value


Day = Annotated[date, BeforeValidator(_day)]
"""For a model: a date that a person wrote."""


def did_you_mean(name: str, known: Iterable[str], count: int = 1) -> tuple[str, ...]:
    """Return the known names nearest to `name`, nearest first; none when all are far away."""
    folded: dict[str, str] = {}
    for one in known:
        folded.setdefault(one.casefold(), one)
    near = difflib.get_close_matches(name.casefold(), folded, n=count, cutoff=0.6)
    return tuple(folded[one] for one in near)


def check(
    model: type[M],
    node: Located,
    *,
    shown: Path,
    context: dict[str, object] | None = None,
    name: str = "This file",
) -> Read[M | None]:
    """Give a located value to a model; None when there are problems.

    name: what to call it in a message. A place that is not in the file (a missing key) has the
    line of the mapping that lacks it.
    """
    try:
        return Read(model.model_validate(plain(node), context=context))
    except ValidationError as error:
        found = [
            _content_error(model, node, one, shown, name) for one in error.errors(include_url=False)
        ]
        return Read(None, tuple(sorted(found, key=lambda one: one.line)))


def validate(
    model: type[M],
    node: Located,
    *,
    shown: Path,
    context: dict[str, object] | None = None,
    name: str = "This file",
) -> M:
    """Give a located value to a model, for a caller that can do nothing with less than all of it.

    Raises ExceptionGroup of ContentError: all problems that `check` finds.
    """
    value, problems = check(model, node, shown=shown, context=context, name=name)
    if value is None:
        raise ExceptionGroup(f"{shown} has mistakes", problems)
    return value


def validate_each(
    model: type[M],
    node: Located,
    *,
    shown: Path,
    name: str = "This file",
    context: dict[str, object] | None = None,
) -> Read[dict[str, M]]:
    """Give each value of a mapping to a model: the good ones, and what is wrong with the others.

    For files in which one bad entry must not take the others with it. name: what to call the
    mapping in a message; an empty one is no mistake.
    """
    if node.value == "":
        return Read({})
    if not isinstance(node.value, dict):
        problem = f'{name} must be lines of "key: value".'
        return Read({}, (ContentError(shown, node.line, problem),))
    good: dict[str, M] = {}
    wrong: list[ContentError] = []
    for key, inside in node.value.items():
        here = Located(inside.value, node.key_lines[key], inside.key_lines)
        one, problems = check(model, here, shown=shown, context=context, name=f'"{key}"')
        wrong += problems
        if one is not None:
            good[key] = one
    return Read(good, tuple(wrong))


def plain(node: Located) -> object:
    """Return a value without its lines: dicts, tuples and text."""
    if isinstance(node.value, dict):
        return {key: plain(value) for key, value in node.value.items()}
    if isinstance(node.value, tuple):
        return [plain(item) for item in node.value]
    return node.value


def _content_error(
    model: type[BaseModel], node: Located, error: Mapping[str, Any], shown: Path, name: str
) -> ContentError:
    loc: tuple[int | str, ...] = error["loc"]
    line = node.line
    for step in loc:
        inside: Located | None = None
        if isinstance(node.value, dict) and isinstance(step, str):
            inside = node.value.get(step)
            line = node.key_lines.get(step, line)
        elif isinstance(node.value, tuple) and isinstance(step, int) and step < len(node.value):
            inside = node.value[step]
            line = inside.line
        if inside is not None:  # otherwise a name that pydantic added, or a key that is missing
            node = inside
    problem, hint = describe(error, keys_at(model, loc[:-1]))
    if problem[:1].islower():
        problem = f"{_name(loc) or name} {problem}"
    return ContentError(shown, line, problem, hint)


def _name(loc: tuple[int | str, ...]) -> str:
    if not loc:
        return ""
    if isinstance(loc[-1], int):
        of = next((step for step in reversed(loc) if isinstance(step, str)), "the list")
        return f'Item {loc[-1] + 1} of "{of}"'
    return f'"{loc[-1]}"'


def keys_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> tuple[str, ...]:
    """Return the keys that the model allows at a place; () where it is not a model."""
    here: Any = model
    for step in loc:
        if isinstance(here, type) and issubclass(here, BaseModel):
            known = here.model_fields.get(str(step))
            here = known.annotation if known is not None else here
        while not (isinstance(here, type) and issubclass(here, BaseModel)):
            inside = [one for one in typing.get_args(here) if one not in (type(None), Ellipsis)]
            if not inside:
                break
            here = inside[-1]
    if isinstance(here, type) and issubclass(here, BaseModel):
        return tuple(one.alias or name for name, one in here.model_fields.items())
    return ()


_BOUNDS = {
    "greater_than_equal": ("ge", "must be {} or more"),
    "greater_than": ("gt", "must be more than {}"),
    "less_than_equal": ("le", "must be {} or less"),
    "less_than": ("lt", "must be less than {}"),
}
_WRITE_IT = {"int": "Write it in digits, such as 9.", "float": "Write it in digits, such as 1.5."}
_KINDS = {
    "int": "must be a whole number",
    "float": "must be a number",
    "finite": "must be a number",
    "bool": "must be true or false",
    "date": "must be a date such as 2026-11-23",
    "string": "must be words",
    "list": "must be a list",
    "tuple": "must be a list",
    "dict": "must be a list of keys and values",
    "model": 'must be lines of "key: value"',
}


def describe(error: Mapping[str, Any], keys: tuple[str, ...] = ()) -> tuple[str, str]:
    """Put one pydantic error into plain words: (problem, hint).

    The problem begins with a small letter when the name of the value belongs before it:
    `must be a whole number, not "x".` keys: the keys allowed there, for "Did you mean".
    """
    kind: str = error["type"]
    limits: Mapping[str, Any] = error.get("ctx") or {}
    given = error.get("input")
    told = f', not "{given}"' if isinstance(given, str | int | float) and given != "" else ""
    told = told if len(told) < 80 else ""
    if kind == "missing":
        return "is missing.", ""
    if kind == "extra_forbidden":
        name = str(error["loc"][-1])
        near = did_you_mean(name, keys)
        hint = f'Did you mean "{near[0]}"?' if near else f"You can use: {', '.join(keys)}."
        return f'I do not know the key "{name}".', hint
    if kind == "value_error":
        mistake = limits.get("error")
        if isinstance(mistake, Mistake):
            return mistake.problem, mistake.hint
        return str(mistake), ""
    if kind == "literal_error":
        allowed = [one.strip("'") for one in re.findall(r"'[^']*'|[\w.-]+", limits["expected"])]
        allowed = [one for one in allowed if one != "or"]
        near = did_you_mean(str(given), allowed)
        hint = f'Did you mean "{near[0]}"?' if near else ""
        return f"must be one of: {', '.join(allowed)}{told and told.replace(',', ';', 1)}.", hint
    if kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        return f"{words.format(limits[name])}{told}.", ""
    if kind == "string_too_short" or given == "":
        return "is empty.", ""
    if kind == "string_too_long":
        return f"is too long: {limits['max_length']} letters is the most.", ""
    if kind == "too_long":
        return f"has too many items: {limits['max_length']} is the most.", ""
    if kind == "too_short":
        return f"has too few items: {limits['min_length']} is the least.", ""
    for start, words in _KINDS.items():
        if kind.startswith(start) and kind != "string_pattern_mismatch":
            return f"{words}{told}.", _WRITE_IT.get(start, "") if isinstance(given, str) else ""
    return f"cannot be used{told}.", ""
