"""YAML -> `Located` values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kiosk.errors import ContentError
from kiosk.located.files import one_line_end, refuse_hidden

MAX_DEPTH = 20
MAX_NODES = 20_000

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Located:
    """A value and the line where it begins (from 1).

    value: text, a tuple of items, or a mapping in the order of the file. Nothing, `~` and `null`
    are "". key_lines: for a mapping, the line of each key. column: where the value begins in its
    line (from 1), past an opening quote.
    """

    value: str | tuple[Located, ...] | dict[str, Located]
    line: int
    key_lines: dict[str, int] = field(default_factory=dict)
    column: int = 1


def parse_yaml(text: str, *, shown: Path, first_line: int = 1) -> Located:
    """Read one YAML document; `first_line` is the line of the file where `text` begins.

    Raises ContentError with a line: syntax, equal keys, aliases, tags, more than 20 levels, more
    than 20,000 values.
    """
    text = one_line_end(text)
    refuse_hidden(text, shown, first_line)
    try:
        return _Builder(shown, first_line, text).build(yaml.parse(text, Loader=_LOADER))
    except yaml.YAMLError as error:
        raise _syntax(error, text, shown, first_line) from None


def load_yaml(text: str) -> Any:
    """Read YAML that a program wrote, or that comes with ours: no lines, the usual kinds of values.

    Raises yaml.YAMLError.
    """
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - both are safe loaders


class _Builder:
    """Builds the tree from the parser's events, so that a hostile file stops before it grows."""

    def __init__(self, shown: Path, first_line: int, text: str) -> None:
        self.shown = shown
        self.last = first_line + text.rstrip("\n").count("\n")
        self.first_line = first_line
        self.nodes = 0

    def build(self, events: Iterable[Any]) -> Located:
        root: Located | None = None
        open_nodes: list[_Open] = []
        for event in events:
            kind = type(event)
            begins = event.start_mark
            line = min(begins.line + self.first_line, self.last)
            if kind is yaml.ScalarEvent:
                self._check(event, line, len(open_nodes))
                column = begins.column + (2 if event.style in ("'", '"') else 1)
                done = Located(_scalar(event), line, {}, column)
                root = self._place(done, open_nodes, root)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                root = self._place(open_nodes.pop().close(), open_nodes, root)
            elif kind is yaml.DocumentStartEvent:
                if root is not None:
                    raise ContentError(
                        self.shown, line, 'There is a second "---" here.', "Delete this line."
                    )
            elif issubclass(kind, yaml.NodeEvent):
                self._check(event, line, len(open_nodes))
                open_nodes.append(_Open(line, kind is yaml.MappingStartEvent))
        return root if root is not None else Located("", self.first_line)

    def _check(self, event: Any, line: int, depth: int) -> None:
        self.nodes += 1
        if event.anchor is not None:  # of an alias too
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
    ("expected ':'", "There is no colon here.", 'Write it as "key: value", with the space.'),
    ("end of stream", "A quote is not closed.", "Put the second quote after the last word."),
    ("document start", "This does not fit what is above it.", 'Write it as "key: value".'),
    (
        "expected key",
        "This line does not fit the lines above it.",
        "Look at its spaces and quotes.",
    ),
    (
        "'-' indicator",
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
    if ("end of stream" in problem or "expected ':'" in problem) and getattr(
        error, "context_mark", None
    ) is not None:
        mark = getattr(error, "context_mark", None)  # where it begins, not where it is missed
    lines = text.rstrip("\n").split("\n")
    at = min(mark.line, len(lines) - 1) if mark is not None else 0
    line = first_line + at
    if "cannot start any token" in problem and lines[at].lstrip(" ").startswith("\t"):
        problem = "found a tab"
    if "mapping values" in problem and mark is not None and ":" not in lines[at][: mark.column]:
        problem = "block end"  # the only colon of its line: the line above is to blame
    for part, plain, hint in _SYNTAX:
        if part in problem:
            return ContentError(shown, line, plain, hint)
    return ContentError(shown, line, "I cannot read this line.", "Look at its spaces and quotes.")
