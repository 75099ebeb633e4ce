"""The answers that one test has given to a kiosk that several tests share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


class Given:
    """What is on disk of a kiosk, in its folder `data`, and was not there when this was made."""

    def __init__(self, data: Path) -> None:
        self._folder = data / "feedback"
        self._before: list[Path] = []
        self._before = self.files()

    def files(self) -> list[Path]:
        """Return the file of every answer, the first one first."""
        return [one for one in sorted(self._folder.rglob("*.yaml")) if one not in self._before]

    def read(self) -> list[dict[str, Any]]:
        """Return every answer, the first one first."""
        return [yaml.safe_load(one.read_text(encoding="utf-8")) for one in self.files()]
