"""Writes settings into `kiosk.toml` as a careful person would."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AbstractTable, Item

from kiosk.config import FILE, Settings, Site, read_settings
from kiosk.errors import ContentError, SettingsError
from kiosk.files import replace_durably
from kiosk.located import read_text

BACKUP = f"{FILE}.bak"


def change_settings(site: Site, changes: Mapping[str, Mapping[str, object]]) -> Settings:
    """Write values (table -> key -> value) and return all settings as they are now.

    Comments and order stay. The file as it was before is `kiosk.toml.bak`. Raises SettingsError
    when a value cannot be used or the file cannot be written: then nothing has changed.
    """
    file = (site.root / FILE).resolve()
    try:
        text = read_text(site.root / FILE, shown=Path(FILE))
        document = tomlkit.parse(text)
        for name, values in changes.items():
            _set(document.setdefault(name, tomlkit.table()), values)
        new = tomlkit.dumps(document)
        settings = read_settings(new)
        windows = b"\r\n" in file.read_bytes()
        shutil.copy2(file, file.with_name(BACKUP))
        text = new.replace("\n", "\r\n") if windows else new
        replace_durably(file, text.encode(), mode=None)
    except (ContentError, TOMLKitError) as error:
        raise SettingsError(f"{FILE}: {error}") from None
    except OSError as error:
        raise SettingsError(
            f"{FILE} cannot be written: {error.strerror}. Ask IT who may change it."
        ) from None
    return settings


def _set(table: AbstractTable, values: Mapping[str, object]) -> None:
    for key, value in values.items():
        old = table.get(key)
        if isinstance(old, Item):
            if old.unwrap() == value:
                continue
            if old.trivia.comment:  # it keeps its column, as far as there is room
                longer = len(tomlkit.item(value).as_string()) - len(old.as_string())
                old.trivia.comment_ws = " " * max(1, len(old.trivia.comment_ws) - longer)
        table[key] = value
