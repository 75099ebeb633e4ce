"""A site: its folder, and its settings from `kiosk.toml`.

Engine and site are apart: whoever needs a site is given a `Site` and reads no global. Every
setting has a default apart from the title, so the smallest `kiosk.toml` is two lines. The tables
stand beside this file, by what they are for.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError

from kiosk.config.kept import Centre, Data, Feedback, Studio
from kiosk.config.screen import Display, Hall, Keypad, Print, Switch, Visit
from kiosk.config.site import EasyRead, SiteSettings
from kiosk.config.speech import SpeechSettings
from kiosk.config.values import Table
from kiosk.errors import ContentError, SettingsError, SiteError
from kiosk.located import describe, keys_at, read_text

__all__ = [
    "FILE",
    "EasyRead",
    "Feedback",
    "Keypad",
    "Settings",
    "Site",
    "SpeechSettings",
    "load_site",
    "read_settings",
]

FILE = "kiosk.toml"


class Settings(Table):
    """All of `kiosk.toml`, one attribute for each table."""

    site: SiteSettings
    display: Display = Field(default_factory=Display)
    visit: Visit = Field(default_factory=Visit)
    keypad: Keypad = Field(default_factory=Keypad)
    switch: Switch = Field(default_factory=Switch)
    speech: SpeechSettings = Field(default_factory=SpeechSettings)
    feedback: Feedback = Field(default_factory=Feedback)
    easyread: EasyRead = Field(default_factory=EasyRead)
    hall: Hall = Field(default_factory=Hall)
    centre: Centre = Field(default_factory=Centre)
    studio: Studio = Field(default_factory=Studio)
    print: Print = Field(default_factory=Print)
    data: Data = Field(default_factory=Data)


@dataclass(frozen=True, slots=True)
class Site:
    """The folder of one site, its settings, and the folder for what it collects."""

    root: Path
    settings: Settings
    data: Path

    @property
    def content(self) -> Path:
        """The folder of the pages."""
        return self.root / "content"

    @property
    def assets(self) -> Path:
        """The folder of the site's own pictures and style."""
        return self.root / "assets"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the site."""
        return ZoneInfo(self.settings.site.timezone)

    def today(self, now: datetime | None = None) -> date:
        """Return the day that it is at the site, by `[site] timezone`; now: with its time zone."""
        return (now or datetime.now(UTC)).astimezone(self.zone).date()

    def shown(self, path: Path) -> Path:
        """Return the path as staff know it: relative to the site's folder where it can be."""
        return path.relative_to(self.root) if path.is_relative_to(self.root) else path


def load_site(root: Path, data: Path | None = None) -> Site:
    """Read `kiosk.toml` in the folder `root`; `data` stands above the setting `[data] folder`.

    Raises SiteError when there is no such folder or no `kiosk.toml` in it, and SettingsError
    with every mistake, one on each line.
    """
    if not root.is_dir():
        raise SiteError(f"There is no folder {root}.")
    root = root.resolve()
    if not (root / FILE).exists():
        raise SiteError(f"There is no {FILE} in {root}. Is this the folder of a site?")
    try:
        text = read_text(root / FILE, shown=Path(FILE))
    except ContentError as error:
        raise SettingsError(str(error)) from None
    settings = read_settings(text)
    return Site(root, settings, _data_folder(root, settings, data))


def read_settings(text: str) -> Settings:
    """Return what the text of a `kiosk.toml` says.

    Raises SettingsError with every mistake, one on each line.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(_syntax(error, text)) from None
    except RecursionError:
        raise SettingsError(f"{FILE}:1: There are too many brackets inside each other.") from None
    try:
        return Settings.model_validate(tables)
    except ValidationError as error:
        found = error.errors(include_url=False)
        raise SettingsError("\n".join(_value(one) for one in found)) from None


def _data_folder(root: Path, settings: Settings, data: Path | None) -> Path:
    try:
        folder = (data if data is not None else root / settings.data.folder).resolve()
    except (OSError, RuntimeError, ValueError):
        raise SettingsError(f"{FILE}: [data] folder: is not the name of a folder.") from None
    kept_apart = (root / "content", root / "assets")
    if root.is_relative_to(folder) or any(folder.is_relative_to(one) for one in kept_apart):
        wrong = "must not be the site's folder, or inside content or assets."
        raise SettingsError(f"{FILE}: [data] folder: {wrong}")
    return folder


_WHERE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def _syntax(error: tomllib.TOMLDecodeError, text: str) -> str:
    said = str(error)
    where = _WHERE.search(said)
    line = text.rstrip("\n").count("\n") + 1
    if where is not None and where[1] is not None:
        line = min(int(where[1]), line)
    return f"{FILE}:{line}: I cannot read this line: {_WHERE.sub('', said)}."


def _value(error: Any) -> str:
    loc = error["loc"]
    problem, hint = describe(error, keys_at(Settings, loc[:-1]))
    problem = problem.replace('lines of "key: value"', "a table")
    names = [str(step) for step in loc if step != "[key]"]
    table, rest = names[:1], names[1:]
    if not rest and error["type"] == "missing":
        problem = "this table is missing."
    place = " ".join([*(f"[{one}]" for one in table), ".".join(rest)]).strip()
    return f"{FILE}: {place}: {problem} {hint}".rstrip()
