"""What people said in a stretch of days, counted question by question.

Answers that are marked (the same one again and again within seconds, or more from one source than
counts) are left out of every count, and the report says how many and why; so it does of people who
left before the end, who are counted. Words are listed all the same: what a person wrote is read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from kiosk.config import Site
from kiosk.errors import ContentError, FeedbackError
from kiosk.feedback.answer.answer import WEB
from kiosk.feedback.answer.record import KeptAnswer
from kiosk.feedback.answer.recording import voice_id
from kiosk.feedback.answer.sent import Given
from kiosk.feedback.report.period import Period, Unit, edges, split, stretch
from kiosk.feedback.survey.kind import Kind
from kiosk.feedback.survey.kinds import KINDS
from kiosk.feedback.survey.question import STEM, Choice, Question, ready_words
from kiosk.feedback.survey.survey import QUIZ, Survey

MOST_PERIODS = 60
HERE = "kiosk"
"""Beside `WEB`: the answers that came through no copy on the web."""


@dataclass(frozen=True, slots=True)
class ChoiceCount:
    """One choice: its words, and how often it was chosen in each period.

    is_right: of a blind test of a picture, whether these words stand beside it.
    """

    words: str
    counts: tuple[int, ...]
    is_right: bool = False

    @property
    def total(self) -> int:
        """How often in all periods together."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The rows of a question, or of one item of a scale (words: the item's).

    answered: in each period, how many answers there were to this.
    """

    words: str
    rows: tuple[ChoiceCount, ...]
    answered: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many answered in all periods together."""
        return sum(self.answered)


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A person's own words, or the file name of their recorded voice.

    marked, came: as of the answer.
    """

    day: date
    page: str
    language: str
    words: str
    cleaned: tuple[str, ...]
    marked: str = ""
    complete: bool = True
    came: str = ""


@dataclass(frozen=True, slots=True)
class QuestionReport:
    """One question. parts: what was chosen. said: own words, newest first. voices: likewise."""

    ask: str
    parts: tuple[Breakdown, ...]
    said: tuple[OwnWords, ...]
    voices: tuple[OwnWords, ...]


@dataclass(frozen=True, slots=True)
class SurveyReport:
    """One survey. answers: counted ones in each period.

    left_out: mark -> how many answers have it. unfinished: how many of the counted ones are of
    people who left before the end, and from_web of people who used a copy on the web. gone: the
    site has no such survey now, so its title and questions are ids. is_quiz: it tries pictures out,
    and stands behind the others.
    """

    id: str
    title: str
    answers: tuple[int, ...]
    left_out: Mapping[str, int]
    unfinished: int
    gone: bool
    questions: tuple[QuestionReport, ...]
    is_quiz: bool = False
    from_web: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """The surveys that have answers, or that were asked for. unreadable: files left out.

    waiting: answers that are set aside, of all days and surveys. only: what it is of, `HERE` or
    `WEB`; None for both.
    """

    site: str
    made: datetime
    days: Period
    periods: tuple[Period, ...]
    surveys: tuple[SurveyReport, ...]
    unreadable: int
    waiting: int
    only: str | None = None


class Answers(Protocol):
    """Where answers are counted from: the index of this kiosk, or a centre of several."""

    def held(self) -> AbstractContextManager[None]:
        """Inside, the answers stay as they are, whatever others do: for reading them twice."""
        ...

    def span(self, survey: str | None = None) -> tuple[datetime, datetime] | None:
        """Return when the first and the last answer were received, or None without answers."""
        ...

    def answers(
        self,
        *,
        survey: str | None = None,
        begin: datetime | None = None,
        end: datetime | None = None,
    ) -> Iterator[KeptAnswer]:
        """Yield the answers that were received from `begin` until before `end`, oldest first."""
        ...

    @property
    def problems(self) -> tuple[ContentError, ...]:
        """What is wrong with each file that could not be read."""
        ...

    @property
    def waiting(self) -> int:
        """How many answers are set aside, of all days and surveys."""
        ...


def report(
    index: Answers,
    site: Site,
    surveys: Mapping[str, Survey],
    now: datetime,
    *,
    survey: str | None = None,
    first: date | None = None,
    last: date | None = None,
    unit: Unit | None = None,
    only: str | None = None,
) -> Report:
    """Count the answers of all surveys, or of one, from `first` until `last` (days of the site).

    Without days: from the first answer until today. unit: count each month, for example, by itself.
    only: those that came through `WEB` alone, or those of the kiosk alone: `HERE`.
    Raises FeedbackError when there are too many of them to be read.
    """
    zone = site.zone
    today = now.astimezone(zone).date()
    with index.held():
        span = index.span(survey)
        if first is None:
            first = span[0].astimezone(zone).date() if span else today
            first = first if last is None else min(first, last)
        if last is None:
            last = max(today, span[1].astimezone(zone).date()) if span else today
            last = max(first, last)
        periods = split(first, last, unit) if unit else (stretch(first, last),)
        if len(periods) > MOST_PERIODS:
            raise FeedbackError(
                f"That is {len(periods)} periods side by side: {MOST_PERIODS} is the most. "
                "Take longer periods, or fewer days."
            )
        begin, end = edges(first, last, zone)
        answers = came_by(index.answers(survey=survey, begin=begin, end=end), only)
        tallies = _tallies(answers, surveys, zone, [period.first for period in periods])
    if survey is not None:
        tallies.setdefault(survey, _Tally(len(periods)))
    return Report(
        site=site.settings.site.title,
        made=now.astimezone(zone),
        days=stretch(first, last),
        periods=periods,
        surveys=_reports(tallies, surveys),
        unreadable=len(index.problems),
        waiting=index.waiting,
        only=only,
    )


def came_by(answers: Iterable[KeptAnswer], only: str | None) -> Iterator[KeptAnswer]:
    """Yield those that came through `WEB`, or those of the kiosk (`HERE`); all for None."""
    return (one for one in answers if only is None or (one.came == WEB) == (only == WEB))


def count(
    answers: Iterable[KeptAnswer], surveys: Mapping[str, Survey], zone: ZoneInfo
) -> tuple[SurveyReport, ...]:
    """Count some answers, in one period."""
    return _reports(_tallies(answers, surveys, zone, [date.min]), surveys)


def _tallies(
    answers: Iterable[KeptAnswer],
    surveys: Mapping[str, Survey],
    zone: ZoneInfo,
    starts: Sequence[date],
) -> dict[str, _Tally]:
    tallies: dict[str, _Tally] = {}
    for answer in answers:
        day = answer.received.astimezone(zone).date()
        tally = tallies.setdefault(answer.survey, _Tally(len(starts)))
        tally.add(answer, day, bisect_right(starts, day) - 1, surveys.get(answer.survey))
    return tallies


def _reports(
    tallies: Mapping[str, _Tally], surveys: Mapping[str, Survey]
) -> tuple[SurveyReport, ...]:
    known = [one for one in surveys if one in tallies]
    known.sort(key=lambda one: surveys[one].is_quiz)
    order = [*known, *sorted(tallies.keys() - surveys.keys())]
    return tuple(tallies[one].report(one, surveys.get(one)) for one in order)


def _counters() -> defaultdict[Any, Counter[int]]:
    return defaultdict(Counter)


def _lists() -> defaultdict[str, list[OwnWords]]:
    return defaultdict(list)


@dataclass(slots=True)
class _Tally:
    """What was answered to one survey. chosen: (question, item or "", choice) -> how often."""

    periods: int
    answers: Counter[int] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    unfinished: int = 0
    from_web: int = 0
    chosen: defaultdict[tuple[str, str, str], Counter[int]] = field(default_factory=_counters)
    answered: defaultdict[tuple[str, str], Counter[int]] = field(default_factory=_counters)
    said: defaultdict[str, list[OwnWords]] = field(default_factory=_lists)
    voices: defaultdict[str, list[OwnWords]] = field(default_factory=_lists)

    def add(self, answer: KeptAnswer, day: date, period: int, survey: Survey | None) -> None:
        asked = survey.questions if survey is not None else ()
        kinds = {question.id: KINDS[question.kind] for question in asked}
        ready = {question.id: question.ready for question in asked}
        if answer.marked:
            self.left_out[answer.marked] += 1
        else:
            self.answers[period] += 1
            self.unfinished += not answer.complete
            self.from_web += answer.came == WEB
        for question, one in answer.answers.items():
            given = _ready(one, ready.get(question, ()))
            if isinstance(given, str):
                own = self._own_words(given, answer, kinds.get(question))
                if own is not None:
                    own[question].append(
                        OwnWords(
                            day,
                            answer.page,
                            answer.language,
                            given,
                            answer.cleaned,
                            answer.marked,
                            answer.complete,
                            answer.came,
                        )
                    )
                    continue
            if not answer.marked:
                self._count(question, given, period)

    def _own_words(
        self, given: str, answer: KeptAnswer, kind: Kind | None
    ) -> defaultdict[str, list[OwnWords]] | None:
        if voice_id(given) == answer.id:
            return self.voices
        # A question that is no longer asked, or was asked in another way, tells its kind no more.
        is_words = (kind is not None and kind.gives == "words") or not STEM.fullmatch(given)
        return self.said if is_words else None

    def _count(self, question: str, given: Given, period: int) -> None:
        pairs: list[tuple[str, str]]
        if isinstance(given, str):
            pairs = [("", given)]
        elif isinstance(given, tuple):
            pairs = [("", one) for one in given]
        else:
            pairs = list(given.items())
        for item in {item for item, _ in pairs}:
            self.answered[question, item][period] += 1
        for item, choice in pairs:
            self.chosen[question, item, choice][period] += 1

    def report(self, survey_id: str, survey: Survey | None) -> SurveyReport:
        questions = survey.questions if survey is not None else ()
        answered = (question for question, _ in self.answered)
        found = dict.fromkeys([*answered, *self.said, *self.voices])
        asked = {question.id: question for question in questions}
        order = [*asked, *sorted(found.keys() - asked.keys())]
        return SurveyReport(
            id=survey_id,
            title=survey.title if survey is not None else survey_id,
            answers=self._all(self.answers),
            left_out=dict(self.left_out),
            unfinished=self.unfinished,
            gone=survey is None,
            questions=tuple(self._question(name, asked.get(name)) for name in order),
            is_quiz=survey is not None and survey.is_quiz,
            from_web=self.from_web,
        )

    def _question(self, name: str, question: Question | None) -> QuestionReport:
        choices = question.choices if question is not None else ()
        wanted = question.items if question is not None else ()
        whole = {"": ""} if choices and not wanted else {}
        parts = whole | {item.id: item.words for item in wanted}
        found = (item for question, item in self.answered if question == name)
        parts |= {item: item for item in found if item not in parts}
        return QuestionReport(
            ask=_ask(question) if question is not None else name,
            parts=tuple(
                self._part(name, item, parts[item], choices, question.right if question else "")
                for item in parts
            ),
            said=_newest(self.said.get(name, ())),
            voices=_newest(self.voices.get(name, ())),
        )

    def _part(
        self, name: str, item: str, words: str, choices: Sequence[Choice], right: str
    ) -> Breakdown:
        rows = {choice.id: choice.words for choice in choices}
        here = [choice for *of, choice in self.chosen if of == [name, item]]
        rows |= {
            choice: f"{choice} (not asked now)" for choice in sorted(here) if choice not in rows
        }
        counts = {choice: self.chosen.get((name, item, choice), Counter()) for choice in rows}
        return Breakdown(
            words=words,
            rows=tuple(
                ChoiceCount(rows[choice], self._all(counts[choice]), choice == right)
                for choice in rows
            ),
            answered=self._all(self.answered.get((name, item), Counter())),
        )

    def _all(self, counts: Counter[int]) -> tuple[int, ...]:
        return tuple(counts[period] for period in range(self.periods))


def _ask(question: Question) -> str:
    """Return what was asked; of a blind test what tells its questions apart: the picture."""
    return f"Picture: {question.symbol.words}" if question.kind == QUIZ else question.ask


def _ready(given: Given, ready: Sequence[Choice]) -> Given:
    """Return a ready sentence as it is asked now, or else as it was kept; all else as it is."""
    words = ready_words(given)
    if words is None or not isinstance(given, Mapping):
        return given
    return next((one.words for one in ready if one.id == given["ready"]), words)


def _newest(said: Sequence[OwnWords]) -> tuple[OwnWords, ...]:
    return tuple(reversed(said))
