"""The words on what people take home, in each language of a site."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from kiosk.located import load_yaml

_ENGLISH = "en"


@cache
def home_words(code: str) -> Mapping[str, str]:
    """Return the words for a language by their keys; English ones where its file has none."""
    own = _read(code)
    return own if code == _ENGLISH else _read(_ENGLISH) | own


def _read(code: str) -> dict[str, str]:
    file = files("kiosk.export") / "words" / f"{code}.yaml"
    if not file.is_file():
        return {}
    words: dict[str, str] = load_yaml(file.read_text(encoding="utf-8"))
    return words
