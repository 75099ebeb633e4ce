"""The answers for a spreadsheet (CSV), or for another program (JSON)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from zoneinfo import ZoneInfo

from kiosk.feedback.answer.record import COLUMNS, KeptAnswer, as_json, row
from kiosk.feedback.report.plain import seen, told
from kiosk.feedback.survey.question import Given, ready_words
from kiosk.feedback.survey.survey import Survey

# A cell that begins with one of these is a formula to a spreadsheet, and a formula can send what
# stands in the other cells away. The last four are the same signs, as wide as Chinese letters.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for something else

Column = tuple[str, str, str]  # survey, question, item of a scale or ""


def columns(answers: Iterable[KeptAnswer], surveys: Mapping[str, Survey]) -> list[Column]:
    """Return what was asked and answered: in the surveys' order, then what is asked no more."""
    found = {
        (one.survey, question, item)
        for one in answers
        for question, given in one.answers.items()
        for item in _items(given)
    }
    asked = [
        (survey.id, question.id, item)
        for survey in surveys.values()
        for question in survey.questions
        for item in ([one.id for one in question.items] or [""])
    ]
    known = [one for one in asked if one in found]
    return [*known, *sorted(found - set(known))]


def _items(given: Given) -> Iterable[str]:
    """Return the items of a scale, for a column each; one without a name for all else."""
    return given if isinstance(given, Mapping) and ready_words(given) is None else ("",)


def csv_rows(answers: Iterable[KeptAnswer], wanted: list[Column], zone: ZoneInfo) -> Iterator[str]:
    """Yield the text of the file, one answer a row. Times are those of the site's clock."""
    yield _BYTE_ORDER_MARK
    names = [".".join(part for part in column if part) for column in wanted]
    yield _row([*COLUMNS, *names])
    for one in answers:
        yield _row([*row(one, zone), *(_cell(one, column) for column in wanted)])


def json_texts(answers: Iterable[KeptAnswer]) -> Iterator[str]:
    """Yield the text of the file: {"format": 1, "answers": [...]}, as the answers were kept."""
    yield '{"format": 1, "answers": ['
    between = "\n"
    for one in answers:
        yield between + json.dumps(as_json(one), ensure_ascii=False)
        between = ",\n"
    yield "\n]}\n"


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    plain = seen(text)
    return f"'{plain}" if plain.startswith(_FORMULA) else plain


def _cell(answer: KeptAnswer, column: Column) -> str:
    survey, question, item = column
    given = answer.answers.get(question) if answer.survey == survey else None
    if given is None:
        return ""
    if isinstance(given, Mapping) and ready_words(given) is None:
        return given.get(item, "")
    return told(given, "; ") if not item else ""


def _row(cells: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerow([safe_cell(one) for one in cells])
    return written.getvalue()
