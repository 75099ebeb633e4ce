"""How many answers are taken, and what looks like play."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest

from kiosk.errors import AnswerTooSoon
from kiosk.feedback.answer.answer import Answer
from kiosk.feedback.answer.sent import Given
from kiosk.feedback.store.limits import OWN_SCREEN, Bashing, HourLimit, Marks, VisitLimit
from tests.tools.ulids import UlidMaker


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def take(limits: VisitLimit, visit: str) -> int:
    """Return 0 when there was a place, or after how many seconds to come again."""
    try:
        with limits.place(visit):
            return 0
    except AnswerTooSoon as error:
        return error.seconds


def test_a_visit_waits_between_two_answers_and_others_do_not() -> None:
    clock = Clock()
    limits = VisitLimit(seconds=20, clock=clock)
    assert take(limits, "ann") == 0
    clock.now += 4.5
    assert take(limits, "ann") == 16
    assert take(limits, "bob") == 0
    clock.now += 15.5
    assert take(limits, "ann") == 0


def test_what_names_no_visit_does_not_wait_for_others_that_name_none() -> None:
    limits = VisitLimit(seconds=20)
    assert [take(limits, "") for _ in range(3)] == [0, 0, 0]


def test_a_place_is_free_again_after_an_error_and_when_it_is_given_back() -> None:
    limits = VisitLimit(seconds=20)
    with pytest.raises(OSError, match="disk"), limits.place("ann"):
        raise OSError("disk")
    with limits.place("ann") as give_back:
        give_back()
    assert take(limits, "ann") == 0
    assert take(limits, "ann") == 20


def test_of_many_at_once_one_visit_gets_one_place() -> None:
    limits = VisitLimit(seconds=20)
    with ThreadPoolExecutor(16) as pool:
        told = list(pool.map(lambda n: take(limits, f"visit {n % 60}"), range(1000)))
    assert told.count(0) == 60


def test_so_many_voices_of_a_source_are_taken_in_an_hour_and_the_own_screen_has_no_limit() -> None:
    clock = Clock()
    limits = HourLimit(an_hour=3, clock=clock)
    for _ in range(3):
        limits.take("phone")
        clock.now += 60
    with pytest.raises(AnswerTooSoon) as error:
        limits.take("phone")
    assert error.value.seconds == 3600 - 180
    limits.take("another phone")
    for _ in range(10):
        limits.take(OWN_SCREEN)
    clock.now += 3600 - 180
    limits.take("phone")


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
        found.append("bashing" if bashing.is_play(one) else "")
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
    assert bashing.is_play(answer(make))
    assert not bashing.is_play(answer(make, survey="kiosk"))


def marks_with(clock: Clock, an_hour: int = 60) -> Marks:
    return Marks(an_hour=an_hour, answers=3, seconds=20, clock=clock)


def give(marks: Marks, make: UlidMaker, source: str, words: str = "") -> str:
    """Let one answer come from a source, and return its mark."""
    one = answer(make, {"words": words or str(make())})
    mark = marks.mark(one, source)
    marks.remember(one, source, mark)
    return mark


def test_more_of_one_source_than_counts_is_marked_until_an_hour_is_over() -> None:
    clock, make = Clock(), UlidMaker()
    marks = marks_with(clock, an_hour=3)
    assert [give(marks, make, "phone") for _ in range(5)] == ["", "", "", "flood", "flood"]
    assert marks.is_flooded("phone")
    clock.now += 3600
    assert not marks.is_flooded("phone")
    assert give(marks, make, "phone") == ""


def test_a_flood_marks_no_answer_of_another_source_not_even_the_same_one() -> None:
    clock, make = Clock(), UlidMaker()
    marks = marks_with(clock)
    for number in range(1000):
        give(marks, make, "program", "the same" if number % 2 else "")
    assert give(marks, make, "phone", "the same") == ""
    assert give(marks, make, OWN_SCREEN, "the same") == ""


def test_the_own_screen_is_never_a_flood_but_its_play_is_marked() -> None:
    clock, make = Clock(), UlidMaker()
    marks = marks_with(clock, an_hour=3)
    assert {give(marks, make, OWN_SCREEN) for _ in range(100)} == {""}
    assert [give(marks, make, OWN_SCREEN, "again") for _ in range(5)] == [
        *[""] * 3,
        *["bashing"] * 2,
    ]


def test_a_thousand_sources_are_remembered_and_no_more() -> None:
    clock, make = Clock(), UlidMaker()
    marks = marks_with(clock, an_hour=1)
    give(marks, make, "first")
    for number in range(999):
        give(marks, make, f"source {number}")
    assert marks.is_flooded("first")
    give(marks, make, "one more")
    assert not marks.is_flooded("source 0")
