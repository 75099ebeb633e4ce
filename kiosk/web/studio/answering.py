"""The routes by which staff read, export and delete what visitors have said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from kiosk.errors import ContentError
from kiosk.feedback.answer.receipt import receipt_of
from kiosk.feedback.answer.record import KeptAnswer
from kiosk.feedback.report.export import columns, csv_rows, json_texts
from kiosk.feedback.report.period import edges
from kiosk.feedback.report.report import Breakdown, SurveyReport, report
from kiosk.feedback.report.report_views import (
    cell,
    note,
    summary,
    survey_summary,
    unreadable_words,
    waiting_words,
)
from kiosk.feedback.store.deletion import find_by_receipt, forget, was_deleted
from kiosk.feedback.store.index import AnswerIndex, open_index
from kiosk.feedback.store.shelf import folder_of
from kiosk.feedback.store.store import AnswerStore
from kiosk.feedback.survey.survey import Survey, load_surveys
from kiosk.located import Mistake
from kiosk.screen.interface_words import ENGLISH
from kiosk.screen.languages import language_name
from kiosk.web.bodies import Refused
from kiosk.web.lanes import Lane, LaneFull
from kiosk.web.studio.asking import NOW, reading, sent, writing
from kiosk.web.studio.desk import Desk
from kiosk.web.studio.sessions import Session
from kiosk.web.studio.signing import words

MOST_SAID = 300  # of a question: the newest ones


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which answers are looked at; "" and None for all."""

    survey: str = ""
    page: str = ""
    language: str = ""
    first: date | None = None
    last: date | None = None

    def of(self, answer: KeptAnswer) -> bool:
        """Whether an answer is of this page and language."""
        return self.page in ("", answer.page) and self.language in ("", answer.language)


@dataclass(frozen=True, slots=True)
class Some:
    """The answers of an index that are wanted."""

    index: AnswerIndex
    wanted: Wanted

    def held(self) -> AbstractContextManager[None]:
        """Inside, the answers stay as they are."""
        return self.index.held()

    def span(self, survey: str | None = None) -> tuple[datetime, datetime] | None:
        """Return when the first and the last answer came, of all pages."""
        return self.index.span(survey)

    def answers(
        self,
        *,
        survey: str | None = None,
        begin: datetime | None = None,
        end: datetime | None = None,
    ) -> Iterator[KeptAnswer]:
        """Yield the wanted answers of a stretch of time, oldest first."""
        found = self.index.answers(survey=survey, begin=begin, end=end)
        return (one for one in found if self.wanted.of(one))

    @property
    def problems(self) -> tuple[ContentError, ...]:
        """What is wrong with each file that could not be read."""
        return self.index.problems

    @property
    def waiting(self) -> int:
        """How many answers are set aside."""
        return self.index.waiting


class _Delete(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    code: Annotated[str, Field(max_length=60)]
    pictures: Annotated[str, Field(max_length=200)] = ""
    day: Annotated[str, Field(max_length=10)] = ""
    sure: bool = False


def routes(desk: Desk) -> list[BaseRoute]:
    """Return the routes."""
    counting = Lane(1, 8)

    async def answers(request: Request, _: Session) -> Response:
        asked = _wanted(request)
        try:
            return JSONResponse(await counting.run(_counted, desk, asked), headers=NOW)
        except LaneFull:
            raise Refused(503, words()["busy"]) from None

    async def exported(request: Request, _: Session) -> Response:
        kind, asked = request.path_params["kind"], _wanted(request)
        if kind not in ("csv", "json"):
            return Response(status_code=404, headers=NOW)
        try:
            data = await counting.run(_exported, desk, asked, kind)
        except LaneFull:
            raise Refused(503, words()["busy"]) from None
        name = f"answers-{desk.site.today().isoformat()}.{kind}"
        headers = {**NOW, "Content-Disposition": f'attachment; filename="{name}"'}
        media = "text/csv" if kind == "csv" else "application/json"
        return Response(data, media_type=media, headers=headers)

    async def delete(request: Request, _: Session) -> Response:
        asked = await sent(request, _Delete)
        try:
            return JSONResponse(await counting.run(_deleted, desk, asked), headers=NOW)
        except LaneFull:
            raise Refused(503, words()["busy"]) from None

    return [
        reading("/studio/answers", desk, answers),
        reading("/studio/answers.{kind}", desk, exported),
        writing("/studio/answer-delete", desk, delete),
    ]


def _wanted(request: Request) -> Wanted:
    """Return what a request asks for. Raises Refused for what is no day."""
    asked = request.query_params
    first, last = (_day(asked.get(one, "")) for one in ("first", "last"))
    if first is not None and last is not None and first > last:
        raise Refused(422, "The first day must not be later than the last one.")
    return Wanted(
        asked.get("survey", "")[:100],
        asked.get("page", "")[:100],
        asked.get("language", "")[:20],
        first,
        last,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(422, "This is not a day.") from None


@contextmanager
def _some(desk: Desk, wanted: Wanted) -> Iterator[tuple[Some, dict[str, Survey]]]:
    surveys, _ = load_surveys(desk.site, desk.library.symbols)
    with open_index(desk.site) as index:
        index.refresh(every_file=True)
        yield Some(index, wanted), surveys


def _counted(desk: Desk, wanted: Wanted) -> dict[str, Any]:
    with _some(desk, wanted) as (some, surveys):
        made = report(
            some,
            desk.site,
            surveys,
            datetime.now(UTC),
            survey=wanted.survey or None,
            first=wanted.first,
            last=wanted.last,
        )
        seen = [(one.survey, one.page, one.language) for one in some.index.answers()]
    there = [sorted(set(column)) for column in zip(*seen, strict=True)] or [[], [], []]
    titles = {one.id: one.title for one in surveys.values()}
    language = desk.library.now.languages.get(desk.site.settings.site.languages[0])
    pages = {} if language is None else {one.id: one.title for one in language.pages.values()}
    return {
        "days": made.days.words,
        "notes": [one for one in (waiting_words(made), unreadable_words(made)) if one],
        "surveys": [_survey(one) for one in made.surveys],
        "choices": {
            "survey": [{"id": one, "title": titles.get(one, one)} for one in there[0]],
            "page": [{"id": one, "title": pages.get(one, one)} for one in there[1]],
            "language": [{"id": one, "title": language_name(one, ENGLISH)} for one in there[2]],
        },
    }


def _survey(survey: SurveyReport) -> dict[str, Any]:
    return {
        "title": survey.title,
        "summary": survey_summary(survey),
        "questions": [
            {
                "ask": question.ask,
                "parts": [_part(part) for part in question.parts if part.rows],
                "said": [
                    {"words": one.words, "language": one.language, "note": note(one)}
                    for one in question.said[:MOST_SAID]
                ],
                "more": max(0, len(question.said) - MOST_SAID),
                "voices": len(question.voices),
            }
            for question in survey.questions
        ],
    }


def _part(part: Breakdown) -> dict[str, Any]:
    total = part.total
    return {
        "words": part.words,
        "summary": summary(part),
        "rows": [
            {
                "words": row.words,
                "told": cell(row.total, total),
                "share": row.total / total if total else 0,
            }
            for row in part.rows
        ],
    }


def _exported(desk: Desk, wanted: Wanted, kind: str) -> bytes:
    with _some(desk, wanted) as (some, surveys), some.held():
        begin, end = edges(wanted.first, wanted.last, desk.site.zone)

        def all_of_them() -> Iterator[KeptAnswer]:
            return some.answers(survey=wanted.survey or None, begin=begin, end=end)

        texts = json_texts(all_of_them())
        if kind == "csv":
            texts = csv_rows(all_of_them(), columns(all_of_them(), surveys), desk.site.zone)
        return "".join(texts).encode()


def _deleted(desk: Desk, asked: _Delete) -> dict[str, Any]:
    """Delete the answer of a receipt; without `sure` say which one that would be."""
    folder, day = folder_of(desk.site), _day(asked.day)
    try:
        found = find_by_receipt(folder, asked.code, pictures=asked.pictures, day=day)
        gone = not found and was_deleted(folder, asked.code, pictures=asked.pictures)
    except Mistake as mistake:
        raise Refused(422, f"{mistake.problem} {mistake.hint}".rstrip()) from None
    if gone:
        return {"state": "gone"}
    if not found:
        return {"state": "none"}
    told = [f"{one.day.isoformat()}, {receipt_of(one)}" for one in found]
    if len(found) > 1:
        return {"state": "several", "found": told}
    if not asked.sure:
        return {"state": "one", "found": told}
    AnswerStore(folder).delete(found[0])
    forget(desk.site)
    return {"state": "deleted"}
