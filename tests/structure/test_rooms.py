"""The rooms of the engine: their layers, and how they are drawn for people who come new."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONTRIBUTING = ROOT / ".github" / "CONTRIBUTING.md"


def layers() -> list[list[str]]:
    """Return the rooms of each layer, the highest first, as the imports are checked by them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (rooms,) = [one for one in contracts if one["id"] == "rooms"]
    return [layer.split(" | ") for layer in rooms["layers"] if layer != "__main__"]


def drawn() -> list[list[tuple[str, str]]]:
    """Return the rooms of each layer as CONTRIBUTING draws them, each with its sentence."""
    text = CONTRIBUTING.read_text(encoding="utf-8")
    block = text.partition("- The rooms of the engine.")[2].split("```\n")[1]
    found = re.findall(r"^([ |]) (\w+) +(\S.*)$", block, re.M)
    drawing: list[list[tuple[str, str]]] = []
    for beside, room, sentence in found:
        if beside == "|":
            drawing[-1].append((room, sentence))
        else:
            drawing.append([(room, sentence)])
    return drawing


def sentence_of(room: str) -> str:
    """Return the first sentence that a room says of itself."""
    here = ROOT / "kiosk" / room
    file = here / "__init__.py" if here.is_dir() else here.with_suffix(".py")
    told = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
    return (told or "").splitlines()[0]


def test_the_drawing_of_the_rooms_is_the_one_that_is_checked() -> None:
    assert [[room for room, _ in beside] for beside in drawn()] == layers()


def test_each_room_says_of_itself_what_the_drawing_says() -> None:
    for beside in drawn():
        for room, sentence in beside:
            assert sentence_of(room) == sentence


def test_each_word_of_the_glossary_leads_to_a_file() -> None:
    text = CONTRIBUTING.read_text(encoding="utf-8")
    rows = re.findall(r"^\| [^|]+ \| [^|]+ \| `([\w/.]+)` \|$", text, re.M)
    assert len(rows) >= 20
    assert [one for one in rows if not (ROOT / "kiosk" / one).is_file()] == []
