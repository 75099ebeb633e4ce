"""What only a person on the spot can tick, and the ticks: `data/install.yaml`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

from kiosk.config import Site
from kiosk.errors import SettingsError
from kiosk.files import replace_durably
from kiosk.located import load_yaml

FILE = "install.yaml"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at. words: what must be true; source: who asks for it."""

    id: str
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Group:
    """The things of one row. any: one of them is enough; all: each of them."""

    row: str
    title: str
    any: tuple[Item, ...]
    all: tuple[Item, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything that can be ticked."""
        return (*self.any, *self.all)

    def missing(self, ticked: frozenset[str]) -> tuple[Item, ...]:
        """Return what must still be ticked."""
        chosen = any(one.id in ticked for one in self.any)
        wanted = self.all if chosen or not self.any else self.items
        return tuple(one for one in wanted if one.id not in ticked)


class Ticks(BaseModel):
    """What was ticked: row -> ids of its items, and the day."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    date: datetime.date
    rows: dict[str, Annotated[tuple[str, ...], Field(max_length=50)]]

    def of(self, group: Group) -> frozenset[str]:
        """Return the ticks of one row; those that nobody knows any more do not count."""
        return frozenset(self.rows.get(group.row, ())) & {one.id for one in group.items}


def groups() -> list[Group]:
    """Return the checklist, row by row."""
    text = (files("kiosk.health") / "checklist.yaml").read_text(encoding="utf-8")
    return [
        Group(
            row,
            told["title"],
            tuple(Item(**one) for one in told.get("any", ())),
            tuple(Item(**one) for one in told.get("all", ())),
        )
        for row, told in load_yaml(text).items()
    ]


def read_ticks(site: Site) -> Ticks | None:
    """Return what was ticked; None before anybody did. Raises SettingsError."""
    file = site.data / FILE
    try:
        return Ticks.model_validate(load_yaml(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, yaml.YAMLError):
        raise SettingsError(
            f"{site.shown(file)} cannot be read. Delete it and tick the list again."
        ) from None


def write_ticks(site: Site, rows: Mapping[str, list[str]]) -> Ticks:
    """Keep the ticks, with the day of today. Raises SettingsError when the disk says no."""
    known = {group.row: [one.id for one in group.items] for group in groups()}
    kept = {
        row: tuple(one for one in ids if one in rows.get(row, ())) for row, ids in known.items()
    }
    today = site.today()
    ticks = Ticks(date=today, rows=kept)
    try:
        site.data.mkdir(parents=True, exist_ok=True)
        text = yaml.safe_dump(ticks.model_dump(mode="json"), sort_keys=False)
        replace_durably(site.data / FILE, text.encode(), mode=None)
    except OSError as error:
        raise SettingsError(f"The list cannot be kept: {error.strerror}.") from None
    return ticks


def told(group: Group, ticks: Ticks | None) -> str:
    """Return where a row stands, as one sentence."""
    if ticks is None:
        return "Nobody has ticked it yet: kiosk doctor --screen"
    missing = group.missing(ticks.of(group))
    if not missing:
        return f"All is ticked ({ticks.date})."
    return f"Not ticked yet ({ticks.date}): {', '.join(one.id for one in missing)}."
