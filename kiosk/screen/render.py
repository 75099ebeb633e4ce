"""Pages and surveys as HTML, written once, with the list of what is spoken beside it.

Each stretch that is read along is an element with `data-say`: its place in the page's list of
texts. A *thing* (`data-thing`) is what up and down keys and a switch move to. What is said of it
stands beside it: `data-name` its name, `data-picture` what its picture shows, `data-tell` what it
is and what can be done. `data-word` names a word of the interface in the same way. So what shows
and what speaks cannot come apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from unicodedata import category

from markupsafe import Markup

from kiosk.config import Site
from kiosk.content import HardWord, Idea, Language, Page, Sentence, sentence_spans
from kiosk.content.names import HELP, INTERFACE, LANGUAGES, NOT_HERE, YOU_SAID
from kiosk.feedback.survey.survey import Survey
from kiosk.recorded.model import PageVoice
from kiosk.screen.downloads import DOCUMENT, Downloads, offered_on
from kiosk.screen.interface_words import Interface
from kiosk.screen.languages import isolated, own_name
from kiosk.screen.listened import PART, Listened, with_listened
from kiosk.screen.notes import notes_of, source_of, thanks_of
from kiosk.screen.pictures import PEOPLE
from kiosk.screen.screens import Narration, Screen, Speech, templates
from kiosk.screen.steps import STEPS
from kiosk.screen.surveys import add_survey, survey_symbols
from kiosk.screen.taken import Ways, take_home
from kiosk.symbols import Symbol, credits  # noqa: A004

MOST_CHOICES = 5
SIGNS_AFTER = ("Po", "Pe", "Pf")  # Unicode's kinds of signs that stand right after a word
CREDITS_PAGE = "pictures"  # the page that ends with the list of credits


@dataclass(frozen=True, slots=True)
class Around:
    """What the pages of all languages are rendered with.

    languages: those that are offered, the first one first. interfaces: the words of each.
    pictures: those of the screen itself. ways: how things go home. takes_answers: whether what
    people answer is kept. on_web: this is a copy on the web. voices: of people who read a page and
    are heard now, by its file. downloads: what pages offer to keep.
    """

    languages: Mapping[str, Language]
    interfaces: Mapping[str, Interface]
    listened: Listened
    pictures: Mapping[str, Symbol]
    now: datetime
    ways: Ways
    takes_answers: bool = True
    on_web: bool = False
    voices: Mapping[Path, PageVoice] = field(default_factory=dict)
    downloads: Downloads = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a hard word means, as it stands in a page: hidden until somebody asks."""

    id: str
    word: str
    symbol: Symbol | None
    title: int
    sentences: list[tuple[int, str]]
    picture: int | None
    tell: int


class _Page:
    """One page on its way to HTML: its speech, and the meanings of its hard words.

    hard_words, words: those of the page's own language. known: the pages and surveys to link to.
    """

    def __init__(
        self,
        screen: Screen,
        language: str,
        hard_words: Mapping[str, HardWord],
        words: Mapping[str, str],
        known: Collection[str],
    ) -> None:
        self.speech = Speech(screen.interface, language)
        self.hard_words = hard_words
        self.words = words
        self.known = known

    def picture(self, words: str) -> int:
        return self.speech.once(self.words["tell_picture"].format(name=words))

    def idea(self, idea: Idea, place: int, count: int) -> dict[str, Any]:
        speech, asked = self.speech, dict[str, str]()
        return {
            "heading": None if idea.heading is None else (speech.say(idea.heading), idea.heading),
            "symbol": idea.symbol,
            "words": idea.words,
            "sentences": [self._sentence(one, asked, place) for one in idea.sentences],
            "items": [self._sentence(one, asked, place) for one in idea.items],
            "picture": self.picture(idea.words) if idea.words else None,
            "tell": speech.tell("tell_idea", n=place, m=count),
            "meanings": [self._meaning(key, id_) for key, id_ in asked.items()],
        }

    def _sentence(self, one: Sentence, asked: dict[str, str], place: int) -> Markup:
        """Return a sentence as HTML: its hard words are buttons, its links are links.

        asked: the ids of the meanings that stand below the idea, by the key of the hard word.
        """
        number = self.speech.say(one.text)
        parts: list[Markup] = []
        reached = 0
        for mark in sorted(one.marks, key=lambda mark: (mark.start, -mark.end)):
            if mark.start < reached:
                continue  # a button inside a link could not be pressed
            if mark.kind == "link" and mark.target not in self.known:
                continue  # a survey that is not shown now, or not in this language
            parts.append(isolated(one.text[reached : mark.start]))
            words = one.text[mark.start : mark.end]
            reached = mark.end
            if mark.kind == "hard":
                meaning = asked.setdefault(mark.target, f"meaning-{place}-{len(asked) + 1}")
                while reached < len(one.text) and category(one.text[reached]) in SIGNS_AFTER:
                    reached += 1  # a button is a box: after two lines the stop would stand far off
                sign = one.text[mark.end : reached]
                parts.append(
                    Markup(
                        '<button type="button" class="hard" data-thing '
                        'data-name="{}" data-tell="{}" data-hard="{}" aria-expanded="false" '
                        'aria-controls="{}">{}{}</button>'
                    ).format(
                        self.speech.once(words),
                        self.speech.tell("tell_hard"),
                        meaning,
                        meaning,
                        isolated(words),
                        Markup('<span aria-hidden="true">{}</span>').format(sign) if sign else "",
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
                        isolated(words),
                    )
                )
            else:
                parts.append(Markup("<strong>{}</strong>").format(isolated(words)))
        parts.append(isolated(one.text[reached:]))
        return Markup('<span class="sentence" data-say="{}">{}</span>').format(
            number, Markup("").join(parts)
        )

    def _meaning(self, key: str, id_: str) -> _Meaning:
        hard = self.hard_words[key]
        word = hard.word[:1].upper() + hard.word[1:]
        told = [hard.means[start:end] for start, end in sentence_spans(hard.means)]
        return _Meaning(
            id_,
            word,
            hard.symbol,
            self.speech.say(word),
            [(self.speech.say(one), one) for one in told],
            self.picture(hard.symbol.words) if hard.symbol else None,
            self.speech.tell("tell_meaning"),
        )


def render_language(
    code: str, surveys: dict[str, Survey], around: Around, before: Screen | None = None
) -> Screen:
    """Return all screens of one language of a site; surveys: those that are shown now.

    before: the same as it was last. A page for which nothing has changed is taken from there, so
    that one edit of a large site in several languages is soon on the screen.
    """
    interface, listened = around.interfaces[code], around.listened
    language = with_listened(around.languages[code], listened, around.interfaces, around.now)
    open_now = tuple(
        choice
        for choice in language.home.choices
        if choice.survey is None or choice.survey in surveys
    )
    language = replace(language, home=replace(language.home, choices=open_now))
    spoken = [key for key, text in interface.words.items() if "{" not in text and key != "letters"]
    symbols = {symbol.sha256: symbol for symbol in _symbols(language, surveys, around)}
    has_news = listened.has_news(language.pages[YOU_SAID].language)
    screen = Screen(
        language=code,
        translated=code != next(iter(around.languages)),
        html={},
        narrations={INTERFACE: Narration(tuple(interface.said(key) for key in spoken))},
        index={},
        interface=interface,
        spoken=spoken,
        say=language.say,
        symbols=tuple(symbols.values()),
        logo=language.home.symbol,
        pictures=around.pictures,
        you_said=listened.symbol if has_news else None,
    )
    # The general one stands on home; without a choice there, the first one.
    general = next((choice.survey for choice in open_now if choice.survey), None)
    to_all = {name: one for name, one in surveys.items() if not one.is_quiz}
    survey = general or next(iter(to_all), None)
    known = {language.home.id, *language.pages, *surveys}
    places = {page.id: place for part in language.parts.values() for place, page in enumerate(part)}
    for page in (language.home, *language.pages.values()):
        place = places.get(page.id, 0)
        _add_page(screen, language, page, place, around, surveys.get(survey or ""), known, before)
    for asked in surveys.values():
        others = [other for other in to_all.values() if other is not asked]
        made_of = (asked, others, interface, screen.translated, screen.you_said)
        if not screen.keep(asked.id, made_of, before):
            only_shown = not around.takes_answers
            add_survey(screen, asked, others, only_shown=only_shown, on_web=around.on_web)
    choices = _choices(screen, language, language.home)
    if not screen.keep(NOT_HERE, (choices, interface, screen.logo), before):
        _add_not_here(screen, choices)
    return screen


def _symbols(language: Language, surveys: dict[str, Survey], around: Around) -> Iterator[Symbol]:
    """Yield every picture that a screen of this language shows."""
    yield from around.pictures.values()
    for page in (language.home, *language.pages.values()):
        yield page.symbol
        yield from (idea.symbol for idea in page.ideas if idea.symbol)
    yield from (choice.symbol for choice in language.home.choices)
    for code in {page.language for page in (language.home, *language.pages.values())}:
        hard_words = around.languages[code].hard_words.values()
        yield from (word.symbol for word in hard_words if word.symbol)
    for survey in surveys.values():
        yield from survey_symbols(survey)


def _add_page(
    screen: Screen,
    language: Language,
    page: Page,
    place: int,
    around: Around,
    survey: Survey | None,
    known: Set[str],
    before: Screen | None,
) -> None:
    """Add one page. place: in its part, from 0.

    survey: what each page leads to; known: what a link may lead to.
    """
    own, words = around.languages[page.language], around.interfaces[page.language].words
    home, siblings = language.home, language.parts.get(page.part or "", ())
    choices = _choices(screen, language, page)
    thanked = credits(screen.symbols, "screen") if page.id == CREDITS_PAGE else []
    first = next(iter(around.languages.values()))
    original = None if page.language == first.code else first.pages.get(page.id)
    help_page = language.pages.get(HELP)
    is_help = help_page is not None and page.part == help_page.part
    offered = offered_on(page, screen.language, around.downloads, on_web=around.on_web)
    leads_to = survey if page is home else survey and survey.id  # home shows answers of it
    voice = around.voices.get(page.path)
    reader = voice.consent.by if voice and voice.consent else ""
    if voice:
        screen.voices[page.id] = voice
    prints = around.ways.prints_of(own, page)
    screen.documents.update({page.id: page.download} if page.download else {})
    made_of = (
        (page, page is home, is_help, place, len(siblings), choices, thanked, leads_to),
        (screen.interface, screen.translated, words),
        _asked(page, own.hard_words, known),
        original and original.source,
        offered,
        reader,
        around.ways,
        prints,
    )
    kept = screen.keep(page.id, made_of, before)
    colours = {choice.part: choice.colour for choice in home.choices}
    screen.index[page.id] = index = {
        "title": page.title,
        "colour": colours.get(page.part, "blue") if page.part else "blue",
        "before": siblings[place - 1].id if place else "",
        "next": siblings[place + 1].id if place + 1 < len(siblings) else "",
    }
    if kept:
        return
    made = _Page(screen, page.language, own.hard_words, words, known)
    speech = made.speech
    has_place = len(siblings) > 1
    # From the top of the page to its end: this is the order in which it is read.
    is_home = page is home
    told = _home(speech, page, choices, survey) if is_home else _rows(made, page, choices)
    credits_say = speech.label("credits") if thanked else None
    thanks = thanks_of(speech, thanked)
    downloads = [
        (one, speech.label(f"download_{one.kind}"), speech.tell("tell_download")) for one in offered
    ]
    has_document = any(one.kind == DOCUMENT for one in offered)
    not_ours = speech.sentences(screen.interface.said("take_not_ours")) if has_document else []
    taken = take_home(around.ways, speech, page, prints, screen.language)
    screen.codes[page.id] = taken.codes
    tell = None
    if survey and not is_home:
        tell = {"to": survey.id, "say": speech.label("tell"), "tell": speech.tell("tell_link")}
    source = [] if is_home else source_of(speech, page, words, original)
    notes = [] if is_home else notes_of(speech, screen, page, is_help=is_help, reader=reader)
    screen.html[page.id] = templates.get_template("page.html").render(
        words=screen.interface.words,
        around=screen.interface.language,
        page=page,
        is_home=is_home,
        title_tell=speech.tell("tell_title"),
        place_say=speech.tell("tell_place", n=place + 1, m=len(siblings)) if has_place else None,
        neighbours=(index["before"], index["next"]),
        count=len(siblings),
        place=place,
        credits=thanks,
        credits_say=credits_say,
        tell=tell,
        downloads=downloads,
        not_ours=not_ours,
        source=source,
        notes=notes,
        taken=taken,
        **told,
    )
    screen.narrations[page.id] = speech.narration()


def _asked(page: Page, hard_words: Mapping[str, HardWord], known: Set[str]) -> tuple[object, ...]:
    """Return what the marks of a page show: the meanings of its words, and where it may lead."""
    hard = {mark.target: hard_words[mark.target] for mark in page.marks if mark.kind == "hard"}
    links = known & {mark.target for mark in page.marks if mark.kind == "link"}
    return [(key, one.word, one.means, one.symbol) for key, one in hard.items()], links


def _home(
    speech: Speech, page: Page, choices: list[dict[str, Any]], survey: Survey | None
) -> dict[str, Any]:
    """Return the first page: a greeting, how it works, the choices, and faces to press at once."""
    hello = speech.label("hello")
    title = speech.say(page.title)
    how = [
        (speech.say(one.text), one.text)
        for idea in page.ideas
        for one in (*idea.sentences, *idea.items)
    ]
    shown = _shown(speech, choices)
    faces = []
    if survey and survey.questions[0].kind.startswith("faces") and shown[-1]["to"] == survey.id:
        answers = survey.questions[0].choices
        faces = [
            (one, speech.say(one.words), speech.tell("tell_answer", n=at, m=len(answers)))
            for at, one in enumerate(answers, start=1)
        ]
    return {"hello": hello, "title": title, "how": how, "choices": shown, "faces": faces}


def _rows(made: _Page, page: Page, choices: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a page: its ideas; the cards of others of its part stand after the first one."""
    speech = made.speech
    title = speech.say(page.title)
    first = 1 if choices else 0
    numbered = [(idea, number, len(page.ideas)) for number, idea in enumerate(page.ideas, start=1)]
    return {
        "title": title,
        "lead": [made.idea(*one) for one in numbered[:first]],
        "choices": _shown(speech, choices),
        "ideas": [made.idea(*one) for one in numbered[first:]],
    }


def _shown(speech: Speech, choices: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the choices with what is said of each."""
    return [
        choice
        | {
            "say": speech.say(choice["title"], choice["language"]),
            "line_say": speech.say(choice["line"], choice["language"]) if choice["line"] else None,
            "tell": speech.tell("tell_choice", n=number, m=len(choices)),
        }
        for number, choice in enumerate(choices, start=1)
    ]


def _choices(screen: Screen, language: Language, page: Page) -> list[dict[str, Any]]:
    """Return the big choices of a page: of home, or of the first page of a part."""
    siblings = language.parts.get(page.part or "", ())
    is_first = bool(siblings) and page is siblings[0]
    choices: list[dict[str, Any]] = []
    if page is language.home:
        choices = [
            {
                "title": choice.title,
                "line": choice.line,
                "language": page.language,
                "symbol": choice.symbol,
                "colour": choice.colour,
                "to": choice.survey or language.parts[choice.part or ""][0].id,
            }
            for choice in language.home.choices
        ]
    elif is_first:
        choices = [
            {
                "title": other.title,
                "line": "",
                "language": other.language,
                "symbol": other.symbol,
                "colour": "",
                "to": other.id,
            }
            for other in siblings[1:]
        ]
    if page.part == PART and is_first and screen.you_said:
        title = screen.interface.said("you_said")
        choices.append(
            {
                "title": title.text,
                "line": "",
                "language": title.language,
                "symbol": screen.you_said,
                "colour": "",
                "to": YOU_SAID,
            }
        )
    return choices


def _add_not_here(screen: Screen, choices: list[dict[str, Any]]) -> None:
    """Add what stands in place of a page that is not here: it takes the blame, and leads on."""
    speech = Speech(screen.interface, screen.interface.language)
    # From its top to its end: this is the order in which it is read.
    title = speech.label("not_here")
    hint = speech.sentences(screen.interface.said("not_here_hint"))
    shown = choices[: MOST_CHOICES - 1]
    choose = speech.label("or_choose") if shown else None
    screen.html[NOT_HERE] = templates.get_template("not_here_page.html").render(
        words=screen.interface.words,
        around=screen.interface.language,
        symbol=screen.logo,
        title=title,
        title_tell=speech.tell("tell_title"),
        hint=hint,
        choose=choose,
        choices=_shown(speech, shown),
    )
    screen.narrations[NOT_HERE] = speech.narration()
    screen.index[NOT_HERE] = {
        "title": screen.interface.words["not_here"],
        "colour": "blue",
        "before": "",
        "next": "",
    }


def render_shell(site: Site, screen: Screen, page: str, *, own_screen: bool = True) -> str:
    """Return the whole screen with one page in it: the first thing that a browser shows.

    own_screen: a large screen is the kiosk's own, and people stand before it.
    """
    page = "home" if page == LANGUAGES else page  # its sheet opens over that
    shown = page if page in screen.html else NOT_HERE
    name, titled = site.settings.site.name_in(screen.language)
    return templates.get_template("shell.html").render(
        site=site.settings.site,
        title=name.title,
        titled=titled,
        first=site.settings.site.languages[0],
        display=site.settings.display if own_screen else None,
        words=screen.interface.words,
        around=screen.interface.language,
        own_name=own_name(screen.language),
        language=screen.language,
        logo=screen.logo,
        pictures=screen.pictures,
        people=[screen.pictures[name] for name in PEOPLE],
        steps=STEPS,
        content=Markup(screen.html[shown]),  # noqa: S704 - made by the templates, escaped there
        page=shown,
        colour=screen.index[shown]["colour"],
    )
