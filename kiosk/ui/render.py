"""Pages and surveys as HTML, written once, with the list of what is spoken beside it.

Each stretch that is read along is an element with `data-say`: its place in the page's list of
texts. A *thing* (`data-thing`) is what up and down keys and a switch move to. What is said of it
stands beside it: `data-name` its name, `data-picture` what its picture shows, `data-tell` what it
is and what can be done. `data-word` names a word of the interface in the same way. So what shows
and what speaks cannot come apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from markupsafe import Markup, escape

from kiosk.config import Site
from kiosk.content import Idea, Language, Page, Sentence, sentence_spans
from kiosk.feedback.survey import Survey
from kiosk.symbols import Symbol, credits  # noqa: A004
from kiosk.ui.listened import PAGE, PART, Listened, with_listened
from kiosk.ui.screens import Screen, Speech, day_in_words, templates
from kiosk.ui.surveys import add_survey, survey_symbols

MOST_CHOICES = 5
CREDITS_PAGE = "pictures"  # the page that ends with the list of credits


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a hard word means, as it stands in a page: hidden until somebody asks."""

    id: str
    word: str
    symbol: Symbol | None
    title: int
    sentences: list[tuple[int, str]]
    picture: int | None


class _Page:
    """One page on its way to HTML: its speech, and the meanings of its hard words."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.speech = Speech(screen.words)

    def idea(self, idea: Idea, place: int, count: int) -> dict[str, Any]:
        speech, meanings = self.speech, dict[str, _Meaning]()
        return {
            "heading": None if idea.heading is None else (speech.say(idea.heading), idea.heading),
            "symbol": idea.symbol,
            "words": idea.words,
            "sentences": [self._sentence(one, meanings, place) for one in idea.sentences],
            "items": [self._sentence(one, meanings, place) for one in idea.items],
            "picture": speech.tell("tell_picture", name=idea.words) if idea.words else None,
            "tell": speech.tell("tell_idea", n=place, m=count),
            "meanings": list(meanings.values()),
        }

    def _sentence(self, one: Sentence, meanings: dict[str, _Meaning], place: int) -> Markup:
        """Return a sentence as HTML: its hard words are buttons, its links are links."""
        number = self.speech.say(one.text)
        parts: list[Markup] = []
        reached = 0
        for mark in sorted(one.marks, key=lambda mark: (mark.start, -mark.end)):
            if mark.start < reached:
                continue  # a button inside a link could not be pressed
            parts.append(escape(one.text[reached : mark.start]))
            words = one.text[mark.start : mark.end]
            if mark.kind == "hard":
                meaning = self._meaning(mark.target, meanings, place)
                parts.append(
                    Markup(
                        '<button type="button" class="hard" data-thing data-name="{}" '
                        'data-tell="{}" data-hard="{}" aria-expanded="false" '
                        'aria-controls="{}">{}</button>'
                    ).format(
                        self.speech.once(words),
                        self.speech.tell("tell_hard"),
                        meaning.id,
                        meaning.id,
                        words,
                    )
                )
            elif mark.kind == "link":
                parts.append(
                    Markup(
                        '<a href="?page={}" data-page="{}" data-thing data-name="{}" '
                        'data-tell="{}">{}</a>'
                    ).format(
                        mark.target,
                        mark.target,
                        self.speech.once(words),
                        self.speech.tell("tell_link"),
                        words,
                    )
                )
            else:
                parts.append(Markup("<strong>{}</strong>").format(words))
            reached = mark.end
        parts.append(escape(one.text[reached:]))
        return Markup('<span class="sentence" data-say="{}">{}</span>').format(
            number, Markup("").join(parts)
        )

    def _meaning(self, key: str, meanings: dict[str, _Meaning], place: int) -> _Meaning:
        if key not in meanings:
            hard = self.screen.hard_words[key]
            word = hard.word[:1].upper() + hard.word[1:]
            told = [hard.means[start:end] for start, end in sentence_spans(hard.means)]
            meanings[key] = _Meaning(
                f"meaning-{place}-{len(meanings) + 1}",
                word,
                hard.symbol,
                self.speech.say(word),
                [(self.speech.say(one), one) for one in told],
                self.speech.tell("tell_picture", name=hard.symbol.words) if hard.symbol else None,
            )
        return meanings[key]


def render_language(
    language: Language,
    surveys: dict[str, Survey],
    words: dict[str, str],
    listened: Listened,
    now: datetime,
) -> Screen:
    """Return all screens of one language of a site; surveys: those that are shown now."""
    language = with_listened(language, listened, words, now)
    choices = language.home.choices
    open_now = tuple(one for one in choices if one.survey is None or one.survey in surveys)
    language = replace(language, home=replace(language.home, choices=open_now))
    spoken = [key for key, text in words.items() if "{" not in text and text]
    symbols = {symbol.sha256: symbol for symbol in _symbols(language, surveys)}
    screen = Screen(
        html={},
        texts={"interface": [words[key] for key in spoken]},
        index={},
        words=words,
        spoken=spoken,
        hard_words=language.hard_words,
        say=language.say,
        symbols=tuple(symbols.values()),
        logo=language.home.symbol,
        you_said=listened.symbol if listened.has_news(language.code) else None,
    )
    # The general one stands on home; without a choice there, the first one.
    general = next((one.survey for one in open_now if one.survey), None)
    survey = general or next(iter(surveys), None)
    _add_page(screen, language, language.home, (), survey)
    for one in language.pages.values():
        _add_page(screen, language, one, language.parts.get(one.part or "", ()), survey)
    for asked in surveys.values():
        others = [one for one in surveys.values() if one is not asked]
        add_survey(screen, asked, others)
    return screen


def _symbols(language: Language, surveys: dict[str, Survey]) -> Iterator[Symbol]:
    """Yield every picture that a screen of this language shows."""
    for page in (language.home, *language.pages.values()):
        yield page.symbol
        yield from (idea.symbol for idea in page.ideas if idea.symbol)
    yield from (choice.symbol for choice in language.home.choices)
    yield from (word.symbol for word in language.hard_words.values() if word.symbol)
    for survey in surveys.values():
        yield from survey_symbols(survey)


def _add_page(
    screen: Screen,
    language: Language,
    page: Page,
    siblings: tuple[Page, ...],
    survey: str | None,
) -> None:
    """Add one page. siblings: the pages of its part, in order; survey: what each page leads to."""
    home = language.home
    made = _Page(screen)
    speech = made.speech
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
    if page.part == PART and place == 0 and screen.you_said:
        title_of = screen.words["you_said"]
        choices.append({"title": title_of, "symbol": screen.you_said, "colour": "", "to": PAGE})
    ideas = [
        made.idea(idea, number, len(page.ideas)) for number, idea in enumerate(page.ideas, start=1)
    ]
    for number, choice in enumerate(choices, start=1):
        choice["say"] = speech.say(choice["title"])
        choice["tell"] = speech.tell("tell_choice", n=number, m=len(choices))
    colours = {choice.part: choice.colour for choice in home.choices}
    thanked = credits(screen.symbols, "screen") if page.id == CREDITS_PAGE else []
    source = f"{screen.words['source']}: {page.source}, {day_in_words(page.facts_checked)}."
    screen.html[page.id] = templates.get_template("page.html").render(
        words=screen.words,
        page=page,
        is_home=page is home,
        title=title,
        title_tell=speech.tell("tell_title"),
        meaning_tell=speech.tell("tell_meaning"),
        place_say=speech.tell("tell_place", n=place + 1, m=len(siblings)),
        ideas=ideas,
        choices=choices,
        most=MOST_CHOICES,
        count=len(siblings),
        place=place,
        credits=[
            (speech.say(f"{one.title}, {one.creator}. {one.licence}."), one) for one in thanked
        ],
        credits_say=speech.say(screen.words["credits"]) if thanked else None,
        draft=speech.say(screen.words["draft"]) if page.status == "ready" else None,
        survey=survey if page is not home else None,
        tell_say=speech.say(screen.words["tell"]),
        tell_link=speech.tell("tell_link"),
        source=(speech.say(source), source) if page.source else None,
    )
    screen.texts[page.id] = speech.texts
    screen.index[page.id] = {
        "title": page.title,
        "colour": colours.get(page.part, "blue") if page.part else "blue",
        "back": siblings[place - 1].id if place else "",
        "next": siblings[place + 1].id if place + 1 < len(siblings) else "",
    }


def render_shell(site: Site, screen: Screen, page: str) -> str:
    """Return the whole screen with one page in it: the first thing that a browser shows."""
    shown = page if page in screen.html else "home"
    return templates.get_template("shell.html").render(
        site=site.settings.site,
        display=site.settings.display,
        words=screen.words,
        logo=screen.logo,
        content=Markup(screen.html[shown]),  # noqa: S704 - made by the templates, escaped there
        page=shown,
        colour=screen.index[shown]["colour"],
    )
