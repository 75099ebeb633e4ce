"""Changes one entry of `words.yaml`, and leaves all others as they are written."""

from __future__ import annotations

import json
import re
from pathlib import Path

from kiosk.content.edit import lines_of
from kiosk.errors import ContentError, PageNotSaved
from kiosk.located import parse_yaml, plain

_KEY = re.compile(r"  (?P<key>\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\s#'\"].*?)[ \t]*:(?=\s|$)")
_BY_HAND = "words.yaml is written in a way that I cannot change. Add the word in the file itself."


def with_entry(text: str, section: str, word: str, value: str | dict[str, str] | None) -> str:
    """Return the text in which a word has this entry, at its place in the alphabet.

    section: "explain", where the value has keys, or "say", where it is words. None takes the entry
    away. Comments, spaces and the ends of lines stay. Raises PageNotSaved for a file that is
    written in another way than one entry a line.
    """
    lines = lines_of(text)
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += end
    new = _entry(word, value, end)
    top = next((at for at, one in enumerate(lines) if re.match(rf"{section}[ \t]*:", one)), None)
    if top is None:
        lines += [f"{section}:{end}", *new]
    else:
        if not re.match(rf"{section}[ \t]*:[ \t]*(#.*)?$", lines[top].rstrip("\r\n")):
            raise PageNotSaved(_BY_HAND)
        begin, stop = _place(lines, top + 1, word)
        lines[begin:stop] = new
    done = "".join(lines)
    _expect(text, done, section, word, value)
    return done


def _place(lines: list[str], first: int, word: str) -> tuple[int, int]:
    """Return which lines the entry takes the place of: none, where the word is a new one."""
    after = before = None
    at = first
    while at < len(lines) and (not lines[at].strip() or lines[at][:1] in " #\t\r\n"):
        found = _KEY.match(lines[at])
        if found is None:
            at += 1
            continue
        key = _read(found["key"])
        stop = at + 1
        while stop < len(lines) and lines[stop].startswith("   "):
            stop += 1
        if key == word:
            return at, stop
        if key.casefold() < word.casefold():
            after = stop
        elif before is None:
            before = at
        at = stop
    place = after if after is not None else before if before is not None else first
    return place, place


def _read(key: str) -> str:
    value = parse_yaml(f"k: {key}", shown=Path()).value
    inside = value["k"].value if isinstance(value, dict) else ""
    return inside if isinstance(inside, str) else ""


def _entry(word: str, value: str | dict[str, str] | None, end: str) -> list[str]:
    if value is None:
        return []
    key = _scalar(word, is_key=True)
    if isinstance(value, str):
        return [f"  {key}: {_scalar(value)}{end}"]
    return [f"  {key}:{end}"] + [
        f"    {name}: {_scalar(said)}{end}" for name, said in value.items() if said
    ]


def _scalar(words: str, *, is_key: bool = False) -> str:
    """Write words so that they are read back as they are."""
    plain = " ".join(words.split())
    line = f"{plain}: x" if is_key else f"k: {plain}"
    try:
        read = parse_yaml(line, shown=Path()).value
    except ContentError:
        read = ""
    if isinstance(read, dict) and len(read) == 1:
        ((key, value),) = read.items()
        if (key if is_key else value.value) == plain and not plain.startswith(("{", "[", "&", "*")):
            return plain
    return json.dumps(plain, ensure_ascii=False)


def _expect(
    text: str, done: str, section: str, word: str, value: str | dict[str, str] | None
) -> None:
    """Raise PageNotSaved unless this one entry has changed, and nothing else."""
    try:
        before, after = (
            plain(parse_yaml(one.removeprefix("\ufeff"), shown=Path())) for one in (text, done)
        )
    except ContentError:
        raise PageNotSaved(_BY_HAND) from None
    wanted = dict(before) if isinstance(before, dict) else {}
    inside = wanted.get(section) or {}
    entries = dict(inside) if isinstance(inside, dict) else {}
    if value is None:
        entries.pop(word, None)
    elif isinstance(value, str):
        entries[word] = " ".join(value.split())
    else:
        entries[word] = {key: " ".join(said.split()) for key, said in value.items() if said}
    wanted[section] = entries or ""
    if after != wanted:
        raise PageNotSaved(_BY_HAND)
