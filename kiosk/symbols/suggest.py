"""Suggests pictures for a word or a sentence; a person picks, the machine never does.

How: the sentence is taken apart into terms, long ones first ("social worker" before "worker").
Each term leads to pictures: by the site's word book, the names of the site's own pictures and
packs, the table `data/pictures.yaml`, and OpenMoji's names and key words, in this order. A rare
word says more about a sentence than a common one, and what stands after "not" says less. The list
then takes turns between the terms, so that the first three pictures show three ideas and not one.
Where no single one carries the sentence, some are proposed that are made of parts (`telling.py`).
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from weakref import WeakKeyDictionary

from pydantic import RootModel

from kiosk.located import parse_yaml, validate
from kiosk.symbols import openmoji, ours
from kiosk.symbols.book import SymbolBook
from kiosk.symbols.composing.declaration import write
from kiosk.symbols.model import NUMBER, Credit, Symbol, UnknownSymbol, fold
from kiosk.symbols.packs import Pack
from kiosk.symbols.tables import lines, text
from kiosk.symbols.telling import compositions, tells_of_somebody
from kiosk.symbols.terms import NO_WEIGHT, Word, forms, negation_in, words_of

LONGEST_PHRASE = 6
# How good a way to a picture is: 1 is the best.
_IDEA, _OWN, _TABLE, _NAME, _ALIAS = 1.0, 0.97, 0.9, 0.85, 0.6
_PART_OF_IDEA, _PART_OF_NAME, _WORDS, _KEY_WORD = 0.6, 0.5, 0.3, 0.4
_OTHER_FORM, _FURTHER_DOWN, _SAME_TERM_AGAIN, _POOR = 0.95, 0.87, 0.5, 0.65
_DENIED, _INSIDE_A_PHRASE, _EVERYWHERE, _NO_STRONG_WAY = 0.4, 0.3, 0.3, 0.85
_DESCRIBES, _PHRASE_OF_THE_SITE, _FAINT, _OF_PACK = 0.6, 1.4, 0.3, 0.92
_LEAST, _NEAR_NONE = 0.4, 0.9  # of the best score, and at all: less says nothing of a sentence
_PHRASE_WEIGHT = 3.5  # of a phrase of the word book at least: more than that of everyday nouns
_CLEAR_WAY, _MAIN, _HEAVY, _NEXT, _ONLY = 0.62, 0.7, 2.8, 0.7, 0.9
_CLEAR = _OTHER_FORM * _ALIAS  # a way that leads to the thing itself, and not to what is near it
_CARRIES, _WEAK = 0.6, 0.34  # how much of a sentence
_A_SENTENCE = 3  # words: fewer name a thing
_SAYS_LITTLE = frozenset(["button", "face", "mark", "person", "sign", "symbol", "heart", "thirty"])
_ANYBODYS = dict.fromkeys(["my", "our", "her", "his", "their", "its"], "your")
_ARTICLES = frozenset(["a", "an", "the", "some"])
_BEHIND = frozenset(
    ["with", "without", "in", "on", "of", "and", "at", "behind", "facing", "tilted"]
)

Phrase = tuple[str, ...]
_Identity = tuple[Credit, str]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A picture to choose.

    name: what a page calls it, between colons. term: the words of the sentence that led to it.
    stands_for: the ideas of the word book that have this picture already.
    """

    name: str
    term: str
    symbol: Symbol
    stands_for: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What the picture shows, and what it means on this site already."""
        ideas = ", ".join(f'"{idea}"' for idea in self.stands_for)
        taken = (f"here it stands for {ideas}",) if ideas else ()
        return (self.symbol.words, *taken)


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The pictures, best first, and a warning for the person who picks, or "".

    composed: declarations, where no single picture carries the sentence. is_weak: none of these
    pictures says well what the sentence is about.
    """

    pictures: tuple[Suggestion, ...]
    warning: str = ""
    composed: tuple[Suggestion, ...] = ()
    is_weak: bool = False


@dataclass(frozen=True, slots=True)
class _Term:
    """Words of the sentence that lead to pictures; names: how good each way is, by name.

    places: which words of the sentence they are.
    """

    text: str
    weight: float
    names: dict[str, float]
    places: frozenset[int] = frozenset()


def suggest(
    sentence: str, book: SymbolBook, *, count: int = 8, language: str = "en"
) -> Suggestions:
    """Return pictures for a word, a phrase or a sentence, the best first.

    Nothing is found for words that no picture is known for: then `pictures` is empty.
    """
    words = words_of(sentence, language)
    if not any(word.weight for word in words):
        words = [Word(one.text, one.forms, 1.0, one.denied) for one in words]
    ways = _ways(book)
    terms = list(_terms(words, ways))
    chosen = _take_turns(terms, book, count, is_sentence=len(words) >= _A_SENTENCE)
    warning = _warning(sentence)
    composed: tuple[Suggestion, ...] = ()
    is_more = bool(warning) or tells_of_somebody(words) or _carried(words, terms) < _CARRIES
    if language.startswith("en") and len(words) >= _A_SENTENCE and is_more:
        composed = tuple(_composed(words, ways, book))
    return Suggestions(tuple(chosen), warning, composed, _is_weak(words, terms))


def _carried(words: Sequence[Word], terms: Sequence[_Term]) -> float:
    """Return how much of a sentence its best single picture says, from 0 to 1."""
    whole = sum(word.weight for word in words)
    clear = [term.weight for term in terms if max(term.names.values()) >= _CLEAR]
    return max(clear, default=0.0) / whole if whole else 1.0


def _is_weak(words: Sequence[Word], terms: Sequence[_Term]) -> bool:
    """Tell whether the words that say most lead to no picture, or by their key words alone."""
    whole = sum(word.weight for word in words)
    clear = sum(term.weight for term in terms if max(term.names.values()) >= _CLEAR)
    return bool(whole) and clear < _WEAK * whole


def _composed(words: Sequence[Word], ways: _Ways, book: SymbolBook) -> Iterator[Suggestion]:
    """Yield pictures made of parts, each once, as far as they can be drawn."""

    def best(some: Sequence[Word]) -> str:
        plain = [Word(one.text, one.forms, one.weight, denied=False) for one in some]
        clear = [one for one in _terms(plain, ways) if max(one.names.values()) >= _CLEAR]
        return next((one.name for one in _take_turns(clear, book, 1)), "")

    said = " ".join(word.text for word in words)
    for name in dict.fromkeys(map(write, compositions(words, book.cast, best))):
        try:
            symbol = book.find(name)
        except UnknownSymbol:  # parts whose licences do not go together, or that are too deep
            continue
        yield Suggestion(name, said, symbol)


def _warning(sentence: str) -> str:
    denied = negation_in(sentence)
    if not denied:
        return ""
    return (
        f'This says "{denied}". A picture shows the thing, and cannot show that it is not so. '
        "Choose a picture for what people can do, or say it another way."
    )


def _terms(words: Sequence[Word], ways: _Ways) -> Iterator[_Term]:
    """Yield the terms of a sentence, long ones before the words inside them."""
    inside = set(_meant_otherwise(words)) if len(words) >= _A_SENTENCE else set()
    blocked = frozenset(inside)
    faint = {at for at, word in enumerate(words) if not _faint().isdisjoint(word.forms)}
    if not any(word.weight for at, word in enumerate(words) if at not in faint):
        faint = set()  # somebody asks for a word like "want" itself
    for length in range(min(LONGEST_PHRASE, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            these = words[start : start + length]
            places = range(start, start + length)
            weight = sum(word.weight for word in these)
            if (length == 1 and not weight) or (length > 1 and inside.intersection(places)):
                continue
            if blocked.intersection(places):
                continue
            found = ways.find(these)
            if not found:
                continue
            if any(word.denied for word in these):
                weight *= _DENIED
            if start in inside:
                weight *= _INSIDE_A_PHRASE
            if length > 1:
                inside.update(places)
                weight = max(weight, 1.0)
            said = " ".join(word.text for word in these)
            if said in _everywhere():
                weight *= _EVERYWHERE
            if said in _describing():
                weight *= _DESCRIBES
            if length == 1 and start in faint:
                weight *= _FAINT
            if length > 1 and max(found.values()) == _IDEA:
                weight = max(weight * _PHRASE_OF_THE_SITE, _PHRASE_WEIGHT)
            yield _Term(said, weight, found, frozenset(places))


def _meant_otherwise(words: Sequence[Word]) -> Iterator[int]:
    """Yield the places of words that mean something else here, as both in "stands for"."""
    for start, word in enumerate(words):
        for phrase in _none().get(word.text, ()):
            these = words[start : start + len(phrase)]
            if tuple(one.text for one in these) == phrase:
                yield from range(start, start + len(phrase))


def _take_turns(
    terms: Sequence[_Term], book: SymbolBook, count: int, *, is_sentence: bool = False
) -> list[Suggestion]:
    """Pick the best picture, make its terms count less, and pick again.

    Beside a sentence it ends before the pictures that say hardly anything of it.
    """
    terms = list(_told_clearly(terms)) if is_sentence else terms
    weights = [term.weight**0.7 * _strength(term) for term in terms]
    stands_for = _stands_for(book)
    left = {name for term in terms for name in term.names}
    chosen: list[Suggestion] = []
    shown: set[_Identity] = set()
    most = 0.0
    while left and len(chosen) < count:
        scores = {name: _score(name, terms, weights) for name in left}
        name = min(left, key=lambda one: (-scores[one], one))
        most = max(most, scores[name])
        if is_sentence and chosen and scores[name] < max(_LEAST * most, _NEAR_NONE):
            break
        left.remove(name)
        led = [index for index, term in enumerate(terms) if name in term.names]
        best = max(led, key=lambda index: weights[index] * terms[index].names[name])
        try:
            symbol = book.find(name)
        except UnknownSymbol:  # a picture of a pack that is broken, or not for the screen
            continue
        if _identity(symbol) in shown:
            continue
        shown.add(_identity(symbol))
        weights[best] *= _SAME_TERM_AGAIN
        ideas = tuple(one for one in stands_for.get(_identity(symbol), ()) if one != fold(name))
        if ideas:
            symbol = symbol.shown_as(book.ideas[ideas[0]].words)
        chosen.append(Suggestion(name, terms[best].text, symbol, ideas))
    return chosen


def _told_clearly(terms: Sequence[_Term]) -> Iterator[_Term]:
    """Yield the terms with the pictures that they lead to clearly.

    A word that says much of a sentence may offer several; any other one its best picture only, as
    the next ones are mostly about something else.
    """
    said = [term.weight**0.7 * max(term.names.values()) for term in terms]
    most = max(said, default=0.0)
    for term, much in zip(terms, said, strict=True):
        best = max(term.names.values())
        if best < _CLEAR_WAY or (term.text in _describing() and much < most):
            continue
        is_main = much >= _MAIN * most and term.weight >= _HEAVY
        least = max(_CLEAR_WAY, best * (_NEXT if is_main else _ONLY))
        yield _Term(
            term.text,
            term.weight,
            {name: quality for name, quality in term.names.items() if quality >= least},
            term.places,
        )


def _score(name: str, terms: Sequence[_Term], weights: Sequence[float]) -> float:
    """Return how much of a sentence a picture says; each of its words counts once."""
    led = ((w * t.names[name], t) for w, t in zip(weights, terms, strict=True) if name in t.names)
    whole, counted = 0.0, frozenset[int]()
    for much, term in sorted(led, key=lambda one: -one[0]):
        if counted.isdisjoint(term.places):
            whole += much
            counted |= term.places
    return whole


def _strength(term: _Term) -> float:
    """Trust a term less that only key words lead to."""
    return 1.0 if max(term.names.values()) >= _OTHER_FORM * _TABLE else _NO_STRONG_WAY


def _identity(symbol: Symbol) -> _Identity:
    return symbol.credit, symbol.name


def _stands_for(book: SymbolBook) -> dict[_Identity, list[str]]:
    found: dict[_Identity, list[str]] = {}
    for idea, symbol in book.ideas.items():
        found.setdefault(_identity(symbol), []).append(idea)
    return found


class _Ways:
    """Phrase -> the names of pictures that it leads to, each with how good that way is."""

    def __init__(self) -> None:
        self._found: dict[Phrase, dict[str, float]] = {}
        self._of_many: dict[Phrase, dict[str, float]] = {}  # one thing -> names that say many

    def add(self, phrase: str, name: str, quality: float) -> None:
        words = [_ANYBODYS.get(one, one) for one in fold(phrase).split()]
        if not words or len(words) > LONGEST_PHRASE:
            return
        for number, variant in enumerate(_variants([_as_named(word) for word in words])):
            names = (self._of_many if number else self._found).setdefault(variant, {})
            names[name] = max(names.get(name, 0.0), quality)

    def add_ways(self, other: _Ways) -> None:
        for mine, theirs in ((self._found, other._found), (self._of_many, other._of_many)):
            for phrase, names in theirs.items():
                _take(names, mine.setdefault(phrase, {}))

    def find(self, words: Sequence[Word]) -> dict[str, float]:
        """Return what these words lead to; in the form that is written before any other one.

        Beside a good way the poor ones are left: they lead to what has a word in common.
        """
        exact, *others = _variants([_whose(word.forms) for word in words])
        found = dict(self._found.get(exact, {}))
        if max(found.values(), default=0.0) < _OTHER_FORM * _TABLE:
            _take(self._of_many.get(exact, {}), found, _OTHER_FORM)
            for variant in others:
                _take(self._found.get(variant, {}), found, _OTHER_FORM)
                _take(self._of_many.get(variant, {}), found, _OTHER_FORM)
        best = max(found.values(), default=0.0)
        return {name: quality for name, quality in found.items() if quality >= _POOR * best}


def _whose(forms_of_word: tuple[str, ...]) -> tuple[str, ...]:
    """Return "your" for "my" and "her": a phrase is the same, whoever it is about."""
    return (_ANYBODYS[forms_of_word[0]],) if forms_of_word[0] in _ANYBODYS else forms_of_word


def _take(names: Mapping[str, float], into: dict[str, float], share: float = 1.0) -> None:
    for name, quality in names.items():
        into[name] = max(into.get(name, 0.0), quality * share)


def _as_named(word: str) -> tuple[str, ...]:
    """Return a word of a name, and one of the thing where it says more of them.

    Its other plain forms would lead away: "broken" to a break, and "training" to a train.
    """
    endings = {f"{one}{end}": one for one in forms(word) for end in ("s", "es")}
    endings |= {f"{one[:-1]}ies": one for one in forms(word) if one.endswith("y")}
    return (word, endings[word]) if word in endings else (word,)


def _variants(forms_of_words: list[tuple[str, ...]]) -> Iterator[Phrase]:
    if len(forms_of_words) > 1:
        forms_of_words = [one[:2] for one in forms_of_words]
    return itertools.product(*forms_of_words)


def _ways(book: SymbolBook) -> _Ways:
    """Return the ways to all pictures, made anew only when the book has read something else."""
    now = (book.ideas, book.own, book.packs)
    known = _known.get(book)
    if known is None or any(one is not other for one, other in zip(known[0], now, strict=True)):
        known = _known[book] = (now, _made_ways(book))
    return known[1]


_Held = tuple[object, object, object]
_known: WeakKeyDictionary[SymbolBook, tuple[_Held, _Ways]] = WeakKeyDictionary()


def _made_ways(book: SymbolBook) -> _Ways:
    ways = _Ways()
    for idea, symbol in book.ideas.items():
        ways.add(idea, idea, _IDEA)
        _add_parts(ways, idea, idea, _PART_OF_IDEA)
        _add_parts(ways, symbol.words, idea, _WORDS)
    for name, symbol in book.own.items():
        ways.add(name, name, _OWN)
        _add_parts(ways, name, name, _PART_OF_NAME)
        _add_parts(ways, symbol.words, name, _WORDS)
    for pack in book.packs:
        ways.add_ways(_pack_ways(pack))
    ways.add_ways(_shipped_ways())
    return ways


@lru_cache(maxsize=8)
def _pack_ways(pack: Pack) -> _Ways:
    """Read once for each pack: the names, without the number at their end, and the key words."""
    ways = _Ways()
    before = fold(pack.name)
    for name, listed in pack.listed.items():
        whole = f"{before} {name}"
        ways.add(name, whole, _OWN)
        bare = NUMBER.sub("", name)
        ways.add(bare, whole, _OWN * _FURTHER_DOWN)
        _add_parts(ways, bare, whole, _PART_OF_NAME)
        _add_parts(ways, listed.words, whole, _WORDS)
    words = {f"{before} {name}": one.keywords for name, one in pack.listed.items()}
    _add_shared(ways, words, _OF_PACK)  # somebody of the site chose these pictures
    return ways


def _add_parts(ways: _Ways, phrase: str, name: str, quality: float) -> None:
    said = [word for word in fold(phrase).split() if word not in NO_WEIGHT]
    said = [word for word in said if word not in _SAYS_LITTLE and _faint().isdisjoint(forms(word))]
    alone = len(said) == 1 and _ARTICLES.issuperset({*fold(phrase).split()} - {*said})
    for word in said:
        ways.add(word, name, max(quality, _NAME) if alone else quality)


@lru_cache(maxsize=1)
def _shipped_ways() -> _Ways:
    """Read once: the table, the names and the key words."""
    ways = _Ways()
    fit = openmoji.key_words() | ours.KEY_WORDS
    for phrase, pictures in table().items():
        for place, picture in enumerate(pictures):
            ways.add(phrase, fold(picture), _TABLE * _FURTHER_DOWN**place)
    for alias, name in openmoji.ALIASES.items():
        ways.add(alias, fold(name), _NAME)
    for name in fit:
        ways.add(name, name, _NAME)
    _add_shared(ways, {name: _parts_of_name(name) for name in fit}, _PART_OF_NAME)
    _add_shared(ways, fit, _KEY_WORD)
    for alias, known in openmoji.names().items():
        if fold(known.name) in fit:
            ways.add(alias, fold(known.name), _ALIAS)
    return ways


def _add_shared(ways: _Ways, words_by_name: dict[str, tuple[str, ...]], quality: float) -> None:
    """Add words that lead to several pictures: to each the less, the more they are."""
    shared = Counter(word for words in words_by_name.values() for word in words)
    for name, words in words_by_name.items():
        for word in words:
            ways.add(word, name, quality / math.sqrt(1 + math.log2(shared[word])))


def _parts_of_name(name: str) -> tuple[str, ...]:
    """Return the word that says what a thing is: "tube" of a test tube, "bed" of a bed with pillow.

    What stands before it would lead away: to a ringed planet for a ring, to a full moon for full.
    """
    words = name.split()
    if len(words) == 1 or words[-1] == "button":  # of a machine: to the home button for a home
        return ()
    ends = next((at for at, word in enumerate(words) if at and word in _BEHIND), len(words))
    kept = [one for one in words[:ends] if one not in NO_WEIGHT and one not in _SAYS_LITTLE]
    return tuple(one for one in kept[-1:] if _faint().isdisjoint(forms(one)))


@lru_cache(maxsize=1)
def _everywhere() -> frozenset[str]:
    return frozenset(lines("everywhere.txt"))


@lru_cache(maxsize=1)
def _faint() -> frozenset[str]:
    return frozenset(word for line in lines("faint.txt") for word in line.split())


@lru_cache(maxsize=1)
def _none() -> Mapping[str, tuple[Phrase, ...]]:
    """Return the phrases that no picture is for, by their first word, the longest first."""
    found: dict[str, list[Phrase]] = {}
    for phrase in (tuple(fold(line).split()) for line in lines("otherwise.txt")):
        found.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(sorted(every, key=len, reverse=True)) for first, every in found.items()}


@lru_cache(maxsize=1)
def _describing() -> frozenset[str]:
    return frozenset(word for line in lines("describing.txt") for word in line.split())


class _Table(RootModel[dict[str, tuple[str, ...]]]):
    """Words, with commas between them -> names of pictures, best first."""


@lru_cache(maxsize=1)
def table() -> dict[str, tuple[str, ...]]:
    """Return `data/pictures.yaml`: a folded word or phrase -> names of pictures, best first."""
    shown = Path("kiosk/symbols/data/pictures.yaml")
    entries = validate(_Table, parse_yaml(text(shown.name), shown=shown), shown=shown).root
    return {fold(one): names for phrases, names in entries.items() for one in phrases.split(",")}
