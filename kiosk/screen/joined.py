"""The front end in two files: all modules as one, all styles as one.

A new browser asks for few files at a time: one for each module would make people wait for the
screen. The modules stay as they are written; nothing is built before a kiosk starts.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from kiosk.screen.document import FOLDER, STYLES, head_of, run_by

_IMPORT = re.compile(
    r'^import\s+(?:(\{[^}]*\})\s*from\s+)?"(\.{1,2}/[^"]+)";?[ \t]*\n', re.MULTILINE
)
_EXPORT = re.compile(
    r"^export\s+(?=(?:async\s+)?(?:function\*?|class|const)\s+(\w+))", re.MULTILINE
)
_OTHERWISE = re.compile(r"^(?:import|export)\b|\bimport\s*\(|^await\b", re.MULTILINE)
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_ITSELF = "import.meta.url"  # a module's own address: from joined/ the others are one folder up
_RENAMED = re.compile(r"(\w+)\s+as\s+(\w+)")


WHERE: Final = "joined"  # below the address of the front end
# Chromium reads all functions in a thread of its own, and not when somebody first presses.
_EAGERLY: Final = "//# allFunctionsCalledOnLoad\n"


@dataclass(frozen=True, slots=True)
class Joined:
    """Files that were joined: the name, which a change makes another one; the text; it in gzip."""

    name: str
    text: str
    small: bytes


@cache
def script(entry: str) -> Joined:
    """Return all modules of a screen as one, begun by an entry of the front end."""
    return _joined(_EAGERLY + as_one(run_by(entry), FOLDER), "js")


def as_one(run: Sequence[str], folder: Path) -> str:
    """Return one module that does what these modules of a folder do, in this order.

    Each becomes a function that gives what the module exports, after those that it needs. Raises
    ValueError for what only a module by itself can say: a default, a name that changes, a circle.
    """
    parts: list[str] = []
    numbers: dict[str, int] = {}

    def add(name: str, above: tuple[str, ...]) -> int:
        if name in above:
            raise ValueError(f"{' > '.join((*above, name))}: modules in a circle cannot be joined.")
        if name not in numbers:
            part = _module(name, folder, lambda asked: add(asked, (*above, name)))
            numbers[name] = len(numbers) + 1
            parts.append(f"const module{numbers[name]} = {part}")
        return numbers[name]

    for name in run:
        add(name, ())
    return "\n".join(parts)


def _module(name: str, folder: Path, number_of: Callable[[str], int]) -> str:
    text = (folder / name).read_text(encoding="utf-8")

    def needed(found: re.Match[str]) -> str:
        path = (folder / name).parent.joinpath(found[2]).resolve()
        number = number_of(path.relative_to(folder.resolve()).as_posix())
        names = _RENAMED.sub(r"\1: \2", found[1] or "")
        return f"const {names} = module{number};\n" if names else "\n"

    body = _IMPORT.sub(needed, text)
    given = _EXPORT.findall(body)
    body = _EXPORT.sub("", body).replace(_ITSELF, f'new URL("../{name}", {_ITSELF}).href')
    if other := _OTHERWISE.search(_REMARK.sub("", body)):
        raise ValueError(f"{name}: {other[0]} cannot be joined with other modules.")
    return f"(() => {{ // {name}\n{body}return {{ {', '.join(given)} }};\n}})();\n"


@cache
def style() -> Joined:
    """Return all styles as one, in their order."""
    return _joined("".join(_text(name) for name in STYLES), "css")


def _text(name: str) -> str:
    return f"/* {name} */\n" + (FOLDER / name).read_text(encoding="utf-8")


def _joined(text: str, suffix: str) -> Joined:
    data = text.encode()
    name = f"{sha256(data).hexdigest()[:20]}.{suffix}"
    return Joined(name, text, gzip.compress(data, mtime=0))


def head_of_joined(entry: str) -> str:
    """Return the part of the head that brings the screen, begun by an entry of the front end."""
    return head_of([f"screen/{WHERE}/{style().name}"], [f"screen/{WHERE}/{script(entry).name}"])
