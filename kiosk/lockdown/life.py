"""The page's sign of life: that it was really drawn, and whether somebody is there."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime

NEVER = -1.0


@dataclass(frozen=True, slots=True)
class Life:
    """What the server knows of the locked browser's page.

    seconds: since the last sign of life; NEVER when there was none since the server started.
    nobody: whether "Touch the screen" was shown then.
    """

    seconds: float
    nobody: bool


class Signs:
    """Heartbeat, the server's side: the last sign and the last visit, kept in memory only."""

    def __init__(self) -> None:
        self._at: float | None = None
        self._nobody = False
        self.last_visit: datetime | None = None
        self.drawn = ""  # the version of the pages that the screen showed with its last sign

    def sign(self, *, nobody: bool, touched: bool, drawn: str = "") -> None:
        """Note a sign of life. touched: somebody has touched the screen or a key since the last."""
        self._at, self._nobody, self.drawn = time.monotonic(), nobody, drawn
        if touched:
            self.visited()

    def visited(self) -> None:
        """Note that somebody is using the kiosk now."""
        self.last_visit = datetime.now(UTC)

    @property
    def life(self) -> Life:
        """What is known now."""
        if self._at is None:
            return Life(NEVER, nobody=False)
        return Life(time.monotonic() - self._at, self._nobody)


def ask_life(address: str, seconds: float) -> Life | None:
    """Ask the server at an address; None when it does not answer in time, or not in its words."""
    try:
        told = json.loads(fetch(f"{address}/alive", seconds))
        return Life(float(told["seconds"]), bool(told["nobody"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def fetch(url: str, seconds: float) -> bytes:
    """Return what a server of this machine answers, whatever its status. OSError if nothing."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # never around
    try:
        with opener.open(url, timeout=seconds) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError as answer:
        return answer.read()
