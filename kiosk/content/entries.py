"""Files that are a list of entries: workshops, and what became of what people said.

```yaml
- title: ...
  date: 2026-11-23
- title: ...
```
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo

from kiosk.config import Site
from kiosk.content.page import Picture
from kiosk.errors import ContentError
from kiosk.located import Located, Mistake, parse_yaml, read_text, validate
from kiosk.symbols import SymbolBook

E = TypeVar("E", bound=BaseModel)


def _known_language(code: str, info: ValidationInfo) -> str:
    known = info.context["languages"] if info.context else ()
    if code and code not in known:
        raise Mistake(f'This site does not speak "{code}".', f"It speaks: {', '.join(known)}.")
    return code


ShortWords = Annotated[str, Field(min_length=1, max_length=100)]
LongWords = Annotated[str, Field(min_length=1, max_length=1000)]
Language = Annotated[str, AfterValidator(_known_language)]


class Entry(BaseModel):
    """What every entry has: its picture, and its language (the site's first one when not said)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    symbol: Picture
    language: Language = ""


def read_entries(
    site: Site, path: Path, model: type[E], symbols: SymbolBook, *, name: str
) -> tuple[list[tuple[E, int]], list[ContentError]]:
    """Return the good entries, each with its line, and what is wrong with the others.

    No file, or a file with nothing but comments, is no mistake. name: "This workshop", to begin
    a message with.
    """
    if not path.exists():
        return [], []
    shown = site.shown(path)
    try:
        node = parse_yaml(read_text(path, shown=shown), shown=shown)
    except ContentError as error:
        return [], [error]
    return check_entries(site, node, model, symbols, name=name, shown=shown)


def check_entries(
    site: Site, node: Located, model: type[E], symbols: SymbolBook, *, name: str, shown: Path
) -> tuple[list[tuple[E, int]], list[ContentError]]:
    """Like `read_entries`, for a text that was read already."""
    if node.value == "":
        return [], []
    if not isinstance(node.value, tuple):
        hint = 'Begin each one with a hyphen: "- symbol: calendar".'
        return [], [ContentError(shown, node.line, "This file must be a list.", hint)]
    context = {"symbols": symbols, "languages": site.settings.site.languages}
    good: list[tuple[E, int]] = []
    wrong: list[ContentError] = []
    for item in node.value:
        try:
            good.append((validate(model, item, shown=shown, context=context, name=name), item.line))
        except ExceptionGroup as errors:
            wrong += [one for one in errors.exceptions if isinstance(one, ContentError)]
    return good, wrong
