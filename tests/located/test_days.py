"""A day that was written in another way is shown as it must be written: the same day."""

from __future__ import annotations

import pytest

from kiosk.located import how_to_write


@pytest.mark.parametrize(
    "said",
    [
        "1 November 2027",
        "1st November 2027",
        "1st of November 2027",
        "Monday 1 November 2027",
        "Monday, 1 Nov 2027",
        "November 1, 2027",
        "Nov. 1st 2027",
        "01/11/2027",
        "1.11.2027",
        "1-11-2027",
        "2027/11/1",
        "1-Nov-2027",
    ],
)
def test_the_hint_shows_the_same_day(said: str) -> None:
    assert how_to_write(said) == "Write it as 2027-11-01."


@pytest.mark.parametrize("said", ["soon", "2027", "31/02/2027", "1 Brumaire 2027", "11/13/2027"])
def test_where_no_day_is_meant_the_hint_says_what_a_day_has(said: str) -> None:
    assert how_to_write(said).startswith("Write the year, the month and the day")
