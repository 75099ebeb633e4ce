"""Files -> sheets: what the rules look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kiosk.content import Idea, Sentence, Source
from kiosk.easyread.model import Kind, Passage, Text
from kiosk.easyread.rule import Block, PagePicture, Sheet
from kiosk.located import Located
from kiosk.symbols import SymbolBook, UnknownSymbol
from kiosk.symbols.composing.seen import stated


def page_sheet(source: Source, symbols: SymbolBook) -> Sheet:
    """Return a page's file as a sheet."""
    path = source.path

    def passages(sentences: Iterable[Sentence], kind: Kind) -> tuple[Passage, ...]:
        return tuple(Passage(path, one, kind) for one in sentences)

    titles = [(0, _title(path, node)) for node in _titles(source)]
    titles += [(one.level, Passage(path, one.words, "title")) for one in source.headings]
    return Sheet(
        path,
        source.language,
        titles=tuple(titles),
        blocks=tuple(
            Block(one.line, passages(one.sentences, "sentence"), passages(one.items, "item"))
            for one in source.ideas
        ),
        loose=tuple(_lines(path, source)),
        pictures=tuple(_pictures(source, symbols)),
        source=source,
    )


def text_sheets(texts: Iterable[Text], language: str) -> list[Sheet]:
    """Return other texts as sheets, one for each file."""
    by_file: dict[Path, list[Passage]] = {}
    for text in texts:
        by_file.setdefault(text.path, []).extend(text.passages())
    return [Sheet(path, language, loose=tuple(one)) for path, one in by_file.items()]


def yaml_texts(
    node: Located, path: Path, *, sentences: Iterable[str] = (), labels: Iterable[str] = ()
) -> list[Text]:
    """Return the texts of a YAML file that stand at these keys, at any depth.

    Where there is a key "language" beside them, they are in that language.
    """
    kinds = {**dict.fromkeys(sentences, False), **dict.fromkeys(labels, True)}
    found: list[Text] = []

    def walk(here: Located) -> None:
        if isinstance(here.value, dict):
            language = here.value.get("language", here).value
            code = language if isinstance(language, str) else ""
            for key, inside in here.value.items():
                if isinstance(inside.value, str):
                    if key in kinds and inside.value:
                        words = " ".join(inside.value.split())
                        label = kinds[key]
                        found.append(Text(path, inside.line, words, inside.column, label, code))
                else:
                    walk(inside)
        elif isinstance(here.value, tuple):
            for inside in here.value:
                walk(inside)

    walk(node)
    return found


def _title(path: Path, node: Located) -> Passage:
    words = " ".join(str(node.value).split())
    return Passage(path, Sentence(words, (), node.line, node.column), "title")


def _titles(source: Source) -> Iterator[Located]:
    for node in (source.facts, *_choices(source)):
        title = node.get("title")
        if title is not None and isinstance(title.value, str) and title.value:
            yield title


def _lines(path: Path, source: Source) -> Iterator[Passage]:
    for choice in _choices(source):
        line = choice.get("line")
        if line is not None and isinstance(line.value, str) and line.value:
            words = " ".join(line.value.split())
            yield Passage(path, Sentence(words, (), line.line, line.column), "label")


def _choices(source: Source) -> Iterator[dict[str, Located]]:
    choices = source.facts.get("choices")
    for one in choices.value if choices is not None and isinstance(choices.value, tuple) else ():
        if isinstance(one.value, dict):
            yield one.value


def _pictures(source: Source, symbols: SymbolBook) -> Iterator[PagePicture]:
    for facts in (source.facts, *_choices(source)):
        node = facts.get("symbol")
        if node is None or not isinstance(node.value, str):
            continue
        try:
            symbol = symbols.find(node.value)
        except UnknownSymbol:
            continue  # the library says so
        yield PagePicture(node.line, node.value, symbol, symbol.words)
    for idea in source.ideas:
        yield from _beside(idea, symbols)


def _beside(idea: Idea, symbols: SymbolBook) -> Iterator[PagePicture]:
    if idea.symbol is None:
        return
    words = (idea.heading or "", *(one.text for one in (*idea.sentences, *idea.items)))
    states = stated(idea.symbol, symbols)
    yield PagePicture(
        idea.line,
        idea.name,
        idea.symbol,
        idea.words,
        beside=" ".join(words).strip(),
        numbers=states.numbers,
        shows_twelve=states.shows_twelve,
        crossed_out=states.crossed_out,
    )
