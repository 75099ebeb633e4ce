"""Pages and surveys as HTML, written once, with the list of what is spoken beside it.

Every stretch that can be heard is an element with `data-say`: its place in the page's list of
texts. So what shows and what speaks cannot come apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from kiosk.config import Site
from kiosk.content import Idea, Language, Page, Sentence
from kiosk.feedback.survey import Survey
from kiosk.symbols import Symbol, credits  # noqa: A004

MOST_CHOICES = 5

_templates = Environment(
    loader=PackageLoader("kiosk.ui"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Screen:
    """All that a screen shows in one language.

    html, texts: by page id ("interface" and "words" have texts only). index: page id -> title,
    part and neighbours. words: the interface. symbols: every picture that is shown.
    """

    html: dict[str, str]
    texts: dict[str, list[str]]
    index: dict[str, dict[str, Any]]
    words: dict[str, str]
    interface_keys: list[str]
    hard_keys: list[str]
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
    """Return all screens of one language of a site."""
    hard = list(language.hard_words)
    symbols: dict[str, Symbol] = {}

    def picture(symbol: Symbol) -> str:
        symbols[symbol.sha256] = symbol
        return f"/files/{symbol.sha256}{symbol.suffix}"

    colours = {choice.part: choice.colour for choice in language.home.choices if choice.part}
    html: dict[str, str] = {}
    texts: dict[str, list[str]] = {}
    index: dict[str, dict[str, Any]] = {}
    common = {"words": words, "picture": picture}

    def page(one: Page, siblings: tuple[Page, ...]) -> None:
        speech = _Speech()
        place = siblings.index(one) if one in siblings else 0
        choices: list[dict[str, Any]] = []
        title = speech.say(one.title)
        if one is language.home:
            choices = [
                {
                    "title": choice.title,
                    "symbol": choice.symbol,
                    "colour": choice.colour,
                    "to": choice.survey or language.parts[choice.part or ""][0].id,
                }
                for choice in language.home.choices
            ]
        elif place == 0 and len(siblings) > 1:
            choices = [
                {"title": other.title, "symbol": other.symbol, "colour": "", "to": other.id}
                for other in siblings[1:]
            ]
        ideas = [_idea(speech, idea, hard) for idea in one.ideas]
        for choice in choices:
            choice["say"] = speech.say(choice["title"])
        listed = sorted(symbols.values(), key=lambda symbol: symbol.name)
        html[one.id] = _templates.get_template("page.html").render(
            **common,
            page=one,
            is_home=one is language.home,
            title=title,
            ideas=ideas,
            choices=choices,
            most=MOST_CHOICES,
            count=len(siblings),
            place=place,
            credits=credits(listed) if one.id == "pictures" else [],
            draft=speech.say(words["draft"]) if one.status == "ready" else None,
            survey=next(iter(surveys), None),
        )
        texts[one.id] = speech.texts
        index[one.id] = {
            "title": one.title,
            "part": one.part or "",
            "colour": colours.get(one.part or "", "blue"),
            "back": siblings[place - 1].id if place else "",
            "next": siblings[place + 1].id if place + 1 < len(siblings) else "",
        }

    page(language.home, ())
    for siblings in language.parts.values():
        for one in siblings:
            page(one, siblings)
    for one in language.pages.values():
        if one.id not in html:
            page(one, ())
    for survey in surveys.values():
        speech = _Speech()
        title = speech.say(survey.title)
        questions = [
            {
                "question": question,
                "ask": speech.say(question.ask),
                "choices": [(choice, speech.say(choice.words)) for choice in question.choices],
            }
            for question in survey.questions
        ]
        thanks = speech.say(survey.thanks)
        html[survey.id] = _templates.get_template("survey.html").render(
            **common, survey=survey, title=title, questions=questions, thanks=thanks
        )
        texts[survey.id] = speech.texts
        index[survey.id] = {
            "title": survey.title,
            "part": "",
            "colour": "pink",
            "back": "",
            "next": "",
            "survey": True,
            "questions": len(survey.questions),
        }
    texts["interface"] = list(words.values())
    texts["words"] = [
        f"{one.word[:1].upper()}{one.word[1:]}. {one.means}" for one in language.hard_words.values()
    ]
    return Screen(html, texts, index, words, list(words), hard, tuple(symbols.values()))


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
        words=screen.words,
        content=Markup(screen.html[shown]),  # noqa: S704 - made by the templates, escaped there
        page=shown,
        colour=screen.index[shown]["colour"],
    )
