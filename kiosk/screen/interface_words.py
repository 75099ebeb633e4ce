"""The words of the screen itself, in each language of a site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

from kiosk.located import load_yaml

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Utterance:
    """A text and its language: the voice that reads it must be of that language."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Interface:
    """The words of the screen for one language of a site.

    language: the one that they are in, English where there is no file of them. others: the keys
    of words that are in yet another language.
    """

    language: str
    words: Mapping[str, str]
    others: Mapping[str, str] = field(default_factory=dict)

    def said(self, key: str, **values: object) -> Utterance:
        """Return the words of a key, with their {gaps} filled."""
        return Utterance(self.words[key].format(**values), self.others.get(key, self.language))

    def more(self, added: Mapping[str, Utterance]) -> Interface:
        """Return the interface with more words."""
        return replace(
            self,
            words={**self.words, **{key: one.text for key, one in added.items()}},
            others={**self.others, **{key: one.language for key, one in added.items()}},
        )


@cache
def interface_of(code: str) -> Interface:
    """Return the words for a language; English ones where its file has none."""
    english = _read(ENGLISH)
    own = english if code == ENGLISH else _read(code)
    if not own:
        return Interface(ENGLISH, english)
    return Interface(code, english | own, dict.fromkeys(english.keys() - own.keys(), ENGLISH))


def _read(code: str) -> dict[str, str]:
    file = files("kiosk.screen") / "interface" / f"{code}.yaml"
    if not file.is_file():
        return {}
    words: dict[str, str] = load_yaml(file.read_text(encoding="utf-8"))
    return words
