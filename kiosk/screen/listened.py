"""What became of what people said, and what is coming up: as ideas, like those of every page.

The page `you-said` is made from `content/you-said.yaml`. The first page of the part `get-involved`
shows the next events of `content/events.yaml` below its own ideas, until each is over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from kiosk.config import Site
from kiosk.content import Idea, Language, Mark, Page, Sentence, sentence_spans
from kiosk.content.events import Event, coming_up, load_events
from kiosk.content.names import YOU_SAID
from kiosk.content.you_said import FILE, YouSaid, load_you_said
from kiosk.located import NO_DAY, Read
from kiosk.screen.interface_words import Interface
from kiosk.screen.languages import clock_in_words, day_in_words, weekday_in_words
from kiosk.symbols import Later, Symbol, SymbolBook

PART = "get-involved"
MOST_SAID = 12
MOST_EVENTS = 3
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Listened:
    """Both files, in all languages. said: newest first. events: soonest first, past ones too.

    symbol: the picture of the page `you-said`.
    """

    symbol: Symbol
    said: tuple[YouSaid, ...] = ()
    events: tuple[Event, ...] = ()

    def next_end(self, now: datetime) -> datetime:
        """Return when the next event is over: then the screen changes by itself."""
        return min((one.ends for one in coming_up(self.events, now)), default=NEVER)

    def has_news(self, language: str) -> bool:
        """Tell whether there is anything to read on the page `you-said`."""
        return any(one.language == language for one in self.said)


def load_listened(
    site: Site, symbols: SymbolBook, *, before: Listened | None = None
) -> Read[Listened]:
    """Read both files. While one has mistakes, what it gave `before` stays, if it gave anything."""
    said, wrong = load_you_said(site, symbols)
    events, wrong_events = load_events(site, symbols)
    if before is not None:
        said = before.said if wrong and before.said else said
        events = before.events if wrong_events and before.events else events
    return Read(Listened(symbols.find("ear"), said, events), (*wrong, *wrong_events))


def with_listened(
    language: Language, listened: Listened, interfaces: Mapping[str, Interface], now: datetime
) -> Language:
    """Return the language with the page `you-said`, and with what is coming up.

    interfaces: by language, the first one first. While there is no news in a language, that of the
    first one is shown, in its own words.
    """
    pages, parts = dict(language.pages), dict(language.parts)
    tried = (language.code, next(iter(interfaces)))
    news_in = next((code for code in tried if listened.has_news(code)), language.code)
    pages[YOU_SAID] = _you_said(news_in, listened, interfaces[news_in])
    first = parts[PART][0] if PART in parts else None
    coming = [
        one for one in coming_up(listened.events, now) if first and one.language == first.language
    ]
    if first and coming:
        ideas = _coming_up(coming[:MOST_EVENTS], interfaces[first.language])
        pages[first.id] = replace(first, ideas=(*first.ideas, *ideas))
        parts[PART] = (pages[first.id], *parts[PART][1:])
    return replace(language, pages=pages, parts=parts)


def _you_said(language: str, listened: Listened, interface: Interface) -> Page:
    words = interface.words
    entries = [entry for entry in listened.said if entry.language == language][:MOST_SAID]
    ideas = tuple(
        _idea(
            entry,
            [
                *_sentences(words["you_said_said"], entry.said, entry.line),
                *_sentences(words["you_said_did"], entry.did, entry.line),
                Sentence(
                    f"{entry.who.rstrip('.')}, {day_in_words(entry.day, language)}.", (), entry.line
                ),
            ],
        )
        for entry in entries
    )
    symbol = listened.symbol
    nothing = tuple(_sentences("{words}", words["you_said_none"], 1))
    return Page(
        id=YOU_SAID,
        language=language,
        title=words["you_said"],
        symbol=symbol,
        part=None,
        order=0,
        source="",
        facts_checked=NO_DAY,
        status="published",
        checked_by="",
        review_by=NO_DAY,
        ideas=ideas or (Idea(symbol, symbol.words, None, nothing, (), 1),),
        path=Path("content") / FILE,
        stamped=Later(str),
    )


def _coming_up(events: Iterable[Event], interface: Interface) -> Iterator[Idea]:
    words = interface.words
    heading: str | None = words["coming_up"]
    for one in events:
        title = Sentence(one.title, (Mark(0, len(one.title), "bold", ""),), one.line)
        told = {
            "event_when": f"{_when(one, words, interface.language)}.",
            "event_where": one.where,
            "event_who": one.who,
            "event_travel": one.travel,
            "event_quiet": one.quiet,
        }
        lines = [
            line
            for key, text in told.items()
            if text
            for line in _sentences(words[key], text, one.line)
        ]
        yield _idea(one, [title, *lines], heading)
        heading = None


def _when(event: Event, words: Mapping[str, str], language: str) -> str:
    day = weekday_in_words(event.day, language)
    if not event.has_times:
        return day
    key = "event_from_until" if event.has_end else "event_from"
    begins, ends = (clock_in_words(one.time(), language) for one in (event.begins, event.ends))
    return words[key].format(day=day, begins=begins, ends=ends)


def _idea(one: YouSaid | Event, sentences: Iterable[Sentence], heading: str | None = None) -> Idea:
    return Idea(one.symbol, one.symbol.words, heading, tuple(sentences), (), one.line)


def _sentences(form: str, text: str, line: int) -> Iterator[Sentence]:
    """Yield the sentences of a text in its form; what stands before the text is bold."""
    label = len(form.partition("{words}")[0].rstrip())
    whole = form.format(words=" ".join(text.split()))
    for start, end in sentence_spans(whole):
        marks = (Mark(0, label, "bold", ""),) if label and start == 0 else ()
        yield Sentence(whole[start:end], marks, line)
