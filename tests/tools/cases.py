"""Cases of one test, of which some wait for the drill: each proof once, on its smallest case."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import pytest


def mostly_drill(every: Iterable[Any], *ordinary: Any) -> list[Any]:
    """Return each one as a case for `parametrize`; all but the ordinary are for the drill.

    A tuple is a case of several values.
    """
    return [
        pytest.param(
            *(case if isinstance(case, tuple) else (case,)),
            marks=[] if case in ordinary else pytest.mark.drill,
        )
        for case in every
    ]


DRILL = "KIOSK_TEST_DRILL"  # set for every process of a drill
FEWER = 5


def is_drill() -> bool:
    """Return whether this is a process of a drill."""
    return bool(os.environ.get(DRILL))


def examples(most: int) -> int:
    """Return how many examples a property is tried with: in a drill all, else a part of them."""
    return most if is_drill() else max(most // FEWER, 10)
