"""How numbers, signs and short forms are said: one table a language.

The voice says them so, and the checker names what the voice passes over.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from kiosk.spoken import en, pl, ro, ur
from kiosk.spoken.plain import NOT_SAID, is_unseen, plain
from kiosk.spoken.rule import Part
from kiosk.spoken.signs import MONEY
from kiosk.spoken.table import Table

__all__ = [
    "SIGNS",
    "TABLES",
    "Part",
    "Table",
    "changes",
    "hard_signs",
    "inflections",
    "is_unseen",
    "named_letters",
    "plain",
    "table_of",
]

TABLES: dict[str, Table] = {"en": en.TABLE, "pl": pl.TABLE, "ro": ro.TABLE, "ur": ur.TABLE}
# What a writer had better say in words: the voice names it, or passes it over.
SIGNS = frozenset().union(*(table.signs for table in TABLES.values()))
_KEPT = 4_096  # texts: the pages of a site are looked at again and again


def table_of(language: str) -> Table | None:
    """Return the table of a language such as `en` or `en-GB`."""
    return TABLES.get(language.split("-")[0])


@lru_cache(_KEPT)
def changes(text: str, language: str) -> tuple[Part, ...]:
    """Return what is said in another way than `text`, which is plain, is written, in order."""
    table = table_of(language)
    return tuple(table.parts(text)) if table else ()


def hard_signs(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield where a sign stands that had better be words, in order; `text` is plain.

    The voice names it, passes it over, or does not know it. What is said in words that everybody
    knows, such as a sum of money, is none.
    """
    for found in NOT_SAID.finditer(text):
        sign = found[0]
        # A vowel sign of Urdu, and what nobody sees, are no signs.
        is_sign = unicodedata.category(sign[0])[0] in "SP" and sign not in MONEY
        if sign in SIGNS or (is_sign and not _is_said(text, found.start(), language)):
            yield found.span()


def _is_said(text: str, place: int, language: str) -> bool:
    return any(words and start <= place < end for start, end, words in changes(text, language))


@lru_cache(_KEPT)
def inflections(said: str, language: str) -> tuple[Part, ...]:
    """Return the digits of what is said that the voice is given in another form, in order."""
    table = table_of(language)
    return tuple(table.inflected(said)) if table else ()


def named_letters(row: str, language: str) -> str:
    """Return letters that are said one by one, as the voice of a language is given them."""
    return en.named(row) if language.split("-")[0] == "en" else "-".join(row)
