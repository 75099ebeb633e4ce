"""Sheets to print: the pictures of a page, for a meeting with families or for a blind test."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from kiosk.content import Idea, Library, Source
from kiosk.errors import PageNotMade
from kiosk.located import did_you_mean, load_yaml
from kiosk.screen.languages import direction
from kiosk.symbols import Symbol, credits  # noqa: A004

_OTHERWISE = "en"


@dataclass(frozen=True, slots=True)
class Row:
    """One picture of a sheet: with the words of its idea, or with words to choose from.

    alt: what is said in the place of the picture.
    """

    symbol: Symbol
    alt: str
    sentences: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def picture(self) -> str:
        """The picture itself, as an address."""
        data = base64.b64encode(self.symbol.svg).decode()
        return f"data:{self.symbol.media_type};base64,{data}"


def words_for(language: str) -> Mapping[str, Any]:
    """Return what a sheet says in a language; in English where there are no words for it."""
    return _words().get(language.partition("-")[0], _words()[_OTHERWISE])


@cache
def _words() -> Mapping[str, Mapping[str, Any]]:
    text = (files("kiosk.editor") / "printed.yaml").read_text(encoding="utf-8")
    read: Mapping[str, Mapping[str, Any]] = load_yaml(text)
    return read


def page_of(library: Library, page: str, language: str) -> Source:
    """Return a page without mistakes. Raises PageNotMade where there is none."""
    here = {one.id: one for one in library.now.sources if one.language == language}
    source = here.get(page)
    if source is None:
        near = did_you_mean(page, here)
        hint = f' Did you mean "{near[0]}"?' if near else ""
        raise PageNotMade(f'There is no page "{page}" in the language "{language}".{hint}')
    if source.page is None:
        raise PageNotMade(f"{source.path} has mistakes. To see them: kiosk check {source.path}")
    return source


def title_of(source: Source) -> str:
    """Return the title of a page that has no mistakes."""
    return source.page.title if source.page is not None else source.id


def sheet(library: Library, page: str, language: str) -> str:
    """Return a page's pictures with their words, as HTML to print.

    Raises PageNotMade where there is no such page, and UseRefused for pictures that may not be
    printed.
    """
    source = page_of(library, page, language)
    rows = [_row(idea, idea.symbol) for idea in source.ideas if idea.symbol is not None]
    says = words_for(language)
    return html(language, f"{says['pictures']}: {title_of(source)}", says["says_it"], rows)


def _row(idea: Idea, symbol: Symbol) -> Row:
    sentences = (*idea.sentences, *idea.items)
    return Row(symbol, idea.words, tuple(one.text for one in sentences))


def html(language: str, title: str, told: str, rows: Sequence[Row], key: Sequence[str] = ()) -> str:
    """Return a sheet; key: what is right, on its last page. Raises UseRefused."""
    environment = Environment(
        loader=PackageLoader("kiosk.editor"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("sheet.html").render(
        language=language,
        direction=direction(language),
        title=title,
        told=told,
        rows=rows,
        key=key,
        says=words_for(language),
        credits=[one.line for one in credits([row.symbol for row in rows], "print")],
    )
