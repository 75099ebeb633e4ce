"""Text and YAML files with a line for every key and every item.

`read_text` reads a file that a person wrote, `parse_yaml` turns YAML into `Located` values, and
`validate` gives them to a pydantic model. Each says what is wrong at the line where it is wrong.

Scalars stay text until the model decides: to YAML `no` is false and `1:30` is ninety, to a member
of staff they are words. Equal keys, aliases and tags are refused, because each of them changes
what a file says without a word to the person who wrote it.
"""

from __future__ import annotations

import difflib
import os
import re
import stat
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from kiosk.errors import ContentError

MAX_BYTES = 262_144
MAX_DEPTH = 20
MAX_NODES = 20_000

M = TypeVar("M", bound=BaseModel)

# Control characters, and those that look like nothing or like a line end to some editors only:
# with them in a file the line that we name would not be the line that a person sees.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Located:
    """A value and the line where it begins (from 1).

    value: text, a tuple of items, or a mapping in the order of the file. Nothing, `~` and `null`
    are "". key_lines: for a mapping, the line of each key.
    """

    value: str | tuple[Located, ...] | dict[str, Located]
    line: int
    key_lines: dict[str, int] = field(default_factory=dict)


class Mistake(ValueError):
    """For validators of a model: what is wrong, and what to try, each one plain sentence."""

    def __init__(self, problem: str, hint: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.hint = hint


def did_you_mean(name: str, known: Iterable[str], count: int = 1) -> tuple[str, ...]:
    """Return the known names nearest to `name`, nearest first; none when all are far away."""
    folded: dict[str, str] = {}
    for one in known:
        folded.setdefault(one.casefold(), one)
    near = difflib.get_close_matches(name.casefold(), folded, n=count, cutoff=0.6)
    return tuple(folded[one] for one in near)


def read_text(path: Path, *, shown: Path, limit: int = MAX_BYTES) -> str:
    r"""Read a text file: UTF-8 with or without a byte order mark, any line ending -> "\n".

    shown: the path for messages, relative to the site's folder; when `path` ends with it, the
    rest of `path` is that folder and a link that leads out of it is refused. limit: bytes.
    Raises ContentError, with the line where there is one.
    """
    data = _read_bytes(path, shown, limit)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = _one_line_end(data[: error.start].decode("utf-8", "replace"))
        raise ContentError(
            shown,
            before.count("\n") + 1,
            "There is a letter here that is not saved as UTF-8.",
            'Save the file again with the encoding "UTF-8".',
        ) from None
    text = _one_line_end(text)
    _refuse_hidden(text, shown, 1)
    return text


def _read_bytes(path: Path, shown: Path, limit: int) -> bytes:
    root = path.parent
    if not shown.is_absolute() and path.parts[-len(shown.parts) :] == shown.parts:
        root = path.parents[len(shown.parts) - 1]
    try:
        if not path.resolve(strict=True).is_relative_to(root.resolve()):
            raise ContentError(
                shown,
                1,
                "This is a link to a file outside the site's folder.",
                "Put the file itself here.",
            )
        # Not blocking: a named pipe would otherwise hold the program until somebody writes to it.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        raise ContentError(shown, 1, "There is no such file.") from None
    except IsADirectoryError:
        raise ContentError(shown, 1, "This is a folder, not a file.") from None
    except (OSError, RuntimeError) as error:
        raise _unreadable(shown, error) from None
    try:
        with os.fdopen(handle, "rb") as file:
            kind = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(kind):
                raise ContentError(shown, 1, "This is not an ordinary file.")
            data = file.read(limit + 1)
    except OSError as error:
        raise _unreadable(shown, error) from None
    if len(data) > limit:
        raise ContentError(
            shown,
            1,
            f"The file is too large: {limit // 1024} KB is the most.",
            "Make two files of it.",
        )
    return data


def _unreadable(shown: Path, error: Exception) -> ContentError:
    reason = getattr(error, "strerror", None) or str(error)
    return ContentError(
        shown, 1, f"I cannot read this file: {reason}.", "Ask who may read and change it."
    )


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse_hidden(text: str, shown: Path, first_line: int) -> None:
    found = _HIDDEN.search(text)
    if found is not None:
        raise ContentError(
            shown,
            first_line + text.count("\n", 0, found.start()),
            f"There is a hidden character here (U+{ord(found[0]):04X}).",
            "Delete this line and type it again.",
        )


def parse_yaml(text: str, *, shown: Path, first_line: int = 1) -> Located:
    """Read one YAML document; `first_line` is the line of the file where `text` begins.

    Raises ContentError with a line: syntax, equal keys, aliases, tags, more than 20 levels, more
    than 20,000 values.
    """
    text = _one_line_end(text)
    _refuse_hidden(text, shown, first_line)
    try:
        return _Builder(shown, first_line).build(yaml.parse(text, Loader=_LOADER))
    except yaml.YAMLError as error:
        raise _syntax(error, text, shown, first_line) from None


class _Builder:
    """Builds the tree from the parser's events, so that a hostile file stops before it grows."""

    def __init__(self, shown: Path, first_line: int) -> None:
        self.shown = shown
        self.first_line = first_line
        self.nodes = 0

    def build(self, events: Iterable[Any]) -> Located:
        root: Located | None = None
        open_nodes: list[_Open] = []
        for event in events:
            line = event.start_mark.line + self.first_line
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    raise ContentError(
                        self.shown, line, 'There is a second "---" here.', "Delete this line."
                    )
            elif isinstance(event, yaml.NodeEvent):
                self._check(event, line, len(open_nodes))
                if isinstance(event, yaml.ScalarEvent):
                    done = Located(_scalar(event), line)
                else:
                    is_map = isinstance(event, yaml.MappingStartEvent)
                    open_nodes.append(_Open(line, is_map))
                    continue
                root = self._place(done, open_nodes, root)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                root = self._place(open_nodes.pop().close(), open_nodes, root)
        return root if root is not None else Located("", self.first_line)

    def _check(self, event: Any, line: int, depth: int) -> None:
        self.nodes += 1
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise ContentError(
                self.shown,
                line,
                'A value cannot begin with "*" or "&".',
                "Put the words between quotes.",
            )
        if getattr(event, "tag", None) is not None:
            raise ContentError(
                self.shown, line, 'A value cannot begin with "!".', "Put the words between quotes."
            )
        if depth > MAX_DEPTH:
            raise ContentError(
                self.shown,
                line,
                f"There are too many levels here: {MAX_DEPTH} is the most.",
                "Put less inside.",
            )
        if self.nodes > MAX_NODES:
            raise ContentError(
                self.shown,
                line,
                f"There are too many values in this file: {MAX_NODES:,} is the most.",
                "Make two files of it.",
            )

    def _place(
        self, done: Located, open_nodes: list[_Open], root: Located | None
    ) -> Located | None:
        if not open_nodes:
            return done
        parent = open_nodes[-1]
        if not parent.is_map:
            parent.items.append(done)
        elif parent.key is None:
            if not isinstance(done.value, str):
                raise ContentError(
                    self.shown,
                    done.line,
                    "A key must be words, not a list.",
                    "Is there a bracket too many? Put the words between quotes.",
                )
            if done.value in parent.pairs:
                raise ContentError(
                    self.shown,
                    done.line,
                    f'"{done.value}" is written twice.',
                    f"The first is on line {parent.key_lines[done.value]}. Keep one of them.",
                )
            parent.key = done.value
            parent.key_lines[done.value] = done.line
        else:
            parent.pairs[parent.key] = done
            parent.key = None
        return root


class _Open:
    """A list or mapping that is still being read."""

    def __init__(self, line: int, is_map: bool) -> None:
        self.line = line
        self.is_map = is_map
        self.items: list[Located] = []
        self.pairs: dict[str, Located] = {}
        self.key_lines: dict[str, int] = {}
        self.key: str | None = None

    def close(self) -> Located:
        value = self.pairs if self.is_map else tuple(self.items)
        return Located(value, self.line, self.key_lines)


def _scalar(event: Any) -> str:
    plain = event.implicit[0]
    text: str = event.value
    return "" if plain and text in ("~", "null", "Null", "NULL") else text


# What the parser says -> what we say. The first part found in the parser's words wins.
_SYNTAX = (
    (
        "mapping values are not allowed",
        "There is a second colon here.",
        'Put the words between quotes: title: "Our plan: the first year".',
    ),
    ("found a tab", "There is a tab here.", "Use spaces."),
    ("cannot start any token", "A value cannot begin with this character.", "Put it in quotes."),
    ("expected ':'", "There is no colon here.", 'Write it as "key: value".'),
    ("end of stream", "A quote is not closed.", "Put the second quote after the last word."),
    ("document start", "This does not fit what is above it.", 'Write it as "key: value".'),
    (
        "expected key",
        "This line does not fit the lines above it.",
        "Look at its spaces and quotes.",
    ),
    ("block end", "This line does not fit the lines above it.", "Look at its spaces and quotes."),
    ("',' or", "A bracket is not closed, or a comma is missing.", "Look for [ ] or { }."),
    ("escape", "There is a backslash here that means nothing.", "Use single quotes."),
    ("alias", 'A value cannot begin with "*" or "&".', "Put the words between quotes."),
    ("anchor", 'A value cannot begin with "*" or "&".', "Put the words between quotes."),
)


def _syntax(error: yaml.YAMLError, text: str, shown: Path, first_line: int) -> ContentError:
    problem = str(getattr(error, "problem", "") or "")
    mark = getattr(error, "problem_mark", None)
    if "end of stream" in problem and getattr(error, "context_mark", None) is not None:
        mark = getattr(
            error, "context_mark", None
        )  # where the quote opens, not where the file ends
    lines = text.rstrip("\n").split("\n")
    at = min(mark.line, len(lines) - 1) if mark is not None else 0
    line = first_line + at
    if "cannot start any token" in problem and lines[at].lstrip(" ").startswith("\t"):
        problem = "found a tab"
    for part, plain, hint in _SYNTAX:
        if part in problem:
            return ContentError(shown, line, plain, hint)
    return ContentError(shown, line, "I cannot read this line.", "Look at its spaces and quotes.")


def validate(
    model: type[M], node: Located, *, shown: Path, context: dict[str, object] | None = None
) -> M:
    """Give a located value to a model.

    Raises ExceptionGroup of ContentError: all mistakes at once, in the order of their lines. A
    place that is not in the file (a missing key) has the line of the mapping that lacks it.
    """
    try:
        return model.model_validate(_plain(node), context=context)
    except ValidationError as error:
        found = [_content_error(model, node, one, shown) for one in error.errors(include_url=False)]
        found.sort(key=lambda one: one.line)
        raise ExceptionGroup(f"{shown} has mistakes", found) from None


def validate_each(
    model: type[M],
    node: Located,
    *,
    shown: Path,
    name: str = "This file",
    context: dict[str, object] | None = None,
) -> tuple[dict[str, M], list[ContentError]]:
    """Give each value of a mapping to a model: the good ones, and what is wrong with the others.

    For files in which one bad entry must not take the others with it. name: what to call the
    mapping in a message; an empty one is no mistake.
    """
    if node.value == "":
        return {}, []
    if not isinstance(node.value, dict):
        problem = f'{name} must be lines of "key: value".'
        return {}, [ContentError(shown, node.line, problem)]
    good: dict[str, M] = {}
    wrong: list[ContentError] = []
    for key, inside in node.value.items():
        here = Located(inside.value, node.key_lines[key], inside.key_lines)
        try:
            good[key] = validate(model, here, shown=shown, context=context)
        except ExceptionGroup as errors:
            wrong.extend(one for one in errors.exceptions if isinstance(one, ContentError))
    return good, wrong


def _plain(node: Located) -> object:
    if isinstance(node.value, dict):
        return {key: _plain(value) for key, value in node.value.items()}
    if isinstance(node.value, tuple):
        return [_plain(item) for item in node.value]
    return node.value


def _content_error(
    model: type[BaseModel], node: Located, error: Mapping[str, Any], shown: Path
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
    if not problem[:1].isupper():
        problem = f"{_name(loc)} {problem}"
    return ContentError(shown, line, problem, hint)


def _name(loc: tuple[int | str, ...]) -> str:
    if not loc:
        return "This file"
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
        return tuple(here.model_fields)
    return ()


_BOUNDS = {
    "greater_than_equal": ("ge", "must be {} or more"),
    "greater_than": ("gt", "must be more than {}"),
    "less_than_equal": ("le", "must be {} or less"),
    "less_than": ("lt", "must be less than {}"),
}
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
            return f"{words}{told}.", ""
    return f"cannot be used{told}.", ""
