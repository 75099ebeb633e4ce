"""Waiting ends with the condition, or with words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.tools.waiting import wait_until


def test_waiting_gives_the_first_true_value() -> None:
    values: Iterator[int] = iter([0, 0, 7, 8])
    assert wait_until(lambda: next(values), 5) == 7


def test_waiting_in_vain_fails_and_says_for_what() -> None:
    with pytest.raises(AssertionError, match="in vain for the moon"):
        wait_until(lambda: False, 0.05, "the moon")
