"""Takes in the answers that were set aside, once what they did not fit is mended."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.errors import AnswerUnexpected, ContentError, RecordingMissing
from kiosk.feedback.answer.answer import Answer, check_answer
from kiosk.feedback.answer.aside import SetAside
from kiosk.feedback.answer.cleaning import KINDS
from kiosk.feedback.store.reader import read_all_set_aside
from kiosk.feedback.store.store import AnswerStore
from kiosk.feedback.survey.survey import Survey


@dataclass(frozen=True, slots=True)
class TakenIn:
    """taken: how many fit now. stay: the others, each with the reason of today.

    unreadable: what is wrong with the files that cannot be read; they stay as well.
    """

    taken: int
    stay: tuple[tuple[SetAside, str], ...]
    unreadable: tuple[ContentError, ...]


def take_in(
    store: AnswerStore,
    shown: Path,
    *,
    surveys: Mapping[str, Survey],
    pages: Collection[str],
    languages: Collection[str],
    words_max: int,
    dry_run: bool = False,
) -> TakenIn:
    """Check each answer that is set aside again, and save those that fit now like any other.

    shown: the folder of the answers, for messages. dry_run: only tell. Others may save, delete and
    take in meanwhile. Raises AnswerNotSaved when the disk says no; the rest stays as it is.
    """
    taken = 0
    stay: list[tuple[SetAside, str]] = []
    unreadable: list[ContentError] = []
    for waiting in read_all_set_aside(store.folder, shown):
        if isinstance(waiting, ContentError):
            unreadable.append(waiting)
            continue
        try:
            answer = check_answer(
                waiting.sent,
                surveys=surveys,
                pages=pages,
                languages=languages,
                words_max=words_max,
            )
            if dry_run:
                taken += 1
            else:
                taken += store.take_in(_with_marks(answer, waiting), waiting.received)
        except AnswerUnexpected as error:
            stay.append((waiting, error.reason))
        except RecordingMissing:
            stay.append((waiting, "voice"))
    return TakenIn(taken, tuple(stay), tuple(unreadable))


def _with_marks(answer: Answer, one: SetAside) -> Answer:
    found = {*answer.cleaned, *one.cleaned}
    return replace(
        answer,
        cleaned=tuple(kind for kind in KINDS if kind in found),
        marked=one.marked,
        came=one.came,
    )
