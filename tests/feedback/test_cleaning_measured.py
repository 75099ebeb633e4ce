"""How much of what people disguise is found, and how much is taken that nobody is found by.

The lists that begin with `held-out-` were written before the patterns too, and not looked at while
they were made: what is found there is what is found among words that nobody has seen yet.
"""

from __future__ import annotations

from types import MappingProxyType

import pytest

from tests.feedback.disguises import disguises, innocent, measure

# In hundredths. Web addresses have no target of their own.
LEAST_FOUND = MappingProxyType({"phone": 90, "email": 90, "postcode": 90, "nhs": 90, "name": 80})
MOST_FALSE_ALARMS = 2


def test_what_people_disguise_is_found_and_what_they_mean_stays() -> None:
    measured = measure()
    print(measured)
    for kind, least in LEAST_FOUND.items():
        assert measured.shares[kind] * 100 >= least, str(measured)
    assert measured.false_alarms * 100 <= MOST_FALSE_ALARMS, str(measured)


def test_words_that_the_patterns_were_not_made_with_fare_nearly_as_well() -> None:
    measured = measure("held-out-")
    print(measured)
    for kind, least in LEAST_FOUND.items():
        assert measured.shares[kind] * 100 >= least - 10, str(measured)
    assert measured.false_alarms * 100 <= MOST_FALSE_ALARMS, str(measured)


@pytest.mark.parametrize("before", ["", "held-out-"])
def test_the_lists_are_long_enough_to_measure_with(before: str) -> None:
    assert len(disguises(f"{before}disguises.txt")) > 100
    assert len(innocent(f"{before}innocent.txt")) > 100
