"""Threads of their own for each kind of work, so that none makes another wait."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync

P = ParamSpec("P")
T = TypeVar("T")


class LaneFull(Exception):
    """So many wait already that one more would wait in vain."""


class Lane:
    """Bounded thread pool for work of one kind.

    threads: how much is done at once. waiting: how much more may wait.
    """

    def __init__(self, threads: int, waiting: int) -> None:
        self._limiter = CapacityLimiter(threads)
        self._most = threads + waiting
        self._here = 0

    @property
    def is_full(self) -> bool:
        """Whether `run` would raise LaneFull now."""
        return self._here >= self._most

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what the work returns, done in a thread. Raises LaneFull at once."""
        if self.is_full:
            raise LaneFull
        self._here += 1
        try:
            return await run_sync(partial(work, *args, **kwargs), limiter=self._limiter)
        finally:
            self._here -= 1
