"""Finishes a page with what stands in other files: hard words, and where links lead."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from kiosk.content.model import HardWord, Home, HomeChoice, Idea, Language, Mark, Page, Sentence
from kiosk.content.words import find_hard_word
from kiosk.errors import ContentError
from kiosk.located import Read, did_you_mean
from kiosk.symbols import Later


@dataclass(frozen=True, slots=True)
class Names:
    """What a page may point to.

    targets: pages that are shown, and surveys. hidden: pages that are there but may not be shown.
    """

    targets: frozenset[str]
    hidden: frozenset[str]
    hard_words: Mapping[str, HardWord]


def resolve_page(page: Page, names: Names) -> Read[Page]:
    """Return the page with its marks final and its stamp set.

    A link to a page that is not shown becomes plain words, and is a problem.
    """
    problems: list[ContentError] = []
    ideas = tuple(_idea(idea, page, names, problems) for idea in page.ideas)
    done = replace(page, ideas=ideas)
    marks = tuple(
        mark
        for idea in ideas
        for sentence in (*idea.sentences, *idea.items)
        for mark in sentence.marks
        if mark.kind in ("link", "hard")
    )
    # Its pictures are drawn for that, and who checks its words needs no drawing.
    return Read(replace(done, stamped=Later(_stamp, done), marks=marks), tuple(problems))


def resolve_home(
    home: Home, names: Names, parts: Collection[str], surveys: Collection[str]
) -> Read[Home]:
    """Return the home page with the choices that lead somewhere; the others are problems."""
    choices: list[HomeChoice] = []
    problems: list[ContentError] = []
    for choice in home.choices:
        name, known, what = choice.part or "", parts, "part with pages that are shown"
        if choice.survey is not None:
            name, known, what = choice.survey, surveys, "survey"
        if name in known:
            choices.append(choice)
            continue
        near = did_you_mean(name, known)
        hint = f'Did you mean "{near[0]}"?' if near else ""
        problems.append(
            ContentError(home.path, choice.begins, f'There is no {what} "{name}".', hint)
        )
    done = replace(home, choices=tuple(choices))
    resolved, wrong = resolve_page(done, names)
    assert isinstance(resolved, Home)  # noqa: S101 - `replace` keeps the class
    return Read(resolved, (*problems, *wrong))


def _idea(idea: Idea, page: Page, names: Names, problems: list[ContentError]) -> Idea:
    return replace(
        idea,
        sentences=tuple(_sentence(one, page, names, problems) for one in idea.sentences),
        items=tuple(_sentence(one, page, names, problems) for one in idea.items),
    )


def _sentence(
    sentence: Sentence, page: Page, names: Names, problems: list[ContentError]
) -> Sentence:
    if not sentence.marks:
        return sentence
    marks: list[Mark] = []
    for mark in sentence.marks:
        if mark.kind == "bold":
            written = sentence.text[mark.start : mark.end]
            key = find_hard_word(written, names.hard_words, page.language)
            marks.append(mark if key is None else replace(mark, kind="hard", target=key))
        elif mark.kind == "italic":
            continue  # italics are hard to read: plain words are served
        elif mark.target in names.targets:
            marks.append(mark)
        else:
            problems.append(_lost(mark, page, sentence.line, names))
    return replace(sentence, marks=tuple(marks))


def _lost(mark: Mark, page: Page, line: int, names: Names) -> ContentError:
    if mark.target in names.hidden:
        problem = f'The page "{mark.target}" is not shown now, so this link leads nowhere.'
        return ContentError(page.path, line, problem, "It is a draft, or has mistakes.")
    near = did_you_mean(mark.target, names.targets | names.hidden)
    hint = f'Did you mean "{near[0]}"?' if near else ""
    return ContentError(page.path, line, f'There is no page "{mark.target}".', hint)


def digest(language: Language) -> tuple[object, ...]:
    """Return everything of a language that is served, in a form that `repr` makes unique."""
    hard = [
        (key, one.word, one.means, one.symbol.sha256 if one.symbol else "")
        for key, one in sorted(language.hard_words.items())
    ]
    return (
        language.code,
        language.home.stamp,
        [(name, [page.id for page in pages]) for name, pages in language.parts.items()],
        [(page.id, page.stamp) for page in language.pages.values()],
        hard,
        sorted(language.say.items()),
        language.official,
    )


def _stamp(page: Page) -> str:
    return hashlib.sha256(repr(_page(page)).encode()).hexdigest()


def _page(page: Page) -> tuple[object, ...]:
    """Return what a page shows: no lines and paths, for they may change unseen."""
    ideas = [
        (
            (idea.symbol.sha256, idea.symbol.credit) if idea.symbol else "",
            idea.words,
            idea.heading,
            [(sentence.text, sentence.marks) for sentence in idea.sentences],
            [(item.text, item.marks) for item in idea.items],
        )
        for idea in page.ideas
    ]
    choices = [
        (
            choice.title,
            choice.line,
            choice.symbol.sha256,
            choice.symbol.words,
            choice.colour,
            choice.part,
            choice.survey,
        )
        for choice in (page.choices if isinstance(page, Home) else ())
    ]
    return (
        page.id,
        page.language,
        page.title,
        page.symbol.sha256,
        page.symbol.words,
        page.symbol.credit,
        page.part,
        page.source,
        page.facts_checked.isoformat(),
        page.status,
        page.checked_by,
        page.translation_checked_by,
        page.download,
        page.review_by.isoformat(),
        ideas,
        choices,
    )
