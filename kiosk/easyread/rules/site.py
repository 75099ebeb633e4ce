"""The rule that looks at all pages together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kiosk.content.forms import base_forms
from kiosk.easyread.model import Hit
from kiosk.easyread.rule import EUROPE, HEALTH, RULES, SYMBOLS, Context, Rule, Sheet
from kiosk.symbols import fold


def picture_meaning(sheets: Sequence[Sheet], context: Context) -> Iterator[Hit]:
    """Find one picture that stands for two ideas of the word book on one site."""
    first: dict[str, dict[str, str]] = {}  # picture -> idea -> the file that uses it first
    for sheet in sheets:
        for picture in sheet.pictures:
            idea = fold(picture.name)
            if idea not in context.ideas:
                continue  # the picture's own name, not a meaning
            meanings = first.setdefault(picture.symbol.name, {})
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
    about="One picture stands for two ideas of the word book on one site.",
    across=picture_meaning,
)
