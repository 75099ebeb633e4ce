"""Proposes how a picture for a sentence could be put together from parts; a person picks.

Who speaks to whom about what, what is not so, where it is, what comes first and then: such a
sentence is carried by no single picture. For English.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from kiosk.located import parse_yaml, validate
from kiosk.symbols.composing.declaration import NOT, Declaration, Leaf, Made
from kiosk.symbols.people import Cast
from kiosk.symbols.tables import text
from kiosk.symbols.terms import Word, is_negation

Best = Callable[[Sequence[Word]], str]
"""Gives the name of the best picture for some words, or ""."""

_LISTENS, _FREE_TO_SAY, _ASKED = "ear", "words", "red question mark"
_TO, _JOINED_BY_PLACE = "to", frozenset(["at", "in", "on", "from"])
_BETWEEN = frozenset(["a", "an", "her", "his", "my", "our", "the", "their", "your"])


class _People(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    words: str
    who: tuple[str, ...]


class _Telling(BaseModel):
    """`data/telling.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    says: str
    thinks: str
    asks: str
    then: str
    joins: str
    places: dict[str, str]
    moods: dict[str, str]
    people: tuple[_People, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """The same, by word."""

    says: frozenset[str]
    thinks: frozenset[str]
    asks: frozenset[str]
    then: frozenset[str]
    joins: frozenset[str]
    places: Mapping[str, str]
    moods: Mapping[str, str]
    people: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def _table() -> _Table:
    shown = Path("kiosk/symbols/data/telling.yaml")
    read = validate(_Telling, parse_yaml(text(shown.name), shown=shown), shown=shown)

    def by_word(lists: Mapping[str, str]) -> dict[str, str]:
        return {word: key for key, words in lists.items() for word in words.split()}

    return _Table(
        says=frozenset(read.says.split()),
        thinks=frozenset(read.thinks.split()),
        asks=frozenset(read.asks.split()),
        then=frozenset(read.then.split()),
        joins=frozenset(read.joins.split()),
        places=by_word(read.places),
        moods=by_word(read.moods),
        people={word: one.who for one in read.people for word in one.words.split()},
    )


def tells_of_somebody(words: Sequence[Word]) -> bool:
    """Tell whether a sentence is about people: a thing alone says little of it."""
    return any(one.text in _table().people for one in words)


def compositions(words: Sequence[Word], cast: Cast, best: Best) -> Iterator[Declaration]:
    """Yield what could be drawn, the likeliest first; best: finds a single picture."""
    yield from _Sentence(tuple(words), cast, best, _table()).proposals()


@dataclass(frozen=True)
class _Sentence:
    words: tuple[Word, ...]
    cast: Cast
    best: Best
    table: _Table

    def proposals(self) -> Iterator[Declaration]:
        place, around = self.place()
        told = self.told(around)
        if told is not None and place:
            yield Made("in", (Leaf(place), told))
        if told is not None:
            yield told
        yield from self.denied()
        if place and told is None:
            yield from self.inside(place, around)
        yield from self.one_after_another()
        if told is None:
            yield from self.with_somebody()

    def place(self) -> tuple[str, tuple[Word, ...]]:
        """Return where it is, and the words without that; "" when nothing says so."""
        for at, word in enumerate(self.words):
            place = self.table.places.get(word.text, "")
            start = at
            while start and self.words[start - 1].text in _BETWEEN:
                start -= 1
            before = self.words[start - 1].text if start else ""
            if place and (before in _JOINED_BY_PLACE or place in ("outside", "screen")):
                begins = start - 1 if before in _JOINED_BY_PLACE else at
                return place, (*self.words[:begins], *self.words[at + 1 :])
        return "", self.words

    def told(self, words: Sequence[Word]) -> Declaration | None:
        """Return who says or thinks what, and to whom."""
        verbs = self.table.says | self.table.thinks
        at = next((n for n, one in enumerate(words) if one.text in verbs), None)
        if at is None or words[at].denied:
            return None
        before, after = words[:at], words[at + 1 :]
        who = self.somebody(reversed(before), self.mood(words)) or self.somebody([_I], "")
        if not who:
            return None
        says = words[at].text in self.table.says
        to = self.listener(after, who) if says else ""
        rest = [one for one in after if one.text not in self.table.people]
        what = self.best(rest) if rest else ""
        if words[at].text in self.table.asks:
            what = what or _ASKED
        elif not what and says:
            what = _FREE_TO_SAY
        if not what:
            return None
        heard = (Leaf(f"{to} {_LISTENS}"),) if to else ()
        return Made("says" if says else "thinks", (Leaf(who), Leaf(what), *heard))

    def listener(self, words: Sequence[Word], speaker: str) -> str:
        """Return who is spoken to: it stands at once after the verb, or after "to"."""
        for at, word in enumerate(words):
            near = at == 0 or all(one.text in _BETWEEN for one in words[:at])
            after_to = _TO in [one.text for one in words[max(0, at - 2) : at]]
            if (near or after_to) and word.text in self.table.people:
                return self.somebody([word], "", besides=speaker)
        return ""

    def somebody(self, words: Iterator[Word] | Sequence[Word], mood: str, besides: str = "") -> str:
        """Return the first of the cast that one of these words means, with a mood; or ""."""
        for word in words:
            for who in self.table.people.get(word.text, ()):
                for name, person in self.cast.items():
                    if person.who == who and name != besides.partition(" ")[0]:
                        return f"{name} {mood}".strip()
        return ""

    def mood(self, words: Sequence[Word]) -> str:
        return next(
            (self.table.moods[one.text] for one in words if one.text in self.table.moods), ""
        )

    def denied(self) -> Iterator[Declaration]:
        denied = [one for one in self.words if one.denied and not is_negation(one.text)]
        name = self.best(denied) if denied else ""
        if name:
            yield Made(NOT, (Leaf(name),))

    def inside(self, place: str, words: Sequence[Word]) -> Iterator[Declaration]:
        who = self.somebody(words, self.mood(words))
        thing = self.best([one for one in words if one.text not in self.table.people])
        if who or thing:
            yield Made("in", (Leaf(place), *(Leaf(one) for one in (who, thing) if one)))

    def one_after_another(self) -> Iterator[Declaration]:
        at = next((n for n, one in enumerate(self.words) if one.text in self.table.then), 0)
        if at:
            first, second = self.best(self.words[:at]), self.best(self.words[at + 1 :])
            if first and second and first != second:
                yield Made("then", (Leaf(first), Leaf(second)))

    def with_somebody(self) -> Iterator[Declaration]:
        at = next((n for n, one in enumerate(self.words) if one.text in self.table.joins), 0)
        if at:
            before = [one for one in self.words[:at] if one.text not in self.table.people]
            who = self.somebody(self.words[at + 1 :], "")
            thing = self.best(before)
            if who and thing:
                yield Made("with", (Leaf(thing), Leaf(who)))


_I = Word("i", ("i",), 0.0, denied=False)
