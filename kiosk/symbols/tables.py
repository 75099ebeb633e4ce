"""The tables that come with the program, in `kiosk/symbols/data`."""

from __future__ import annotations

from importlib.resources import files


def text(table: str) -> str:
    """Return a whole table."""
    return files("kiosk.symbols").joinpath("data", table).read_text(encoding="utf-8")


def lines(table: str) -> list[str]:
    """Return the lines of a table, without the empty ones and the remarks."""
    return [line for line in text(table).splitlines() if line and not line.startswith("#")]
