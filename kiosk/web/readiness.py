"""Whether answers can be saved now: looked at on the disk, but not for each one who asks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from kiosk.web.lanes import Lane

SECONDS = 2.0  # a look is good for so long


class Readiness:
    """Looks with `look`, which takes time, at most once in SECONDS, whoever asks how often."""

    def __init__(
        self, look: Callable[[], bool], seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._look = look
        self._seconds = seconds
        self._lane = Lane(1, 0)
        self._looking: asyncio.Task[bool] | None = None
        self._until = 0.0

    async def can_save(self) -> bool:
        """Return what was found in the last SECONDS; all who ask meanwhile wait for one look."""
        if self._looking is None or (self._looking.done() and self._seconds() >= self._until):
            self._looking = asyncio.create_task(self._look_once())
        # Who goes away must not end the look of the others.
        return await asyncio.shield(self._looking)

    async def _look_once(self) -> bool:
        try:
            return await self._lane.run(self._look)
        finally:
            self._until = self._seconds() + SECONDS
