"""What the tests of pictures made of parts need."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from kiosk.symbols import Symbol, SymbolBook, fold, openmoji, ours
from kiosk.symbols.composing.composing import Composer
from kiosk.symbols.composing.declaration import Declaration, read_text
from kiosk.symbols.drawing import bitmap, check_svg
from kiosk.symbols.model import UnknownSymbol
from kiosk.symbols.people import SHIPPED
from tests.symbols.test_symbols import book, problems, put

__all__ = ["book", "compose", "declared", "drawn", "find", "problems", "put", "safe"]

SHOWN = Path("picture.svg")


def find(name: str) -> Symbol:
    """Find what comes with the program."""
    found = ours.find(fold(name)) or openmoji.find(fold(name))
    if found is None:
        raise UnknownSymbol(name)
    return found


def declared(text: str) -> Declaration:
    """Read a declaration."""
    return read_text(text)


def compose(text: str, language: str = "en") -> Symbol:
    """Compose with what comes with the program."""
    return Composer(SHIPPED, find).compose(declared(text), language=language)


def safe(symbol: Symbol) -> str:
    """Return the file of a picture that the product's own check lets pass."""
    check_svg(symbol.svg, SHOWN)
    text = symbol.svg.decode()
    assert 'viewBox="0 0 144 144"' in text or symbol.declaration is None
    assert "<text" not in text
    return text


def drawn(symbol: Symbol, side: int = 144) -> Image.Image:
    """Draw a picture."""
    picture = bitmap(symbol, side)
    assert picture.getchannel("A").getbbox() is not None
    return picture


def word_book(folder: Path, text: str, **files: str | bytes) -> SymbolBook:
    """Return a site's pictures with this word book."""
    return book(folder, {"content/symbols.yaml": text, **files})


def png(size: int = 8) -> bytes:
    """Return a small photo."""
    written = io.BytesIO()
    Image.new("RGB", (size, size), "red").save(written, "PNG")
    return written.getvalue()
