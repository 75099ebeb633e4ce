"""The words on what people take home, in each language of a site."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from kiosk.located import load_yaml
from kiosk.screen.interface_words import Utterance

_ENGLISH = "en"


@cache
def home_words(code: str) -> Mapping[str, str]:
    """Return the words for a language by their keys; English ones where its file has none."""
    own = _read(code)
    return own if code == _ENGLISH else {**_read(_ENGLISH), **own}


def home_said(code: str, key: str, **values: object) -> Utterance:
    """Return the words of a key with their {gaps} filled, and the language that they are in."""
    language = code if key in _read(code) else _ENGLISH
    return Utterance(home_words(code)[key].format(**values), language)


@cache
def _read(code: str) -> Mapping[str, str]:
    file = files("kiosk.export") / "words" / f"{code}.yaml"
    if not file.is_file():
        return {}
    words: dict[str, str] = load_yaml(file.read_text(encoding="utf-8"))
    return words
