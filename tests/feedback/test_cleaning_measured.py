"""How much of what people disguise is found, and how much is taken that nobody is found by."""

from __future__ import annotations

import pytest

from tests.feedback.disguises import measure

# What is found today, in hundredths: what is written here may only grow.
FOUND = {"phone": 57, "email": 44, "postcode": 33, "nhs": 53, "web": 46, "name": 33}
MOST_FALSE_ALARMS = 4


@pytest.mark.parametrize("before", ["", "held-out-"])
def test_what_people_disguise_is_found_and_what_they_mean_stays(before: str) -> None:
    measured = measure(before)
    print(measured)
    for kind, share in measured.shares.items():
        assert share * 100 >= FOUND[kind], str(measured)
    assert measured.false_alarms * 100 <= MOST_FALSE_ALARMS, str(measured)
