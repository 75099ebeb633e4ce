"""An intake with all that a site knows, which a test may change while it goes on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.config import Feedback
from kiosk.errors import ContentError
from kiosk.feedback.answer.aside import SetAside
from kiosk.feedback.answer.record import KeptAnswer
from kiosk.feedback.intake import Intake, Taken
from kiosk.feedback.store.index import AnswerIndex
from kiosk.feedback.store.reader import read_all_set_aside, read_answer
from kiosk.feedback.store.store import AnswerStore
from kiosk.feedback.store.takein import TakenIn, take_in
from kiosk.feedback.store.verify import verify
from kiosk.feedback.survey.survey import Survey
from tests.feedback.sounds import wav
from tests.tools.ulids import UlidMaker

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
FAR = (
    datetime(1970, 1, 1, 0, 5, tzinfo=UTC),
    datetime(2025, 12, 31, 23, 59, tzinfo=UTC),
    NOW + timedelta(days=1, seconds=1),
    datetime(9999, 12, 31, tzinfo=UTC),
)


def new_id(made: datetime = NOW) -> str:
    return str(UlidMaker(lambda: int(made.timestamp() * 1000))())


class Desk:
    """An intake and what the site knows, which a test may change."""

    def __init__(self, surveys: Mapping[str, Survey], folder: Path, **quota: Any) -> None:
        self.clock = NOW
        self.surveys = dict(surveys)
        self.pages = {"plan"}
        self.languages = {"en"}
        self.words_max = 2000
        self.folder = folder
        self.store = AnswerStore(folder, now=lambda: self.clock, **quota)
        rules = Feedback(seconds_between_answers=0, answers_an_hour=100_000, bashing_seconds=0)
        self.intake = Intake(self.store, rules, now=lambda: self.clock)

    def take(self, **change: Any) -> Taken:
        sent = {
            "id": new_id(self.clock),
            "survey": "think",
            "page": "plan",
            "language": "en",
            "visit": "secret",
            "answers": {"feel": "happy"},
        }
        return self.send(sent | change)

    def send(self, body: Mapping[str, Any]) -> Taken:
        return self.intake.take(
            body, surveys=self.surveys, pages=self.pages, languages=self.languages
        )

    def record(self, answer: str, question: str = "voice") -> str:
        ulid = self.intake.expect_recording(answer, question)
        return self.intake.take_recording(ulid, question, wav())[0]

    def take_in(self, *, dry_run: bool = False) -> TakenIn:
        return take_in(
            self.store,
            Path("data/feedback"),
            surveys=self.surveys,
            pages=self.pages,
            languages=self.languages,
            words_max=self.words_max,
            dry_run=dry_run,
        )

    def aside(self) -> list[SetAside]:
        found = list(read_all_set_aside(self.folder, Path("data/feedback")))
        assert not [one for one in found if isinstance(one, ContentError)]
        return [one for one in found if isinstance(one, SetAside)]

    def kept(self) -> list[KeptAnswer]:
        return [read_answer(path, path) for path in sorted(self.folder.glob("2*/*/*/*.yaml"))]

    def names(self) -> list[str]:
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return sorted(path.relative_to(self.folder).as_posix() for path in files)

    def check(self) -> None:
        """Nothing is wrong with what is on the disk."""
        with AnswerIndex(self.folder, self.folder.parent / "index.sqlite") as index:
            found = verify(index, self.folder, Path("data/feedback"))
        assert (found.problems, found.differences) == ((), ())
        assert found.aside == len(self.aside())
        assert found.answers == len(self.kept())
