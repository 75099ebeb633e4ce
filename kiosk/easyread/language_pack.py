"""What the checker knows of one language.

`data/CODE.yaml` holds lists of this project's own. A language without that file has an empty pack:
the rules that need no word list run, and the report says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from pathlib import Path

from kiosk.content import Sentence
from kiosk.content.forms import base_forms
from kiosk.easyread.model import Passage, Token
from kiosk.located import Located, parse_yaml

_MOST_KNOWN = 20_000  # words of which a list remembers what they begin


class Phrases:
    """Words and phrases to look for, each with what is to be said of it.

    A word of a phrase stands for its simple other forms too. Terms in capitals are found in
    capitals only: to send is not SEND.
    """

    def __init__(self, phrases: Mapping[str, str], language: str) -> None:
        self._language = language
        self._known: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, about in phrases.items():
            words = tuple(one.letters or one.low for one in _words(phrase))
            if words:
                self._by_first.setdefault(words[0], []).append((words, about))
        for found in self._by_first.values():
            found.sort(key=lambda one: -len(one[0]))

    def find(self, passage: Passage, *, inside: bool = False) -> list[tuple[int, int, str]]:
        """Return (first word, number of words, what is said) of each, the longest first.

        inside: look in official wording too.
        """
        words = passage.words
        found: list[tuple[int, int, str]] = []
        past = 0
        all_free = inside or not passage.kept
        known = self._known
        for at, key in enumerate(passage.keys):
            begun = known.get(key)
            if begun is None:
                begun = self._begun_by(words[at])
            if not begun or at < past or (not all_free and passage.is_kept(words[at].start)):
                continue
            after = self._forms(words[at + 1]) if at + 1 < len(words) else ()
            for phrase, about in begun:
                # Most phrases end here: their second word is another one.
                if len(phrase) == 1 or (
                    phrase[1] in after and self._goes_on(words, passage, at, phrase)
                ):
                    found.append((at, len(phrase), about))
                    past = at + len(phrase)
                    break
        return found

    def _begun_by(self, word: Token) -> list[tuple[tuple[str, ...], str]]:
        """Return the phrases that begin with a word, or with what it is a form of."""
        key = word.letters or word.low
        known = self._known.get(key)
        if known is None:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            forms = self._forms(word)
            known = [one for form in forms for one in self._by_first.get(form, ())]
            self._known[key] = known
        return known

    def _goes_on(
        self, words: list[Token], passage: Passage, at: int, phrase: tuple[str, ...]
    ) -> bool:
        if at + len(phrase) > len(words):
            return False
        for step in range(1, len(phrase)):
            word = words[at + step]
            if phrase[step] not in self._forms(word):
                return False
            if not _is_close(passage, words[at + step - 1], word, phrase):
                return False
        return True

    def _forms(self, word: Token) -> tuple[str, ...]:
        if word.letters:
            return (word.letters, word.low)
        return _forms_of(word.low, self._language)


@lru_cache(maxsize=_MOST_KNOWN)
def _forms_of(low: str, language: str) -> tuple[str, ...]:
    return (low, *base_forms(low, language))


def _is_close(passage: Passage, left: Token, right: Token, phrase: tuple[str, ...]) -> bool:
    between = passage.between(left, right)
    # A phrase of several parts, "education, health and care plan", has commas of its own.
    return not between.strip() or (between.strip() == "," and len(phrase) > 3)


def _words(phrase: str) -> list[Token]:
    return Passage(Path(), Sentence(phrase, (), 1), "label").words


@dataclass(frozen=True)
class LanguagePack:
    """The lists of one language; all are empty when it has none. Words are in small letters."""

    language: str
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    maps: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def is_there(self) -> bool:
        """Whether there are lists for this language."""
        return bool(self.lists)

    @cached_property
    def _sets(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(words) for name, words in self.lists.items()}

    def words(self, name: str) -> frozenset[str]:
        """Return a list as a set."""
        return self._sets.get(name, frozenset())

    def ordered(self, name: str) -> tuple[str, ...]:
        """Return a list in its order."""
        return self.lists.get(name, ())

    def mapping(self, name: str) -> Mapping[str, str]:
        """Return what a list says of each of its words."""
        return self.maps.get(name, {})

    @cached_property
    def _phrases(self) -> dict[str, Phrases]:
        return {}

    def phrases(self, name: str) -> Phrases:
        """Return a list as phrases to look for."""
        if name not in self._phrases:
            single = (word for one in self.ordered(name) for word in one.split("|"))
            known = self.maps.get(name) or {word: word for word in single}
            self._phrases[name] = Phrases(known, self.language)
        return self._phrases[name]

    @cached_property
    def cross_references(self) -> re.Pattern[str] | None:
        """What leads a reader to another place."""
        found = self.ordered("cross_references")
        return re.compile("|".join(rf"\b(?:{one})" for one in found), re.I) if found else None


@cache
def load_language_pack(language: str) -> LanguagePack:
    """Return the language pack of a code: "en-GB" has that of "en"."""
    short = language.partition("-")[0]
    file = files("kiosk.easyread") / "data" / f"{short}.yaml"
    if not file.is_file():
        return LanguagePack(language)
    shown = Path(f"kiosk/easyread/data/{short}.yaml")
    node = parse_yaml(file.read_text(encoding="utf-8"), shown=shown)
    lists: dict[str, tuple[str, ...]] = {}
    maps: dict[str, dict[str, str]] = {}
    for name, inside in _pairs(node):
        if isinstance(inside.value, str):
            lists[name] = tuple(inside.value.split())
        elif isinstance(inside.value, tuple):
            lists[name] = tuple(_said(one) for one in inside.value)
        else:
            maps[name] = {key: _said(one) for key, one in _pairs(inside)}
    return LanguagePack(language, lists, maps)


def _pairs(node: Located) -> Iterable[tuple[str, Located]]:
    return node.value.items() if isinstance(node.value, dict) else ()


def _said(node: Located) -> str:
    """Return a text; of a list its texts, with a bar between them."""
    if isinstance(node.value, tuple):
        return "|".join(_said(one) for one in node.value)
    return node.value if isinstance(node.value, str) else ""
