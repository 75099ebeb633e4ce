"""A site's own people: `content/cast.yaml`, laid over those that every site has.

```yaml
zara: {skin: 2, hair: curly}
joe: {who: man, skin: 5, hair: locs, beard: short, top: orange, hearing_aid: true}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from kiosk.config import Site
from kiosk.errors import ContentError
from kiosk.located import (
    Mistake,
    Read,
    did_you_mean,
    parse_yaml,
    read_text,
    validate_each,
)
from kiosk.symbols.model import fold
from kiosk.symbols.people.drawn import ARMS, MOODS
from kiosk.symbols.people.person import (
    AGES,
    COLOURS,
    NO_SKIN,
    STAFF,
    STAFF_COLOUR,
    WHO,
    Age,
    Beard,
    Cast,
    Covering,
    Glasses,
    Hair,
    Person,
    Wears,
    Who,
)
from kiosk.symbols.people.shipped import SHIPPED

FILE = "cast.yaml"

TAKEN = MOODS | ARMS | {"full", "left", "right", "wheelchair", "cane"}
"""Words that say how a person stands, so that nobody can have them for a name."""

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def _colour(value: str) -> str:
    if _HEX.fullmatch(value):
        return value.lower()
    name = fold(value)
    if name in COLOURS:
        return COLOURS[name]
    near = did_you_mean(name, COLOURS)
    hint = f'Did you mean "{near[0]}"?' if near else f"You can use: {', '.join(COLOURS)}."
    raise Mistake(f'I do not know the colour "{value[:40]}".', hint)


_Colour = Annotated[str, AfterValidator(_colour)]


class _Entry(BaseModel):
    """One person of `cast.yaml`; what is not said stays as it was."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    who: Who | None = None
    age: Age | None = None
    skin: Annotated[int, Field(ge=1, le=5)] | None = None
    hair: Hair | None = None
    hair_colour: _Colour | None = None
    covering: Covering | None = None
    covering_colour: _Colour | None = None
    beard: Beard | None = None
    glasses: Glasses | None = None
    hearing_aid: bool | None = None
    wheelchair: bool | None = None
    cane: bool | None = None
    wears: Wears | None = None
    top: _Colour | None = None
    bottom: _Colour | None = None


def file_of(site: Site) -> Path:
    """Return the file of a site's own people."""
    return site.content / FILE


def read_cast(site: Site, paths: Iterable[Path], old: Cast) -> Read[Cast]:
    """Read the site's people, if their file is among these paths, laid over those of every site.

    An entry that is broken now keeps its version in `old`, and a broken file all of them.
    """
    file = file_of(site)
    if file not in paths:
        return Read(SHIPPED)
    shown = site.shown(file)
    try:
        node = parse_yaml(read_text(file, shown=shown), shown=shown)
    except ContentError as error:
        return Read(old or SHIPPED, (error,))
    good, problems = validate_each(_Entry, node, shown=shown)
    wrong = list(problems)
    cast = dict(SHIPPED)
    for name, there in node.value.items() if isinstance(node.value, dict) else ():
        try:
            if name in good:
                cast[_name(name)] = _laid_over(SHIPPED.get(fold(name)), good[name])
                continue
        except _Wrong as error:
            lines = there.key_lines
            line = lines.get(error.key, node.key_lines[name])
            wrong.append(ContentError(shown, line, error.problem, error.hint))
        if fold(name) in old:
            cast[fold(name)] = old[fold(name)]
    if "staff" not in map(fold, good):
        cast["staff"] = cast["priya"]
    return Read(MappingProxyType(cast), tuple(sorted(wrong, key=lambda one: one.line)))


class _Wrong(Mistake):
    """A mistake at one key of an entry, or at its name."""

    def __init__(self, problem: str, hint: str, key: str = "") -> None:
        super().__init__(problem, hint)
        self.key = key


def _name(name: str) -> str:
    folded = fold(name)
    if not folded or " " in folded:
        raise _Wrong(f'"{name}" cannot be the name of a person.', "Write one word, such as zara.")
    if folded in TAKEN:
        problem = f'"{name}" says how somebody stands or feels: it cannot be a name.'
        raise _Wrong(problem, "Choose another name.")
    return folded


def _laid_over(base: Person | None, entry: _Entry) -> Person:
    given = {name: getattr(entry, name) for name in entry.model_fields_set}
    if base is None and entry.who is None:
        hint = f"You can use: {', '.join(sorted(WHO))}."
        raise _Wrong('"who" is missing: what do we say for this person?', hint)
    if entry.skin is not None and base is not None and base.skin == NO_SKIN:
        problem = "This is the one who is never one of us: grey, without a skin colour."
        raise _Wrong(problem, "Take this line away, or give the person another name.", "skin")
    if entry.who is not None and entry.age is None:
        given["age"] = AGES.get(entry.who, "adult")
    person = replace(base or Person("person"), **given)
    if person.who != STAFF:
        return person
    if entry.top is not None:
        problem = f"Staff always wear {STAFF_COLOUR}, so that people know them."
        raise _Wrong(problem, "Take this line away.", "top")
    return replace(person, top=COLOURS[STAFF_COLOUR])
