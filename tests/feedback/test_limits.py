"""How many answers are taken, and what looks like play."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest

from kiosk.errors import AnswerTooSoon
from kiosk.feedback.answer import Answer
from kiosk.feedback.limits import Bashing, Limits
from kiosk.feedback.sent import Given
from kiosk.feedback.ulid import UlidMaker


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def take(limits: Limits, visit: str) -> int:
    """Return 0 when there was a place, or after how many seconds to come again."""
    try:
        with limits.place(visit):
            return 0
    except AnswerTooSoon as error:
        return error.seconds


def test_a_visit_waits_between_two_answers_and_others_do_not() -> None:
    clock = Clock()
    limits = Limits(visit_seconds=20, an_hour=60, seconds=clock)
    assert take(limits, "ann") == 0
    clock.now += 4.5
    assert take(limits, "ann") == 16
    assert take(limits, "bob") == 0
    clock.now += 15.5
    assert take(limits, "ann") == 0


def test_a_kiosk_takes_so_many_an_hour_and_then_one_for_each_that_is_an_hour_old() -> None:
    clock = Clock()
    limits = Limits(visit_seconds=0, an_hour=3, seconds=clock)
    for visit in "abc":
        assert take(limits, visit) == 0
        clock.now += 60
    assert take(limits, "d") == 3600 - 180
    clock.now += 3600 - 180
    assert take(limits, "d") == 0
    assert take(limits, "e") == 60


def test_a_place_is_free_again_after_an_error_and_when_it_is_given_back() -> None:
    limits = Limits(visit_seconds=20, an_hour=1)
    with pytest.raises(OSError, match="disk"), limits.place("ann"):
        raise OSError("disk")
    with limits.place("ann") as give_back:
        give_back()
    assert take(limits, "ann") == 0
    assert take(limits, "ann") == 3600


def test_many_at_once_get_as_many_places_as_there_are() -> None:
    limits = Limits(visit_seconds=0, an_hour=60)
    with ThreadPoolExecutor(16) as pool:
        told = list(pool.map(lambda n: take(limits, f"visit {n}"), range(1000)))
    assert told.count(0) == 60


def answer(
    make: UlidMaker, answers: Mapping[str, Given] | None = None, survey: str = "think"
) -> Answer:
    return Answer(make(), survey, "plan", "en", answers or {"feel": "happy"})


def marks(seconds: list[float], **change: object) -> list[str]:
    """Return the marks of answers that are made at these seconds, each the same."""
    times = iter([int(one * 1000) + 1_700_000_000_000 for one in seconds])
    make, bashing = UlidMaker(milliseconds=times.__next__), Bashing(answers=3, seconds=20)
    found = []
    for number in range(len(seconds)):
        given = change.get("answers")
        own = given(number) if callable(given) else None
        one = answer(make, own)
        found.append(bashing.mark(one))
        bashing.remember(one)
    return found


def test_the_same_face_again_and_again_within_seconds_is_marked() -> None:
    assert marks([0, 2, 4, 6, 8, 10]) == ["", "", "", "bashing", "bashing", "bashing"]


def test_the_same_face_at_the_pace_of_people_is_not_marked() -> None:
    assert set(marks([0, 15, 30, 45, 60, 75])) == {""}


def test_other_answers_in_the_same_time_are_not_marked() -> None:
    def own(number: int) -> dict[str, str]:
        return {"feel": "happy", "words": f"This is {number}."}

    assert set(marks([0, 1, 2, 3, 4, 5], answers=own)) == {""}


def test_another_survey_is_another_thing() -> None:
    make, bashing = UlidMaker(), Bashing(answers=3, seconds=20)
    for _ in range(5):
        bashing.remember(answer(make))
    assert bashing.mark(answer(make)) == "bashing"
    assert bashing.mark(answer(make, survey="kiosk")) == ""
