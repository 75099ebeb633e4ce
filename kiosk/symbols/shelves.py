"""The pictures of one place, to look through: the word book, a site's own pictures, or a pack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.errors import ContentError
from kiosk.symbols.book import SymbolBook
from kiosk.symbols.model import Symbol, UnknownSymbol, fold

BOOK, OWN, PACK = "book", "own", "pack "


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture. name: what a page calls it, between colons."""

    name: str
    symbol: Symbol


def shelves(book: SymbolBook) -> dict[str, int]:
    """Return the places that have pictures, and how many: BOOK, OWN, and PACK with its name."""
    packs = {f"{PACK}{one.name}": len(one.listed) for one in book.packs}
    return {
        name: count
        for name, count in {BOOK: len(book.ideas), OWN: len(book.own), **packs}.items()
        if count
    }


def kept_in(
    book: SymbolBook, shelf: str, words: str = "", *, language: str, most: int
) -> list[Kept]:
    """Return the first pictures of a place, by their names. words: what stands in name or words.

    Nothing of a place that is not there; a file that cannot be read is left out.
    """
    wanted = fold(words).split()
    finder = book.in_language(language)
    found = []
    for name, shows in sorted(_names(book, shelf)):
        if not all(one in f"{fold(name)} {fold(shows)}" for one in wanted):
            continue
        try:
            found.append(Kept(name, finder.find(name)))
        except (ContentError, UnknownSymbol):
            continue
        if len(found) == most:
            break
    return found


def _names(book: SymbolBook, shelf: str) -> Iterator[tuple[str, str]]:
    """Yield the names of a place, with what each shows in the first language."""
    if shelf == BOOK:
        for name, symbol in book.ideas.items():
            yield name, symbol.words
    elif shelf == OWN:
        for symbol in book.own.values():
            yield symbol.name, symbol.words
    for pack in book.packs:
        if shelf == f"{PACK}{pack.name}":
            for one in pack.listed.values():
                yield f"{pack.name} {one.name}", one.words
