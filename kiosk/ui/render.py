"""Pages and surveys as HTML, written once, with the list of what is spoken beside it.

Every stretch that can be heard is an element with `data-say`: its place in the page's list of
texts. So what shows and what speaks cannot come apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from kiosk.config import Site
from kiosk.content import Idea, Language, Page, Sentence
from kiosk.feedback.survey import Survey
from kiosk.symbols import Symbol, credits  # noqa: A004

MOST_CHOICES = 5
CREDITS_PAGE = "pictures"  # the page that ends with the list of credits

_templates = Environment(
    loader=PackageLoader("kiosk.ui"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def picture(symbol: Symbol) -> str:
    """Return the address of a picture; a picture that changes gets another address."""
    return f"/files/{symbol.sha256}{symbol.suffix}"


_templates.globals["picture"] = picture


@dataclass(frozen=True, slots=True)
class Screen:
    """All that a screen shows in one language.

    html, texts: by page id ("interface" and "words" have texts only). index: page id -> title,
    colour and neighbours. words: the interface, in the order of texts["interface"]. hard_keys: the
    hard words, in the order of texts["words"]. say: how words are said. symbols: every picture.
    """

    html: dict[str, str]
    texts: dict[str, list[str]]
    index: dict[str, dict[str, Any]]
    words: dict[str, str]
    hard_keys: list[str]
    say: dict[str, str]
    symbols: tuple[Symbol, ...]


class _Speech:
    """Collects what a page says, in reading order, while its HTML is made."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def say(self, text: str) -> int:
        self.texts.append(text)
        return len(self.texts) - 1


def _sentence(speech: _Speech, one: Sentence, hard: list[str]) -> Markup:
    """Return a sentence as HTML: its hard words are buttons, its links are links."""
    number = speech.say(one.text)
    parts: list[Markup] = []
    reached = 0
    for mark in sorted(one.marks, key=lambda mark: mark.start):
        parts.append(escape(one.text[reached : mark.start]))
        words = escape(one.text[mark.start : mark.end])
        if mark.kind == "hard":
            parts.append(
                Markup('<button type="button" class="hard" data-hard="{}">{}</button>').format(
                    hard.index(mark.target), words
                )
            )
        elif mark.kind == "link":
            parts.append(
                Markup('<a href="?page={}" data-page="{}">{}</a>').format(
                    mark.target, mark.target, words
                )
            )
        else:
            parts.append(Markup("<strong>{}</strong>").format(words))
        reached = mark.end
    parts.append(escape(one.text[reached:]))
    return Markup('<span class="sentence" data-say="{}">{}</span>').format(
        number, Markup("").join(parts)
    )


def render_language(
    language: Language, surveys: dict[str, Survey], words: dict[str, str]
) -> Screen:
    """Return all screens of one language of a site; surveys: those that are shown now."""
    choices = language.home.choices
    open_now = tuple(one for one in choices if one.survey is None or one.survey in surveys)
    language = replace(language, home=replace(language.home, choices=open_now))
    hard = list(language.hard_words)
    symbols = {symbol.sha256: symbol for symbol in _symbols(language, surveys)}
    screen = Screen(
        html={},
        texts={
            "interface": list(words.values()),
            "words": [
                f"{one.word[:1].upper()}{one.word[1:]}. {one.means}"
                for one in language.hard_words.values()
            ],
        },
        index={},
        words=words,
        hard_keys=hard,
        say=language.say,
        symbols=tuple(symbols.values()),
    )
    survey = next(iter(surveys), None)
    _add_page(screen, language, language.home, (), survey)
    for one in language.pages.values():
        _add_page(screen, language, one, language.parts.get(one.part or "", ()), survey)
    for asked in surveys.values():
        _add_survey(screen, asked)
    return screen


def _symbols(language: Language, surveys: dict[str, Survey]) -> Iterator[Symbol]:
    """Yield every picture that a screen of this language shows."""
    for page in (language.home, *language.pages.values()):
        yield page.symbol
        yield from (idea.symbol for idea in page.ideas if idea.symbol)
    yield from (choice.symbol for choice in language.home.choices)
    for survey in surveys.values():
        yield survey.symbol
        for question in survey.questions:
            yield question.symbol
            yield from (one.symbol for one in (*question.choices, *question.items))


def _add_page(
    screen: Screen,
    language: Language,
    page: Page,
    siblings: tuple[Page, ...],
    survey: str | None,
) -> None:
    """Add one page. siblings: the pages of its part, in order; survey: what each page leads to."""
    home = language.home
    speech = _Speech()
    title = speech.say(page.title)
    place = siblings.index(page) if page in siblings else 0
    choices: list[dict[str, Any]] = []
    if page is home:
        choices = [
            {
                "title": choice.title,
                "symbol": choice.symbol,
                "colour": choice.colour,
                "to": choice.survey or language.parts[choice.part or ""][0].id,
            }
            for choice in home.choices
        ]
    elif place == 0 and len(siblings) > 1:
        choices = [
            {"title": other.title, "symbol": other.symbol, "colour": "", "to": other.id}
            for other in siblings[1:]
        ]
    ideas = [_idea(speech, idea, screen.hard_keys) for idea in page.ideas]
    for choice in choices:
        choice["say"] = speech.say(choice["title"])
    colours = {choice.part: choice.colour for choice in home.choices}
    screen.html[page.id] = _templates.get_template("page.html").render(
        words=screen.words,
        page=page,
        is_home=page is home,
        title=title,
        ideas=ideas,
        choices=choices,
        most=MOST_CHOICES,
        count=len(siblings),
        place=place,
        credits=credits(screen.symbols) if page.id == CREDITS_PAGE else [],
        draft=speech.say(screen.words["draft"]) if page.status == "ready" else None,
        survey=survey,
    )
    screen.texts[page.id] = speech.texts
    screen.index[page.id] = {
        "title": page.title,
        "colour": colours.get(page.part, "blue") if page.part else "blue",
        "back": siblings[place - 1].id if place else "",
        "next": siblings[place + 1].id if place + 1 < len(siblings) else "",
    }


def _add_survey(screen: Screen, survey: Survey) -> None:
    speech = _Speech()
    questions = [
        {
            "question": question,
            "ask": speech.say(question.ask),
            "choices": [(choice, speech.say(choice.words)) for choice in question.choices],
        }
        for question in survey.questions
    ]
    thanks = speech.say(survey.thanks)
    screen.html[survey.id] = _templates.get_template("survey.html").render(
        words=screen.words, survey=survey, questions=questions, thanks=thanks
    )
    screen.texts[survey.id] = speech.texts
    screen.index[survey.id] = {
        "title": survey.title,
        "colour": "pink",
        "back": "",
        "next": "",
        "survey": True,
        "questions": len(survey.questions),
    }


def _idea(speech: _Speech, idea: Idea, hard: list[str]) -> dict[str, Any]:
    return {
        "heading": None if idea.heading is None else (speech.say(idea.heading), idea.heading),
        "symbol": idea.symbol,
        "words": idea.words,
        "sentences": [_sentence(speech, one, hard) for one in idea.sentences],
        "items": [_sentence(speech, one, hard) for one in idea.items],
    }


def render_shell(site: Site, screen: Screen, page: str) -> str:
    """Return the whole screen with one page in it: the first thing that a browser shows."""
    shown = page if page in screen.html else "home"
    return _templates.get_template("shell.html").render(
        site=site.settings.site,
        words_px=round(site.settings.display.words_px, 1),
        words=screen.words,
        content=Markup(screen.html[shown]),  # noqa: S704 - made by the templates, escaped there
        page=shown,
        colour=screen.index[shown]["colour"],
    )
