"""One of a thing, none, and many."""

from __future__ import annotations

import pytest

from kiosk.counted import counted


@pytest.mark.parametrize(
    ("number", "words", "told"),
    [
        (0, ("page",), "0 pages"),
        (1, ("page",), "1 page"),
        (2, ("page",), "2 pages"),
        (1_234_567, ("page",), "1,234,567 pages"),
        (0, ("answer waits", "answers wait"), "0 answers wait"),
        (1, ("answer waits", "answers wait"), "1 answer waits"),
        (2, ("answer waits", "answers wait"), "2 answers wait"),
    ],
)
def test_a_number_comes_with_the_words_that_fit_it(
    number: int, words: tuple[str, ...], told: str
) -> None:
    assert counted(number, *words) == told
