"""A report as words for a terminal, and as one page of HTML that needs nothing else."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from kiosk.counted import counted
from kiosk.feedback.answer.answer import WEB
from kiosk.feedback.report.period import Period, day_words
from kiosk.feedback.report.plain import one_line, seen
from kiosk.feedback.report.report import (
    Breakdown,
    ChoiceCount,
    OwnWords,
    QuestionReport,
    Report,
    SurveyReport,
)
from kiosk.feedback.store.limits import BASHING, FLOOD

MOST_BARS = 60
PATTERNS = 6
LINE_LETTERS = 32  # as many fit on a phone, or on a screen at 400%
LINE_EM = 1.4
TRIED = "Pictures that were tried out"
BAR_EM = 2.2

_CLEANED = {
    "phone": "a phone number",
    "email": "an e-mail address",
    "postcode": "a postcode",
    "nhs": "an NHS number",
    "web": "a web address",
    "name": "a name",
}

_LEFT_OUT = {
    BASHING: "came again and again within seconds",
    FLOOD: "came after many others within an hour, from the same device or network, or the web",
}
_NOT_COUNTED = {
    BASHING: "one of many alike within seconds",
    FLOOD: "many others came within an hour, from the same device or network, or the web",
}


def as_text(report: Report) -> str:
    """Return the report for a terminal."""
    return "\n".join(_lines(report)) + "\n"


def as_html(report: Report) -> str:
    """Return the report as one HTML file: no script, nothing from elsewhere."""
    environment = Environment(
        loader=PackageLoader("kiosk.feedback.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: seen(value) if type(value) is str else value,
    )
    return environment.get_template("report.html").render(
        report=report,
        made=f"{day_words(report.made.date())}, {report.made:%H:%M}",
        summary=summary,
        survey_summary=survey_summary,
        shares=shares,
        tried=TRIED,
        cell=cell,
        bars=bars,
        line_em=LINE_EM,
        day_words=day_words,
        note=note,
        only=only_words(report),
        unreadable=unreadable_words(report),
        waiting=waiting_words(report),
    )


def only_words(report: Report) -> str:
    """Return which answers the report is of, or "" for all."""
    if report.only is None:
        return ""
    return f"Only answers from the {'web' if report.only == WEB else 'kiosk itself'}."


def unreadable_words(report: Report) -> str:
    """Return how many files are not in the report, or ""."""
    if not report.unreadable:
        return ""
    files = counted(report.unreadable, "file cannot be read and is", "files cannot be read and are")
    return f"{files} not in this report. To see which: kiosk feedback verify"


def waiting_words(report: Report) -> str:
    """Return how many answers are set aside, so not in the report, or ""."""
    if not report.waiting:
        return ""
    answers = counted(
        report.waiting, "answer waits set aside and is", "answers wait set aside and are"
    )
    return f"{answers} not in this report. To see why: kiosk feedback list --set-aside"


def survey_summary(survey: SurveyReport) -> str:
    """Return how many answered, and how many answers are not counted."""
    told = _answers(sum(survey.answers)) + "."
    if survey.from_web:
        of = counted(survey.from_web, "of them", "of them")
        told += f" {of} came from the web."
    if survey.unfinished:
        of = counted(survey.unfinished, "of them is", "of them are")
        told += f" {of} not finished: the person left before the last question."
    for mark, count in sorted(survey.left_out.items()):
        why = _LEFT_OUT.get(mark, f'came with the mark "{one_line(mark)}"')
        told += f" {count:,} more {why}: kept, but not counted here."
    if survey.gone:
        told += " This survey is not asked now."
    return told


def summary(part: Breakdown) -> str:
    """Return the numbers of one question as a sentence or two."""
    if not part.total:
        return "No answers."
    for row in part.rows:
        if row.is_right:
            return _tried(part, row)
    most = max(row.total for row in part.rows)
    first = [row.words for row in part.rows if row.total == most]
    each = " each" if len(first) > 1 else ""
    names = " and ".join(first)
    return (
        f"{_answers(part.total)}. Most chosen: {names}"
        f" ({most:,} of {part.total:,}{each}, {_share(most, part.total)})."
    )


def _tried(part: Breakdown, right: ChoiceCount) -> str:
    """Return how many knew what a picture says, and what most of the others took it for."""
    told = f"{_answers(part.total)}. Right: {cell(right.total, part.total)}."
    wrong = [row for row in part.rows if row is not right and row.total]
    most = max(wrong, key=lambda row: row.total, default=None)
    return told if most is None else f"{told} Most of the others: {most.words} ({most.total:,})."


def shares(survey: SurveyReport) -> list[tuple[str, str]]:
    """Return each picture of a blind test with the share that was right, the worst first."""
    found = []
    for question in survey.questions if survey.is_quiz else ():
        for part in question.parts:
            for row in part.rows:
                if row.is_right and part.total:
                    told = f"{row.total:,} of {part.total:,} right"
                    share = row.total / part.total
                    found.append((share, f"{told} ({_share(row.total, part.total)})", question.ask))
    return [(ask, told) for _, told, ask in sorted(found)]


def cell(count: int, answered: int) -> str:
    """Return a count with its share of those who answered."""
    return f"{count:,} ({_share(count, answered)})" if answered else f"{count:,}"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart. top: of its words, below the top of the chart, in em."""

    lines: tuple[str, ...]
    count: int
    pattern: int
    top: float

    @property
    def height(self) -> float:
        """Of the words and the bar below them, in em."""
        return len(self.lines) * LINE_EM + BAR_EM


def bars(part: Breakdown, periods: Sequence[Period]) -> list[Bar]:
    """Return the bars of a chart.

    One for each choice, or one for each choice and period while there are not too many.
    """
    drawn = [(row.words, row.total, number) for number, row in enumerate(part.rows)]
    if len(periods) > 1 and len(periods) * len(part.rows) <= MOST_BARS:
        drawn = [
            (f"{row.words}, {period.words}", row.counts[number], number)
            for row in part.rows
            for number, period in enumerate(periods)
        ]
    found: list[Bar] = []
    top = 0.0
    for words, count, number in drawn:
        lines = tuple(textwrap.wrap(seen(words), LINE_LETTERS)) or ("",)
        found.append(Bar(lines, count, number % PATTERNS, top))
        top += found[-1].height
    return found


def note(said: OwnWords) -> str:
    """Return what staff should know of a person's words: when, where, what was taken out."""
    told = f"{day_words(said.day)}, page {said.page}"
    if said.came == WEB:
        told += ", from the web"
    if said.cleaned:
        kinds = [_CLEANED.get(one, one) for one in said.cleaned]
        told += f". Taken out: {', '.join(kinds)}"
    if not said.complete:
        told += ". Not finished"
    if said.marked:
        why = _NOT_COUNTED.get(said.marked, f'it has the mark "{one_line(said.marked)}"')
        told += f". Not counted: {why}"
    return told


def _lines(report: Report) -> Iterator[str]:
    yield f"{report.site}: what people said"
    yield report.days.words
    if report.only:
        yield only_words(report)
    if report.unreadable:
        yield unreadable_words(report)
    if report.waiting:
        yield waiting_words(report)
    if not report.surveys:
        yield "\nThere are no answers."
    for survey in report.surveys:
        yield ""
        if survey.is_quiz:
            yield TRIED
        yield seen(survey.title)
        yield "=" * len(seen(survey.title))
        yield survey_summary(survey)
        for ask, told in shares(survey):
            yield f"  {told}: {seen(ask)}"
        for question in survey.questions:
            yield from _question(question, report.periods)


def _question(question: QuestionReport, periods: Sequence[Period]) -> Iterator[str]:
    yield ""
    yield seen(question.ask)
    for part in question.parts:
        if part.words:
            yield f"- {seen(part.words)}"
        yield f"  {seen(summary(part))}"
        if part.total:
            yield from _table(part, periods)
    if not question.parts and not question.said and not question.voices:
        yield "  No answers."
    for said in question.said:
        yield f"  {seen(note(said))}:"
        yield from (f"    {line}" for line in seen(said.words).splitlines())
    for voice in question.voices:
        yield f"  {seen(note(voice))}: recorded voice {seen(voice.words)}"


def _table(part: Breakdown, periods: Sequence[Period]) -> Iterator[str]:
    rows = [[_row_words(row), *_cells(row, part)] for row in part.rows]
    if len(periods) > 1:
        rows.insert(0, ["", *(one.words for one in periods), "All"])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        first, *others = (
            value.ljust(width) if not at else value.rjust(width)
            for at, (value, width) in enumerate(zip(row, widths, strict=True))
        )
        yield f"    {'   '.join([first, *others])}".rstrip()


def _row_words(row: ChoiceCount) -> str:
    return f"{seen(row.words)} (right)" if row.is_right else seen(row.words)


def _cells(row: ChoiceCount, part: Breakdown) -> list[str]:
    each = [cell(count, part.answered[at]) for at, count in enumerate(row.counts)]
    return [*each, cell(row.total, part.total)] if len(each) > 1 else each


def _answers(count: int) -> str:
    return "1 answer" if count == 1 else f"{count:,} answers"


def _share(count: int, answered: int) -> str:
    return f"{100 * count / answered:.0f}%"
