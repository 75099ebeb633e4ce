"""Pictures by name.

A name is looked for in this order; capitals, spaces, hyphens and underscores make no difference:

1. the site's word book, `content/symbols.yaml`: an idea, and the picture that stands for it
   ```yaml
   safety: shield
   outcome: {symbol: bullseye, words: An arrow in the middle of a target}
   ```
   What it shows, in another language of the site: `content/ur/symbols.yaml`
   ```yaml
   outcome: نشانے میں ایک تیر
   ```
2. the site's own pictures: `assets/pictures/town-hall.svg` (or `.png`), each with an entry in
   `assets/pictures/pictures.yaml` that says what it shows and who made it
   ```yaml
   town-hall: {words: Luton Town Hall, creator: Luton Council, licence: Our own picture, url: ""}
   ```
3. scenes, wide pictures for cards: `scene safe`. The people in them are those of the site, who
   are named in `content/cast.yaml`
   ```yaml
   zara: {skin: 2, hair: curly}
   ```
4. OpenMoji, by the Unicode names of the pictures ("red heart", "sun with face") and their short
   names ("heart", "target")
5. packs that the site has taken over, `assets/packs/NAME/`. `:mulberry bus:` always means the
   picture of the pack; `:bus:` only where nothing above has that name, so that a new pack never
   changes the pictures of pages

Only names that are asked for are read from disk. Sources: OpenMoji (openmoji.org), CC BY-SA 4.0.
"""

from kiosk.symbols.book import SymbolBook, picture_name
from kiosk.symbols.box import WithBoxes
from kiosk.symbols.model import (
    Credit,
    Finder,
    Symbol,
    UnknownSymbol,
    Use,
    credits,  # noqa: A004
    fold,
)
from kiosk.symbols.noted import Noted
from kiosk.symbols.shape import is_wide

__all__ = [
    "Credit",
    "Finder",
    "Noted",
    "Symbol",
    "SymbolBook",
    "UnknownSymbol",
    "Use",
    "WithBoxes",
    "credits",
    "fold",
    "is_wide",
    "picture_name",
]
