"""What pictures show, in the words of another language: `content/<language>/symbols.yaml`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field, RootModel

from kiosk.errors import ContentError
from kiosk.located import Read, parse_yaml, read_text, validate_each
from kiosk.symbols.model import Finder, Symbol, UnknownSymbol, fold

FILE = "symbols.yaml"


class _Words(RootModel[Annotated[str, Field(min_length=1, max_length=200)]]):
    pass


def read_picture_words(
    path: Path, *, shown: Path, pictures: Finder, before: Mapping[str, str]
) -> Read[Mapping[str, str]]:
    """Read folded name -> words; before: what stays of a broken file."""
    try:
        node = parse_yaml(read_text(path, shown=shown), shown=shown)
    except ContentError as error:
        return Read(before, (error,))
    good, found = validate_each(_Words, node, shown=shown)
    problems = list(found)
    words_by_name: dict[str, str] = {}
    for name, words in good.items():
        try:
            pictures.find(name)
        except UnknownSymbol as error:
            problems.append(ContentError(shown, node.key_lines[name], str(error), error.hint))
        else:
            words_by_name[fold(name)] = words.root
    return Read(words_by_name, tuple(problems))


class TranslatedFinder:
    """A finder whose pictures say what they show in another language, where it has words.

    redrawn: gives a picture that is another one in the language, such as a calendar.
    """

    def __init__(
        self,
        pictures: Finder,
        words_by_name: Mapping[str, str],
        redrawn: Callable[[Symbol], Symbol] = lambda symbol: symbol,
    ) -> None:
        self._pictures = pictures
        self._words_by_name = words_by_name
        self._redrawn = redrawn

    def find(self, name: str) -> Symbol:
        """Return the picture of this name. Raises UnknownSymbol with suggestions."""
        found = self._redrawn(self._pictures.find(name))
        return found.shown_as(self._words_by_name.get(fold(name), ""))
