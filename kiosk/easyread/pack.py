"""What the checker knows of one language.

`data/CODE.yaml` holds lists of this project's own. A language without that file has an empty pack:
the rules that need no word list run, and the report says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

from kiosk.content import Sentence
from kiosk.content.forms import base_forms
from kiosk.easyread.model import Passage, Token
from kiosk.located import Located, parse_yaml


class Phrases:
    """Words and phrases to look for, each with what is to be said of it.

    A word of a phrase stands for its simple other forms too. Terms in capitals are found in
    capitals only: to send is not SEND.
    """

    def __init__(self, phrases: Mapping[str, str], language: str) -> None:
        self._language = language
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, about in phrases.items():
            words = tuple(one.word if one.is_capitals else one.low for one in _words(phrase))
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
        for at, word in enumerate(words):
            if at < past or (not inside and passage.is_kept(word.start)):
                continue
            for form in self._forms(word):
                match = self._match(passage, at, form)
                if match is not None:
                    found.append((at, *match))
                    past = at + match[0]
                    break
        return found

    def _match(self, passage: Passage, at: int, form: str) -> tuple[int, str] | None:
        words = passage.words
        for phrase, about in self._by_first.get(form, ()):
            if at + len(phrase) > len(words):
                continue
            rest = range(1, len(phrase))
            if all(
                phrase[step] in self._forms(words[at + step])
                and _is_close(passage, words[at + step - 1], words[at + step], phrase)
                for step in rest
            ):
                return len(phrase), about
        return None

    def _forms(self, word: Token) -> list[str]:
        if word.is_capitals:
            return [word.word, word.word.removesuffix("'s").removesuffix("s"), word.low]
        return _forms(word.low, self._language)


def _is_close(passage: Passage, left: Token, right: Token, phrase: tuple[str, ...]) -> bool:
    between = passage.between(left, right)
    # A phrase of several parts, "education, health and care plan", has commas of its own.
    return not between.strip() or (between.strip() == "," and len(phrase) > 3)


@cache
def _forms(low: str, language: str) -> list[str]:
    return list(dict.fromkeys([low, *base_forms(low, language)]))


def _words(phrase: str) -> list[Token]:
    return Passage(Path(), Sentence(phrase, (), 1), "label").words


@dataclass(frozen=True)
class Pack:
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
def load_pack(language: str) -> Pack:
    """Return the pack of a language code: "en-GB" has that of "en"."""
    short = language.partition("-")[0]
    file = files("kiosk.easyread") / "data" / f"{short}.yaml"
    if not file.is_file():
        return Pack(language)
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
    return Pack(language, lists, maps)


def _pairs(node: Located) -> Iterable[tuple[str, Located]]:
    return node.value.items() if isinstance(node.value, dict) else ()


def _said(node: Located) -> str:
    """Return a text; of a list its texts, with a bar between them."""
    if isinstance(node.value, tuple):
        return "|".join(_said(one) for one in node.value)
    return node.value if isinstance(node.value, str) else ""
