"""Looks at every file of the answers, and at whether the index says the same."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import ContentError
from kiosk.feedback.answer.record import KeptAnswer
from kiosk.feedback.answer.recording import voice_id
from kiosk.feedback.store import shelf
from kiosk.feedback.store.index import AnswerIndex
from kiosk.feedback.store.reader import read_all_set_aside, read_answer

_HOUR_NS = 3_600_000_000_000


@dataclass(frozen=True, slots=True)
class Verified:
    """answers: how many are good. problems: by path. differences: ids that the index had wrong.

    aside: how many good ones are set aside.
    """

    answers: int
    problems: tuple[ContentError, ...]
    differences: tuple[str, ...]
    aside: int = 0


def verify(index: AnswerIndex, folder: Path, shown: Path) -> Verified:
    """Read every file anew, and compare it with the index.

    An index that says something else is made again. shown: the folder, for messages.
    """
    index.refresh()
    deleted = shelf.deleted_ids(folder)
    days, others = shelf.find_days(folder)
    problems = [_stray(shown / name) for name in others]
    answers = 0
    suspects: list[tuple[str, str]] = []
    aside, wrong = _look_aside(folder, shown, deleted)
    problems += wrong
    for day in days:
        good, wrong = _look(folder / day, shown / day, deleted, shelf.aside_ids(folder))
        answers += len(good)
        problems += wrong
        indexed = index.of_day(day)
        either = sorted(good.keys() | indexed.keys())
        suspects += [(day, ulid) for ulid in either if good.get(ulid) != indexed.get(ulid)]
    differences = _lasting(index, folder, suspects)
    if differences:
        index.rebuild()
    problems.sort(key=lambda one: (str(one.path), one.line))
    return Verified(answers, tuple(problems), tuple(differences), aside)


def _lasting(index: AnswerIndex, folder: Path, suspects: list[tuple[str, str]]) -> list[str]:
    """Return what a refresh does not put right, though the file stays as it is meanwhile.

    An answer comes once and goes once, so one that came or went while we looked differs only once.
    """
    if not suspects:
        return []

    def now() -> list[KeptAnswer | None]:
        return [_read(folder / day / f"{one}.yaml") for day, one in suspects]

    before = now()
    index.refresh()
    indexed = {day: index.of_day(day) for day in dict(suspects)}
    after = now()
    deleted = shelf.deleted_ids(folder)  # its file may go a moment later
    return [
        one
        for (day, one), first, last in zip(suspects, before, after, strict=True)
        if first == last != indexed[day].get(one) and one not in deleted
    ]


def _read(path: Path) -> KeptAnswer | None:
    try:
        return read_answer(path, path)
    except ContentError:
        return None


def _look(
    folder: Path, shown: Path, deleted: frozenset[str], aside: frozenset[str]
) -> tuple[dict[str, KeptAnswer], list[ContentError]]:
    """Return the good answers of a day's folder, and everything that is wrong in it."""
    good: dict[str, KeptAnswer] = {}
    day = shelf.list_day(folder)
    wrong = [_stray(shown / name) for name in day.others]
    for ulid in day.answers:
        name = f"{ulid}.yaml"
        if ulid in deleted:
            wrong.append(_still_here(shown / name))
            continue
        try:
            good[ulid] = read_answer(folder / name, shown / name)
        except ContentError as error:
            wrong.append(error)
            continue
        missing = [voice for voice in _voices(good[ulid]) if voice not in day.voices]
        wrong += [_no_voice(shown / name, voice) for voice in missing]
    return good, wrong + _lonely(day, shown, deleted, aside)


def _look_aside(
    folder: Path, shown: Path, deleted: frozenset[str]
) -> tuple[int, list[ContentError]]:
    """Return how many good answers are set aside, and everything that is wrong around them."""
    day = shelf.list_day(folder / shelf.ASIDE)
    wrong = [_stray(shown / shelf.ASIDE / name) for name in day.others]
    good = 0
    for waiting in read_all_set_aside(folder, shown):
        if isinstance(waiting, ContentError):
            wrong.append(waiting)
            continue
        ulid = waiting.sent.id
        path = shown / shelf.ASIDE / f"{ulid}.yaml"
        if str(ulid) in deleted:
            wrong.append(_still_here(path))
            continue
        good += 1
        beside = folder / f"{ulid.day:%Y/%m/%d}"
        names = [voice for voice in waiting.voices.values() if voice not in day.voices]
        wrong += [_no_voice(path, voice) for voice in names if not (beside / voice).exists()]
    notes = shelf.list_day(folder / shelf.TAKEN_IN)
    strays = [*notes.others, *notes.voices]
    wrong += [_stray(shown / shelf.TAKEN_IN / name) for name in strays]
    wrong += _lonely(day, shown / shelf.ASIDE, deleted, frozenset())
    return good, wrong


def _lonely(
    day: shelf.DayFiles, shown: Path, deleted: frozenset[str], aside: frozenset[str]
) -> list[ContentError]:
    """Return what is wrong with recorded voices that have no answer."""
    wrong = []
    an_hour_ago = time.time_ns() - _HOUR_NS
    for name, stamp in day.voices.items():
        owner = voice_id(name)
        if owner in deleted:
            wrong.append(_still_here(shown / name))
        elif owner not in day.answers and owner not in aside and stamp.changed < an_hour_ago:
            problem = "There is no answer that this recorded voice belongs to."
            wrong.append(ContentError(shown / name, 1, problem, "Take it away."))
    return wrong


def _voices(answer: KeptAnswer) -> Iterator[str]:
    for value in answer.answers.values():
        if isinstance(value, str) and voice_id(value) == answer.id:
            yield value


def _no_voice(shown: Path, voice: str) -> ContentError:
    problem = f'The recorded voice "{voice}" is not here.'
    return ContentError(shown, 1, problem, "Is it in a backup?")


def _stray(shown: Path) -> ContentError:
    return ContentError(shown, 1, "This does not belong among the answers.", "Take it away.")


def _still_here(shown: Path) -> ContentError:
    problem = "This answer was deleted, but the file is still here."
    return ContentError(shown, 1, problem, "Delete it again.")
