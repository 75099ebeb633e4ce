"""Growing pauses between starts, on every systemd.

`python -m kiosk.lockdown.pause FILE` is a unit's ExecStartPre: it waits as long as the starts
before ask for, and notes this one. systemd 254 has RestartSteps for it; Debian 12 has systemd 252,
which ignores that. And after a good while the pauses begin small again, which systemd's own never
do.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from pathlib import Path

FIRST, MOST = 1.0, 60.0  # seconds
# Seconds between two starts after which the one before is forgiven: more than MOST, which is part
# of them.
GOOD_WHILE = 180.0
WELL_SECONDS = 60.0  # what was seen to be well for so long forgives the starts before it
MOST_STARTS = 20


def pause_before(starts: list[float], now: float) -> float:
    """Return how many seconds to wait before the next start: 0, then 1, 2, 4 ... 60.

    starts: when it was started before, oldest first; from the same clock as now.
    """
    row = 0
    later = now
    for start in reversed(starts):
        if not 0 <= later - start < GOOD_WHILE:
            break
        row, later = row + 1, start
    return 0.0 if row == 0 else min(FIRST * 2 ** (row - 1), MOST)


class Starts:
    """The starts of one program in a row; moments are those of one clock."""

    def __init__(self) -> None:
        self._row: list[float] = []

    def begin(self, now: float) -> float:
        """Note a start; return how many seconds to wait before it."""
        pause = pause_before(self._row, now)
        self._row = [*self._row[-MOST_STARTS:], now + pause]
        return pause

    def well(self, at: float) -> None:
        """Note that all was well then: a start that lasts forgives itself and those before it."""
        if self._row and at - self._row[-1] > WELL_SECONDS:
            self._row = []


def main(file: Path) -> None:
    """Wait, and note the start. A file that cannot be read or written never stops a start."""
    starts: list[float] = []
    with suppress(OSError, ValueError):
        starts = [float(word) for word in file.read_text(encoding="ascii").split()]
    pause = pause_before(starts, time.monotonic())
    if pause:
        print(f"Started often just now: I wait {pause:.0f} seconds.", flush=True)
    time.sleep(pause)
    try:
        file.write_text(
            " ".join(map(str, [*starts[-MOST_STARTS:], time.monotonic()])), encoding="ascii"
        )
    except OSError as error:
        print(f"{file}: {error.strerror}", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
