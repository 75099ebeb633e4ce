"""Changes one of the facts at the start of a page, and leaves all others as they are written."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from pathlib import Path

from kiosk.content.edit import end_of_head, lines_of
from kiosk.errors import ContentError, PageNotSaved
from kiosk.located import parse_yaml, plain
from kiosk.symbols.composing.declaration import read_text as read_declaration
from kiosk.symbols.composing.declaration import write

_QUOTED = r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\''
_FACT = re.compile(
    rf"(?P<key>[A-Za-z_]+)(?P<colon>[ \t]*:)(?P<space>[ \t]*)"
    rf"(?P<value>{_QUOTED}|[^\s#][^\r\n]*?|)"
    r"(?P<rest>(?:[ \t]+#[^\r\n]*)?[ \t]*)(?P<end>\r\n|\r|\n|)"
)


def with_fact(text: str, key: str, value: str) -> str:
    """Return a page's text in which the fact `key` says `value`, one line of words.

    The comment behind it stays, and so do its place and its spaces. A fact that is not there yet
    comes last. A text whose first part has no beginning or end comes back as it is.
    """
    lines = lines_of(text)
    closes = end_of_head(lines)
    if closes < 0:
        return text
    end = lines[closes - 1][len(lines[closes - 1].rstrip("\r\n")) :] or "\n"
    at = next(
        (n for n in range(1, closes) if _key(lines[n]) == key),
        None,
    )
    if at is None:
        lines.insert(closes, f"{key}: {_quoted(value)}".rstrip() + end)
        return "".join(lines)
    found = _FACT.fullmatch(lines[at])
    below = at + 1
    while below < closes and (lines[below][:1] in " \t#" or not lines[below].strip()):
        below += 1
    while below > at + 1 and not lines[below - 1].partition("#")[0].strip():
        below -= 1  # what stands between two facts is not of the first one
    rest, line_end = (found["rest"], found["end"]) if found and below == at + 1 else ("", end)
    space = (found["space"] if found and found["value"] else "") or " "
    new = f"{key}:{space}{_quoted(value)}".rstrip()
    lines[at:below] = [new + rest.rstrip() + line_end if rest.strip() else new + line_end]
    return "".join(lines)


def _key(line: str) -> str:
    found = _FACT.match(line)
    return found["key"] if found else ""


def _quoted(value: str) -> str:
    """Write a value so that it is read back as these words."""
    words = " ".join(value.split())
    if not words:
        return ""
    try:
        read = parse_yaml(f"k: {words}", shown=Path()).value
    except ContentError:
        read = ""
    if isinstance(read, dict) and list(read) == ["k"] and read["k"].value == words:
        return words
    return json.dumps(words, ensure_ascii=False)


def own_pictures(text: str) -> dict[str, str]:
    """Return the pictures that a page puts together for itself: their names, and of what.

    None of a text whose first part cannot be read.
    """
    lines = lines_of(text.removeprefix("\ufeff"))
    closes = end_of_head(lines)
    if closes < 0:
        return {}
    try:
        value = parse_yaml("".join(lines[1:closes]).replace("\r\n", "\n"), shown=Path()).value
    except ContentError:
        return {}
    declared = value.get("pictures") if isinstance(value, dict) else None
    inside = declared.value if declared is not None else None
    if not isinstance(inside, dict):
        return {}
    return {name: json.dumps(plain(one), ensure_ascii=False) for name, one in inside.items()}


def with_picture(text: str, called: str, declaration: str) -> tuple[str, str]:
    """Return a page's text that puts a picture together for itself, and the picture's name.

    called: what it shows, from which its name is made. declaration: `{in: [home, mum]}`. Raises
    ContentError for another declaration, PageNotSaved for a page whose pictures are written in
    another way than one a line.
    """
    lines = lines_of(text)
    closes = end_of_head(lines)
    there = own_pictures(text)
    name = _free(" ".join(re.sub(r"[^\w ]+", " ", called).casefold().split())[:60].strip(), there)
    end = lines[closes - 1][len(lines[closes - 1].rstrip("\r\n")) :] or "\n" if closes > 0 else ""
    new = f"  {_quoted(name)}: {write(read_declaration(declaration))}{end}"
    at = next((n for n in range(1, closes) if _key(lines[n]) == "pictures"), None)
    if at is None:
        lines[closes:closes] = [f"pictures:{end}", new]
    else:
        stop = at + 1
        while stop < closes and lines[stop][:1] in " \t#":
            stop += 1
        lines.insert(stop, new)
    done = "".join(lines)
    if set(own_pictures(done)) != {*there, name}:
        raise PageNotSaved("This page cannot take a picture that is made of parts.")
    return done, name


def _free(wanted: str, there: Collection[str]) -> str:
    wanted = wanted or "picture"
    found, number = wanted, 2
    while found in there:
        found = f"{wanted} {number}"
        number += 1
    return found
