"""A site's own pictures: `assets/pictures/`, with `pictures.yaml` beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import Field

from kiosk.config import Site
from kiosk.errors import ContentError
from kiosk.located import Located, Read, is_to_do, parse_yaml, read_text, validate_each
from kiosk.symbols import drawing
from kiosk.symbols.model import Symbol, fold
from kiosk.symbols.packs import MadeBy

FILE = "pictures.yaml"


class _About(MadeBy):
    """One entry of `pictures.yaml`."""

    words: Annotated[str, Field(min_length=1, max_length=200)]
    title: Annotated[str, Field(max_length=200)] = ""


@dataclass(frozen=True, slots=True)
class Own:
    """Folded name -> picture; without_credit: folded name -> file, where nobody is named yet."""

    pictures: Mapping[str, Symbol] = field(default_factory=dict)
    without_credit: Mapping[str, str] = field(default_factory=dict)


def folder_of(site: Site) -> Path:
    """Return the folder of a site's own pictures."""
    return site.assets / "pictures"


def read_own(site: Site, paths: Iterable[Path], old: Own) -> Read[Own]:
    """Read the pictures among these paths; what is broken now keeps its version in `old`."""
    about: dict[str, _About] = {}
    problems: list[ContentError] = []
    there = [path for path in paths if path.parent == folder_of(site)]
    file = folder_of(site) / FILE
    broken = False
    if file in there:
        shown = site.shown(file)
        try:
            node = parse_yaml(read_text(file, shown=shown), shown=shown)
            good, found = validate_each(_About, node, shown=shown)
            about = {fold(name): one for name, one in good.items()}
            problems = [*found, *_still_to_do(node, good, shown)]
        except ContentError as error:
            problems, broken = [error], True
    pictures: dict[str, Symbol] = {}
    without_credit: dict[str, str] = {}
    for path in there:
        name = fold(path.stem)
        if path.suffix not in drawing.MEDIA_TYPES or name in pictures:
            continue
        try:
            if name in about:
                pictures[name] = _read(site, path, about[name])
                continue
        except ContentError as error:
            problems.append(error)
        if name in old.pictures and (broken or name in about):
            pictures[name] = old.pictures[name]
        else:
            without_credit[name] = path.name
    return Read(Own(pictures, without_credit), tuple(problems))


def _read(site: Site, path: Path, about: _About) -> Symbol:
    data, media_type = drawing.read_picture(path, site.shown(path), site.root)
    credit = about.credit_for(about.title or about.words)
    return Symbol(path.stem, about.words, data, media_type, credit)


def _still_to_do(node: Located, good: Mapping[str, _About], shown: Path) -> list[ContentError]:
    """Name what a person has not yet filled in; a draft can show the picture meanwhile."""
    found = []
    for name, one in good.items():
        missing = [f'"{key}"' for key, said in one.model_dump().items() if is_to_do(said)]
        if missing:
            hint = f"Fill in {' and '.join(missing)}."
            problem = f'The picture "{name}" is not finished.'
            found.append(ContentError(shown, node.key_lines[name], problem, hint))
    return found
