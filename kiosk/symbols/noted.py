"""A finder that notes what it gave: so one can tell later whether other pictures would be found."""

from __future__ import annotations

from kiosk.symbols.model import Finder, Symbol, UnknownSymbol


class Noted:
    """Finds as another finder does, and notes each name with its picture, or what was wrong."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._found: dict[str, Symbol | tuple[str, str]] = {}

    def find(self, name: str) -> Symbol:
        """Return the picture of this name. Raises UnknownSymbol with suggestions."""
        try:
            found = self._found[name] = self._finder.find(name)
        except UnknownSymbol as error:
            self._found[name] = (str(error), error.hint)
            raise
        return found

    def as_by(self, finder: Finder) -> bool:
        """Tell whether a finder gives the same for every name that was asked for."""
        now = Noted(finder)
        for name in self._found:
            try:
                now.find(name)
            except UnknownSymbol:
                continue
        return now._found == self._found
