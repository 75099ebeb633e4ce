"""A blind test of a page's pictures: one picture, and four sentences of that page.

`content/surveys/quiz-PAGE.yaml` asks it on the kiosk, at its own address alone. Questions and
answers are named by what they show: when a picture or its words change, it is counted anew.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.config import Site
from kiosk.content import Idea, Library, Source
from kiosk.editor.printed import Row, html, page_of, title_of, words_for
from kiosk.editor.save import Files
from kiosk.errors import PageNotMade
from kiosk.feedback.survey.kinds.quiz import SENTENCES
from kiosk.feedback.survey.question import STEM
from kiosk.feedback.survey.survey import QUIZ, load_surveys, survey_fingerprint
from kiosk.screen.interface_words import interface_of
from kiosk.symbols import Symbol, SymbolBook, UnknownSymbol
from kiosk.symbols.composing.declaration import write

PREFIX = "quiz-"
MOST = 10  # pictures: more tire whoever looks at them
_FEW_WORDS = 4
_LETTERS = "ABCD"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. symbol: as a survey names the picture. right: the id of its own sentence.

    choices: id of a sentence -> the place of its idea on the page, in the order they are shown.
    """

    idea: int
    id: str
    symbol: str
    right: str
    choices: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Quiz:
    """The test of a page. path: its survey. left_out: pictures of the page that are not in it."""

    name: str
    path: Path
    asked: tuple[Asked, ...]
    left_out: int
    sheet: str


def make_quiz(site: Site, page: str, *, language: str = "", seed: int = 1) -> Quiz:
    """Write the survey that tries the pictures of a page out, in place of an older one.

    language: of the sentences; the site's first one without. Another one is written as a
    translation. seed: of the order of sentences. Raises PageNotMade, and UseRefused for pictures
    that may not be printed.
    """
    first, *others = site.settings.site.languages
    language = language or first
    if language not in (first, *others):
        problem = f'The site has no language "{language}". It has: {", ".join((first, *others))}.'
        raise PageNotMade(problem)
    library = Library(site)
    main = page_of(library, page, first)
    name = f"{PREFIX}{page}"
    if not STEM.fullmatch(name):
        raise PageNotMade(f'The name "{page}" is too long for a survey.')
    path = site.content / "surveys" / f"{name}.yaml"
    _look(site, path)
    asked, left_out = _asked(main, library.symbols, seed)
    kept = [one for one in others if _place(site, name, one).exists()]
    wanted = [one for one in others if one == language or one in kept]
    sources = {one: _like(main, page_of(library, page, one)) for one in wanted}
    shown = [first, *wanted]
    with Files(site) as files:
        files.renew(path, _yaml(main, asked, shown, seed).encode())
        surveys, _ = load_surveys(site, library.symbols)
        original = survey_fingerprint(surveys[name])
        for code, source in sources.items():
            text = f"original: {original}\ntranslation_checked_by:\n"
            text += _yaml(source, asked, shown, seed)
            files.renew(_place(site, name, code), text.encode())
    sheet = _sheet(sources.get(language, main), asked)
    return Quiz(name, path, asked, left_out, sheet)


def _place(site: Site, name: str, language: str) -> Path:
    return site.content / language / "surveys" / f"{name}.yaml"


def _look(site: Site, path: Path) -> None:
    """Refuse to write over what is no such test."""
    if path.exists() and f"kind: {QUIZ}\n" not in path.read_text(encoding="utf-8"):
        raise PageNotMade(f"{site.shown(path)} is another survey. Give it another name.")


def _like(main: Source, source: Source) -> Source:
    """Return a translation that has the same ideas. Raises PageNotMade."""
    if len(source.ideas) != len(main.ideas):
        problem = f"{source.path} has other ideas than {main.path}. Translate it again first."
        raise PageNotMade(problem)
    return source


def _asked(source: Source, symbols: SymbolBook, seed: int) -> tuple[tuple[Asked, ...], int]:
    """Return the questions of a page, and how many pictures they leave out."""
    chance = random.Random(seed)  # noqa: S311 - an order that can be made again
    ideas = dict(_ideas(source))
    pictures = list(ideas)
    if len({_words(one) for one in ideas.values()}) < SENTENCES:
        problem = f"{source.path} has fewer than {SENTENCES} pictures with sentences of their own."
        raise PageNotMade(f"{problem} A blind test needs so many.")
    chance.shuffle(pictures)
    found = []
    for at in pictures[:MOST]:
        others = _others(at, ideas)
        if len(others) >= SENTENCES - 1:
            places = [at, *chance.sample(others, SENTENCES - 1)]
            chance.shuffle(places)
            found.append(_question(at, places, ideas, symbols))
    if not found:
        raise PageNotMade(f"{source.path} has one and the same picture too often for a blind test.")
    return tuple(found), len(pictures) - len(found)


def _ideas(source: Source) -> Iterator[tuple[int, Idea]]:
    for at, idea in enumerate(source.ideas):
        # A box in place of a picture has nobody to thank: its words would be the answer.
        if idea.symbol is not None and idea.symbol.credit.creator and idea.sentences:
            yield at, idea


def _others(at: int, ideas: Mapping[int, Idea]) -> list[int]:
    """Return the ideas whose sentence is wrong beside a picture: another picture, other words."""
    found: dict[str, int] = {}
    for place, idea in ideas.items():
        if _picture(idea).sha256 != _picture(ideas[at]).sha256:
            found.setdefault(_words(idea), place)
    found.pop(_words(ideas[at]), None)
    return list(found.values())


def _question(
    at: int, places: Sequence[int], ideas: Mapping[int, Idea], symbols: SymbolBook
) -> Asked:
    choices = {_id("words", _words(ideas[place])): place for place in places}
    symbol = _picture(ideas[at])
    return Asked(
        at,
        _id("picture", symbol.sha256, _words(ideas[at])),
        _name(ideas[at].name, symbol, symbols),
        _id("words", _words(ideas[at])),
        choices,
    )


def _picture(idea: Idea) -> Symbol:
    assert idea.symbol is not None  # noqa: S101 - `_ideas` has chosen those that have one
    return idea.symbol


def _id(kind: str, *of: str) -> str:
    return f"{kind}-{hashlib.sha256(' '.join(of).encode()).hexdigest()[:8]}"


def _name(name: str, symbol: Symbol, symbols: SymbolBook) -> str:
    """Return how a survey names a picture: one that a page declares has no name outside."""
    try:
        if symbols.find(name).sha256 == symbol.sha256:
            return name
    except UnknownSymbol:
        pass
    return write(symbol.declaration) if symbol.declaration is not None else symbol.name


def _words(idea: Idea) -> str:
    """Return the first sentence of an idea, and the next one where it is very short."""
    sentences = [one.text for one in idea.sentences]
    said = sentences[0]
    return said if len(said.split()) >= _FEW_WORDS else " ".join(sentences[:2])


def _yaml(source: Source, asked: Sequence[Asked], shown: Sequence[str], seed: int) -> str:
    words = words_for(source.language)
    lines = [
        f"# Made by: kiosk pictures quiz {source.id} --seed {seed}",
        f"title: {_quoted(words['quiz'].format(title=title_of(source)))}",
        "symbol: framed picture",
        f"show: {{languages: [{', '.join(shown)}]}}",
        "questions:",
    ]
    for one in asked:
        lines += [
            f"  - id: {one.id}",
            f"    kind: {QUIZ}",
            f"    ask: {_quoted(words['ask'])}",
            f"    symbol: {_quoted(one.symbol)}",
            f"    right: {one.right}",
            "    answers:",
        ]
        for name, place in one.choices.items():
            lines.append(f"      - {{id: {name}, words: {_quoted(_words(source.ideas[place]))}}}")
    lines.append(f"thanks: {_quoted(words['thanks'])}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _sheet(source: Source, asked: Sequence[Asked]) -> str:
    words = words_for(source.language)
    about = interface_of(source.language).words["quiz_picture"]
    rows, key = [], []
    for one in asked:
        choices = [_words(source.ideas[place]) for place in one.choices.values()]
        lettered = [f"{letter}. {said}" for letter, said in zip(_LETTERS, choices, strict=True)]
        symbol = _picture(source.ideas[one.idea])
        rows.append(Row(symbol, about, choices=tuple(lettered)))
        key.append(lettered[list(one.choices).index(one.right)])
    title = words["quiz"].format(title=title_of(source))
    return html(source.language, title, words["tick"], rows, key)
