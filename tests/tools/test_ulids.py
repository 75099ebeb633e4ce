from __future__ import annotations

from tests.tools.ulids import UlidMaker


def test_ids_go_up_when_the_clock_goes_back() -> None:
    clock = iter([5000, 5000, 4000, 6000])
    make = UlidMaker(milliseconds=lambda: next(clock))
    ids = [make() for _ in range(4)]
    assert ids == sorted(ids)
    assert len(set(ids)) == 4
