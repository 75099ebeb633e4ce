"""`words.yaml`: hard words and their meaning, how to say words, wording that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, RootModel, ValidationInfo

from kiosk.content.forms import base_forms
from kiosk.content.model import HardWord
from kiosk.errors import ContentError
from kiosk.located import Located, Read, did_you_mean, parse_yaml, validate_each
from kiosk.symbols import Finder, picture_name

KEYS = ("explain", "say", "official", "allow")


def _picture_or_none(name: str, info: ValidationInfo) -> str:
    return picture_name(name, info) if name else name


class _Explained(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    means: Annotated[str, Field(min_length=1, max_length=1000)]
    symbol: Annotated[str, Field(max_length=100), AfterValidator(_picture_or_none)] = ""


class _Pronunciation(RootModel[Annotated[str, Field(min_length=1, max_length=200)]]):
    pass


@dataclass(frozen=True, slots=True)
class Words:
    """All of a language's words.yaml; hard words by the word in small letters.

    allow: words of this site that need no explanation, such as the name of the town.
    """

    hard_words: dict[str, HardWord] = field(default_factory=dict)
    say: dict[str, str] = field(default_factory=dict)
    official: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()


def find_hard_word(bold: str, hard_words: Mapping[str, HardWord], language: str) -> str | None:
    """Return the key in `hard_words` that explains these words of a page, or None.

    "outcomes" is explained by `outcome`, "priorities" by `priority`. A key in capitals, such as
    SEND, explains only what is written in capitals: "we send you a letter" is another word.
    """
    folded = " ".join(bold.casefold().replace("\u2019", "'").split()).strip(" .,:;!?")
    for form in (folded, *base_forms(folded, language)):
        one = hard_words.get(form)
        if one is not None and (not one.word.isupper() or one.word in bold):
            return form
    return None


def read_words(text: str, *, shown: Path, symbols: Finder, before: Words) -> Read[Words]:
    """Read the text of a words.yaml; where an entry is broken, the one of `before` stays."""
    try:
        node = parse_yaml(text, shown=shown)
    except ContentError as error:
        return Read(before, (error,))
    if node.value == "":
        return Read(Words())
    if not isinstance(node.value, dict):
        problem = f"This file needs the keys {', '.join(KEYS)}."
        return Read(before, (ContentError(shown, node.line, problem),))
    wrong: list[ContentError] = []
    for key in node.value:
        if key not in KEYS:
            near = did_you_mean(key, KEYS)
            hint = f'Did you mean "{near[0]}"?' if near else f"You can use: {', '.join(KEYS)}."
            problem = f'I do not know the key "{key}".'
            wrong.append(ContentError(shown, node.key_lines[key], problem, hint))
    nothing = Located("", node.line)
    explain = node.value.get("explain", nothing)
    explained, more = validate_each(
        _Explained, explain, shown=shown, name='"explain"', context={"symbols": symbols}
    )
    wrong += more
    hard_words = {
        word.casefold(): HardWord(
            word,
            entry.means,
            symbols.find(entry.symbol) if entry.symbol else None,
            _inside(_inside(explain, word), "means"),
        )
        for word, entry in explained.items()
    }
    say = node.value.get("say", nothing)
    said, more = validate_each(_Pronunciation, say, shown=shown, name='"say"')
    wrong += more
    spoken = {word: entry.root for word, entry in said.items()}
    for word in explain.value if isinstance(explain.value, dict) else ():
        if word.casefold() in before.hard_words:
            hard_words.setdefault(word.casefold(), before.hard_words[word.casefold()])
    for word in say.value if isinstance(say.value, dict) else ():
        if word in before.say:
            spoken.setdefault(word, before.say[word])
    official, more = _list("official", node.value.get("official", nothing), shown)
    allow, still_more = _list("allow", node.value.get("allow", nothing), shown)
    return Read(Words(hard_words, spoken, official, allow), (*wrong, *more, *still_more))


def _inside(node: Located, key: str) -> Located:
    return node.value[key] if isinstance(node.value, dict) else node


def _list(name: str, node: Located, shown: Path) -> Read[tuple[str, ...]]:
    if node.value == "":
        return Read(())
    if not isinstance(node.value, tuple):
        problem = f'"{name}" must be a list.'
        hint = "Begin each line with a hyphen."
        return Read((), (ContentError(shown, node.line, problem, hint),))
    wrong = [
        ContentError(shown, one.line, "This must be words.", "Put the words between quotes.")
        for one in node.value
        if not isinstance(one.value, str) or not one.value
    ]
    words = (one.value for one in node.value if isinstance(one.value, str) and one.value)
    return Read(tuple(words), tuple(wrong))
