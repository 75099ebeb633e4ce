"""Rules for what a picture states, against the words beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiosk.easyread.language_pack import LanguagePack
from kiosk.easyread.model import Hit
from kiosk.easyread.rule import HEALTH, SYMBOLS, Context, Sheet, rule
from kiosk.symbols.composing.seen import says_no

_NUMBER = re.compile(r"\d+(?:,\d{3})*")
_WORD = re.compile(r"[^\W\d_]+")
_ONE = 1  # "a month", "each week": no word for it need stand there
_TWELVE = 12


@rule(
    "ER26",
    "picture numbers",
    "E",
    why="Who reads the picture believes its numbers. A wrong day is a false fact.",
    bad=":date 12 | December 2018: They came from 3 to 7 December 2018.",
    good=":date 3 - 7 | December 2018: They came from 3 to 7 December 2018.",
    source=f"{HEALTH}; {SYMBOLS}",
)
def picture_numbers(sheet: Sheet, context: Context) -> Iterator[Hit]:
    """A calendar has a number that its words do not have.

    OpenMoji's calendar always has a 12: it is wrong beside words with other numbers. Where a
    language has no list of number words here, words without digits are left in peace.
    """
    for picture in sheet.pictures:
        if not picture.numbers and not picture.shows_twelve:
            continue
        said = _numbers_in(picture.beside, context.pack)
        if picture.shows_twelve and said and _TWELVE not in said:
            problem = "A 12 stands on this calendar, and not in the words."
            hint = 'Write its date as a picture, such as ":date 3 - 7 | December 2018:".'
            yield Hit(sheet.path, picture.line, 1, "E", problem, hint)
        if not said and not context.pack.is_there:
            continue
        wrong = sorted(one for one in picture.numbers - said if one != _ONE)
        if wrong:
            numbers = " and ".join(map(str, wrong))
            problem = f"The picture says {numbers}, and the words do not."
            hint = "Give the picture the numbers of the words, or the words those of the picture."
            yield Hit(sheet.path, picture.line, 1, "E", problem, hint)


def _numbers_in(words: str, pack: LanguagePack) -> frozenset[int]:
    digits = {int(one.replace(",", "")) for one in _NUMBER.findall(words)}
    known = pack.mapping("numbers")
    written = (known.get(one.casefold(), "") for one in _WORD.findall(words))
    return frozenset(digits | {int(one.replace(",", "")) for one in written if one})


@rule(
    "ER27",
    "crossed out",
    "W",
    why="A red line says no. Where the words do not, the two say different things.",
    bad=":no bullying: Adults help people to be kind.",
    good=":no bullying: Adults stop bullying.",
    source=SYMBOLS,
)
def crossed_out(sheet: Sheet, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - as all rules
    """Something in a picture is crossed out, and its words have no no, not, never, stop, only.

    Each language has its own words for this. In a language without them nothing is told.
    """
    for picture in sheet.pictures:
        if picture.crossed_out and not says_no(picture.beside, sheet.language):
            problem = "The picture says no, and the words do not."
            hint = "Show what people can do, or say what is not so."
            yield Hit(sheet.path, picture.line, 1, "W", problem, hint)
