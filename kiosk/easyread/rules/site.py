"""The rule that looks at all pages together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kiosk.content.forms import base_forms
from kiosk.easyread.model import Hit
from kiosk.easyread.rule import EUROPE, HEALTH, RULES, SYMBOLS, Context, Rule, Sheet
from kiosk.symbols import fold
from kiosk.symbols.composing.declaration import Made, write


def picture_meaning(sheets: Sequence[Sheet], context: Context) -> Iterator[Hit]:
    """Find one picture that stands for two ideas, of the word book or declared in a page."""
    first: dict[str, dict[str, str]] = {}  # picture -> idea -> the file that uses it first
    for sheet in sheets:
        for picture in sheet.pictures:
            idea = fold(picture.name)
            made_of = picture.symbol.declaration
            if idea not in context.ideas and not isinstance(made_of, Made):
                continue  # the picture's own name, not a meaning
            # What is made of parts is called by its meaning: what it is made of tells it apart.
            seen = write(made_of) if made_of is not None else picture.symbol.name
            meanings = first.setdefault(seen, {})
            if any(_same(idea, one, context) for one in meanings):
                continue
            for other, where in meanings.items():
                yield Hit(
                    sheet.path,
                    picture.line,
                    1,
                    "W",
                    f'This picture means "{idea}" here and "{other}" in {where}.',
                    "Choose another picture for one of them.",
                )
                break
            meanings[idea] = str(sheet.path)


def _same(one: str, other: str, context: Context) -> bool:
    language = context.pack.language
    forms = {one, *base_forms(one, language)}
    return not forms.isdisjoint({other, *base_forms(other, language)})


RULES["ER24"] = Rule(
    "ER24",
    "picture meaning",
    "W",
    why="Who reads pictures learns one meaning for each.",
    bad=":shield: means safe on one page and strong on another.",
    good=":shield: means safe everywhere.",
    source=f"{SYMBOLS}; {HEALTH}; {EUROPE}",
    about="One picture, or one declaration, stands for two ideas of the word book on one site.",
    across=picture_meaning,
)
