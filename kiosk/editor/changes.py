"""What is different between two texts of a page: idea by idea, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from kiosk.content.edit import Card, WrittenLine, WrittenPage, open_page

_WORD = re.compile(r"\s+|[^\s]+")
_ALIKE = 0.5  # of the words of two ideas, from which on one is the other, changed


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of words; is_new: the other text does not have it."""

    text: str
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """An idea or heading as it stands in one of the texts.

    picture: its name, "" for none; shows: what it shows there, where that is said; is_new: the
    other side has another picture. lines: its kind and words, for each line.
    """

    kind: str
    picture: str
    shows: str
    is_new: bool
    lines: tuple[tuple[str, tuple[Words, ...]], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One idea in both texts. was: None for a new one; now: None for one that is gone.

    number: which of the ideas of the new text it is, or of the old one where it is gone, from 1.
    is_moved: it stands elsewhere, and is otherwise the same.
    """

    was: Side | None
    now: Side | None
    number: int
    is_moved: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """All that is different. same: how many ideas and headings are the same.

    facts: (key, what it was, what it is now). is_else: something differs that no idea or fact
    shows, such as a note of staff.
    """

    cards: tuple[Change, ...]
    facts: tuple[tuple[str, str, str], ...]
    same: int
    is_else: bool


def changes(was: str, now: str, facts: tuple[tuple[str, str, str], ...]) -> Changes:
    """Compare two texts of a page. facts: those that differ, as their readers found them."""
    old, new = _cards(was), _cards(now)
    found, same = [], 0
    for one, two in _pairs(old, new):
        if one is not None and two is not None and _key(old[one]) == _key(new[two]):
            same += 1
            continue
        found.append(_change(old, new, one, two))
    found = _moved(found)
    is_else = not found and not facts and was != now
    return Changes(tuple(found), facts, same, is_else)


def _cards(text: str) -> tuple[Card, ...]:
    page: WrittenPage | None = open_page(text)
    return page.cards if page is not None else ()


def _key(card: Card) -> tuple[object, ...]:
    picture = card.picture
    return (
        card.kind,
        picture and (picture.name, picture.shows),
        tuple(
            (one.kind, one.words, one.level if one.kind == "heading" else 0) for one in card.lines
        ),
    )


def _pairs(old: tuple[Card, ...], new: tuple[Card, ...]) -> Iterator[tuple[int | None, int | None]]:
    """Yield which card of one text is which of the other, by their numbers."""
    keys = [_key(one) for one in old], [_key(one) for one in new]
    for tag, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(range(a, b), range(c, d), strict=True)
        else:
            yield from _alike(old, new, range(a, b), range(c, d))


def _alike(
    old: tuple[Card, ...], new: tuple[Card, ...], ones: range, twos: range
) -> Iterator[tuple[int | None, int | None]]:
    """Pair the cards of a stretch, in their order, that are more alike than not."""
    left = list(ones)
    for two in twos:
        fits = next((one for one in left if _is_alike(old[one], new[two])), None)
        if fits is None:
            yield None, two
            continue
        for gone in left[: left.index(fits)]:
            yield gone, None
        left = left[left.index(fits) + 1 :]
        yield fits, two
    for gone in left:
        yield gone, None


def _is_alike(one: Card, two: Card) -> bool:
    if one.kind != two.kind:
        return False
    if _words(one) == _words(two):
        return True
    return SequenceMatcher(None, _words(one), _words(two), autojunk=False).ratio() >= _ALIKE


def _words(card: Card) -> list[str]:
    return " ".join(one.words for one in card.lines).split()


def _change(
    old: tuple[Card, ...], new: tuple[Card, ...], one: int | None, two: int | None
) -> Change:
    was = old[one] if one is not None else None
    now = new[two] if two is not None else None
    cards = new[: two + 1] if two is not None else old[: (one or 0) + 1]
    number = sum(card.kind == "idea" for card in cards)
    return Change(_side(was, now), _side(now, was), number)


def _side(card: Card | None, other: Card | None) -> Side | None:
    if card is None:
        return None
    picture, theirs = card.picture, other.picture if other is not None else None
    name, shows = (picture.name, picture.shows) if picture is not None else ("", "")
    is_new = other is not None and (name, shows) != (
        (theirs.name, theirs.shows) if theirs is not None else ("", "")
    )
    lines = zip_longest(card.lines, other.lines if other is not None else ())
    return Side(
        card.kind,
        name,
        shows,
        is_new,
        tuple(
            (one.kind, _marked(one, two, is_alone=other is None))
            for one, two in lines
            if one is not None
        ),
    )


def _marked(one: WrittenLine, two: WrittenLine | None, *, is_alone: bool) -> tuple[Words, ...]:
    """Return a line's words, those marked that the other line does not have."""
    if is_alone:
        return (Words(one.words),)  # all of it is new, or gone: that is said once, and for all
    here = _WORD.findall(one.words)
    there = _WORD.findall(two.words) if two is not None else []
    made: list[Words] = []
    for tag, a, b, _c, _d in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        if a < b:
            made.append(Words("".join(here[a:b]), tag != "equal"))
    return tuple(made)


def _moved(found: list[Change]) -> list[Change]:
    """Tell a card that is gone here and new there, with the same words, as moved."""
    gone = {one.was: one for one in found if one.now is None and one.was is not None}
    made: list[Change] = []
    taken: set[int] = set()
    for one in found:
        other = gone.get(one.now) if one.was is None and one.now is not None else None
        if other is not None and id(other) not in taken:
            taken.add(id(other))
            made.append(Change(other.was, one.now, one.number, is_moved=True))
        else:
            made.append(one)
    return [one for one in made if id(one) not in taken]
