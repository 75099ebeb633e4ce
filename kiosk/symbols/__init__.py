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
   An idea can be put together from parts (`composing/`): an operator with names and people
   ```yaml
   tell an adult: {says: [leo worried, crying face, priya ear]}
   no bullying: {not: {beside: [other angry out, leo cry]}, words: Nobody may hurt a boy}
   ```
   A page puts one together for itself under `pictures:` in its first part. Its words are built in
   each language; `words:` beside the operator stand above them.
2. the site's own pictures: `assets/pictures/town-hall.svg` (or `.png`), each with an entry in
   `assets/pictures/pictures.yaml` that says what it shows and who made it
   ```yaml
   town-hall: {words: Luton Town Hall, creator: Luton Council, licence: Our own picture, url: ""}
   ```
3. what comes with the program: what OpenMoji has none of (`ours.py`), and scenes, wide pictures for
   cards: `scene safe`. The people in them are those of the site, `content/cast.yaml`
   ```yaml
   zara: {skin: 2, hair: curly}
   ```
4. OpenMoji, by the Unicode names of the pictures ("red heart", "sun with face") and their short
   names ("heart", "target")
5. packs that the site has taken over, `assets/packs/NAME/`. `:mulberry bus:` always means the
   picture of the pack; `:bus:` only where nothing above has that name, so that a new pack never
   changes the pictures of pages
6. somebody of the cast, with mood and arms: `:zara glad:`; a calendar: `:date 7 | December 2018:`

In what is put together the cast stands above all names. A pack is a part of a picture only if its
`pack.yaml` says `may_be_changed: true`.

Only names that are asked for are read from disk. Sources: OpenMoji (openmoji.org), CC BY-SA 4.0.
"""

from kiosk.symbols.book import SymbolBook, picture_name
from kiosk.symbols.box import WithBoxes
from kiosk.symbols.composing.entries import WithOwn, picture_of, read_entries
from kiosk.symbols.later import Later
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
    "Later",
    "Noted",
    "Symbol",
    "SymbolBook",
    "UnknownSymbol",
    "Use",
    "WithBoxes",
    "WithOwn",
    "credits",
    "fold",
    "is_wide",
    "picture_name",
    "picture_of",
    "read_entries",
]
