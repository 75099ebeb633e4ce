"""The rooms of the front end: imports point one way, and a browser is told of them all at once."""

from __future__ import annotations

import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from kiosk.screen.document import FOLDER, modules_of

GUIDE = Path(__file__).resolve().parents[2] / ".github" / "CONTRIBUTING.md"
# From the top; rooms beside each other do not know each other. A file that stands alone is a room.
ORDER = ("main | copy", "page", "survey", "voice | hands", "host", "dom | rest", "types")
LEVELS = {room: at for at, rooms in enumerate(ORDER) for room in rooms.split(" | ")}
# Entries of their own, which no module knows, and Streamlit's part, which main alone knows.
APART = {"component", "lock", "offline", "streamlit"}
# `import ... from`, `import` alone, and the types in comments.
_IMPORT = re.compile(r'^import\b[^;"]*"([^"]+)";|\bimport\("([^"]+)"\)', re.MULTILINE)


def room_of(file: Path) -> str:
    """Return the room of a file; a file on top is a room of its own."""
    return file.relative_to(FOLDER).parts[0].split(".")[0]


def imports_of(file: Path) -> list[Path]:
    """Return the files that one asks for, for its work or for its types."""
    text = file.read_text(encoding="utf-8")
    found = [one[1] or one[2] for one in _IMPORT.finditer(text)]
    assert [name for name in found if not name.startswith(("./", "../"))] == [], file
    return [(file.parent / name).resolve() for name in found]


def files() -> list[Path]:
    return sorted([*FOLDER.rglob("*.js"), *FOLDER.rglob("*.d.ts")])


def test_every_room_has_its_place() -> None:
    assert {room_of(file) for file in files()} == set(LEVELS) | APART


def test_imports_point_down_only() -> None:
    wrong = [
        f"{file.relative_to(FOLDER)} -> {asked.relative_to(FOLDER)}"
        for file in files()
        for asked in imports_of(file)
        if (here := room_of(file)) != (there := room_of(asked))
        and (here, there) not in {("main", "streamlit"), ("streamlit", "rest")}
        and not (here in LEVELS and there in LEVELS and LEVELS[here] < LEVELS[there])
    ]
    assert wrong == []


def test_no_two_modules_need_each_other() -> None:
    known = {file: imports_of(file) for file in files()}
    assert {asked for all_ in known.values() for asked in all_} <= set(known)
    TopologicalSorter(known).prepare()  # a CycleError names those that do


@pytest.mark.parametrize("entry", ["main.js", "copy.js"])
def test_a_browser_is_told_at_once_of_all_that_it_will_ask_for(entry: str) -> None:
    """And of nothing else: what it fetches for nothing makes people wait."""
    found: set[Path] = set()
    waiting = [FOLDER / entry, *(FOLDER / "survey" / "controls").glob("*.js")]
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            waiting += [asked for asked in imports_of(file) if asked.suffix == ".js"]
    told = {file.relative_to(FOLDER).as_posix() for file in found}
    assert told == set(modules_of(entry))


def test_the_guide_says_the_order() -> None:
    assert f"`{' > '.join(ORDER)}`" in GUIDE.read_text(encoding="utf-8")
