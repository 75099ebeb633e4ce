"""Packs of pictures that a site has taken over: `assets/packs/NAME/`.

```
pack.yaml        who made the pictures, and where they may be used
index.csv        a line for each picture: its name, its file, what it shows, words that lead to it
pictures/        the pictures, cleaned
```

Only `pack.yaml` and `index.csv` are read when a site is loaded; a picture is read when it is used.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from kiosk.config import Site
from kiosk.errors import ContentError, PackRefused
from kiosk.files import Stamp, stamp_of
from kiosk.located import Read, check, parse_yaml, read_text
from kiosk.symbols import drawing
from kiosk.symbols.drawing import MEDIA_TYPES
from kiosk.symbols.model import USES, Credit, Symbol, Use, fold

ABOUT, INDEX, PICTURES = "pack.yaml", "index.csv", "pictures"
COLUMNS = (
    *("name", "file", "words", "keywords"),
    *("title", "creator", "licence", "url", "attribution", "may_be"),
)
LARGEST_INDEX = 8_000_000


class MadeBy(BaseModel):
    """Who made pictures, and where they may be used.

    may_be_changed: they may be parts of other pictures, which go out under CC BY-SA 4.0.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    creator: Annotated[str, Field(min_length=1, max_length=200)]
    licence: Annotated[str, Field(min_length=1, max_length=200)]
    url: Annotated[str, Field(max_length=500)] = ""
    attribution: Annotated[str, Field(max_length=500)] = ""
    may_be: Annotated[tuple[Use, ...], Field(max_length=len(USES))] = USES
    may_be_changed: bool = False

    def credit_for(self, title: str) -> Credit:
        """Return whom to thank for a picture of this title."""
        return Credit(
            title,
            self.creator,
            self.licence,
            self.url,
            self.attribution,
            self.may_be,
            self.may_be_changed,
        )


class About(MadeBy):
    """`pack.yaml`. may_be: only on a screen unless it says more."""

    title: Annotated[str, Field(min_length=1, max_length=200)]
    index: Annotated[str, Field(max_length=250)] = ""
    may_be: Annotated[tuple[Use, ...], Field(max_length=len(USES))] = ("screen",)


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of `index.csv`; keywords: words that lead to the picture too."""

    name: str
    file: str
    words: str
    keywords: tuple[str, ...]
    credit: Credit


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """A pack in a site's folder; listed: folded name -> its line."""

    name: str
    folder: Path
    listed: Mapping[str, Listed] = field(default_factory=dict)

    def find(self, folded: str) -> Symbol | None:
        """Return the picture of a folded name, or None. Raises ContentError."""
        one = self.listed.get(folded)
        if one is None:
            return None
        path = self.folder / PICTURES / one.file
        return _read(path, one, stamp_of(path))


def load_pack(site: Site, folder: Path) -> Read[Pack]:
    """Read what is known about a pack; a broken line is a problem and not a picture."""
    shown, nothing = site.shown(folder), Pack(folder.name, folder)
    listed: dict[str, Listed] = {}
    problems: list[ContentError] = []
    try:
        about, wrong = read_about(read_text(folder / ABOUT, shown=shown / ABOUT), shown / ABOUT)
        if about is None:
            return Read(nothing, wrong)
        rows = read_table(read_text(folder / INDEX, shown=shown / INDEX, limit=LARGEST_INDEX))
    except ContentError as error:
        return Read(nothing, (error,))
    except csv.Error as error:
        problem = f"I cannot read this table: {error}."
        return Read(nothing, (ContentError(shown / INDEX, 1, problem),))
    for line, row in rows:
        name, file = row.get("name", ""), row.get("file", "")
        if not fold(name) or Path(file).name != file or Path(file).suffix not in MEDIA_TYPES:
            problem = "This line needs the name of a picture, and of a file without its folder."
            problems.append(ContentError(shown / INDEX, line, problem))
        else:
            listed.setdefault(fold(name), _listed(row, about.credit_for(about.title)))
    return Read(replace(nothing, listed=listed), tuple(problems))


def read_about(text: str, shown: Path) -> Read[About | None]:
    """Read a `pack.yaml`; None when there are problems."""
    try:
        return check(About, parse_yaml(text, shown=shown), shown=shown)
    except ContentError as error:
        return Read(None, (error,))


def check_about(text: str, shown: Path) -> About:
    """Read a `pack.yaml` before its pack is taken over. Raises PackRefused."""
    about, problems = read_about(text, shown)
    if about is None:
        raise PackRefused("\n".join(map(str, problems)))
    return about


def read_table(text: str) -> list[tuple[int, dict[str, str]]]:
    """Read a table with a first line of names: commas, semicolons or tabs; (line, its cells).

    Raises csv.Error.
    """
    first = text.partition("\n")[0]
    between = max(",;\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text), delimiter=between)
    rows = []
    for row in reader:
        cells = {
            (name or "").strip().casefold(): cell.strip()
            for name, cell in row.items()
            if isinstance(cell, str)
        }
        if any(cells.values()):
            rows.append((reader.line_num, cells))
    return rows


def _listed(row: dict[str, str], of_pack: Credit) -> Listed:
    is_own = bool(row.get("creator") or row.get("licence"))
    credit = Credit(
        title=row.get("title") or of_pack.title,
        creator=row.get("creator") or of_pack.creator,
        licence=row.get("licence") or of_pack.licence,
        url=row.get("url") or ("" if is_own else of_pack.url),
        attribution=row.get("attribution") or ("" if is_own else of_pack.attribution),
        may_be=tuple(one for one in USES if one in row.get("may_be", "").split()) or of_pack.may_be,
        may_be_changed=of_pack.may_be_changed,
    )
    name = row["name"]
    words = row.get("words") or name[:1].upper() + name[1:]
    keywords = tuple(one.strip() for one in row.get("keywords", "").split(",") if one.strip())
    return Listed(name, row["file"], words, keywords, credit)


@lru_cache(maxsize=512)
def _read(path: Path, one: Listed, _stamp: Stamp | None) -> Symbol:
    root = path.parent
    data, media_type = drawing.read_picture(path, Path(*path.parts[-5:]), root)
    return Symbol(one.name, one.words, data, media_type, one.credit)
